"""The pages that need no account: what may not be sold, an application, and an invitation's acceptance."""

from django import forms
from django.contrib.auth import login
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from mcn.kit import clock
from mcn.kit.attempts import count_attempt
from mcn.kit.portal import OpenFormPage
from merchants.actions import invitation as invitation_actions
from merchants.forms import ApplicationForm, IdentityForm
from merchants.models import Category, Merchant

APPLICATIONS_AN_HOUR = 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class CataloguePage(TemplateView):
    """What may not be sold on air, or only within limits; public, as merchants must know it beforehand."""

    template_name = "merchants/portal/catalogue.html"

    def get_context_data(self, **kwargs):
        rows = Category.objects.exclude(regime=Category.Regime.OPEN).order_by("code")
        groups = [
            (regime, [row for row in rows if row.regime == regime])
            for regime in (Category.Regime.BANNED, Category.Regime.RESTRICTED)
        ]
        return super().get_context_data(groups=groups, **kwargs)


class ApplyPage(OpenFormPage):
    """A firm's application: it is looked at by the merchant desk, and makes no account."""

    form_class = ApplicationForm
    template_name = "merchants/portal/apply.html"
    done = gettext_lazy("Your application was received. The agency will get in touch by phone.")

    def act(self, form):
        message = _("Too many applications came from here. Please try again in an hour.")
        count_attempt(self.request, "applications", APPLICATIONS_AN_HOUR, message)
        return invitation_actions.apply(form.instance, at=clock.now())

    def get_success_url(self):
        return reverse("portal_applied")


class AppliedPage(TemplateView):
    """Thanks, and what happens next."""

    template_name = "merchants/portal/applied.html"


class AccountForm(forms.Form):
    """An account for somebody who comes by a link."""

    person = forms.CharField(label=gettext_lazy("your name"), max_length=60)
    username = forms.CharField(
        label=gettext_lazy("user name"),
        min_length=3,
        max_length=60,
        help_text=gettext_lazy("You sign in with it; letters, digits and . _ - @ +"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=gettext_lazy("password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("At least ten characters, not only digits, nothing that is easily guessed."),
        strip=False,
    )


class NewcomerForm(AccountForm, IdentityForm):
    """An account, and the merchant that it brings."""

    field_order = [*IdentityForm.Meta.fields, "person", "username", "password"]


class InvitationPage(OpenFormPage):
    """The page of a link: it asks who has no account for one, and who brings a merchant for its name."""

    template_name = "merchants/portal/invitation.html"
    done = gettext_lazy("Welcome.")

    def dispatch(self, request, *args, **kwargs):
        self.invitation = invitation_actions.find(kwargs["token"])
        if self.invitation is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self):
        known, joins = self.request.user.is_authenticated, self.invitation.merchant is not None
        if joins:
            return forms.Form if known else AccountForm
        return IdentityForm if known else NewcomerForm

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        if self.invitation.merchant is None:
            given["instance"] = Merchant()
        return given

    def get_initial(self):
        application = self.invitation.application
        return {"name": self.invitation.name, "uscc": application.uscc if application else ""}

    def act(self, form):
        given = {"at": clock.now(), "merchant": getattr(form, "instance", None)}
        if self.request.user.is_authenticated:
            self.merchant = invitation_actions.accept(self.invitation, user=self.request.user, **given)
            return
        user, self.merchant = invitation_actions.accept_as_new(
            self.invitation,
            username=form.cleaned_data["username"],
            name=form.cleaned_data["person"],
            password=form.cleaned_data["password"],
            **given,
        )
        login(self.request, user, backend=BACKEND)

    def get_success_url(self):
        return reverse("portal_home", args=[self.merchant.code])

    def get_context_data(self, **kwargs):
        is_open = invitation_actions.is_open(self.invitation, clock.now())
        return super().get_context_data(invitation=self.invitation, is_open=is_open, **kwargs)
