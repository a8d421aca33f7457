from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who log in, their roles and their tokens."""

    name = "mcn.accounts"
    label = "accounts"
    verbose_name = _("people and roles")
