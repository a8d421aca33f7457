"""A streamer at a glance: the steps to the camera, what was verified, and what a minor needs, on a day."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mcn.agency.models import Figure, figure
from streamers.models import Streamer, StreamerVerification
from streamers.rules.age import ADULT_AGE, ask_page, capacity_page, is_minor, reaches_on
from streamers.rules.application import APPLICATION, oddities
from streamers.rules.hosting import ACCEPTANCE, ACTIVATION, GRADUATION, HOSTING, REOPENING
from streamers.rules.verification import digests, needed_items, standing_accounts, verify_page

State = Streamer.State
Outcome = StreamerVerification.Outcome
# What is asked next of a streamer in each state; an active one is asked what every show asks.
NEXT = {
    State.DRAFT: APPLICATION,
    State.APPLIED: ACCEPTANCE,
    State.VERIFIED: GRADUATION,
    State.TRAINED: ACTIVATION,
    State.SUSPENDED: ACTIVATION,
    State.ACTIVE: HOSTING,
    State.ENDED: REOPENING,
}
STEPS = [(_("acceptance"), ACCEPTANCE), (_("graduation"), GRADUATION), (_("letting on camera"), ACTIVATION)]


class Status(models.TextChoices):
    """How something that is needed stands."""

    GOOD = "good", _("good")
    EXPIRING = "expiring", _("expires soon")
    UNVERIFIED = "unverified", _("not verified yet")
    STALE = "stale", _("changed since verified")
    DUE = "due", _("due again")
    BAD = "bad", _("not good")
    EXPIRED = "expired", _("expired")
    MISSING = "missing", _("missing")


@dataclass(frozen=True)
class Line:
    """One thing that is needed: what, how it stands, until when, and the page that mends or shows it."""

    label: Any
    status: Status
    until: Any = None
    url: str = ""
    note: Any = ""
    word: Any = ""  # instead of the status's own
    findings: tuple = ()


@dataclass(frozen=True)
class Overview:
    """The columns of a streamer's page; the guardian's is empty for a grown-up."""

    steps: list
    items: list
    accounts: list
    guardian: list
    adult_on: Any
    oddities: list


def overview(streamer, loaded, on):
    """What a streamer needs; ``loaded`` is the same one as ``for_inspection`` has it, without clear data."""
    soon = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
    minor = is_minor(loaded, on)
    return Overview(
        steps=[_step(label, book, loaded, on) for label, book in STEPS],
        items=[_item(loaded, item, on, soon) for item in needed_items(loaded, on)],
        accounts=[_account(row, on) for row in standing_accounts(loaded)],
        guardian=_guardian(loaded, on, soon) if minor else [],
        adult_on=reaches_on(loaded.born_on, ADULT_AGE) if minor else None,
        oddities=oddities(streamer, on),
    )


def report_of(streamer, on):
    """What stands in the way of a streamer's next step; of an active one, the next show."""
    return NEXT[streamer.state].inspect(streamer, on=on)


def _step(label, book, streamer, on):
    blockers = tuple(finding for finding in book.findings(streamer, on) if finding.blocks)
    if not blockers:
        return Line(label, Status.GOOD, word=pgettext_lazy("step", "fulfilled"))
    note = _("%(count)s to mend") % {"count": len(blockers)}
    return Line(
        label, Status.MISSING, note=note, word=pgettext_lazy("step", "not fulfilled"), findings=blockers
    )


def _until(day, on, soon):
    return Status.EXPIRING if (day - on).days <= soon else Status.GOOD


def _item(streamer, item, on, soon):
    row = next((row for row in streamer.verifications.all() if row.item == item), None)
    if row is None:
        return Line(item.label, Status.UNVERIFIED, url=verify_page(streamer))
    if row.outcome == Outcome.BAD:
        return Line(item.label, Status.BAD, url=verify_page(streamer), note=row.note)
    if row.digest not in digests(streamer, item, on):
        return Line(item.label, Status.STALE, row.next_due_on, verify_page(streamer))
    status = _until(row.next_due_on, on, soon) if row.stands(on) else Status.DUE
    return Line(item.label, status, row.next_due_on, "" if status == Status.GOOD else verify_page(streamer))


def _account(row, on):
    known = row.real_name_on is not None and row.real_name_on <= on
    page = reverse("admin:streamers_platformaccount_change", args=[row.pk])
    return Line(row, Status.GOOD if known else Status.UNVERIFIED, url="" if known else page)


def _guardian(streamer, on, soon):
    return [
        _span(_("guardian's consent"), streamer.consents.all(), ask_page(streamer), on, soon),
        _span(
            _("record of civil capacity"), streamer.capacity_records.all(), capacity_page(streamer), on, soon
        ),
    ]


def _span(label, rows, page, on, soon):
    good = [row for row in rows if row.covers(on)]
    if good:
        last = max(row.valid_to for row in good)
        status = _until(last, on, soon)
        return Line(label, status, last, page if status == Status.EXPIRING else "")
    past = [row for row in rows if row.valid_to < on]
    return Line(label, Status.EXPIRED if past else Status.MISSING, url=page)
