"""A merchant at a glance: each item, paper and agreement that it needs, and how each stands on a day."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Figure, figure
from merchants.models import Agreement, MerchantVerification
from merchants.rules.facts import digest
from merchants.rules.submission import needed_kinds, papers

Item = MerchantVerification.Item
Outcome = MerchantVerification.Outcome


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
    UNSIGNED = "unsigned", _("not signed")


@dataclass(frozen=True)
class Line:
    """One thing that a merchant needs: its name, the row that gives it, how it stands, and until when."""

    label: Any
    row: Any
    status: Status
    until: Any = None
    kind: Any = None


@dataclass(frozen=True)
class Overview:
    """The three lists of a merchant's page."""

    items: list
    papers: list
    agreements: list


def overview(merchant, on):
    """What a merchant that ``for_inspection`` has loaded needs, and how it stands."""
    soon = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
    return Overview(
        [_item(merchant, item, on, soon) for item in Item],
        [_paper(merchant, code, name, on, soon) for code, name in needed_papers(merchant)],
        [_agreement(merchant, kind, on, soon) for kind in Agreement.Kind],
    )


def needed_papers(merchant):
    """Code and name of each kind of paper that a merchant needs: the licence, then its lines' permits."""
    licence = (merchant.licence_kind, MerchantVerification.Item.LICENCE.label)
    return [licence, *[(kind.code, kind.name) for kind in needed_kinds(merchant)]]


def _until(day, on, soon):
    return Status.EXPIRING if day and (day - on).days <= soon else Status.GOOD


def _item(merchant, item, on, soon):
    rows = merchant.verifications.all()
    standing = [row for row in rows if row.item == item and row.superseded_at is None]
    if not standing:
        return Line(item.label, None, Status.UNVERIFIED, kind=item)
    row = standing[0]
    if row.outcome == Outcome.BAD:
        status = Status.BAD
    elif row.digest != digest(merchant, item):
        status = Status.STALE
    else:
        status = _until(row.next_due_on, on, soon) if row.stands(on) else Status.DUE
    return Line(item.label, row, status, row.next_due_on, item)


def _paper(merchant, code, name, on, soon):
    rows = [row for row in papers(merchant, code) if row.ended_on is None]
    if not rows:
        return Line(name, None, Status.MISSING, kind=code)
    good = [row for row in rows if row.covers(on)]
    # Of several good ones the verified one that lasts longest counts.
    best = max(good or rows, key=lambda row: (row.is_verified, row.long_term, str(row.valid_to or "")))
    if not good:
        return Line(name, best, Status.EXPIRED, best.valid_to, code)
    status = _until(best.valid_to, on, soon) if best.is_verified else Status.UNVERIFIED
    return Line(name, best, status, best.valid_to, code)


def _agreement(merchant, kind, on, soon):
    rows = [row for row in merchant.agreements.all() if row.kind == kind and row.state == row.State.SIGNED]
    if not rows:
        return Line(kind.label, None, Status.UNSIGNED, kind=kind)
    last = max(rows, key=lambda row: row.valid_to)
    status = _until(last.valid_to, on, soon) if last.covers(on) else Status.EXPIRED
    return Line(kind.label, last, status, last.valid_to, kind)
