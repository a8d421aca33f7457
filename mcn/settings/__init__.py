"""Settings: read from the environment, safe by default, refused when unsafe in production."""

import logging
from pathlib import Path

import environ
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from mcn.settings.api import REST_FRAMEWORK, REST_KNOX, SPECTACULAR_SETTINGS
from mcn.settings.broker import transport
from mcn.settings.csp import CONTENT_SECURITY_POLICY
from mcn.settings.declared import (
    MCN_HOLDABLE,
    MCN_NOTICES,
    MCN_PORTAL_WORK,
    MCN_RECORDS,
    MCN_RETENTION,
    MCN_RULEBOOKS,
    MCN_SHEETS,
    MCN_WORK,
)
from mcn.settings.logs import logging_at
from mcn.settings.schedule import CELERY_BEAT_SCHEDULE
from mcn.settings.storages import storages
from mcn.unfold import PRODUCT_NAME, UNFOLD

__all__ = [
    "CELERY_BEAT_SCHEDULE",
    "CONTENT_SECURITY_POLICY",
    "MCN_HOLDABLE",
    "MCN_NOTICES",
    "MCN_PORTAL_WORK",
    "MCN_RECORDS",
    "MCN_RETENTION",
    "MCN_RULEBOOKS",
    "MCN_SHEETS",
    "MCN_WORK",
    "PRODUCT_NAME",
    "REST_FRAMEWORK",
    "REST_KNOX",
    "SPECTACULAR_SETTINGS",
    "UNFOLD",
]

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

PRODUCTION = env("MCN_ENV", default="development") == "production"
DATA_DIR = Path(env("MCN_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
# The keys that run.py made for this installation, where the environment names none.
environ.Env.read_env(DATA_DIR / "secrets.env")
DEBUG = env.bool("MCN_DEBUG", default=False)

DEVELOPMENT_SECRET = "development-only: production refuses to start with it"
DEVELOPMENT_FIELD_KEY = "dev:" + "00" * 32
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_SECRET)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# One "id:64 hex digits" per key, comma separated; the first encrypts, all decrypt.
MCN_FIELD_KEYS = env.list("MCN_FIELD_KEYS", default=[DEVELOPMENT_FIELD_KEY])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if PRODUCTION:
    unsafe = {
        "SECRET_KEY": SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 40,
        "MCN_FIELD_KEYS": DEVELOPMENT_FIELD_KEY in MCN_FIELD_KEYS,
        "MCN_DEBUG": DEBUG,
        "ALLOWED_HOSTS": "*" in ALLOWED_HOSTS or "testserver" in ALLOWED_HOSTS,
        "DATABASE_URL": not env("DATABASE_URL", default=""),
        "MCN_REAL_NAME_PROVIDER": env("MCN_REAL_NAME_PROVIDER", default="manual") == "recorded",
    }
    if any(unsafe.values()):
        names = ", ".join(name for name, bad in unsafe.items() if bad)
        raise ImproperlyConfigured(f"Production needs safe values for: {names}")

INSTALLED_APPS = [
    "mcn.kit",
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.import_export",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django.contrib.admin",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "import_export",
    "django_htmx",
    "django_structlog",
    "csp",
    "mcn.audit",
    "mcn.accounts",
    "mcn.agency",
    "mcn.evidence",
    "mcn.standards",
    "mcn.claims",
    "mcn.sheets",
    "mcn.notices",
    "merchants",
    "products",
    "streamers",
    "aftersales",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "mcn.kit.policy.InPlaceStylesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mcn.accounts.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mcn.kit.policy.PlainAddressMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "mcn.kit.logs.RequestLogMiddleware",
]

ROOT_URLCONF = "mcn.urls"
WSGI_APPLICATION = "mcn.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mcn.kit.context.product",
            ],
        },
    },
]
FORM_RENDERER = "mcn.kit.forms.FormRenderer"

# --- database -----------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'mcn.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at BEGIN, so two writers queue instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
else:
    DATABASES["default"]["ENGINE"] = "mcn.kit.postgresql"
    # jit costs the gate's and the lists' queries 5 times what it saves; the pool spares a connection a
    # request.
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c jit=off -c timezone=UTC",
        "pool": {"min_size": 1, "max_size": 8},
    }
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "mcn.kit.cache.FileCache",
        "LOCATION": str(DATA_DIR / "cache"),
        # Beyond these the cache forgets at random, and with it who tried too often.
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}

# --- people -------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "merchants.backends.MembershipBackend",
    "streamers.backends.StreamerBackend",
    "streamers.backends.TraineeBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "mcn.accounts.adapter.TokensEnd"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "mcn.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# An X-Forwarded-For header is believed only as far as there are proxies of ours that set it.
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES = env.int("MCN_PROXIES", default=0)
MFA_TOTP_ISSUER = PRODUCT_NAME
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SESSION_COOKIE_AGE = 12 * 3600
EMAIL_BACKEND = env("EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")

# --- language and time --------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# Named here, our own words win over those of the libraries.
LOCALE_PATHS = sorted([*BASE_DIR.glob("*/locale"), *BASE_DIR.glob("mcn/*/locale")])
FORMAT_MODULE_PATH = "mcn.kit.formats"
TIME_ZONE = "Asia/Shanghai"

# --- files --------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = storages(env, DATA_DIR)
MCN_RECORDING_MAX_BYTES = env.int("MCN_RECORDING_MAX_BYTES", default=4 * 1024**3)
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MCN_UPLOAD_MAX_BYTES = env.int("MCN_UPLOAD_MAX_BYTES", default=50 * 1024 * 1024)
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- safety -------------------------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("MCN_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

# --- API ----------------------------------------------------------------------------------------------------

REST_FRAMEWORK["NUM_PROXIES"] = PROXIES

# --- background work ----------------------------------------------------------------------------------------

CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="filesystem://")
CELERY_BROKER_TRANSPORT_OPTIONS = transport(CELERY_BROKER_URL, DATA_DIR / "broker")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")

# Who is asked whether a name and an ID number are one person's: "manual" (staff look at the paper), "http" (a
# provider's service) or "recorded" (for tests and the demo); see streamers/realname.py.
MCN_REAL_NAME = {
    "provider": env("MCN_REAL_NAME_PROVIDER", default="manual"),
    "url": env("MCN_REAL_NAME_URL", default=""),
    "key": env("MCN_REAL_NAME_KEY", default=""),
    "timeout": env.float("MCN_REAL_NAME_TIMEOUT", default=5.0),
}

# --- notices ------------------------------------------------------------------------------------------------

# Where people reach the product, for the links in letters.
MCN_SITE_URL = env("MCN_SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env("MCN_MAIL_FROM", default="youju@localhost")
# "host:port" of systems in one's own network that webhooks may call, also without TLS; no other private one.
MCN_WEBHOOK_HOSTS = env.list("MCN_WEBHOOK_HOSTS", default=[])

# --- audit --------------------------------------------------------------------------------------------------

# An entry is sealed into a block within this many seconds of its commit: two rounds of the beat.
AUDIT_SECONDS_TO_SEAL = 30
AUDIT_HEADS_DIR = Path(env("MCN_AUDIT_HEADS_DIR", default=str(DATA_DIR / "audit-heads")))

LOG_LEVEL = env("MCN_LOG_LEVEL", default="INFO")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(LOG_LEVEL)))
LOGGING = logging_at(LOG_LEVEL)
