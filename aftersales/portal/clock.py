"""What a merchant has to do by when: its open deadlines, each explained, and those that ended."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import cached_property

from aftersales.models import Clock, DeadlineRule, Pause
from aftersales.rules.clock import explain, face
from aftersales.rules.working_time import Calendar
from mcn.kit import clock
from mcn.kit.portal import Page
from merchants.portal.base import MerchantMixin

PAGE = 20
Kind = DeadlineRule.Kind
# Where a merchant does what a deadline asks of it.
PLACES = {
    Kind.COMPLAINT_MERCHANT: "portal_complaint",
    Kind.RETURN_DECIDE: "portal_return",
    Kind.RETURN_SETTLE: "portal_return",
    Kind.REPAIR: "portal_repair",
    Kind.PRICE_PROTECTION: "portal_buyer_claim",
    Kind.INVOICE: "portal_buyer_invoice",
    Kind.INVOICE_RED: "portal_buyer_red",
    Kind.INQUIRY: "portal_buyer_question",
    Kind.BREACH: "portal_buyer_breach",
    Kind.REVIEW_ANSWER: "portal_review",
}
SHOWN = {"open": Clock.OPEN, "ended": [Clock.State.MET, Clock.State.MISSED]}


class ClocksPage(MerchantMixin, Page):
    """What runs out next stands first, each with the way to the page on which it is met."""

    section = "clocks"
    template_name = "aftersales/portal/clocks.html"

    @cached_property
    def shown(self):
        """Which of them are asked for: the open ones, or those that ended."""
        asked = self.request.GET.get("show")
        return asked if asked in SHOWN else "open"

    def get_context_data(self, **kwargs):
        rows = Clock.objects.filter(merchant=self.merchant, state__in=SHOWN[self.shown])
        rows = rows.brought_before_merchants()
        rows = rows.order_by("due_at", "pk") if self.shown == "open" else rows.order_by("-stopped_at", "-pk")
        pauses = Prefetch("pauses", Pause.objects.order_by("began_at"))
        page = Paginator(rows.select_related("rule").prefetch_related(pauses, "steps"), PAGE).get_page(
            self.request.GET.get("page")
        )
        calendar, at = Calendar.read(), clock.now()
        told = [(explain(row, calendar=calendar), face(row, at), self._place(row)) for row in page]
        return super().get_context_data(page=page, told=told, shown=self.shown, **kwargs)

    def _place(self, row):
        """The page on which it is met; none for what is over or the agency's to do."""
        name = PLACES.get(row.kind) if row.is_open else None
        return reverse(name, args=[self.merchant.code, row.object_id]) if name else ""
