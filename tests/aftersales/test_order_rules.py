"""By when an order ships: promises, service plans, and working days by the Chinese calendar."""

import datetime

import pytest

from aftersales.models import Order
from aftersales.rules.ship_by import Deadlines, explain
from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.kit.clock import SHANGHAI
from tests.factories import AT
from tests.factories.orders import OrderFactory

Basis = Order.Basis


def moment(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def due(paid_at, **given):
    order = Order(paid_at=moment(paid_at), **given)
    by, basis = Deadlines([order]).of(order)
    return by and f"{by.astimezone(SHANGHAI):%Y-%m-%d %H:%M}", basis


@pytest.mark.clause("DB4401 5.5.2.4", "DB4401 6.4.3 b")
@pytest.mark.parametrize(
    ("paid_at", "by"),
    [
        ("2026-03-16 20:30", "2026-03-20 00:00"),  # Monday: Tuesday, Wednesday, Thursday
        ("2026-03-13 09:00", "2026-03-19 00:00"),  # Friday: the weekend does not count
        ("2026-03-14 23:59", "2026-03-19 00:00"),  # Saturday, as if on Friday
        ("2026-02-13 10:00", "2026-02-26 00:00"),  # the made-up Saturday counts, then the Spring Festival
        ("2026-02-14 10:00", "2026-02-27 00:00"),  # the last day before it
        ("2026-02-27 10:00", "2026-03-04 00:00"),  # the made-up Saturday after it counts
        ("2026-09-30 10:00", "2026-10-11 00:00"),  # National Day, with the made-up Saturday after it
        ("2026-09-18 10:00", "2026-09-23 00:00"),  # the made-up Sunday before it
    ],
)
def test_without_a_promise_three_working_days_count(paid_at, by):
    assert due(paid_at) == (by, Basis.RULE)


@pytest.mark.clause("DB4401 5.5.2.4")
def test_a_promise_goes_before_working_days():
    assert due("2026-02-14 10:00", promised_on=datetime.date(2026, 2, 15)) == (
        "2026-02-16 00:00",
        Basis.PROMISE,
    )


def test_a_year_without_a_calendar_says_so_and_is_not_guessed():
    assert due("2031-01-06 10:00") == (None, Basis.UNKNOWN)
    order = Order(paid_at=moment("2031-01-06 10:00"), ship_by_basis=Basis.UNKNOWN)
    assert explain(order)[-1].counts is None
    assert "2031" in explain(order)[-1].why


def test_the_agencys_own_days_go_before_the_official_ones():
    for day, worked in [("2026-03-17", False), ("2026-03-21", True)]:
        records.save(CalendarDay(day=day, worked=worked), by=None, at=AT)

    assert due("2026-03-16 20:30") == ("2026-03-21 00:00", Basis.RULE)
    assert due("2026-03-19 20:30") == ("2026-03-24 00:00", Basis.RULE)


def test_the_days_are_explained_one_by_one():
    order = Order(paid_at=moment("2026-02-27 10:00"), ship_by_basis=Basis.RULE)

    told = [(f"{step.day:%m-%d}", step.counts, step.why) for step in explain(order)]
    assert told == [
        ("02-27", False, "付款当天"),
        ("02-28", True, "节假日调休上班"),
        ("03-01", False, "周末"),
        ("03-02", True, "工作日"),
        ("03-03", True, "工作日"),
    ]


@pytest.mark.parametrize(
    ("stored", "asked", "is_theirs"),
    [
        ("13800138000", "138 0013 8000", True),
        ("13800138000", "13800138001", False),
        ("138****8000", "13800138000", True),
        ("138****8000", "13900138000", False),
        ("138********", "13800138000", False),
        ("138****8000", "138****8000", False),
        ("", "", False),
    ],
)
def test_a_buyer_is_known_by_phone_even_where_the_platform_masked_it(stored, asked, is_theirs):
    assert Order(buyer_phone=stored).is_of(asked) is is_theirs


def test_an_order_stands_against_its_deadline():
    order = OrderFactory.build(platform=None, merchant=None, lines=0)

    assert order.standing(order.ship_by) == "open"
    assert order.standing(order.ship_by + datetime.timedelta(seconds=1)) == "late"
    assert order.deadline_text == "2026-03-19"
