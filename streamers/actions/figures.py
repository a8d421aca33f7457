"""Streamers' figures: entered, or brought by a spreadsheet or another system."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Denied
from streamers.models import StreamerFigures
from streamers.rules.figures import COLUMNS

Source = StreamerFigures.Source


def add(figures, *, by, at, source=Source.ENTERED):
    """Enter what a streamer had on a platform on a day; one line a day."""
    moves.require_may(by, "add", figures)
    figures.source = source
    require_past(figures, at=at)
    return records.save(figures, by=by, at=at)


def change(figures, *, by, at, source=Source.ENTERED, why=""):
    """Correct figures; what an assessment was made of stays in it as it was."""
    moves.require_may(by, "change", figures)
    require_past(figures, at=at)
    with transaction.atomic():
        if differs(figures, moves.lock(figures)):
            figures.source = source
        return records.save(figures, by=by, at=at, why=why)


def differs(figures, stored):
    """Whether any figure is another than the stored one."""
    return any(getattr(figures, name) != getattr(stored, name) for name in COLUMNS)


def require_past(figures, *, at):
    """Refuse figures of a day that is still to come."""
    if figures.day and figures.day > business_day(at):
        raise ValidationError({"day": _("This lies in the future.")})


def bring(rows, *, by, at):
    """Enter or correct many figures at once, as a spreadsheet brings them."""
    if by is not None and not by.has_perms(
        ["streamers.add_streamerfigures", "streamers.change_streamerfigures"]
    ):
        raise Denied(_("You may not enter figures."))
    for figures in rows:
        figures.source = Source.SHEET
        require_past(figures, at=at)
    return records.save_many(rows, by=by, at=at)
