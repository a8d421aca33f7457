"""What a buyer is entitled to, by a table of cases: facts, day, what is expected, and its clause."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from aftersales.rules.entitlement import Facts, RepairFact, Terms, entitlement
from aftersales.rules.reasoning import WORDS, stored

RECEIVED = datetime.date(2026, 3, 1)
PHONE = Terms(months=12, depreciation=Decimal("0.5"))
FRUIT = Terms(months=0, perishable=True, claim_days=2)


def day(number):
    """The day so many days after the receipt."""
    return RECEIVED + datetime.timedelta(days=number)


def repaired(first, last, delay=""):
    """A repair between two days after the receipt; ``last=None`` for one that goes on."""
    return RepairFact(day(first), None if last is None else day(last), delay)


def fault(**given):
    return {"reason": "fault", "terms": PHONE, "exempt_if_confirmed": True, "confirmed": True} | given


TWICE = [repaired(20, 25), repaired(40, 45)]
CASES = [
    # Without reason: seven days, and the exceptions to them.
    ("day 7 without reason", 7, {"reason": "no_reason"}, ["return"], "LSMS 7.2.7"),
    ("day 8 without reason", 8, {"reason": "no_reason"}, [], "LSMS 7.2.7"),
    ("day 0 without reason", 0, {"reason": "no_reason"}, ["return"], "LSMS 7.2.7"),
    ("made to order", 1, {"reason": "no_reason", "exempt_by_law": True}, [], "LSMS 7.2.7"),
    (
        "exception the buyer confirmed",
        1,
        {"reason": "no_reason", "exempt_if_confirmed": True, "confirmed": True},
        [],
        "LSMS 7.2.7",
    ),
    (
        "exception nobody confirmed",
        1,
        {"reason": "no_reason", "exempt_if_confirmed": True},
        ["return"],
        "LSMS 7.2.7",
    ),
    ("not complete any more", 1, {"reason": "no_reason", "intact": False}, [], "LSMS 7.2.7"),
    ("an exception does not cover a fault", 7, fault(), ["return", "exchange", "repair"], "EJAS 6.5.2 -1"),
    # Before the goods are there.
    ("not shipped", 0, {"reason": "no_reason", "shipped": False}, ["refund"], "EJAS 6.3.2.2"),
    (
        "not shipped, made to order",
        0,
        {"reason": "no_reason", "shipped": False, "exempt_by_law": True},
        ["refund"],
        "EJAS 6.3.2.2",
    ),
    ("on its way", 0, {"reason": "no_reason", "received_on": None}, ["return"], "EJAS 6.3.1.2"),
    (
        "on its way, made to order",
        0,
        {"reason": "no_reason", "received_on": None, "exempt_by_law": True},
        [],
        "LSMS 7.2.7",
    ),
    ("never arrived", 0, {"reason": "not_received", "received_on": None}, ["refund"], "EJAS 6.3.1.2"),
    ("said never to have arrived", 3, {"reason": "not_received"}, [], "EJAS 6.3.3.1"),
    # A fault of goods under the three guarantees.
    ("fault on day 7", 7, fault(), ["return", "exchange", "repair"], "EJAS 6.5.2 -1"),
    ("fault on day 8", 8, fault(), ["exchange", "repair"], "EJAS 6.5.2 -2"),
    ("fault on day 15", 15, fault(), ["exchange", "repair"], "EJAS 6.5.2 -2"),
    ("fault on day 16", 16, fault(), ["repair"], "EJAS 6.5.2"),
    ("last day of a year's guarantee", 365, fault(), ["repair"], "EJAS 6.5.2"),
    ("the day after", 366, fault(), [], "EJAS 6.5.2"),
    (
        "day 8, no same model left",
        8,
        fault(same_model=False),
        ["return", "exchange", "repair"],
        "EJAS 6.5.2 -3",
    ),
    ("the buyer's own doing", 3, fault(misuse=True), ["paid_repair"], "EJAS 6.5.2"),
    # Repairs.
    ("one repair", 60, fault(repairs=TWICE[:1]), ["repair"], "EJAS 6.5.2 -3"),
    ("two repairs", 60, fault(repairs=TWICE), ["depreciated", "exchange", "repair"], "EJAS 6.5.2 -3"),
    (
        "two repairs, then out of guarantee",
        376,
        fault(repairs=TWICE),
        [],
        "EJAS 6.5.2",
    ),
    (
        "repairs lengthen the guarantee",
        375,
        fault(repairs=[TWICE[0], repaired(40, 45)]),
        ["depreciated", "exchange", "repair"],
        "EJAS 6.5.2",
    ),
    (
        "a second repair goes on",
        60,
        fault(repairs=[TWICE[0], repaired(50, None)]),
        ["repair"],
        "EJAS 6.5.2 -3",
    ),
    ("parts missing, day 90", 110, fault(repairs=[repaired(20, None, "parts")]), ["repair"], "EJAS 6.5.2 -4"),
    (
        "parts missing, day 91",
        111,
        fault(repairs=[repaired(20, None, "parts")]),
        ["exchange", "repair"],
        "EJAS 6.5.2 -4",
    ),
    (
        "repairer's delay, day 30",
        50,
        fault(repairs=[repaired(20, None, "repairer")]),
        ["repair"],
        "EJAS 6.5.2 -4",
    ),
    (
        "repairer's delay, day 31",
        51,
        fault(repairs=[repaired(20, None, "repairer")]),
        ["exchange", "repair"],
        "EJAS 6.5.2 -4",
    ),
    (
        "delay without a noted cause, day 31",
        51,
        fault(repairs=[repaired(20, None)]),
        ["exchange", "repair"],
        "EJAS 6.5.2 -4",
    ),
    (
        "exchanged: all begins anew",
        67,
        fault(repairs=TWICE, replaced_on=day(60)),
        ["return", "exchange", "repair"],
        "EJAS 6.5.2 -1",
    ),
    # A fault of other goods, and what the seller brought about.
    (
        "fault of a shirt, day 7",
        7,
        fault(terms=Terms(months=0)),
        ["return", "exchange", "repair"],
        "EJAS 6.3.1.2",
    ),
    ("fault of a shirt, day 8", 8, fault(terms=Terms(months=0)), ["exchange", "repair"], "EJAS 6.3.1.2"),
    (
        "spoiled fruit, day 2",
        2,
        {"reason": "damaged", "terms": FRUIT, "exempt_by_law": True},
        ["refund"],
        "EJAS 6.3.1.2",
    ),
    (
        "spoiled fruit, day 3",
        3,
        {"reason": "damaged", "terms": FRUIT, "exempt_by_law": True},
        [],
        "EJAS 6.3.1.2",
    ),
    (
        "fruit without reason",
        0,
        {"reason": "no_reason", "terms": FRUIT, "exempt_by_law": True},
        [],
        "LSMS 7.2.7",
    ),
    (
        "wrong goods, made to order",
        7,
        {"reason": "wrong", "exempt_by_law": True},
        ["return", "exchange"],
        "EJAS 6.3.1.2",
    ),
    ("damage reported on day 8", 8, {"reason": "damaged"}, [], "EJAS 6.3.3.1"),
]


@pytest.mark.clause(
    *("EJAS 6.5.2 -1", "EJAS 6.5.2 -2", "EJAS 6.5.2 -3", "EJAS 6.5.2 -4", "EJAS 6.3.1.2", "LSMS 7.2.7"),
    "EJAS 4.2.1 -2",
)
@pytest.mark.parametrize(
    ("number", "facts", "expected", "clause"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_case_of_the_table(number, facts, expected, clause):
    answer = entitlement(Facts(**{"received_on": RECEIVED} | facts), day(number))

    assert answer.remedies == expected
    assert clause in {line.clause for line in answer.lines}
    with translation.override("zh-hans"):
        assert all("%(" not in str(line.message) for line in answer.lines)


def test_a_return_after_two_repairs_costs_the_days_of_use():
    answer = entitlement(
        Facts(received_on=RECEIVED, price=Decimal("2999.00"), **fault(repairs=TWICE)), day(60)
    )

    # 60 days since the receipt, 10 of them in repair, half a per cent a day.
    assert answer.depreciation == Decimal("749.75")


def test_depreciation_never_exceeds_the_price():
    terms = Terms(months=24, depreciation=Decimal("0.5"))
    facts = fault(terms=terms, repairs=TWICE)
    assert entitlement(Facts(received_on=RECEIVED, price=Decimal(100), **facts), day(600)).depreciation == 100


def test_what_a_row_keeps_tells_the_same_later():
    answer = entitlement(Facts(received_on=RECEIVED, price=Decimal(2999), **fault(repairs=TWICE)), day(60))

    again = stored(answer.as_dict())

    assert [str(line.message) for line in again.lines] == [str(line.message) for line in answer.lines]
    assert (again.remedies, again.depreciation) == (answer.remedies, answer.depreciation)
    assert stored({}) is None


def test_the_table_says_every_word():
    said = {
        line.code
        for _name, number, facts, _expected, _clause in CASES
        for line in entitlement(Facts(**{"received_on": RECEIVED} | facts), day(number)).lines
    }
    assert WORDS.keys() - said == set()
