from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SheetsConfig(AppConfig):
    """Spreadsheets in and out."""

    name = "mcn.sheets"
    label = "sheets"
    verbose_name = _("spreadsheets")
