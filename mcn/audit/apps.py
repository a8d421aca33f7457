from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Who did what to which row, when and why, in a chain that cannot be altered unseen."""

    name = "mcn.audit"
    label = "audit"
    verbose_name = _("audit trail")
