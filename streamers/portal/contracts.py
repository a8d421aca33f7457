"""A streamer's contracts, to read and to keep."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from mcn.agency.models import Figure, figure
from mcn.kit import clock
from mcn.kit.portal import Page
from streamers.portal.base import StreamerMixin


class ContractsPage(StreamerMixin, Page):
    """All that the streamer and the agency put in writing, the newest first."""

    section = "contracts"
    template_name = "streamers/portal/contracts.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        contracts = list(self.streamer.contracts.prefetch_related("document__revisions"))
        soon = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
        last = max((row.valid_to for row in contracts if row.stands_alone and row.covers(on)), default=None)
        days = (last - on).days if last else None
        warned = days if days is not None and days <= soon else None
        return super().get_context_data(contracts=contracts, last=last, days=warned, **kwargs)


class ContractPage(StreamerMixin, Page):
    """One contract's obligations and wording."""

    section = "contracts"
    template_name = "streamers/portal/contract.html"

    @cached_property
    def contract(self):
        rows = self.streamer.contracts.prefetch_related("document__revisions")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(contract=self.contract, **kwargs)
