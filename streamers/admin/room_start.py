"""What rooms and the register of advertisements put on a person's start page."""

import datetime

from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.evidence.holds import standing
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, left, pile, waited
from streamers.models import AdEntry, EntityPaper, Room, RoomHold, RoomLease

PAPERS = [(EntityPaper, "entity"), (RoomLease, "room")]


def work(user, on):
    """What waits for whoever opens rooms, verifies papers or reviews advertisements, and what runs out."""
    if user.has_perm("streamers.approve_room"):
        yield _to_open(user, on)
    for model, owner in PAPERS:
        if user.has_perm(f"streamers.verify_{model._meta.model_name}"):
            yield _to_verify(model, owner, user, on)
    if user.has_perm("streamers.review_adentry"):
        yield _to_review(user, on)
    if user.has_perm("streamers.view_room"):
        for model, owner in PAPERS:
            yield _running_out(model, owner, on)
        yield _held(on)


def _to_open(user, on):
    drafts = Room.objects.filter(state=Room.State.DRAFT).exclude(submitted_by=user).order_by("id")
    label = _("Rooms to look over and open")
    return pile(
        WAITS, label, drafts, "state__exact=draft", lambda row: (str(row), waited(row.created_at, on))
    )


def _to_verify(model, owner, user, on):
    waiting = model.objects.unverified().exclude(submitted_by=user).select_related(owner).order_by("id")
    label = _("%(papers)s to verify") % {"papers": model._meta.verbose_name_plural}
    return pile(
        WAITS,
        label,
        waiting,
        "unverified=now",
        lambda row: (f"{getattr(row, owner)} · {row}", waited(row.created_at, on)),
    )


def _to_review(user, on):
    accepted = AdEntry.objects.filter(state=AdEntry.State.ACCEPTED).exclude(accepted_by=user)
    return pile(
        WAITS,
        _("Advertisements to review"),
        accepted.select_related("show").order_by("accepted_at", "id"),
        "state__exact=accepted",
        lambda row: (f"{row.show.code} · {row}", waited(row.accepted_at, on)),
    )


def _running_out(model, owner, on):
    days = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
    until = on + datetime.timedelta(days=days)
    label = _("%(papers)s that run out within %(days)s days")
    return pile(
        EXPIRES,
        label % {"papers": model._meta.verbose_name_plural, "days": days},
        model.objects.filter(ended_on=None, valid_to__range=(on, until))
        .select_related(owner)
        .order_by("valid_to"),
        f"valid_to_from={on:%Y-%m-%d}&valid_to_to={until:%Y-%m-%d}",
        lambda row: (f"{getattr(row, owner)} · {row}", left(row.valid_to, on)),
    )


def _held(on):
    holds = standing(RoomHold.objects, on).select_related("room").order_by("-valid_from", "-id")
    return pile(
        BLOCKED,
        _("Rooms on hold"),
        holds,
        "standing=now",
        lambda hold: (str(hold.room), f"{hold.get_kind_display()} · {left(hold.valid_from, on)}"),
    )
