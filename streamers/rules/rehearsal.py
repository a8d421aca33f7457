"""Whether a show was gone through before it is shown, as it is planned now."""

import hashlib
import json

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.standards.checks import clause
from streamers.models import Rehearsal
from streamers.rules.script import approved

PREFETCH = [
    Prefetch(
        "rehearsals",
        Rehearsal.objects.filter(superseded_at=None).defer("found", "safeguards"),
    )
]


def digest(show):
    """SHA-256 of what is rehearsed: who speaks, of which products in which order, by which scripts."""
    cast = sorted(row.streamer_id for row in show.cast.all() if row.removed_at is None)
    items = [item.product_id for item in show.items.all() if item.removed_at is None]
    rehearsed = [cast, items, sorted(row.pk for row in approved(show))]
    return hashlib.sha256(json.dumps(rehearsed).encode()).hexdigest()


def page(row):
    """Where a rehearsal of a show is recorded."""
    show_id = row.show_id if isinstance(row, Rehearsal) else row.pk
    return f"{reverse('admin:streamers_rehearsal_add')}?show={show_id}"


def lacks(show):
    """``[(row at fault, what is lacking)]`` of a show's rehearsal; nothing where it passed as planned now."""
    last = next((row for row in show.rehearsals.all() if row.superseded_at is None), None)
    if last is None:
        return [(show, _("it was not rehearsed"))]
    if last.outcome == Rehearsal.Outcome.FAILED:
        return [(last, _("the rehearsal found it not fit to be shown: rehearse it again"))]
    if last.digest != digest(show):
        return [(last, _("streamers, products or scripts changed since the rehearsal"))]
    return []


def _virtual(show):
    return any(not row.streamer.is_natural for row in show.cast.all() if row.removed_at is None)


@clause("DB4401 5.4.3.1 c", mend=page)
def was_rehearsed(show, on):
    """Live entity, streamers and marketers went through the show as it is planned now."""
    if _virtual(show):
        return  # of a virtual streamer's show it is a must, and asked below
    yield from lacks(show)
    for row in show.rehearsals.all():
        parties = [
            getattr(Rehearsal, name).field.verbose_name
            for name in ("with_entity", "with_cast", "with_marketers")
            if not getattr(row, name)
        ]
        if parties:
            said = _("not so at the rehearsal: %(parties)s")
            yield row, said % {"parties": "、".join(str(party) for party in parties)}


@clause("DB4401 5.4.2.5", mend=page)
def had_its_virtual_streamer_checked(show, on):
    """A virtual streamer's movements and words were gone through before the show and found lawful."""
    if _virtual(show):
        yield from lacks(show)


CHECKS = [was_rehearsed, had_its_virtual_streamer_checked]
