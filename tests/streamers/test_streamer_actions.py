"""The way of a streamer to the camera and away from it: each verb, from wrong states, by wrong people."""

import pytest
from django.core.exceptions import ValidationError

from mcn.audit import trail
from mcn.kit.refusal import Blocked, Denied, WrongState
from streamers.actions import hold as hold_actions
from streamers.actions import streamer as streamer_actions
from streamers.models import Consent, Streamer, StreamerHold
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    CapacityRecordFactory,
    ConsentFactory,
    StreamerFactory,
    StreamerHoldFactory,
)
from tests.streamers.test_hosting_rules import MINOR, changed

State = Streamer.State
MOVES = {
    name: getattr(streamer_actions, name)
    for name in ("accept", "graduate", "activate", "suspend", "resume", "end", "reopen")
}
WRONG = [(verb, state) for verb in MOVES for state in State if state not in Streamer.MOVES.table[verb][0]]


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def officer():
    return StaffFactory(role="compliance")


@pytest.mark.clause("DB4401 5.6.2.4", "LSEC 39")
def test_the_whole_way(manager):
    streamer = StreamerFactory(state=State.APPLIED, activated_on=None)

    streamer_actions.accept(streamer, by=manager, at=AT)
    streamer_actions.graduate(streamer, by=manager, at=AT)
    streamer_actions.activate(streamer, by=manager, at=AT)
    assert (streamer.state, streamer.activated_on) == (State.ACTIVE, DAY)

    streamer_actions.suspend(streamer, note="连续迟到", by=manager, at=AT)
    assert (streamer.state, streamer.comment) == (State.SUSPENDED, "连续迟到")
    streamer_actions.resume(streamer, by=manager, at=AT)
    assert (streamer.state, streamer.comment) == (State.ACTIVE, "")
    streamer_actions.end(streamer, note="合同期满", by=manager, at=AT)
    assert (streamer.state, streamer.ended_on) == (State.ENDED, DAY)
    streamer_actions.reopen(streamer, by=manager, at=AT)
    assert (streamer.state, streamer.ended_on, streamer.activated_on) == (State.DRAFT, None, None)
    assert [entry.verb for entry in trail.history(streamer)][:-1] == [
        "reopen", "end", "resume", "suspend", "activate", "graduate", "accept",
    ]  # fmt: skip


@pytest.mark.parametrize(("verb", "state"), WRONG)
def test_a_verb_is_refused_from_a_wrong_state(manager, verb, state):
    streamer = StreamerFactory(state=state)
    with pytest.raises(WrongState):
        MOVES[verb](streamer, by=manager, at=AT, note="原因")


@pytest.mark.parametrize("verb", MOVES)
def test_a_verb_is_refused_to_others(verb):
    state = Streamer.MOVES.table[verb][0][0]
    streamer = StreamerFactory(state=state, user=UserFactory())
    for person in (UserFactory(), streamer.user, StaffFactory(role="merchant_desk")):
        with pytest.raises(Denied):
            MOVES[verb](streamer, by=person, at=AT, note="原因")


@pytest.mark.parametrize("verb", ["accept", "activate"])
def test_who_handed_the_application_in_does_not_decide_on_it(manager, verb):
    state = Streamer.MOVES.table[verb][0][0]
    streamer = StreamerFactory(state=state, submitted_by=manager)
    with pytest.raises(Denied):
        MOVES[verb](streamer, by=manager, at=AT)


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.1.4.4")
@pytest.mark.parametrize("verb", ["accept", "graduate", "activate", "resume"])
def test_a_clause_in_the_way_refuses_with_its_findings(manager, verb):
    state = Streamer.MOVES.table[verb][0][0]
    streamer = StreamerFactory(state=state, born_on=MINOR)
    with pytest.raises(Blocked) as refused:
        MOVES[verb](streamer, by=manager, at=AT)
    assert {finding.clause for finding in refused.value.findings} == {"DB4401 5.2.1 b", "DB4401 5.1.4.4"}
    streamer.refresh_from_db()
    assert streamer.state == state


@pytest.mark.clause("LSEC 39", "DB4401 5.1.1 a")
def test_nobody_is_accepted_unverified(manager):
    streamer = StreamerFactory(state=State.APPLIED, verified=False)
    with pytest.raises(Blocked, match="LSEC 39"):
        streamer_actions.accept(streamer, by=manager, at=AT)


def test_a_revoked_consent_keeps_a_suspended_minor_off_the_camera(manager):
    streamer = StreamerFactory(state=State.SUSPENDED, born_on=MINOR)
    CapacityRecordFactory(streamer=streamer)
    consent = ConsentFactory(streamer=streamer)
    changed(consent, state=Consent.State.REVOKED, revoked_at=AT)

    with pytest.raises(Blocked, match="撤回"):
        streamer_actions.resume(streamer, by=manager, at=AT)


@pytest.mark.parametrize("verb", ["suspend", "end"])
def test_a_stop_says_why(manager, verb):
    streamer = StreamerFactory()
    with pytest.raises(ValidationError):
        MOVES[verb](streamer, by=manager, at=AT, note=" ")


@pytest.mark.clause("DB4401 5.6.3.10")
def test_a_hold_from_placing_to_lifting(officer, manager):
    streamer = StreamerFactory(state=State.TRAINED)
    placed = hold_actions.hold(streamer, reason="夸大宣传，停播整改", by=officer, at=AT)
    assert (placed.valid_from, placed.placed_by, placed.clause) == (DAY, officer, "DB4401 5.6.3.10")
    with pytest.raises(Blocked, match=r"DB4401 5\.6\.3\.10"):
        streamer_actions.activate(streamer, by=manager, at=AT)

    hold_actions.appeal(placed, appeal="已完成整改", by=manager, at=AT)
    with pytest.raises(Denied):
        hold_actions.uphold(placed, note="证据确凿", by=officer, at=AT)
    hold_actions.uphold(placed, note="证据确凿", by=StaffFactory(role="compliance"), at=AT)
    assert (placed.state, placed.answer) == (StreamerHold.State.ACTIVE, "证据确凿")

    with pytest.raises(Denied, match="同事"):
        hold_actions.lift(placed, note="整改验收通过", by=officer, at=AT)
    hold_actions.lift(placed, note="整改验收通过", by=StaffFactory(role="compliance"), at=AT)
    streamer_actions.activate(streamer, by=manager, at=AT)


@pytest.mark.clause("DB4401 5.6.3.10")
def test_the_blacklist_bars_a_new_start(officer, manager):
    streamer = StreamerFactory(state=State.ENDED)
    with pytest.raises(Denied):
        hold_actions.blacklist(streamer, reason="涉嫌违法", by=StaffFactory(role="merchant_desk"), at=AT)
    placed = hold_actions.blacklist(streamer, reason="涉嫌违法", by=officer, at=AT)

    with pytest.raises(Blocked, match="涉嫌违法"):
        streamer_actions.reopen(streamer, by=manager, at=AT)

    hold_actions.lift(placed, note="查无此事", by=StaffFactory(role="compliance"), at=AT)
    streamer_actions.reopen(streamer, by=manager, at=AT)


def test_a_streamer_appeals_against_their_own_hold_alone():
    own = StreamerHoldFactory(streamer=StreamerFactory(user=UserFactory()))
    other = StreamerHoldFactory()
    hold_actions.appeal(own, appeal="并非本人", by=own.streamer.user, at=AT)
    with pytest.raises(Denied):
        hold_actions.appeal(other, appeal="并非本人", by=own.streamer.user, at=AT)
    with pytest.raises(Denied):
        hold_actions.lift(own, note="并非本人", by=own.streamer.user, at=AT)
