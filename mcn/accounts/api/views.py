"""Tokens, and oneself."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import auth
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework.exceptions import APIException, Throttled
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from mcn.accounts.actions import choose_language
from mcn.accounts.api.serializers import LoginInput, MeSerializer, TokenSerializer
from mcn.kit import clock


class WrongLogin(APIException):
    """Name, password or code are wrong; which of them is not told."""

    status_code = 401
    default_code = "wrong_login"


class CodeNeeded(APIException):
    """The password is right, and the second factor is still to be shown."""

    status_code = 401
    default_code = "code_needed"


class LoginView(APIView):
    """Change name and password (and a code) for a token; failures count with those at the login page."""

    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(request=LoginInput, responses=TokenSerializer)
    def post(self, request):
        given = LoginInput(data=request.data)
        given.is_valid(raise_exception=True)
        user = self._authenticate(given.validated_data)
        token, secret = AuthToken.objects.create(user)
        return Response({"token": secret, "expiry": token.expiry})

    def _authenticate(self, given):
        code = given.pop("code", "")
        try:
            user = get_adapter().authenticate(self.request._request, **given)
        except ValidationError as error:
            raise Throttled(detail=error.message) from error
        if user is None or not user.is_active:
            raise WrongLogin(_("The username or the password is wrong."))
        translation.activate(user.language)
        if is_mfa_enabled(user):
            self._require_code(user, code)
        return user

    def _require_code(self, user, code):
        if not code:
            raise CodeNeeded(_("Send the code of your second factor as well."))
        form = AuthenticateForm({"code": code}, user=user)
        if form.is_valid():
            form.authenticator.record_usage()
        elif form.has_error("code", "incorrect_code"):
            raise WrongLogin(_("The code is wrong."))
        else:
            raise Throttled(detail=form.errors["code"][0])


class LogoutView(APIView):
    """End the token, or the session, that this request came with."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request):
        if request.auth:
            request.auth.delete()
        else:
            auth.logout(request)
        return Response(status=204)


class LogoutAllView(APIView):
    """End every token of oneself, and the session that this request came with."""

    @extend_schema(request=None, responses={204: None})
    def post(self, request):
        request.user.auth_token_set.all().delete()
        auth.logout(request)
        return Response(status=204)


class MeView(APIView):
    """Oneself."""

    @extend_schema(responses=MeSerializer)
    def get(self, request):
        return Response(MeSerializer(request.user).data)

    @extend_schema(request=MeSerializer, responses=MeSerializer)
    def patch(self, request):
        """Choose the language."""
        given = MeSerializer(request.user, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        language = given.validated_data.get("language", request.user.language)
        user = choose_language(request.user, language, by=request.user, at=clock.now())
        translation.activate(user.language)
        return Response(MeSerializer(user).data)
