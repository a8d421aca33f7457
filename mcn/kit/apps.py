from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    """What every app stands on: the one write, moves, refusals, privacy, search, the bases of the doors."""

    name = "mcn.kit"
    label = "kit"
    verbose_name = _("kit")
