"""Whether shows may go out from a room: who runs it, from where, and what viewers are told there.

``ROOM`` asks it of a room with all that GO_LIVE needs; ``OPENING`` asks the same before a room is opened.
``CHECKS`` are those that need the show too: what its goods ask of who runs the room.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.gather import gather
from mcn.standards.checks import Rulebook, clause
from streamers.models import EntityPaper, Room, RoomNotice

PREFETCH_ROOM = [
    "platform",
    "venue_kind",
    "entity__papers__permit",
    "entity__requirements__permit",
    "entity__requirements__category",
    "leases__room",
    "notices",
    "holds",
]
# The same from a show, and what its goods are.
PREFETCH = ["room", *(f"room__{lookup}" for lookup in PREFETCH_ROOM), "items__product__category"]
Kind = EntityPaper.Kind
Notice = RoomNotice.Kind


def _page(row):
    """The page on which a row at fault is mended."""
    return reverse(f"admin:streamers_{row._meta.model_name}_change", args=[row.pk])


def _add_page(model, parent):
    """Where a missing row is added for its parent; one that is there is mended on its own page."""

    def page(row):
        if row._meta.model_name == model:
            return _page(row)
        return f"{reverse(f'admin:streamers_{model}_add')}?{parent}={row.pk}"

    return page


PAPER, LEASE, NOTICE = (
    _add_page("entitypaper", "entity"),
    _add_page("roomlease", "room"),
    _add_page("roomnotice", "room"),
)


@clause("DB4401 5.1.1 d", "DB4401 5.1.5.2")
def is_open(room, on):
    """The agency opened the room for shows and has neither suspended nor closed it."""
    if room.state != Room.State.OPEN:
        yield room, _("The room is %(state)s, not open for shows.") % {"state": room.get_state_display()}


@clause("DB4401 5.1.5.2", level="shall not", mend=_page)
def room_is_not_held(room, on):
    """No hold stands against the room."""
    for row in room.holds.all():
        if row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


CHECKS = []
OPENING_CHECKS = [room_is_not_held]


def for_inspection(rooms):
    """Rooms with what all checks read."""
    return gather(rooms, PREFETCH_ROOM)


OPENING = Rulebook("room_opening", gettext_lazy("room's opening"), OPENING_CHECKS, for_inspection, mend=_page)
ROOM = Rulebook(
    "room",
    gettext_lazy("live room"),
    [is_open, *OPENING_CHECKS],
    for_inspection,
    mend=_page,
    subjects=lambda: Room.objects.filter(state=Room.State.OPEN),
)
