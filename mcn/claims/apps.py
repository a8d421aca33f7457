from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """What may be said: the terms, and the scan that finds them in any text."""

    name = "mcn.claims"
    label = "claims"
    verbose_name = _("claims and wording")
