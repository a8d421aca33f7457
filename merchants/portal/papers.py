"""A merchant's papers and agreements."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import Page, RecordPage, VerbPage
from merchants.actions import credential as credential_actions
from merchants.forms import CredentialForm
from merchants.models import CredentialKind, Merchant, MerchantCredential
from merchants.portal.base import MerchantMixin
from merchants.rules.admission import for_inspection
from merchants.rules.overview import overview


class PapersPage(MerchantMixin, Page):
    """Which papers are needed and how they stand, and all that were ever uploaded."""

    section = "papers"
    template_name = "merchants/portal/papers.html"

    def get_context_data(self, **kwargs):
        merchant = for_inspection(Merchant.objects.filter(pk=self.merchant.pk)).get()
        rows = self.merchant.credentials.select_related("kind", "document")
        return super().get_context_data(
            needed=overview(merchant, clock.today()).papers,
            papers=rows.prefetch_related("document__revisions").order_by("ended_on", "kind", "-valid_from"),
            **kwargs,
        )


class PaperPage(MerchantMixin, RecordPage):
    """One paper: uploaded, corrected, or given a better file."""

    section = "papers"
    form_class = CredentialForm
    template_name = "merchants/portal/paper.html"
    done = _("The paper was saved. The agency will verify it.")

    def get_object(self):
        if "pk" in self.kwargs:
            return get_object_or_404(self.merchant.credentials.filter(ended_on=None), pk=self.kwargs["pk"])
        return MerchantCredential(merchant=self.merchant)

    def get_initial(self):
        if "pk" in self.kwargs:
            return {}
        kind = CredentialKind.objects.filter(code=self.request.GET.get("kind", "")).first()
        licence = kind is not None and kind.code == CredentialKind.BUSINESS_LICENCE
        return {
            "kind": kind,
            "number": self.merchant.uscc if licence else "",
            "issuer": kind.issuer if kind else "",
        }

    def act(self, form):
        verb = credential_actions.change if form.instance.pk else credential_actions.add
        return verb(form.instance, form.cleaned_data["file"], by=self.request.user, at=clock.now())

    def get_success_url(self):
        return reverse("portal_papers", args=[self.merchant.code])


class WithdrawPage(MerchantMixin, VerbPage):
    """Let a paper count no more."""

    section = "papers"
    title = action = _("Withdraw the paper")
    done = _("The paper was withdrawn.")
    danger = True

    @cached_property
    def paper(self):
        return get_object_or_404(self.merchant.credentials.select_related("kind"), pk=self.kwargs["pk"])

    def ask(self):
        return _("%(paper)s then counts no more; its record and files stay.") % {"paper": self.paper}

    def act(self, form):
        return credential_actions.withdraw(
            self.paper, by=self.request.user, at=clock.now(), **form.cleaned_data
        )

    def get_success_url(self):
        return reverse("portal_papers", args=[self.merchant.code])


class AgreementsPage(MerchantMixin, Page):
    """What was agreed with the agency."""

    section, tab = "profile", "agreements"
    template_name = "merchants/portal/agreements.html"

    def get_context_data(self, **kwargs):
        rows = self.merchant.agreements.select_related("document").prefetch_related("document__revisions")
        return super().get_context_data(agreements=rows, **kwargs)
