"""Key figures: counted by week, what stands out and against what, told once a week."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group

from aftersales.actions import service_figures as figures_actions
from aftersales.models import ServiceFigures
from aftersales.rules import kpi
from mcn.notices.models import Notice, Receipt
from tests.factories import AT, DAY
from tests.factories.accounts import UserFactory
from tests.factories.complaints import ComplaintFactory
from tests.factories.orders import OrderFactory
from tests.factories.scores import ServiceFiguresFactory

pytestmark = pytest.mark.django_db
WEEK = datetime.timedelta(weeks=1)
NEXT_MONDAY = AT + WEEK


def weeks(*complaints, subject=1, **given):
    """A row for each number of complaints, the last of ``DAY``'s week."""
    for back, count in enumerate(reversed(complaints)):
        ServiceFiguresFactory(subject_id=subject, week=DAY - back * WEEK, complaints=count, **given)


def outliers(subject=1):
    lines = kpi.board("merchant", DAY, on=DAY).lines
    [line] = [line for line in lines if line.subject_id == subject]
    return [(outlier.kpi.name, outlier.against) for outlier in line.outliers]


@pytest.mark.clause("EJAS 7.3.1", "EJAS 7.3.2")
@pytest.mark.parametrize(
    ("complaints", "found"),
    [
        ([1, 1, 2, 1, 9], [("complaint_rate", "weeks")]),
        ([1, 1, 2, 1, 2], []),
        # Better than ever is nothing to worry about.
        ([9, 8, 9, 9, 0], []),
        # One odd week before does not move what is usual.
        ([1, 1, 30, 1, 1, 9], [("complaint_rate", "weeks")]),
        # Too few weeks to know what is usual.
        ([1, 1, 1, 9], []),
    ],
)
def test_a_week_stands_out_against_the_weeks_before(complaints, found):
    weeks(*complaints)
    assert outliers() == found


@pytest.mark.clause("EJAS 7.3.1")
def test_one_stands_out_against_its_peers():
    for subject in range(2, 8):
        weeks(1, subject=subject)
    weeks(9)
    assert outliers() == [("complaint_rate", "peers")]
    assert outliers(subject=2) == []


@pytest.mark.clause("EJAS 6.4.2.1")
def test_goods_that_come_back_more_often_than_others_stand_out():
    for product in range(1, 8):
        weeks(0, subject=product, dimension="product", returns=30 if product == 7 else 3)

    lines = kpi.board("product", DAY, on=DAY).lines
    odd = [(line.subject_id, outlier.kpi.name) for line in lines for outlier in line.outliers]
    assert odd == [(7, "return_rate")]


def test_few_orders_prove_nothing():
    weeks(1, 1, 1, 1, 4, orders=4)
    assert outliers() == []


def test_a_cell_tells_the_week_before_and_which_way_is_worse():
    weeks(1, 3)
    [line] = kpi.board("merchant", DAY, on=DAY).lines
    rate = next(cell for cell in line.cells if cell.kpi.name == "complaint_rate")
    assert (rate.value, rate.before, rate.change, rate.worse) == (Decimal(30), Decimal(10), Decimal(20), True)


@pytest.mark.clause("EJAS 7.3.3")
def test_weeks_are_counted_and_counted_anew():
    order = OrderFactory(lines=0)
    ComplaintFactory(merchant=order.merchant, first_answer_at=AT + datetime.timedelta(hours=2))
    figures_actions.count_weeks(at=NEXT_MONDAY)
    [row] = ServiceFigures.objects.filter(dimension="merchant", orders=1)
    assert (row.week, row.complaints, row.answer_seconds) == (DAY, 1, 7200)
    assert ServiceFigures.objects.get(dimension="agency", subject_id=0, week=DAY).orders == 1

    OrderFactory(merchant=order.merchant, lines=0)
    assert figures_actions.count_weeks(at=NEXT_MONDAY) == 2  # the merchant's row and the agency's
    assert figures_actions.count_weeks(at=NEXT_MONDAY) == 0


def test_what_stands_out_is_told_once_a_week():
    agent = UserFactory(is_staff=True)
    agent.groups.add(Group.objects.get_or_create(name="after_sales")[0])
    weeks(1, 1, 2, 1, 9)
    assert figures_actions.tell_outliers(at=NEXT_MONDAY) == 1
    figures_actions.tell_outliers(at=NEXT_MONDAY)
    assert Receipt.objects.filter(user=agent).count() == 1
    assert "90.00‰" in Notice.objects.get().text
