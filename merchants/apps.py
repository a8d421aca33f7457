from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MerchantsConfig(AppConfig):
    """Merchants: who they are, what they hold, whether they are admitted."""

    name = "merchants"
    label = "merchants"
    verbose_name = _("merchants")
