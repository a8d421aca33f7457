"""What a show's checks look at, as digests: when an item's facts change, that check alone is stale."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.clock import business_day
from mcn.kit.gather import rows_of
from mcn.standards.checks import clause
from streamers.models import ShowCheck

Item = ShowCheck.Item
Outcome = ShowCheck.Outcome

PREFETCH = [
    Prefetch(
        "checks",
        ShowCheck.objects.filter(superseded_at=None).only(
            "show", "item", "outcome", "note", "digest", "superseded_at"
        ),
    ),
    "room__cover__revisions",
]


class Status(models.TextChoices):
    """What can be said of an item before the show."""

    GOOD = "good", gettext_lazy("good")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("not applicable")
    MISSING = "missing", gettext_lazy("not looked through yet")
    BAD = "bad", gettext_lazy("found not good")
    STALE = "stale", gettext_lazy("changed since it was looked through")

    @property
    def settled(self):
        """Whether nothing more is to be done about it."""
        return self in (Status.GOOD, Status.NOT_APPLICABLE)


@dataclass(frozen=True)
class ItemStatus:
    """One item of a show, the check that stands for it (or None), and what can be said of it."""

    item: Any
    check: ShowCheck | None
    status: Status


def _standing(rows):
    return [row for row in rows if row.removed_at is None]


def _day(show):
    return f"{business_day(show.starts_at):%Y-%m-%d}"


def _place(show):
    room = show.room
    return [room.pk, room.venue, room.venue_kind_id, room.is_virtual, room.scene_label, _day(show)]


def _products(show):
    return sorted(item.product_id for item in _standing(show.items.all()))


def _cover(show):
    document = show.room.cover
    file = document.latest.sha256 if document and document.latest else ""
    return [file, show.room.cover_text, show.cover_text]


def _links(show):
    offers = [offer for item in _standing(show.items.all()) for offer in _standing(rows_of(item, "offers"))]
    return sorted([offer.sku_id, offer.link, f"{offer.price:.2f}"] for offer in offers)


COVERS = {
    Item.VENUE: _place,
    Item.TITLE: lambda show: [show.title, show.room.title],
    Item.COVER: _cover,
    Item.SET: _place,
    Item.PROPS: lambda show: [_products(show), _day(show)],
    Item.DISPLAY: lambda show: [_products(show), _day(show)],
    Item.LINKS: _links,
    Item.CLOTHING: lambda show: [sorted(row.streamer_id for row in _standing(show.cast.all())), _day(show)],
    Item.EQUIPMENT: lambda show: [show.room.pk, show.room.equipment, show.room.is_virtual, _day(show)],
}


def digest(show, item):
    """SHA-256 of what an item of a show covers; reads what the gate has loaded."""
    return hashlib.sha256(json.dumps([item, COVERS[item](show)]).encode()).hexdigest()


def statuses(show, items=tuple(Item)):
    """Some items of a show with how each stands."""
    found = {row.item: row for row in show.checks.all() if row.superseded_at is None}
    return [ItemStatus(item, found.get(item), _status(show, item, found.get(item))) for item in items]


def _status(show, item, row):
    if row is None:
        return Status.MISSING
    if row.outcome == Outcome.BAD:
        return Status.BAD
    return Status(row.outcome) if row.digest == digest(show, item) else Status.STALE


def words(show, item):
    """What an item is about, as people read it: lines of text."""
    return [line for line in WORDS[item](show) if line]


def _goods(show):
    return [str(item) for item in _standing(show.items.all())]


def _addresses(show):
    offers = [offer for item in _standing(show.items.all()) for offer in _standing(rows_of(item, "offers"))]
    return [f"{offer.sku} {offer.link}" for offer in offers]


def _scene(show):
    return [show.room.venue, show.room.scene_label]


WORDS = {
    Item.VENUE: _scene,
    Item.SET: _scene,
    Item.TITLE: lambda show: [show.title, show.room.title],
    Item.COVER: lambda show: [show.cover_text, show.room.cover_text],
    Item.PROPS: lambda show: [],
    Item.DISPLAY: _goods,
    Item.LINKS: _addresses,
    Item.CLOTHING: lambda show: [str(row.streamer) for row in _standing(show.cast.all())],
    Item.EQUIPMENT: lambda show: [show.room.equipment],
}


def page(row):
    """Where the items of a show are answered."""
    show_id = row.show_id if isinstance(row, ShowCheck) else row.pk
    return reverse("admin:streamers_showcheck_show", args=[show_id])


def _unsettled(show, items):
    for row in statuses(show, items):
        if not row.status.settled:
            told = _("%(item)s: %(status)s") % {"item": row.item.label, "status": row.status.label}
            note = f"（{row.check.note}）" if row.status == Status.BAD and row.check.note else ""
            yield row.check or show, f"{told}{note}"


@clause("LSEC 30", mend=page)
def was_reviewed_for_compliance(show, on):
    """Goods on display, clothing, set and props were looked through before the show and found good."""
    yield from _unsettled(show, [Item.SET, Item.PROPS, Item.DISPLAY, Item.CLOTHING])


@clause("DB4401 5.6.3.6", mend=page)
def was_reviewed_as_a_scene(show, on):
    """Venue, titles and cover were looked through before the show and found good."""
    yield from _unsettled(show, [Item.VENUE, Item.TITLE, Item.COVER])


@clause("DB4401 5.6.3.5", mend=page)
def had_its_links_tried(show, on):
    """The links were tried and lead to the goods shown."""
    yield from _unsettled(show, [Item.LINKS])


@clause("DB4401 5.3.3 a", "LSMS 6.2 c", mend=page)
def has_its_equipment_ready(show, on):
    """The equipment stands ready and works."""
    yield from _unsettled(show, [Item.EQUIPMENT])


CHECKS = [
    was_reviewed_for_compliance,
    was_reviewed_as_a_scene,
    had_its_links_tried,
    has_its_equipment_ready,
]
