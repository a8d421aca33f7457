"""The verbs of a deadline: begun with a step of its matter, paused, let run on, stopped.

They follow from what somebody may do to the matter itself, so that they ask for no permission of their own;
each takes one statement more for many matters than for one.
"""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from aftersales.models import Clock, Pause
from aftersales.rules.clock import next_moment, open_pause, verdict
from aftersales.rules.counting import reckon, span_of
from aftersales.rules.deadline_rule import Rules
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState

State = Clock.State
PAUSES = Prefetch("pauses", Pause.objects.order_by("began_at"))


@dataclass(frozen=True)
class Start:
    """A deadline to begin: of which matter, for whom, and what chooses its rule."""

    subject: Any
    kind: str
    merchant: Any = None
    agent: Any = None
    promised_hours: int | None = None
    started_at: Any = None
    facts: dict = field(default_factory=dict)


def begin(subject, kind, *, by, at, merchant=None, agent=None, promised_hours=None, started_at=None, **facts):
    """Let a deadline run for a step of a matter; one that runs or is paused already stays as it is.

    ``facts`` are what rules tell matters apart by: channel, nature, urgency. ``promised_hours``, such as
    those of a service plan, take the place of the rule's time. It runs from ``at`` unless it began before.
    """
    start = Start(subject, kind, merchant, agent, promised_hours, started_at, facts)
    return begin_many([start], by=by, at=at)[0]


def until(kind, *, at, **facts):
    """Until when a deadline would run that begins at a moment: what somebody is told beforehand."""
    rules = Rules([kind])
    began = at.replace(microsecond=0)
    rule = rules.find(kind, facts, business_day(began))
    return reckon(began, span_of(Clock(kind=kind), rule), [], [], rules.calendar).due_at


@transaction.atomic
def begin_many(starts, *, by, at):
    """``begin`` for many matters in as few statements as for one; the clocks in the order of the starts."""
    types = {type(start.subject): ContentType.objects.get_for_model(start.subject) for start in starts}
    standing = _standing(starts, types)
    rules = Rules({start.kind for start in starts})
    made = {}
    for start in starts:
        place = (types[type(start.subject)].pk, start.subject.pk, start.kind)
        if place not in standing and place not in made:
            made[place] = _new(start, types[type(start.subject)], rules, at)
    records.save_many([*made.values()], by=by, at=at, verb="begin")
    found = standing | made
    return [found[types[type(start.subject)].pk, start.subject.pk, start.kind] for start in starts]


def _standing(starts, types):
    rows = Clock.objects.open().filter(
        content_type__in=[found.pk for found in types.values()],
        object_id__among=[start.subject.pk for start in starts],
    )
    return {(row.content_type_id, row.object_id, row.kind): row for row in rows}


def _new(start, content_type, rules, at):
    began = (start.started_at or at).replace(microsecond=0)
    facts = {name: str(value) for name, value in start.facts.items() if value}
    clock = records.new(
        Clock,
        content_type=content_type,
        object_id=start.subject.pk,
        label=str(start.subject)[:120],
        kind=start.kind,
        rule=rules.find(start.kind, facts, business_day(began)),
        facts=facts,
        promised_hours=start.promised_hours,
        merchant_id=start.merchant and start.merchant.pk,
        agent_id=start.agent and start.agent.pk,
        started_at=began,
        basis=rules.basis(start.kind),
    )
    wind(clock, clock.rule, [], rules, at=None)
    return clock


def wind(clock, rule, pauses, rules, *, at):
    """Put into a clock what follows from its rule and its pauses; steps of the ladder taken stay taken."""
    closed = [(pause.began_at, pause.ended_at) for pause in pauses if pause.ended_at]
    found = reckon(clock.started_at, span_of(clock, rule), rule.rungs.all(), closed, rules.calendar)
    clock.rule = rule
    clock.due_at, clock.warn_at, clock.plan = found.due_at, found.warn_at, found.plan
    passed = sum(moment[0] <= at.timestamp() for moment in found.plan) if at else 0
    clock.climbed = min(clock.climbed, passed)
    clock.level = found.plan[clock.climbed - 1][1] if clock.climbed else 0
    clock.next_at = next_moment(clock) if clock.state == State.RUNNING else None


def pause(subject, kind=None, *, reason, by, at):
    """Stop the time of a matter's running deadlines, of one kind or of all, until ``resume``; say why."""
    with transaction.atomic():
        return [_pause(clock, reason, by=by, at=at) for clock in _locked(subject, kind, State.RUNNING)]


def resume(subject, kind=None, *, by, at, note=""):
    """Let a matter's paused deadlines run on: they move by as much time as the pause took."""
    with transaction.atomic():
        return [_resume(clock, by=by, at=at, note=note) for clock in _locked(subject, kind, State.PAUSED)]


def stop(subject, kind=None, *, by, at):
    """End a matter's open deadlines, of one kind or of all, as met or missed; none may be open."""
    with transaction.atomic():
        return [_stop(clock, by=by, at=at) for clock in _locked(subject, kind, *Clock.OPEN)]


def assign(subject, *, by, at, **people):
    """Tell a matter's open deadlines whose they are now: ``agent``, ``merchant`` or both."""
    with transaction.atomic():
        clocks = _locked(subject, None, *Clock.OPEN)
        for clock in clocks:
            for name, person in people.items():
                setattr(clock, name, person)
        return records.save_many(clocks, by=by, at=at, verb="assign")


def pause_one(clock, *, by, at, note):
    """Pause one deadline by hand, with a reason."""
    with transaction.atomic():
        return _pause(_by_hand(clock, "pause", State.RUNNING, by), said(note), by=by, at=at)


def resume_one(clock, *, by, at, note=""):
    """Let one paused deadline run on by hand."""
    with transaction.atomic():
        return _resume(_by_hand(clock, "resume", State.PAUSED, by), by=by, at=at, note=note)


def _by_hand(clock, verb, state, by):
    locked = moves.lock(clock)
    moves.require_may(by, verb, locked)
    if locked.state != state:
        raise WrongState(
            _("%(row)s is %(state)s, so this cannot be done now.")
            % {"row": locked, "state": locked.get_state_display()}
        )
    return locked


def _locked(subject, kind, *states):
    rows = Clock.objects.of(subject, kind).filter(state__in=states).select_for_update(of=("self",))
    return list(rows.prefetch_related(PAUSES))


def _pause(clock, reason, *, by, at):
    began_at = max(at.replace(microsecond=0), clock.started_at)
    records.save(Pause(clock=clock, began_at=began_at, reason=reason[:200], began_by=by), by=by, at=at)
    clock.state, clock.next_at = State.PAUSED, None
    return records.save(clock, by=by, at=at, verb="pause", why=reason)


def _resume(clock, *, by, at, note):
    pauses = list(clock.pauses.order_by("began_at"))
    running = open_pause(pauses)
    running.ended_at, running.ended_by = max(at.replace(microsecond=0), running.began_at), by
    records.save(running, by=by, at=at)
    clock.state = State.RUNNING
    rules = Rules([clock.kind])
    wind(clock, rules.of(clock), pauses, rules, at=at)
    return records.save(clock, by=by, at=at, verb="resume", why=note)


def _stop(clock, *, by, at):
    pauses = list(clock.pauses.all())
    clock.stopped_at = max(at.replace(microsecond=0), clock.started_at)
    if running := open_pause(pauses):
        running.ended_at, running.ended_by = clock.stopped_at, by
        records.save(running, by=by, at=at)
    clock.state, clock.next_at = verdict(clock, running, clock.stopped_at), None
    return records.save(clock, by=by, at=at, verb="stop")
