"""Alerts on volume, bad share and words; cases with an owner, a clock and a trail."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from aftersales.actions import opinion_alert as alert_actions
from aftersales.actions import opinion_case as case_actions
from aftersales.actions.clock_sweep import sweep
from aftersales.models import Clock, Mention, OpinionAlert, OpinionCase
from aftersales.rules.opinion import CASES
from mcn.kit.refusal import Blocked, Denied, WrongState
from mcn.notices.models import Notice
from tests.factories import AT, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.opinion import (
    AlertRuleFactory,
    MentionFactory,
    OpinionAlertFactory,
    OpinionCaseFactory,
)

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
DAY_LONG = datetime.timedelta(days=1)


@pytest.fixture
def agent():
    return StaffFactory(role="after_sales")


def mentions(number, *, at=AT - HOUR, **given):
    return [MentionFactory(published_at=at, **given) for _ in range(number)]


BAD = {"sentiment": "negative", "heard": "negative"}


@pytest.mark.clause("GDAS 5.4")
@pytest.mark.parametrize(
    ("rule", "good", "bad", "raised"),
    [
        ({"measure": "volume", "threshold": 4}, 3, 1, True),
        ({"measure": "volume", "threshold": 5}, 3, 1, False),
        ({"measure": "negative_share", "threshold": 50, "least": 4}, 2, 2, True),
        ({"measure": "negative_share", "threshold": 51, "least": 4}, 2, 2, False),
        ({"measure": "negative_share", "threshold": 50, "least": 5}, 0, 4, False),
        ({"measure": "volume", "threshold": 4, "valid_to": AT.date() - DAY_LONG}, 4, 0, False),
    ],
)
def test_a_threshold_is_reached_or_not(rule, good, bad, raised):
    AlertRuleFactory(**{"least": 1} | rule)
    mentions(good)
    mentions(bad, **BAD)
    mentions(9, at=AT - 3 * DAY_LONG, **BAD)

    assert bool(alert_actions.watch(at=AT)) is raised


def test_a_volume_is_held_against_the_usual():
    AlertRuleFactory(measure="volume", threshold=4, least=1, times_usual=Decimal(3))
    mentions(6)
    mentions(14, at=AT - 2 * DAY_LONG)
    [alert] = alert_actions.watch(at=AT)
    assert (alert.mentions, alert.usual) == (6, Decimal(2))


def test_a_usual_rush_raises_nothing():
    AlertRuleFactory(measure="volume", threshold=4, least=1, times_usual=Decimal(3))
    mentions(4)
    mentions(15, at=AT - 2 * DAY_LONG)
    assert alert_actions.watch(at=AT) == []


@pytest.mark.clause("GDAS 5.4")
def test_alarming_words_raise_an_alert_for_each_merchant():
    AlertRuleFactory(measure="alarms", scope="merchant", threshold=2, least=1)
    loud, quiet = MerchantFactory(), MerchantFactory()
    mentions(2, merchant=loud, alarming=True)
    mentions(1, merchant=quiet, alarming=True)
    watchers = StaffFactory(role="compliance")

    [alert] = alert_actions.watch(at=AT)
    assert (alert.merchant, alert.alarming) == (loud, 2)
    assert alert_actions.watch(at=AT + HOUR) == []
    assert (
        Notice.objects.filter(subject_model="aftersales.opinionalert", receipts__user=watchers).count() == 1
    )


def test_a_dismissed_alert_comes_again_after_its_span(agent):
    AlertRuleFactory(measure="volume", threshold=1, least=1)
    mentions(1)
    mentions(1, at=AT + 20 * HOUR)
    [alert] = alert_actions.watch(at=AT)
    alert_actions.dismiss(alert, note="活动预热", by=agent, at=AT)

    assert alert_actions.watch(at=AT + 23 * HOUR) == []
    assert len(alert_actions.watch(at=AT + 25 * HOUR)) == 1


def test_watching_costs_a_query_a_rule(django_assert_max_num_queries):
    AlertRuleFactory(measure="volume", scope="merchant", threshold=100)
    mentions(3, merchant=MerchantFactory())
    with django_assert_max_num_queries(5):
        alert_actions.watch(at=AT)


@pytest.mark.clause("GDAS 5.4")
def test_an_alert_becomes_a_case_with_its_mentions_an_owner_and_a_clock(agent):
    alert = OpinionAlertFactory(rule__level="serious")
    mentions(1)
    mentions(2, **BAD)
    alert_actions.take(alert, title="漏水", summary="多人反映", owner=agent, by=agent, at=AT)

    case = alert.case
    assert (alert.state, case.state, case.owner) == ("taken", "handled", agent)
    assert Mention.objects.filter(case=case, state="followed").count() == 2
    [clock] = Clock.objects.of(case, "opinion_case")
    assert (clock.agent, clock.due_at) == (agent, AT + 2 * HOUR)


@pytest.mark.clause("GDAS 5.4")
@pytest.mark.clause("GDAS 5.4")
@pytest.mark.parametrize(("hours", "late"), [(1, False), (24, True)])
def test_a_case_that_is_not_dealt_with_in_time_is_found(agent, hours, late):
    case = OpinionCase(title="保温杯漏水", summary="多名消费者称漏水", level="notice")
    case_actions.open_case(case, by=agent, at=AT)
    sweep(at=AT + (hours + 1) * HOUR)

    assert bool(CASES.inspect(case, on=AT.date()).findings) is late


def test_a_case_from_its_opening_to_its_end(agent):
    case = OpinionCase(title="保温杯漏水", summary="多人反映", level="serious")
    case_actions.open_case(case, by=agent, at=AT)
    case_actions.take_on(case, owner=agent, by=agent, at=AT)
    with pytest.raises(Blocked) as blocked:
        case_actions.close(case, conclusion="已退换", by=agent, at=AT)
    assert len(blocked.value.findings) == 2

    case_actions.note(case, kind="fact", text="批次密封圈错装", by=agent, at=AT, file=pdf())
    case_actions.answer(case, text="微博官方号致歉并公布退换办法", by=agent, at=AT + HOUR)
    case_actions.close(case, conclusion="全部退换，密封圈加检", by=agent, at=AT + HOUR)

    assert case.state == "closed"
    assert [step.kind for step in case.steps.all()] == ["owner", "fact", "answer", "close"]
    assert case.steps.get(kind="fact").document.latest
    assert Clock.objects.of(case).get().state == "met"

    case_actions.reopen(case, note="又有人反映", by=agent, at=AT + DAY_LONG)
    assert Clock.objects.of(case).open().count() == 1


@pytest.mark.clause("GDAS 5.4")
def test_the_emergency_plan_shortens_the_deadline_and_tells_who_leads(agent):
    lead = StaffFactory(role="compliance")
    case = case_actions.open_case(OpinionCase(title="起火", summary="电暖器起火"), by=agent, at=AT)
    case_actions.escalate(case, note="停售、召回、报告监管部门", owner=lead, by=agent, at=AT + HOUR)

    assert (case.level, case.emergency_at, case.owner) == ("emergency", AT + HOUR, lead)
    assert Clock.objects.of(case).open().get().due_at == AT + 3 * HOUR
    assert Notice.objects.filter(receipts__user=lead).exists()
    with pytest.raises(WrongState):
        case_actions.escalate(case, note="再来", owner=lead, by=agent, at=AT + HOUR)


@pytest.mark.parametrize(
    ("verb", "given", "error"),
    [
        ("take_on", {"owner": None}, ValidationError),
        ("answer", {"text": "见微博"}, WrongState),
        ("close", {"conclusion": " "}, ValidationError),
        ("note", {"kind": "close", "text": "偷偷结案"}, ValidationError),
    ],
)
def test_what_a_case_refuses(agent, verb, given, error):
    with pytest.raises(error):
        getattr(case_actions, verb)(OpinionCaseFactory(), **given, by=agent, at=AT)


def test_an_auditor_only_reads():
    auditor = StaffFactory(role="auditor")
    with pytest.raises(Denied):
        case_actions.open_case(OpinionCase(title="x", summary="y"), by=auditor, at=AT)
    with pytest.raises(Denied):
        alert_actions.dismiss(OpinionAlertFactory(), note="x", by=auditor, at=AT)
    assert OpinionAlert.objects.get().state == "raised"


CHANGES = [
    "text = '改过'",
    "kind = 'note'",
    "done_at = '2020-01-01 00:00:00+00:00'",
    "version = 9",
    "document_id = NULL",
]


@pytest.mark.clause("GDAS 5.4")
def test_the_database_keeps_the_steps_of_a_case(agent):
    case = OpinionCaseFactory(handled=True)
    case_actions.note(case, kind="note", text="已报主管", by=agent, at=AT)
    case_actions.note(case, kind="fact", text="批次密封圈错装", by=agent, at=AT, file=pdf())

    changes = [f"UPDATE aftersales_opinionstep SET {change}" for change in CHANGES]
    # SQLite empties a test's database by DELETE.
    deletes = ["DELETE FROM aftersales_opinionstep"] if connection.vendor == "postgresql" else []
    for asked in changes + deletes:
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            connection.cursor().execute(asked)
    assert [step.text for step in case.steps.all()] == ["已报主管", "批次密封圈错装"]
