"""The register of advertisements: a show's goods accepted and reviewed, so that they may be shown."""

from mcn.kit import records
from streamers.actions import ad_entry as ad_actions
from streamers.models import AdEntry
from tests.factories import AT


def advertise(show, *, state=AdEntry.State.REVIEWED):
    """Put the goods of a show on the register, and find them in order."""
    entries = ad_actions.register(show, by=None, at=AT)
    for entry in entries:
        entry.state, entry.reviewed_at = state, AT
    return records.save_many(entries, by=None, at=AT)
