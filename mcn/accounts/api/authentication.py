"""How a program says who it is."""

from django.utils import translation
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox import auth
from rest_framework.exceptions import AuthenticationFailed


class TokenAuthentication(auth.TokenAuthentication):
    """Knox tokens; from here on the answer is in the language of the token's owner."""

    def authenticate_credentials(self, token):
        # Knox decodes the header as UTF-8, which not every header is.
        if not token.isascii():
            raise AuthenticationFailed
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token):
        user, token = super().validate_user(auth_token)
        translation.activate(user.language)
        return user, token


class TokenScheme(KnoxTokenScheme):
    """The tokens, as OpenAPI tells them."""

    target_class = TokenAuthentication
