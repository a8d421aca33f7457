"""What a merchant has to do by when: its open deadlines, each explained, and those that ended."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils.functional import cached_property

from aftersales.models import Clock, Pause
from aftersales.rules.clock import explain, face
from aftersales.rules.working_time import Calendar
from mcn.kit import clock
from mcn.kit.portal import Page
from merchants.portal.base import MerchantMixin

PAGE = 20
SHOWN = {"open": Clock.OPEN, "ended": [Clock.State.MET, Clock.State.MISSED]}


class ClocksPage(MerchantMixin, Page):
    """What runs out next stands first."""

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
        told = [(explain(row, calendar=calendar), face(row, at)) for row in page]
        return super().get_context_data(page=page, told=told, shown=self.shown, **kwargs)
