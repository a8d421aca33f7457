"""Service channels: one of each kind is shipped, those that the product itself offers with their pages."""

from aftersales.models import ServiceChannel
from mcn.kit import records

Kind = ServiceChannel.Kind
# What consumers find on pages of ours, by the name of the page; people answer what they leave there.
OURS = {Kind.SELF: "buyer_entry", Kind.MESSAGE: "help_ask", Kind.HELP: "help"}


def sync_channels(*, at):
    """Add a channel of each kind that has none; what staff changed or added stays."""
    known = set(ServiceChannel.objects.values_list("kind", flat=True))
    made = [
        ServiceChannel(kind=kind, page=OURS.get(kind, ""), all_day=kind in (Kind.SELF, Kind.HELP))
        for kind in Kind
        if kind not in known
    ]
    records.save_many(made, by=None, at=at, verb="ship")
