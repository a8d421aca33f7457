"""An application below the doors: entered by staff, changed by whom and when, handed in, sent back."""

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import account as account_actions
from streamers.actions import application as application_actions
from streamers.actions import invitation as invitation_actions
from streamers.actions import streamer as streamer_actions
from streamers.actions.application import TooYoung
from streamers.models import PlatformAccount, Streamer, StreamerInvitation
from streamers.rules.application import APPLICATION
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.streamers import (
    CHILD,
    MINOR,
    ConsentFactory,
    DraftFactory,
    PlatformAccountFactory,
    StreamerFactory,
    StreamerInvitationFactory,
    id_number,
    platform,
)

State = Streamer.State


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def draft():
    return DraftFactory(user=UserFactory())


def clauses(streamer):
    return [finding.clause for finding in APPLICATION.inspect(streamer, on=DAY).blockers]


@pytest.mark.clause("DB4401 5.1.1 a", "DB4401 5.2.1 c", "LSEC 28", "LSEC 39")
def test_a_complete_application_is_handed_in(draft):
    assert clauses(draft) == []
    application_actions.apply(draft, by=draft.user, at=AT)
    assert (draft.state, draft.applied_at, draft.submitted_by) == (State.APPLIED, AT, draft.user)


@pytest.mark.parametrize("lack", ["name", "id_number", "phone", "address", "experience"])
def test_an_application_waits_for_what_is_missing(lack):
    draft = DraftFactory(user=UserFactory(), **{lack: ""})
    with pytest.raises(Blocked):
        application_actions.apply(draft, by=draft.user, at=AT)


def test_an_application_waits_for_accounts_and_every_picture():
    draft = DraftFactory(user=UserFactory(), given=False)
    assert clauses(draft) == ["DB4401 5.2.1 c", "DB4401 5.1.1 a", "DB4401 5.1.1 a", "DB4401 5.1.1 a"]


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
@pytest.mark.parametrize(
    ("state", "blocked", "warned"),
    [
        (None, True, False),
        ("asked", False, True),
        ("signed", False, False),
        ("revoked", True, False),
        ("cancelled", True, False),
    ],
)
def test_a_minors_application_waits_for_a_guardian_to_be_named(state, blocked, warned):
    draft = DraftFactory(user=UserFactory(), born_on=MINOR)
    if state:
        ConsentFactory(streamer=draft, state=state)
    report = APPLICATION.inspect(draft, on=DAY)
    assert [bool(report.blockers), bool(report.warnings)] == [blocked, warned]


def test_a_virtual_streamers_application_asks_for_no_person():
    draft = DraftFactory(kind="virtual", name="", id_number="", phone="", address="", given=False)
    PlatformAccountFactory(streamer=draft)
    assert clauses(draft) == []


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
def test_nobody_under_sixteen_is_entered_by_anybody(manager):
    child = Streamer(stage_name="小小鹿", id_number=id_number(1, born_on=CHILD))
    with pytest.raises(TooYoung, match="2026-06-02"):
        application_actions.add(child, by=manager, at=AT)
    draft = application_actions.add(Streamer(stage_name="小小鹿"), by=manager, at=AT)
    draft.id_number = child.id_number
    with pytest.raises(TooYoung):
        application_actions.change(draft, by=manager, at=AT)
    draft.refresh_from_db()
    assert draft.id_number == ""


def test_staff_enter_drafts_with_the_next_code(manager):
    made = [
        application_actions.add(Streamer(stage_name=name), by=manager, at=AT).code for name in ("甲", "乙")
    ]
    assert made == ["S0001", "S0002"]
    with pytest.raises(Denied):
        application_actions.add(Streamer(stage_name="丙"), by=UserFactory(), at=AT)


def test_the_person_changes_a_draft_and_staff_change_until_the_end(manager, draft):
    draft.experience = "一年"
    application_actions.change(draft, by=draft.user, at=AT)
    application_actions.apply(draft, by=draft.user, at=AT)
    draft.experience = "两年"
    with pytest.raises(WrongState):
        application_actions.change(draft, by=draft.user, at=AT)
    application_actions.change(draft, by=manager, at=AT)
    with pytest.raises(Denied):
        application_actions.change(draft, by=UserFactory(), at=AT)
    ended = StreamerFactory(state=State.ENDED, ended_on=DAY)
    with pytest.raises(WrongState):
        application_actions.change(ended, by=manager, at=AT)


def test_what_the_agency_decides_no_applicant_alters(manager, draft):
    for name, value in [("kind", "virtual"), ("engagement", "entrusted"), ("manager", manager)]:
        given = Streamer.objects.get(pk=draft.pk)
        setattr(given, name, value)
        with pytest.raises(ValidationError) as refused:
            application_actions.change(given, by=draft.user, at=AT)
        assert list(refused.value.message_dict) == [name]
    given = Streamer.objects.get(pk=draft.pk)
    given.engagement, given.manager = "entrusted", manager
    assert application_actions.change(given, by=manager, at=AT).manager == manager


def test_no_applicant_says_that_a_platform_knows_who_they_are(manager, draft):
    row = draft.accounts.get()
    row.real_name_on = DAY
    with pytest.raises(ValidationError, match="工作人员"):
        account_actions.change(row, by=draft.user, at=AT)
    account_actions.change(row, by=manager, at=AT)
    new = PlatformAccount(streamer=draft, platform=platform("douyin", "抖音"), account="x", real_name_on=DAY)
    with pytest.raises(ValidationError, match="工作人员"):
        account_actions.add(new, by=draft.user, at=AT)
    new.real_name_on = None
    account_actions.add(new, by=draft.user, at=AT)


@pytest.mark.parametrize(
    ("name", "value", "counts"),
    [("name", "陈新", True), ("id_number", id_number(55), True), ("experience", "两年", False)],
)
def test_who_changes_the_identity_of_an_applicant_does_not_accept_them(manager, draft, name, value, counts):
    application_actions.apply(draft, by=draft.user, at=AT)
    setattr(draft, name, value)
    application_actions.change(draft, by=manager, at=AT)
    draft.refresh_from_db()
    assert draft.submitted_by == (manager if counts else draft.user)
    with pytest.raises(Denied if counts else Blocked):
        streamer_actions.accept(draft, by=manager, at=AT)


def test_the_kind_is_fixed_once_it_was_handed_in(manager):
    active = StreamerFactory(state=State.ACTIVE)
    active.kind, active.id_number = "virtual", ""
    with pytest.raises(ValidationError) as refused:
        application_actions.change(active, by=manager, at=AT)
    assert list(refused.value.message_dict) == ["kind"]


@pytest.mark.parametrize(("name", "most"), [("address", 200), ("experience", 2000)])
def test_texts_have_an_end(draft, name, most):
    setattr(draft, name, "长" * most)
    application_actions.change(draft, by=draft.user, at=AT)
    setattr(draft, name, "长" * (most + 1))
    with pytest.raises(ValidationError) as refused:
        application_actions.change(draft, by=draft.user, at=AT)
    assert list(refused.value.message_dict) == [name]


def test_an_application_is_sent_back_with_a_reason(manager, draft):
    application_actions.apply(draft, by=draft.user, at=AT)
    with pytest.raises(ValidationError):
        application_actions.send_back(draft, note=" ", by=manager, at=AT)
    with pytest.raises(Denied):
        application_actions.send_back(draft, note="照片不清楚", by=draft.user, at=AT)
    application_actions.send_back(draft, note="照片不清楚", by=manager, at=AT)
    assert (draft.state, draft.comment) == (State.DRAFT, "照片不清楚")


@pytest.mark.parametrize("verb", ["apply", "send_back"])
@pytest.mark.parametrize("state", State.values)
def test_a_verb_starts_from_its_own_states_alone(verb, state):
    streamer = DraftFactory(state=state)
    note = {"note": "照片不清楚"}
    if state in Streamer.MOVES.table[verb][0]:
        getattr(application_actions, verb)(streamer, by=None, at=AT, **note)
        assert streamer.state == Streamer.MOVES.target(verb)
    else:
        with pytest.raises(WrongState):
            getattr(application_actions, verb)(streamer, by=None, at=AT, **note)


def test_an_account_is_one_streamers_and_given_up_once(draft):
    row = draft.accounts.get()
    twin = PlatformAccount(streamer=DraftFactory(given=False), platform=row.platform, account=row.account)
    with pytest.raises(ValidationError):
        account_actions.add(twin, by=None, at=AT)
    account_actions.end(row, by=draft.user, at=AT)
    row.refresh_from_db()
    assert row.ended_on == DAY
    for verb in (account_actions.end, account_actions.change):
        with pytest.raises(Refused):
            verb(row, by=draft.user, at=AT)
    account_actions.add(twin, by=None, at=AT)
    stranger = PlatformAccount(streamer=draft, platform=platform("douyin", "抖音"), account="x")
    with pytest.raises(Denied):
        account_actions.add(stranger, by=UserFactory(), at=AT)


def test_an_invitation_is_made_by_staff_and_for_a_file_without_a_login(manager, draft):
    with pytest.raises(Denied):
        invitation_actions.invite(StreamerInvitation(name="小鹿"), by=draft.user, at=AT)
    with pytest.raises(Refused):
        invitation_actions.invite(StreamerInvitation(name="小鹿", streamer=draft), by=manager, at=AT)
    made = invitation_actions.invite(StreamerInvitation(name="小鹿"), by=manager, at=AT)
    assert made.expires_at == AT + invitation_actions.GOOD_FOR


@pytest.mark.parametrize("state", ["accepted", "revoked"])
def test_a_used_invitation_is_neither_accepted_nor_revoked_again(state):
    invitation = StreamerInvitationFactory(state=state)
    with pytest.raises(Refused):
        invitation_actions.accept(invitation, user=UserFactory(), stage_name="小鹿", at=AT)
    with pytest.raises(WrongState):
        invitation_actions.revoke(invitation, by=None, at=AT)
    assert not Streamer.objects.exists()
