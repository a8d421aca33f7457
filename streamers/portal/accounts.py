"""The step in which an applicant names the accounts that they have on platforms."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import RecordPage, VerbPage
from streamers.actions import account as account_actions
from streamers.forms.application import AccountForm
from streamers.models import PlatformAccount
from streamers.portal.application import StepMixin


class AccountsPage(StepMixin, RecordPage):
    """The accounts named so far, and room for one more, or for the correction of one."""

    step = "accounts"
    form_class = AccountForm
    template_name = "streamers/portal/accounts.html"
    done = _("The account was saved. Name the next one, or go on.")

    def get_object(self):
        if "pk" in self.kwargs:
            return get_object_or_404(self.streamer.accounts.filter(ended_on=None), pk=self.kwargs["pk"])
        return PlatformAccount(streamer=self.streamer)

    def act(self, form):
        verb = account_actions.change if form.instance.pk else account_actions.add
        return verb(form.instance, by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("streamer_accounts")

    def get_context_data(self, **kwargs):
        accounts = self.streamer.accounts.filter(ended_on=None).select_related("platform")
        return super().get_context_data(accounts=accounts, next_url=self.next_url(), **kwargs)


class EndAccountPage(StepMixin, VerbPage):
    """Take an account off."""

    step = "accounts"
    title = action = _("Take the account off")
    done = _("The account was taken off.")
    danger = True

    @cached_property
    def account(self):
        rows = self.streamer.accounts.filter(ended_on=None).select_related("platform")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def ask(self):
        return _("%(account)s is then no longer part of your file.") % {"account": self.account}

    def act(self, form):
        return account_actions.end(self.account, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("streamer_accounts")
