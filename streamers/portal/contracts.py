"""A streamer's contracts, to read and to keep."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from mcn.agency.models import Figure, figure
from mcn.kit import clock
from mcn.kit.portal import Page
from streamers.portal.base import StreamerMixin


class ContractsMixin(StreamerMixin):
    """A streamer's contracts, as far as they were signed."""

    def contracts(self):
        signed = self.streamer.contracts.filter(signed_on__isnull=False)
        return signed.prefetch_related("document__revisions")


class ContractsPage(ContractsMixin, Page):
    """All that the streamer and the agency put in writing, the newest first."""

    section = "contracts"
    template_name = "streamers/portal/contracts.html"

    def get_context_data(self, **kwargs):
        on = clock.today()
        contracts = list(self.contracts())
        soon = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
        last = max((row.valid_to for row in contracts if row.stands_alone and row.covers(on)), default=None)
        days = (last - on).days if last else None
        warned = days if days is not None and days <= soon else None
        return super().get_context_data(contracts=contracts, last=last, days=warned, **kwargs)


class ContractPage(ContractsMixin, Page):
    """One contract's obligations and wording."""

    section = "contracts"
    template_name = "streamers/portal/contract.html"

    @cached_property
    def contract(self):
        return get_object_or_404(self.contracts(), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(contract=self.contract, **kwargs)
