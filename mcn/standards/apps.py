from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    """The five standards, clause by clause, and what was found against them."""

    name = "mcn.standards"
    label = "standards"
    verbose_name = _("standards")
