"""PLAN, the seats that quantities need, and what the plans of a show say at the gate."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.agency.models import Figure
from mcn.kit import records
from streamers.models import ServicePlan, Show
from streamers.rules import seats, service_plan
from streamers.rules.go_live import GO_LIVE
from streamers.rules.service_plan import PLAN
from tests.factories import AT, DAY
from tests.factories.merchants import ContactFactory
from tests.factories.service_plans import ServicePlanFactory
from tests.factories.shows import ShowFactory
from tests.factories.training import CourseFactory, TraineeFactory, TrainingRecordFactory

LATER = DAY + datetime.timedelta(days=10)
TERMS = seats.Terms(
    sold_percent=100,
    presale_percent=130,
    peak_percent=10,
    handling_seconds=300,
    chats=3,
    busy_percent=85,
    answer_percent=80,
    answer_seconds=30,
)


def found(plan):
    return {(finding.clause, finding.level) for finding in PLAN.inspect(plan, on=DAY).findings}


def at_the_gate(show):
    """What the gate finds that a check of service plans said, without one query once all is loaded."""
    own = {check.__name__ for check in service_plan.CHECKS}
    checks = [check for check in GO_LIVE.checks if check.__name__ in own]
    [fresh] = GO_LIVE.prefetch(Show.objects.filter(pk=show.pk))
    with CaptureQueriesContext(connection) as asked:
        found = [
            (check.__name__, check.level, row, f"{row} {message}")
            for check in checks
            for row, message in check(fresh, DAY)
        ]
    assert len(asked) == 0
    return [told[:3] for told in found]


def test_the_default_plan_breaks_no_clause():
    assert PLAN.inspect(ServicePlanFactory(), on=DAY).findings == []


@pytest.mark.parametrize(
    ("wrong", "clause", "level"),
    [
        ({"ship_hours": None}, "DB4401 6.2.2 a", "shall"),
        ({"lines": False}, "DB4401 6.2.2 a", "shall"),
        ({"carrier": ""}, "DB4401 6.2.2 a", "shall"),
        ({"cold_chain": True}, "DB4401 6.2.2 a", "shall"),
        ({"return_way": ""}, "DB4401 6.2.2 a", "shall"),
        ({"return_hours": None}, "DB4401 6.2.2 a", "shall"),
        ({"complaint_process": ""}, "DB4401 6.2.2 a", "shall"),
        ({"complaint_hours": None}, "DB4401 6.2.2 a", "shall"),
        ({"seats": None, "seats_trained": None}, "DB4401 6.2.2 b", "shall"),
        ({"guarantee": ""}, "DB4401 6.2.2 c", "should"),
        ({"seats_trained": 1}, "GDAS 5.1.1 d", "should"),
    ],
)
@pytest.mark.clause("DB4401 6.2.2 a", "GDAS 5.1.1 a", "GDAS 5.1.1 c", "DB4401 6.2.2 c", "GDAS 5.1.1 d")
@pytest.mark.clause("EJAS 6.2.2.2", "EJAS 4.2.3 -1")
def test_what_a_plan_leaves_open_is_found(wrong, clause, level):
    assert (clause, level) in found(ServicePlanFactory(state="draft", **wrong))


@pytest.mark.clause("DB4401 6.2.2 b", "GDAS 5.1.1 b", "DB4401 6.3.2", "GDAS 5.2.1", "EJAS 4.1.3 -1")
def test_a_plan_needs_the_seats_of_its_quantities():
    plan = ServicePlanFactory(state="draft", seats=1, seats_trained=1)
    assert found(plan) == set()
    plan.seats_needed = 2
    records.save(plan, by=None, at=AT)
    assert found(plan) == {("DB4401 6.2.2 b", "shall")}


def test_presale_goods_have_their_day_and_come_in_time():
    show = ShowFactory(plans=False)
    offer = show.items.get().offers.get()
    offer.presale, offer.ships_on = 50, DAY
    records.save(offer, by=None, at=AT)
    plan = ServicePlanFactory(show=show, state="draft")
    line = plan.lines.get()
    assert found(plan) == set()

    line.ships_on = LATER
    records.save(line, by=None, at=AT)
    assert found(plan) == {("GDAS 5.1.1 a", "shall")}
    line.ships_on = None
    records.save(line, by=None, at=AT)
    assert found(plan) == {("DB4401 6.2.2 a", "shall")}


@pytest.mark.clause("DB4401 6.2.2 d", "GDAS 5.1.1 d", "EJAS 6.4.1.2")
def test_service_people_pass_the_induction_first():
    plan = ServicePlanFactory(state="draft")
    contact = ContactFactory(merchant=plan.merchant, duty="after_sales")
    assert found(plan) == {("DB4401 6.2.2 d", "should")}

    course = CourseFactory(topic="service", is_induction=True)
    TrainingRecordFactory(trainee=TraineeFactory(kind="service", contact=contact), course=course)
    assert found(plan) == set()


def test_seats_follow_from_quantities_by_stated_steps():
    lines = [seats.Quantity("鸡蛋卷", 3_000, 0, 6.0), seats.Quantity("礼盒", 0, 1_000, 12.0)]

    told = seats.assess(lines, TERMS, seats=4)

    assert [line["contacts"] for line in told["lines"]] == [180.0, 156.0]
    assert (told["contacts"], told["peak"], told["traffic"]) == (336.0, 33.6, 2.8)
    assert (told["servers"], told["seats"]) == (5, 2)
    assert told["needed"]["answered"] >= 80
    assert told["offered"]["seats"] == 4
    assert told["offered"]["answered"] > told["needed"]["answered"]


@pytest.mark.parametrize(
    ("promise", "seats_needed"),
    [({}, 10), ({"percent": 99, "seconds": 5}, 13), ({"percent": 1, "seconds": 900}, 10)],
)
def test_a_promise_counts_where_it_is_stricter_than_ours(promise, seats_needed):
    told = seats.assess([seats.Quantity("家电", 30_000, 0, 10.0)], TERMS, **promise)
    assert told["seats"] == seats_needed


def test_no_quantity_needs_no_seat_and_too_few_let_the_queue_grow():
    assert seats.assess([], TERMS)["seats"] == 0
    short = seats.assess([seats.Quantity("家电", 30_000, 0, 10.0)], TERMS, seats=3)["offered"]
    assert (short["wait"], short["answered"], short["busy"]) == (None, 0.0, 100.0)


def test_the_figures_are_those_of_the_day():
    later = Figure(key=Figure.Key.SERVICE_CHATS, value=Decimal(1), valid_from=LATER, source="运营会议纪要")
    records.save(later, by=None, at=AT)
    assert (seats.terms(DAY).chats, seats.terms(LATER).chats) == (3, 1)


def test_a_show_with_agreed_plans_is_not_stopped_by_them():
    assert at_the_gate(ShowFactory(items=2)) == []


@pytest.mark.clause("DB4401 6.2.2 a", "GDAS 5.1.1 a", "LSMS 6.2 f")
def test_a_merchant_without_an_agreed_plan_stops_the_show():
    show = ShowFactory(plans=False)
    merchant = show.items.get().product.merchant
    name = "has_every_merchant_agree_on_a_plan"
    assert at_the_gate(show) == [(name, "shall", merchant)]

    plan = ServicePlanFactory(show=show, state="submitted")
    assert at_the_gate(show) == [(name, "shall", plan)]


def test_a_plan_that_falls_behind_the_run_sheet_stops_the_show():
    show = ShowFactory()
    offer = show.items.get().offers.get()
    offer.spot = 400
    records.save(offer, by=None, at=AT)
    assert at_the_gate(show) == [("covers_what_is_offered", "shall", ServicePlan.objects.get())]


@pytest.mark.clause("DB4401 6.2.1 b", "GDAS 5.1.2 b", "EJAS 4.2.4")
@pytest.mark.parametrize(
    ("wrong", "name", "level"),
    [
        ({"seats": 0, "seats_trained": 0}, "has_the_seats_it_needs", "shall"),
        ({"guarantee": ""}, "prepares_an_after_sales_guarantee", "should"),
        ({"seats_trained": 2}, "trains_its_seats", "should"),
        ({"rating": ""}, "is_assessed_by_the_agency", "should"),
        ({"rating": "lacking"}, "is_assessed_by_the_agency", "should"),
    ],
)
def test_what_an_agreed_plan_lacks_is_told_at_the_gate(wrong, name, level):
    show = ShowFactory(plans=False)
    plan = ServicePlanFactory(show=show, **wrong)
    assert at_the_gate(show) == [(name, level, plan)]


def test_a_plan_of_goods_taken_off_again_is_not_asked_for():
    show = ShowFactory(plans=False)
    item = show.items.get()
    item.removed_at = AT
    records.save(item, by=None, at=AT)
    assert at_the_gate(show) == []
