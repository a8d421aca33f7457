from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """Files with their hashes, and what credentials, verifications and holds have in common."""

    name = "mcn.evidence"
    label = "evidence"
    verbose_name = _("evidence")
