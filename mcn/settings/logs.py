"""What is logged, and where to."""


def logging_at(level):
    """Django's logging from a level on; never a token of a link."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {"tokens": {"()": "mcn.kit.logs.TokenFilter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.request": {"filters": ["tokens"]},
            "django.security.csrf": {"filters": ["tokens"]},
            # Tells the letters of every document it prints.
            "fontTools": {"level": "WARNING"},
        },
    }
