"""Corrections: a streamer is reminded of a violation, with a day by which it has to be put right."""

import datetime

from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from streamers.models import Correction, Streamer, ViolationAction


def remind(violation, *, by, at):
    """Remind an entrusted streamer of any violation, and a signed one where it is to be corrected."""
    entrusted = violation.streamer.engagement == Streamer.Engagement.ENTRUSTED
    if not entrusted and violation.action != ViolationAction.CORRECT:
        return None
    on = business_day(at)
    days = figure(Figure.Key.VIOLATION_CORRECTION_DAYS, on)
    made = Correction(
        streamer=violation.streamer,
        violation=violation,
        reminded_at=at,
        reminder=_("%(code)s on %(day)s: put it right and see that it does not happen again.")
        % {"code": violation.code, "day": f"{violation.happened_on:%Y-%m-%d}"},
        due_on=on + datetime.timedelta(days=days),
    )
    return records.save(made, by=by, at=at, verb="remind")


def close(correction, *, note, by, at):
    """Accept that it was put right, with what was seen of it."""
    with moves.move(correction, "close", by=by, at=at, note=note) as locked:
        locked.result, locked.closed_by, locked.closed_on = said(note), by, business_day(at)
    return correction


def cancel(correction, *, note, by, at):
    """Ask for the correction no longer, with the reason."""
    with moves.move(correction, "cancel", by=by, at=at, note=note) as locked:
        locked.result, locked.closed_by, locked.closed_on = said(note), by, business_day(at)
    return correction


def drop(violation, note, *, by, at):
    """Take the open reminder of an overturned violation back with it."""
    for row in Correction.objects.filter(violation=violation, state=Correction.State.OPEN):
        row.state, row.result = Correction.State.CANCELLED, note
        row.closed_by, row.closed_on = by, business_day(at)
        records.save(row, by=by, at=at, verb="cancel", why=note)
