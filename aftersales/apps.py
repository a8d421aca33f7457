from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AftersalesConfig(AppConfig):
    """After-sales: what was sold in a show, what became of it, and the answer that its buyer gets in time."""

    name = "aftersales"
    label = "aftersales"
    verbose_name = _("after-sales")
