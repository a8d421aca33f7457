"""Measures by points: what a threshold leads to, at once or as a suggestion that staff decide on."""

import datetime

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from streamers.actions import hold as hold_actions
from streamers.models import ConductMeasure, ConductThreshold, Streamer, StreamerHold, Violation
from streamers.rules.conduct import at_once, points, reached

Kind = ConductThreshold.Kind
State = ConductMeasure.State


def answer_points(streamer, *, at):
    """Do what the thresholds ask for at a streamer's points now; asked again, it does nothing more."""
    on = business_day(at)
    with transaction.atomic():
        # Two violations confirmed at the same moment are counted one after the other.
        streamer = moves.lock(streamer)
        violations = list(streamer.violations.counting(on).order_by("decided_at", "id"))
        if not violations:
            return []
        total, last = points(violations, on), violations[-1]
        asked = reached(ConductThreshold.objects.all(), total, on)
        answered = set(last.measures.values_list("kind", flat=True))
        return [
            _answer(streamer, threshold, last, total, at=at)
            for kind, threshold in asked.items()
            if kind not in answered
        ]


def _answer(streamer, threshold, violation, total, *, at):
    made = ConductMeasure(
        streamer=streamer,
        threshold=threshold,
        kind=threshold.kind,
        violation=violation,
        points=total,
        made_at=at,
    )
    standing = _standing_hold(streamer, threshold, business_day(at))
    if standing or at_once(threshold, streamer):
        made.state, made.decided_at = State.TAKEN, at
        if threshold.kind != Kind.REMIND:
            made.hold = standing or place(made, by=None, at=at)
    return records.save(made, by=None, at=at, verb="measure", why=str(threshold))


def _standing_hold(streamer, threshold, on):
    """What stops the streamer already, as strictly as the threshold asks for."""
    if threshold.kind == Kind.REMIND:
        return None
    kinds = [StreamerHold.Kind.BLACKLIST]
    if threshold.kind == Kind.HOLD:
        kinds.append(StreamerHold.Kind.HOLD)
    rows = streamer.holds.filter(kind__in=kinds)
    return next((row for row in rows if row.holds(on)), None)


def place(measure, *, by, at):
    """Place the hold or blacklisting that a measure asks for, for as long as its threshold says."""
    on, days = business_day(at), measure.threshold.hold_days
    blacklisted = measure.kind == Kind.BLACKLIST
    return hold_actions.hold(
        measure.streamer,
        kind=StreamerHold.Kind.BLACKLIST if blacklisted else StreamerHold.Kind.HOLD,
        reason=_("%(points)s points for violations, the last by %(clause)s on %(day)s")
        % {
            "points": measure.points,
            "clause": measure.violation.code,
            "day": f"{measure.violation.happened_on:%Y-%m-%d}",
        },
        clause="DB4401 5.6.3.10" if blacklisted else "DB4401 5.6.3.8",
        valid_to=on + datetime.timedelta(days=days - 1) if days and not blacklisted else None,
        by=by,
        at=at,
    )


def take(measure, *, by, at, note=""):
    """Do what a threshold suggests."""
    with moves.move(measure, "take", by=by, at=at, note=note) as locked:
        if locked.kind != Kind.REMIND:
            locked.hold = place(locked, by=by, at=at)
        locked.decided_by, locked.decided_at, locked.reason = by, at, note
    return measure


def set_aside(measure, *, note, by, at):
    """Leave what a threshold suggests undone, with the reason."""
    with moves.move(measure, "set_aside", by=by, at=at, note=note) as locked:
        locked.decided_by, locked.decided_at, locked.reason = by, at, said(note)
    return measure


def take_back(streamer, *, at):
    """Undo what points had led to that do not reach the threshold any more since one was overturned.

    What a person decided stays until a person lifts it.
    """
    violations = list(streamer.violations.all())
    rows = ConductMeasure.objects.filter(streamer=streamer).exclude(state=State.SET_ASIDE)
    for measure in rows.select_related("threshold", "hold", "streamer"):
        then = [row for row in violations if row.decided_at and row.decided_at <= measure.made_at]
        if points(then, business_day(measure.made_at)) < measure.threshold.points:
            _undo(measure, at=at)


def _undo(measure, *, at):
    why = _("An overturned violation took the points below %(points)s.") % {
        "points": measure.threshold.points
    }
    if measure.state == State.SUGGESTED:
        measure.state, measure.decided_at, measure.reason = State.SET_ASIDE, at, why
        records.save(measure, by=None, at=at, verb="set_aside", why=why)
    elif measure.hold and measure.decided_by_id is None and _own(measure):
        hold_actions.lift(measure.hold, note=why, by=None, at=at)


def _own(measure):
    """Whether the hold was placed for this measure and still stands open."""
    placed_by_system = measure.hold.placed_by_id is None
    return placed_by_system and measure.hold.state != StreamerHold.State.LIFTED


def review(*, at):
    """Answer the points of every streamer who has enough of them, as a changed threshold may ask."""
    on = business_day(at)
    in_force = [row.points for row in ConductThreshold.objects.all() if row.covers(on)]
    if not in_force:
        return 0
    counting = Violation.objects.counting(on).exclude(streamer__state=Streamer.State.ENDED)
    sums = counting.order_by().values("streamer").annotate(total=Sum("points"))
    enough = sums.filter(total__gte=min(in_force)).values("streamer")
    return sum(len(answer_points(row, at=at)) for row in Streamer.objects.filter(pk__in=enough))
