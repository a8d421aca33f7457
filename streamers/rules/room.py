"""Whether shows may go out from a room: from where, under which words, and what viewers are told there.

``ROOM`` asks it of a room, with who runs it as a part; ``OPENING`` asks the same before a room is opened.
``CHECKS`` are those that need the show too.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.claims.excuses import Outcome
from mcn.claims.in_force import scanner
from mcn.kit.gather import gather
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Room, RoomNotice, VenueKind
from streamers.rules import live_entity

Notice = RoomNotice.Kind
TEXTS = ["title", "cover_text"]
OWN = ["platform", "venue_kind", "leases", "notices", "holds"]
PREFETCH_ROOM = [*OWN, *live_entity.leading_to("entity")]
# From a show; its cast and the categories of its goods are what GO_LIVE reads anyway.
PREFETCH = [*(f"room__{lookup}" for lookup in OWN), *live_entity.PREFETCH]


def _added(model):
    """Where a missing row of a room is added; one that is there is mended on its own page."""

    def where(row):
        if row._meta.model_name == model:
            return admin_page(row)
        return f"{reverse(f'admin:streamers_{model}_add')}?room={row.pk}"

    return where


@clause("DB4401 5.1.2.6")
def room_is_open(room, on):
    """A colleague looked the room over and opened it, and it was neither suspended nor closed since."""
    if room.state != Room.State.OPEN:
        yield (
            room,
            _("The room is %(state)s: it has to be opened first.") % {"state": room.get_state_display()},
        )


@clause("DB4401 5.1.5.2 c")
def room_is_not_held(room, on):
    """No hold stands against the room."""
    for row in room.holds.all():
        if row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


def _not_from(ground):
    @clause(ground)
    def is_no_forbidden_place(room, on):
        """The kind of place is none that this clause forbids on the day."""
        if room.venue_kind.clause == ground and room.venue_kind.is_forbidden(on):
            yield room, _("No show may go out from here: %(kind)s.") % {"kind": room.venue_kind}

    return is_no_forbidden_place


FORBIDDEN_PLACES = [_not_from(ground.value) for ground in VenueKind.Ground]


@clause("DB4401 5.1.3.2", "DB4401 5.1.4.5")
def virtual_scene_is_labelled(room, on):
    """Of a scene that is not real it is settled by which words viewers are told so."""
    if room.is_virtual and not room.scene_label:
        yield room, _("The scene is virtual: say what viewers read of it throughout.")


@clause("DB4401 5.1.3.2")
def virtual_scene_has_its_technician(room, on):
    """Of a scene that is not real somebody is named who looks after it."""
    if room.is_virtual and not (room.technician_id or room.technician_name):
        yield room, _("The scene is virtual: name its technician.")


@clause("DB4401 5.1.3.1")
def room_has_its_equipment(room, on):
    """It is written down by which equipment for sound, picture and power the room works."""
    if not room.equipment:
        yield room, _("Equipment for sound, picture and power is not described.")


@clause("DB4401 5.1.3.3 a", mend=_added("roomlease"))
def real_place_has_its_lease(room, on):
    """Of a real place that needs one, a lease or deed is on file, good on the day and verified."""
    if room.is_virtual or not room.venue_kind.needs_lease:
        return
    good = [lease for lease in room.leases.all() if lease.covers(on)]
    if not good:
        yield room, _("No lease or deed of the place is good on the day.")
    elif not any(lease.is_verified for lease in good):
        yield good[-1], _("%(paper)s was not verified yet, or changed since.") % {"paper": good[-1]}


@clause("DB4401 5.1.3.3 b")
def real_place_is_quiet(room, on):
    """A real place is insulated well enough that noise from outside is not heard."""
    if not room.is_virtual and room.sound != Room.Sound.QUIET:
        yield (
            room,
            _("Noise from outside is heard.") if room.sound else _("Nobody has said how quiet the place is."),
        )


def _notice(kind, *codes):
    @clause(*codes, mend=_added("roomnotice"))
    def is_told_to_viewers(room, on):
        """Viewers of the room can read it throughout, and somebody has seen that they can."""
        if not _shown(room, kind, on):
            yield room, _("Viewers are not told: %(what)s.") % {"what": kind.label}

    return is_told_to_viewers


def _shown(room, kind, on):
    """The standing notices of a kind in a room."""
    return [row for row in room.notices.all() if row.kind == kind and row.shows(on)]


@clause("DB4401 5.1.1 d", "DB4401 5.1.1 e", mend=_added("roomnotice"))
def shows_its_licences(room, on):
    """Viewers can look at the licences, and somebody has seen so since the newest of them was verified."""
    shown = _shown(room, Notice.LICENCES, on)
    if not shown:
        yield room, _("Viewers are not told: %(what)s.") % {"what": Notice.LICENCES.label}
        return
    seen_on = max(row.seen_on for row in shown)
    for paper in room.entity.papers.all():
        if paper.kind != paper.Kind.IDENTITY and paper.proves(on) and paper.verified_on > seen_on:
            yield (
                room,
                _("%(paper)s came after the licences shown were last seen: look again.") % {"paper": paper},
            )


says_who_sells = _notice(Notice.SELLERS, "DB4401 5.6.3.3")
says_where_to_turn_to = _notice(Notice.AFTER_SALES, "DB4401 6.3.3")
says_where_to_report = _notice(Notice.REPORTING, "DB4401 6.3.3", "DB4401 5.6.3.7")


@clause("DB4401 5.6.3.4", mend=_added("roomnotice"))
def virtual_scene_is_seen_labelled(room, on):
    """Somebody has seen the label of a scene that is not real on screen."""
    if room.is_virtual and not _shown(room, Notice.VIRTUAL, on):
        yield room, _("Viewers are not told: %(what)s.") % {"what": Notice.VIRTUAL.label}


@clause("DB4401 5.6.3.4", "DB4401 5.1.4.5", mend=_added("roomnotice"))
def virtual_streamer_is_seen_labelled(show, on):
    """Somebody has seen the label on screen in a room where a virtual streamer stands in."""
    figures = [row.streamer for row in show.cast.all() if not row.streamer.is_natural]
    if figures and not show.room.is_virtual and not _shown(show.room, Notice.VIRTUAL, on):
        yield show.room, _("%(streamer)s is virtual, and viewers are not told.") % {"streamer": figures[0]}


def hits_in(row):
    """``[(name of the field, hit)]`` of what the claim scan finds in a row's title and words on its cover."""
    in_force = scanner()
    return [(name, hit) for name in TEXTS if (text := getattr(row, name)) for hit in in_force.scan(text).hits]


def _said(row, outcome):
    for name, hit in hits_in(row):
        if hit.outcome is outcome:
            label = type(row)._meta.get_field(name).verbose_name
            told = {"where": label, "matched": hit.matched, "reason": hit.reason}
            yield row, _("%(where)s: “%(matched)s”. %(reason)s") % told


@clause("DB4401 5.1.5.1", "DB4401 5.1.2.6")
def title_and_cover_say_nothing_banned(room, on):
    """Neither the title nor the words on the cover hold what may not be said."""
    yield from _said(room, Outcome.BANNED)


@clause("DB4401 5.1.2.6", level="should")
def title_and_cover_claim_nothing_unproven(room, on):
    """Neither the title nor the words on the cover claim what only evidence may carry."""
    yield from _said(room, Outcome.NEEDS_EVIDENCE)


@clause("DB4401 5.1.5.1", "DB4401 5.1.2.6")
def show_is_announced_with_nothing_banned(show, on):
    """Neither the show's own title nor the words on its cover hold what may not be said."""
    yield from _said(show, Outcome.BANNED)


@clause("DB4401 5.1.2.6", level="should")
def show_is_announced_with_nothing_unproven(show, on):
    """Neither the show's own title nor the words on its cover claim what only evidence may carry."""
    yield from _said(show, Outcome.NEEDS_EVIDENCE)


CHECKS = [
    *live_entity.CHECKS,
    virtual_streamer_is_seen_labelled,
    show_is_announced_with_nothing_banned,
    show_is_announced_with_nothing_unproven,
]
OPENING_CHECKS = [
    room_is_not_held,
    *FORBIDDEN_PLACES,
    virtual_scene_is_labelled,
    virtual_scene_has_its_technician,
    virtual_scene_is_seen_labelled,
    room_has_its_equipment,
    real_place_has_its_lease,
    real_place_is_quiet,
    shows_its_licences,
    says_who_sells,
    says_where_to_turn_to,
    says_where_to_report,
    title_and_cover_say_nothing_banned,
    title_and_cover_claim_nothing_unproven,
]


def for_inspection(rooms):
    """Rooms with what all checks read."""
    return gather(rooms, PREFETCH_ROOM)


PARTS = [(lambda room: [room.entity], live_entity.ENTITY)]
OPENING = Rulebook(
    "room_opening", gettext_lazy("room's opening"), OPENING_CHECKS, for_inspection, PARTS, mend=admin_page
)
ROOM = Rulebook(
    "room",
    gettext_lazy("live room"),
    [room_is_open, *OPENING_CHECKS],
    for_inspection,
    PARTS,
    mend=admin_page,
    subjects=lambda: Room.objects.filter(state=Room.State.OPEN),
)
