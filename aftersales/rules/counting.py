"""How a deadline is counted: the pieces of time that count, and the moments at which so much is counted.

Hours count round the clock. Working days count from the day after the one on which the deadline began to
run, each with its 24 hours, and a span counted in days ends with its last day. Pauses are cut out of either.
So one way of counting serves the deadline, the warnings before it and the ladder after it.
"""

import datetime
import math
from dataclasses import dataclass
from typing import Any

from aftersales.models import DeadlineRule
from aftersales.rules.working_time import ONE_DAY, midnight
from mcn.kit.clock import NoCalendar, business_day

HOUR = 3_600
DAY = 24 * HOUR
ONE_SECOND = datetime.timedelta(seconds=1)


@dataclass(frozen=True)
class Span:
    """How much time a deadline allows: an amount of hours, or of working days."""

    amount: int
    in_days: bool

    @property
    def seconds(self):
        return self.amount * (DAY if self.in_days else HOUR)


@dataclass(frozen=True)
class Reckoning:
    """What follows from a rule for one matter: deadline, first warning and the moments of the ladder.

    Each is empty where it lies in a year whose working days nobody has published.
    """

    due_at: Any
    warn_at: Any
    plan: list


def span_of(clock, rule):
    """The time that a clock allows: what was promised for its matter, else what the rule says."""
    if clock.promised_hours:
        return Span(clock.promised_hours, in_days=False)
    return Span(rule.amount, rule.unit == DeadlineRule.Unit.WORKING_DAYS)


def windows(started_at, in_days, calendar):
    """The times that count if nothing pauses, as ``(from, to)``; the last one of hours has no end."""
    if not in_days:
        yield started_at, None
        return
    day = business_day(started_at)
    while True:
        day += ONE_DAY
        if calendar.is_worked(day):
            yield midnight(day), midnight(day + ONE_DAY)


def pieces(found, pauses):
    """The windows with the pauses, given in order as ``(from, to)``, cut out of them."""
    for since, ended in found:
        began = since
        for stopped, resumed in pauses:
            if resumed <= began or (ended is not None and stopped >= ended):
                continue
            if stopped > began:
                yield began, stopped
            began = max(began, resumed)
        if ended is None or began < ended:
            yield began, ended


def reach(counted, targets):
    """The moments at which so many seconds, in rising order, have been counted; those that are known."""
    reached, total = [], 0.0
    targets = list(targets)
    try:
        for began, ended in counted:
            length = math.inf if ended is None else (ended - began).total_seconds()
            while targets and targets[0] <= total + length:
                reached.append(began + datetime.timedelta(seconds=targets.pop(0) - total))
            if not targets or length is None:
                return reached
            total += length
    except NoCalendar:
        return reached
    return reached


def counted_until(counted, moment):
    """How many seconds have been counted by a moment."""
    total = 0
    for began, ended in counted:
        if began >= moment:
            break
        until = moment if ended is None else min(ended, moment)
        total += (until - began).total_seconds()
        if until == moment:  # the day after may be one that nobody has published
            break
    return total


def reckon(started_at, span, rungs, pauses, calendar):
    """Deadline, first warning and ladder of what began at a moment, with its closed pauses in order."""

    def counted():
        return pieces(windows(started_at, span.in_days, calendar), pauses)

    reached = reach(counted(), [span.seconds])
    if not reached:
        return Reckoning(None, None, [])
    [end], total = reached, span.seconds
    if span.in_days:
        end = midnight(business_day(end - ONE_SECOND) + ONE_DAY)
        total = counted_until(counted(), end)
    due_at = end - ONE_SECOND if span.in_days else end
    # A warning before the beginning would come at once: it says nothing.
    ladder = sorted(
        (rung for rung in rungs if total + rung.offset * HOUR > 0),
        key=lambda rung: (rung.offset, rung.level, rung.pk),
    )
    moments = reach(counted(), [total + rung.offset * HOUR for rung in ladder])
    plan = [
        [int(moment.timestamp()), rung.level, rung.tells, rung.offset]
        for moment, rung in zip(moments, ladder, strict=False)
    ]
    warn_at = next((moment for moment, rung in zip(moments, ladder, strict=False) if rung.offset < 0), None)
    return Reckoning(due_at, warn_at, plan)
