"""How accounts are made, where a login leads, and what a new password ends."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import gettext as _
from knox.models import AuthToken


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone; staff land on their work, merchants in their portal."""

    def is_open_for_signup(self, request):
        return False

    def get_login_redirect_url(self, request):
        return reverse("home")


class TokensEnd:
    """With a password its tokens go, as sessions do by themselves; Django calls it wherever one is set."""

    def validate(self, password, user=None):
        """Any password will do."""

    def get_help_text(self):
        return _("Programs that signed in with the old password have to sign in again.")

    def password_changed(self, password, user=None):
        """End the tokens of whoever has a new password."""
        AuthToken.objects.filter(user=user).delete()
