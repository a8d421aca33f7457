from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """What people and other systems are told: inbox, letters and webhooks, with a log of every attempt."""

    name = "mcn.notices"
    label = "notices"
    verbose_name = _("notices")
