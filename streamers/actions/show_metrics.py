"""What a show came to: entered by hand, or brought by a spreadsheet or another system."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import permission
from mcn.kit.refusal import Denied
from streamers.models import ShowMetrics

Source = ShowMetrics.Source


def add(metrics, *, by, at, source=Source.ENTERED):
    """Enter what a show, or a product in it, came to as of a day."""
    moves.require_may(by, "add", metrics)
    metrics.source = source
    require_after(metrics, at=at)
    return records.save(metrics, by=by, at=at)


def change(metrics, *, by, at, source=Source.ENTERED, why=""):
    """Correct figures; what they were stays in the audit trail."""
    moves.require_may(by, "change", metrics)
    require_after(metrics, at=at)
    with transaction.atomic():
        stored = moves.lock(metrics)
        if any(getattr(metrics, name) != getattr(stored, name) for name in metrics.COUNTS):
            metrics.source = source
        return records.save(metrics, by=by, at=at, why=why)


def require_after(metrics, *, at):
    """Refuse figures of a show that has not been on air, or as of a day before it or still to come."""
    show = metrics.show if isinstance(metrics, ShowMetrics) else metrics.item.show
    if show.started_at is None:
        raise ValidationError(_("%(show)s has not been on air.") % {"show": show})
    if metrics.day and metrics.day < business_day(show.started_at):
        raise ValidationError({"day": _("This lies before the start of the show.")})
    if metrics.day and metrics.day > business_day(at):
        raise ValidationError({"day": _("This lies in the future.")})


def bring(rows, *, by, at):
    """Enter or correct many figures at once, as a spreadsheet brings them."""
    needed = [permission(type(rows[0]), verb) for verb in ("add", "change")] if rows else []
    if by is not None and not by.has_perms(needed):
        raise Denied(_("You may not enter figures."))
    for metrics in rows:
        metrics.source = Source.SHEET
        require_after(metrics, at=at)
    return records.save_many(rows, by=by, at=at)
