"""Where a merchant's people land: what is missing and why, and how far the merchant is."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from mcn.kit import clock
from mcn.kit.portal import Page, VerbPage
from mcn.kit.refusal import Finding
from mcn.kit.start import count_together
from merchants.actions import hold as hold_actions
from merchants.actions import merchant as merchant_actions
from merchants.models import Merchant, MerchantVerification
from merchants.portal.base import MerchantMixin
from merchants.rules import submission
from merchants.rules.admission import CHECKS, for_inspection
from merchants.rules.overview import Status, overview

State = Merchant.State
Item = MerchantVerification.Item

# Where a merchant mends what a check finds; what is not here is the agency's part.
PAGES = {
    submission.holds_a_good_licence: "portal_papers",
    submission.holds_a_licence_of_its_own: "portal_papers",
    submission.names_its_legal_representative: "portal_profile",
    submission.gives_its_address: "portal_profile",
    submission.gives_its_phone_number: "portal_profile",
    submission.names_a_contact: "portal_contacts",
    submission.declares_its_lines_of_business: "portal_lines",
    submission.sells_nothing_banned: "portal_lines",
    submission.holds_the_permits_of_its_lines: "portal_papers",
    submission.keeps_its_papers_on_file: "portal_papers",
}
ITEM_PAGES = {
    Item.LICENCE: "portal_papers",
    Item.PERMITS: "portal_papers",
    Item.ADDRESS: "portal_profile",
    Item.CONTACT: "portal_contacts",
}


@dataclass(frozen=True)
class Step:
    """One station on a merchant's way with the agency."""

    label: Any
    when: Any
    done: bool
    current: bool


def todo(merchant, on):
    """What the merchant is to mend and what the agency still has to do, as two lists of findings."""
    yours, ours = [], []
    for check in CHECKS:
        page = PAGES.get(check)
        for row, message in check(merchant, on):
            where = page or _page_of_bad_item(row)
            url = reverse(where, args=[merchant.code]) if where else ""
            finding = Finding(check.clauses[0], check.level, row, message, url)
            (yours if where else ours).append(finding)
    return yours, ours


def running_out(merchant, seen, on):
    """The needed papers that run out within the first warning's days, each with the days that are left."""
    url = reverse("portal_papers", args=[merchant.code])
    for line in seen.papers:
        if line.status == Status.EXPIRING:
            said = _("%(paper)s runs out on %(day)s, in %(days)s days: upload the renewed one.")
            told = {"paper": line.label, "day": f"{line.until:%Y-%m-%d}", "days": (line.until - on).days}
            yield Finding("LSEC 8", "should", line.row, said % told, url)


def _page_of_bad_item(row):
    bad = isinstance(row, MerchantVerification) and row.outcome == MerchantVerification.Outcome.BAD
    return ITEM_PAGES.get(row.item) if bad else None


def steps(merchant):
    """The stations from draft to admission, and the end where there is one."""
    order = [State.DRAFT, State.SUBMITTED, State.ADMITTED]
    place = order.index(merchant.state) if merchant.state in order else len(order)
    when = {
        State.DRAFT: merchant.created_at,
        State.SUBMITTED: merchant.submitted_at,
        State.ADMITTED: merchant.admitted_on,
    }
    labels = {
        State.DRAFT: _("Fill in data and papers"),
        State.SUBMITTED: _("The agency verifies"),
        State.ADMITTED: _("Admitted"),
    }
    found = [
        Step(labels[state], when[state], place > number or merchant.state == State.ADMITTED, place == number)
        for number, state in enumerate(order)
    ]
    if merchant.state not in order:
        found.append(Step(merchant.get_state_display(), merchant.exited_on, False, True))
    return found


def waiting(merchant, at):
    """What the apps above have waiting for the merchant, in piles counted by one query."""
    piles = [pile for path in settings.MCN_PORTAL_WORK for pile in import_string(path)(merchant, at)]
    count_together(piles)
    return [pile for pile in piles if pile.count]


class HomePage(MerchantMixin, Page):
    """What is missing and why, and what waits for the merchant."""

    template_name = "merchants/portal/home.html"
    section = "home"

    def get_context_data(self, **kwargs):
        on = clock.today()
        merchant = for_inspection(Merchant.objects.filter(pk=self.merchant.pk)).get()
        yours, ours = todo(merchant, on)
        seen = overview(merchant, on)
        yours += running_out(merchant, seen, on)
        return super().get_context_data(
            yours=yours,
            piles=waiting(self.merchant, clock.now()),
            ours=ours,
            blocked=any(finding.blocks for finding in yours),
            overview=seen,
            holds=[row for row in merchant.holds.all() if row.holds(on)],
            steps=steps(merchant),
            **kwargs,
        )


class SubmitPage(MerchantMixin, VerbPage):
    """Hand everything to the agency."""

    section = "home"
    title = action = _("Submit for verification")
    question = _(
        "The agency then verifies your data and papers. Until it has decided you cannot change the profile."
    )
    done = _("Submitted. The agency will verify your data and papers.")

    def act(self, form):
        return merchant_actions.submit(
            self.merchant, by=self.request.user, at=clock.now(), **form.cleaned_data
        )

    def get_success_url(self):
        return reverse("portal_home", args=[self.merchant.code])


class AppealForm(forms.Form):
    """What the merchant says against a hold."""

    appeal = forms.CharField(label=_("appeal"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class AppealPage(MerchantMixin, VerbPage):
    """Speak against a hold."""

    section = "home"
    form_class = AppealForm
    title = _("Appeal against the hold")
    action = _("Send the appeal")
    done = _("Your appeal was sent. The hold goes on until it is decided.")

    def ask(self):
        return self.hold.reason

    @cached_property
    def hold(self):
        return get_object_or_404(self.merchant.holds, pk=self.kwargs["pk"])

    def act(self, form):
        return hold_actions.appeal(self.hold, by=self.request.user, at=clock.now(), **form.cleaned_data)

    def get_success_url(self):
        return reverse("portal_home", args=[self.merchant.code])
