"""What a clock says: whether it is late, how much is left, and each interval that was counted or not."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from aftersales.models import Clock, Rung
from aftersales.rules.counting import ONE_SECOND, span_of
from aftersales.rules.working_time import ONE_DAY, Calendar, midnight
from mcn.kit.clock import SHANGHAI, NoCalendar, business_day

State = Clock.State
COUNTED, REST, PAUSED, FIRST_DAY = "counted", "rest", "paused", "first_day"
TOLD = {
    COUNTED: pgettext_lazy("clock", "counted"),
    REST: pgettext_lazy("clock", "not worked"),
    PAUSED: pgettext_lazy("clock", "paused"),
    FIRST_DAY: gettext_lazy("the day on which it began is not counted"),
}


def next_moment(clock):
    """When the next step of its ladder is to be taken; nothing after the last."""
    if clock.climbed >= len(clock.plan):
        return None
    return datetime.datetime.fromtimestamp(clock.plan[clock.climbed][0], tz=datetime.UTC)


def open_pause(pauses):
    """The pause that has not ended."""
    return next((pause for pause in pauses if pause.ended_at is None), None)


def verdict(clock, pause, at):
    """Met or missed, if it is stopped at a moment; while it is paused, no time passes."""
    moment = pause.began_at if pause else at
    return State.MISSED if clock.due_at and moment > clock.due_at else State.MET


@dataclass(frozen=True)
class Interval:
    """A time that was counted or not, and how much had been counted by its end."""

    began_at: Any
    ended_at: Any
    sort: str
    note: str
    seconds: float
    total: float

    @property
    def told(self):
        """Whether it was counted, in words."""
        return TOLD[self.sort]

    @property
    def lasts(self):
        """How much of it was counted."""
        return lasting(self.seconds)

    @property
    def in_all(self):
        """How much had been counted by its end."""
        return lasting(self.total)

    @property
    def until(self):
        """Its end; midnight is the 24th hour of the day that ends."""
        local = self.ended_at.astimezone(SHANGHAI)
        if local.time() != datetime.time():
            return date_format(local, "Y-m-d H:i")
        return f"{local.date() - ONE_DAY:%Y-%m-%d} 24:00"


@dataclass(frozen=True)
class Moment:
    """A step of the ladder: when, which level, whom it tells, and when it was taken if it was."""

    at: Any
    level: int
    tells: Any
    offset: int
    taken_at: Any = None


@dataclass(frozen=True)
class Explanation:
    """A deadline as a person can check it: the time allowed, the intervals one by one, the ladder.

    ``unknown`` says for which year nobody has published the working days, where that leaves it open.
    """

    clock: Clock
    allowed: int
    in_days: bool
    intervals: list
    ladder: list
    unknown: str = ""

    @property
    def counted(self):
        """How many seconds of the time allowed have been counted to the end of what is shown."""
        return self.intervals[-1].total if self.intervals else 0


def explain(clock, *, calendar=None):
    """The intervals from its beginning to its deadline, one by one, and the moments of its ladder."""
    span = span_of(clock, clock.rule)
    pauses = [(pause.began_at, pause.ended_at, pause.reason) for pause in clock.pauses.all()]
    until = clock.due_at + ONE_SECOND if clock.due_at and span.in_days else clock.due_at
    if clock.stopped_at and (until is None or clock.stopped_at < until):
        until = clock.stopped_at
    found, unknown = [], ""
    try:
        found.extend(_cut(_days(clock.started_at, span.in_days, until, calendar or Calendar.read()), pauses))
    except NoCalendar as error:
        unknown = str(error)
    return Explanation(clock, span.seconds, span.in_days, _summed(_merged(found)), _ladder(clock), unknown)


def _days(started_at, in_days, until, calendar):
    """Each stretch from the beginning as ``(from, to, sort, note)``, as if nothing had paused."""
    if not in_days:
        yield started_at, until, COUNTED, ""
        return
    day = business_day(started_at)
    end = midnight(day + ONE_DAY)
    yield started_at, min(end, until or end), FIRST_DAY, ""
    while until is None or end < until:
        day += ONE_DAY
        sort = COUNTED if calendar.is_worked(day) else REST
        began, end = end, midnight(day + ONE_DAY)
        yield began, min(end, until or end), sort, str(calendar.told(day))


def _cut(stretches, pauses):
    """The stretches with the pauses in their places; nothing is known beyond one that has not ended."""
    for since, ended, sort, note in stretches:
        began = since
        for stopped, resumed, reason in pauses:
            if stopped >= ended or (resumed and resumed <= began):
                continue
            if stopped > began:
                yield began, stopped, sort, note
            if resumed is None:
                yield max(began, stopped), None, PAUSED, reason
                return
            yield max(began, stopped), min(ended, resumed), PAUSED, reason
            began = min(ended, resumed)
        if began < ended:
            yield began, ended, sort, note


def _merged(stretches):
    """Neighbours of one sort with one note as one."""
    rows = []
    for began, ended, sort, note in stretches:
        if rows and rows[-1][1:] == [began, sort, note]:
            rows[-1][1] = ended
        else:
            rows.append([began, ended, sort, note])
    return rows


def _summed(rows):
    total, intervals = 0, []
    for began, ended, sort, note in rows:
        seconds = int((ended - began).total_seconds()) if sort == COUNTED else 0
        total += seconds
        intervals.append(Interval(began, ended, sort, note, seconds, total))
    return intervals


def _ladder(clock):
    taken = {}
    for step in clock.steps.all():
        taken[int(step.planned_at.timestamp()), step.tells] = step.taken_at
    labels = dict(Rung.Tells.choices)
    return [
        Moment(
            datetime.datetime.fromtimestamp(stamp, tz=datetime.UTC),
            level,
            labels[tells],
            offset,
            taken.get((stamp, tells)),
        )
        for stamp, level, tells, offset in clock.plan
    ]


@dataclass(frozen=True)
class Face:
    """How a clock looks at a moment: its tone (good, warn, bad or info) and what it says."""

    tone: str
    words: str


def face(clock, at):
    """Green while there is time, amber from the first warning, red when it is late, grey while it rests."""
    if clock.state == State.MET:
        return Face("good", pgettext("clock", "in time"))
    if clock.state == State.MISSED:
        return Face("bad", pgettext("clock", "too late"))
    if clock.state == State.PAUSED:
        return Face("info", pgettext("clock", "paused"))
    return time_left(clock.due_at, clock.warn_at, at)


def time_left(due_at, warn_at, at):
    """How what runs until a moment looks at another, warned from a third on."""
    if due_at is None:
        return Face("warn", _("open: the calendar of that year is missing"))
    left = (due_at - at).total_seconds()
    if left < 0:
        return Face("bad", _("%(time)s late") % {"time": lasting(-left)})
    warned = warn_at is not None and warn_at <= at
    return Face("warn" if warned else "good", _("%(time)s left") % {"time": lasting(left)})


def with_deadline(rows, *kinds):
    """Rows with the moments of the next of their open deadlines of these kinds: when due, when warned of."""
    model = rows.model
    return rows.annotate(due_at=next_due(model, *kinds), warn_at=next_due(model, *kinds, column="warn_at"))


def next_due(model, *kinds, column="due_at"):
    """When the next of a row's open deadlines is due, of some kinds or of all; for ``annotate``."""
    clocks = Clock.objects.open().filter(
        content_type=ContentType.objects.get_for_model(model), object_id=OuterRef("pk")
    )
    if kinds:
        clocks = clocks.filter(kind__in=kinds)
    return Subquery(clocks.order_by(F("due_at").asc(nulls_last=True)).values(column)[:1])


def lasting(seconds):
    """A length of time in the two largest units that say something."""
    minutes = int(seconds) // 60
    days, hours = minutes // 1_440, minutes // 60 % 24
    if days:
        told = _("%(days)s d %(hours)s h") if hours else _("%(days)s d")
    else:
        told = _("%(hours)s h %(minutes)s min") if hours else _("%(minutes)s min")
    return told % {"days": days, "hours": hours, "minutes": minutes % 60}


def title_of(clock, step, at):
    """The headline of a step of the ladder."""
    if step.level == 0:
        left = lasting((clock.due_at - at).total_seconds()) if clock.due_at > at else _("no time")
        return _("%(clock)s: %(left)s left") % {"clock": clock, "left": left}
    return _("%(clock)s: too late, level %(level)s") % {"clock": clock, "level": step.level}


def text_of(clock, step, plan=None):
    """What a step of the ladder says beside its headline; the last one names the emergency plan."""
    said = _("The deadline was %(due)s.") if step.level else _("The deadline is %(due)s.")
    words = said % {"due": date_format(clock.due_at.astimezone(SHANGHAI), "Y-m-d H:i")}
    if step.tells == Rung.Tells.EMERGENCY:
        words = f"{words} {_('Decide whether the emergency plan is started, and say so in the file.')}"
    if plan:
        words = f"{words} {_('Plan: %(plan)s') % {'plan': plan}}"
    return words
