from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgencyConfig(AppConfig):
    """The agency itself: its dated figures of policy and its working days."""

    name = "mcn.agency"
    label = "agency"
    verbose_name = _("agency")
