from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StreamersConfig(AppConfig):
    """Streamers: who stands before the camera, with whose consent, trained in what, of which tier."""

    name = "streamers"
    label = "streamers"
    verbose_name = _("streamers")
