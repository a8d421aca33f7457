"""Shows from the plan to the end: who may, when, and never two at once in one place."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import show as actions
from streamers.models import CrewMember, Show, ShowCast
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.products import ProductHoldFactory
from tests.factories.rooms import RoomFactory
from tests.factories.shows import EVENING, HOURS, ShowFactory
from tests.factories.streamers import StreamerFactory

State = Show.State
WAY_TO = {
    State.PLANNED: [],
    State.CLEARED: ["clear"],
    State.LIVE: ["clear", "start"],
    State.ENDED: ["clear", "start", "end"],
    State.CANCELLED: ["cancel"],
}
NOTED = {"recall", "cancel"}
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def operator():
    return StaffFactory(role="operator")


def do(verb, show, *, by, at=EVENING):
    given = {"note": "平台活动改期"} if verb in NOTED else {}
    return getattr(actions, verb)(show, by=by, at=at, **given)


def in_state(state, operator):
    show = ShowFactory()
    for verb in WAY_TO[state]:
        do(verb, show, by=operator)
    return show


def test_a_show_is_planned_under_the_next_number(operator):
    first, second = (
        actions.plan(
            Show(title="岭南年货", room=RoomFactory(), starts_at=EVENING, ends_at=EVENING + HOURS),
            by=operator,
            at=AT,
        )
        for _time in range(2)
    )

    assert (first.code, second.code, first.planned_by) == ("L00001", "L00002", operator)


def test_from_the_plan_to_the_end(operator):
    show = in_state(State.ENDED, operator)

    assert (show.state, show.cleared_by) == (State.ENDED, operator)
    assert show.started_at == show.ended_at == EVENING


@pytest.mark.parametrize("verb", list(Show.MOVES))
@pytest.mark.parametrize("state", list(State))
def test_a_verb_starts_from_its_states_alone(operator, state, verb):
    if verb in Show.MOVES.leaving(state):
        return
    show = in_state(state, operator)

    with pytest.raises(WrongState):
        do(verb, show, by=operator)


def test_who_planned_it_does_not_clear_it(operator):
    show = ShowFactory(planned_by=operator)

    with pytest.raises(Denied):
        actions.clear(show, by=operator, at=AT)


def test_a_show_whose_time_has_passed_is_not_cleared(operator):
    show = ShowFactory()

    with pytest.raises(Refused, match="改期"):
        actions.clear(show, by=operator, at=show.ends_at)


@pytest.mark.clause("DB4401 5.1.5.2 b")
def test_the_gate_is_asked_again_at_the_start(operator):
    show = in_state(State.CLEARED, operator)
    ProductHoldFactory(product=show.items.get().product)

    with pytest.raises(Blocked) as refusal:
        actions.start(show, by=operator, at=EVENING)

    assert [finding.clause for finding in refusal.value.findings] == ["DB4401 5.1.5.2 b"]
    assert Show.objects.get(pk=show.pk).state == State.CLEARED


def test_a_room_is_not_in_two_shows_at_once(operator):
    show = ShowFactory()
    second = Show(title="夜场", room=show.room, starts_at=show.ends_at - HOUR, ends_at=show.ends_at + HOUR)

    with pytest.raises(Refused, match=show.code):
        actions.plan(second, by=operator, at=AT)

    second.starts_at = show.ends_at
    assert actions.plan(second, by=operator, at=AT).pk


def test_a_streamer_is_not_in_two_shows_at_once(operator):
    streamer = StreamerFactory()
    first = ShowFactory(cast=streamer)
    second = ShowFactory(cast=False, starts_at=first.starts_at + HOUR)
    row = ShowCast(show=second, streamer=streamer)

    with pytest.raises(Refused, match=first.code):
        actions.cast(row, by=operator, at=AT)

    do("cancel", first, by=operator)
    assert actions.cast(row, by=operator, at=AT).pk


def test_a_new_time_asks_again_whether_everybody_is_free(operator):
    streamer = StreamerFactory()
    first, later = ShowFactory(cast=streamer), ShowFactory(cast=streamer, starts_at=EVENING + HOURS)
    later.starts_at = first.starts_at + HOUR

    with pytest.raises(Refused, match=first.code):
        actions.change(later, by=operator, at=AT)


def test_it_ends_after_it_starts(operator):
    show = Show(title="岭南年货", room=RoomFactory(), starts_at=EVENING, ends_at=EVENING)

    with pytest.raises(ValidationError):
        actions.plan(show, by=operator, at=AT)


@pytest.mark.parametrize("part", ["cast", "crew", "items"])
def test_what_was_cleared_does_not_change(operator, part):
    show = in_state(State.CLEARED, operator)

    with pytest.raises(WrongState):
        actions.take_off(getattr(show, part).first(), by=operator, at=AT)

    do("recall", show, by=operator)
    assert actions.take_off(getattr(show, part).first(), by=operator, at=AT).removed_at == AT


def test_a_duty_is_given_once_to_a_person(operator):
    show = ShowFactory(crew=False)
    actions.assign(CrewMember(show=show, person=operator, role="law"), by=operator, at=AT)

    with pytest.raises(ValidationError):
        actions.assign(CrewMember(show=show, person=operator, role="law"), by=operator, at=AT)


def test_a_stranger_may_not(db):
    with pytest.raises(Denied):
        actions.clear(ShowFactory(), by=StaffFactory(role="auditor"), at=AT)
