"""Until when records are kept: the day before the last, the last, the day after; with and without a hold."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.evidence.models import RetentionClass
from mcn.evidence.shipped_rules import sync_retention
from mcn.evidence.terms import kept_until, rules_in_force
from mcn.kit.clock import add_months
from tests.factories import AT, DAY
from tests.factories.retention import RetentionRuleFactory

pytestmark = pytest.mark.django_db

ONE_DAY = datetime.timedelta(days=1)
END = DAY
SIXTY = END + datetime.timedelta(days=60)
THREE_YEARS = add_months(END, 36)
LAST = {
    RetentionClass.SHOW_CONTENT: THREE_YEARS,
    RetentionClass.TRADE: THREE_YEARS,
    RetentionClass.VERIFICATION: THREE_YEARS,
    RetentionClass.CORRECTION: THREE_YEARS,
    RetentionClass.ADVERTISING: THREE_YEARS,
    RetentionClass.IMPORT_FILES: END + datetime.timedelta(days=90),
}
OPEN_HOLD = [(END + ONE_DAY, None)]
TEN_DAYS = [(END + ONE_DAY, END + 10 * ONE_DAY)]


@pytest.fixture(autouse=True)
def shipped(db):
    sync_retention(at=AT)


def leave_out_lsms():
    RetentionRuleFactory(
        retention_class="show_content",
        clause="LSMS 7.2.9",
        adopted=False,
        valid_from=datetime.date(2026, 1, 1),
    )


def may_go(name, on, spans=()):
    last = kept_until({name: END}, rules_in_force(on), spans)
    return last is not None and on > last


@pytest.mark.clause("DB4401 5.1.5.3", "DB4401 5.6.3.12", "LSMS 7.2.9", "LSEC 27", "LSEC 31", "LSEC 45")
@pytest.mark.parametrize(("name", "last"), LAST.items())
def test_a_record_goes_on_the_day_after_its_last(name, last):
    assert [may_go(name, last + shift * ONE_DAY) for shift in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize(("name", "last"), LAST.items())
def test_under_a_hold_it_stays_on_any_day(name, last):
    assert [may_go(name, last + shift * ONE_DAY, OPEN_HOLD) for shift in (-1, 0, 1, 400)] == [False] * 4


@pytest.mark.parametrize(("name", "last"), LAST.items())
def test_a_lifted_hold_moves_the_last_day_by_as_many_days_as_it_stood(name, last):
    later = last + 10 * ONE_DAY

    assert [may_go(name, later + shift * ONE_DAY, TEN_DAYS) for shift in (-1, 0, 1)] == [False, False, True]


@pytest.mark.clause("DB4401 5.1.5.3", "LSMS 7.2.9")
@pytest.mark.parametrize(
    ("spans", "last"), [([], SIXTY), (TEN_DAYS, SIXTY + 10 * ONE_DAY), (OPEN_HOLD, None)], ids=str
)
def test_content_is_kept_sixty_days_where_three_years_are_not_adopted(spans, last):
    leave_out_lsms()
    days = [(last or SIXTY) + shift * ONE_DAY for shift in (-1, 0, 1)]

    assert [may_go("show_content", day, spans) for day in days] == [False, False, last is not None]


def test_a_rule_is_in_force_from_its_day_on():
    leave_out_lsms()

    before = rules_in_force(datetime.date(2025, 12, 31))["show_content"]
    after = rules_in_force(datetime.date(2026, 1, 1))["show_content"]

    assert [rule.clause for rule in before] == ["DB4401 5.1.5.3", "LSMS 7.2.9"]
    assert [rule.clause for rule in after] == ["DB4401 5.1.5.3"]


def day(number):
    return datetime.date(2026, 3, number)


@pytest.mark.parametrize(
    ("spans", "added"),
    [
        ([(day(17), day(26)), (day(20), day(28))], 12),  # two at a time stop the clock once
        ([(day(17), day(26)), (day(18), day(19))], 10),
        ([(day(20), day(28)), (day(17), day(18))], 11),  # whatever their order
        ([(day(1), day(10))], 0),  # lifted before the term began
        ([(day(10), day(17))], 2),  # from the term's first day on
        ([(datetime.date(2026, 6, 1), datetime.date(2026, 6, 5))], 0),  # placed when it was over
    ],
)
def test_the_days_under_hold_are_counted_once_and_within_the_term(spans, added):
    leave_out_lsms()

    assert kept_until({"show_content": END}, rules_in_force(DAY), spans) == SIXTY + added * ONE_DAY


def test_of_several_classes_the_longest_counts_and_an_open_one_keeps_all():
    leave_out_lsms()
    rules = rules_in_force(DAY)

    assert kept_until({"show_content": END, "trade": END}, rules, []) == THREE_YEARS
    assert kept_until({"show_content": END, "trade": None}, rules, []) is None
    assert kept_until({"unheard_of": END}, rules, []) is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"length": 35}, "length"),
        ({"length": 36, "unit": "days"}, "length"),
        ({"adopted": False}, "adopted"),
        (
            {"retention_class": "show_content", "clause": "DB4401 5.1.5.3", "unit": "days", "length": 59},
            "length",
        ),
    ],
)
def test_a_rule_is_never_shorter_than_its_clause(given, field):
    with pytest.raises(ValidationError) as refused:
        RetentionRuleFactory(**{"valid_from": DAY} | given)

    assert list(refused.value.message_dict) == [field]
