"""What people type into cells is understood, or refused with a reason; nothing is guessed."""

import datetime as dt
from decimal import Decimal

import pytest

from mcn.sheets import values
from mcn.sheets.values import CellError


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (" 绿茶 ", "绿茶"),
        (101.0, "101"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (dt.date(2026, 1, 31), "2026-01-31"),
    ],
)
def test_text(cell, expected):
    assert values.text(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (6901234567892.0, "6901234567892"),
        ("6901234567892\t", "6901234567892"),
        ("'6901234567892", "6901234567892"),
        ('="6901234567892"', "6901234567892"),
        ("６９０１２３４５６７８９２", "6901234567892"),
        ("A-01E5", "A-01E5"),
        ("1E5", "1E5"),
    ],
)
def test_code(cell, expected):
    assert values.code(cell) == expected


@pytest.mark.parametrize(
    "cell", ["6.90123E+12", "6.9E12", "7E+12", 1.1010519491231e17, 1e15, dt.date(2026, 1, 31)]
)
def test_a_code_that_lost_digits_is_refused(cell):
    with pytest.raises(CellError):
        values.code(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (12.5, "12.50"),
        (7.5 * 1.1, "8.25"),
        ("12.5", "12.50"),
        ("￥12.50", "12.50"),
        ("¥ 1,299", "1299.00"),
        ("1，299.00元", "1299.00"),
        ("RMB 88", "88.00"),
        ("人民币88元", "88.00"),
        ("１２．５", "12.50"),
        ("-￥5", "-5.00"),
        ("12.50\t", "12.50"),
        (".5", "0.50"),
    ],
)
def test_price(cell, expected):
    assert values.price(cell) == Decimal(expected)
    assert values.price(cell).as_tuple().exponent == -2


@pytest.mark.parametrize(
    "cell",
    [
        *["面议", "12,5", "12-15", "1.2.3", "5%", "￥", 12.345, "12.345", True, "--5", "1 000", float("nan")],
        *["9" * 40, "1E+300", 1e300, 10**16],
    ],
)
def test_what_is_no_price_is_refused(cell):
    with pytest.raises(CellError):
        values.price(cell)


@pytest.mark.parametrize(
    ("cell", "expected"), [("13%", 13), (0.13, 13), ("0.5%", Decimal("0.5")), (13.0, 13), (1.0, 100)]
)
def test_percent(cell, expected):
    assert values.percent(cell) == expected


@pytest.mark.parametrize(("cell", "expected"), [("13%", 13), (0.5, Decimal("0.5")), ("0.5", Decimal("0.5"))])
def test_percentage_points(cell, expected):
    assert values.points(cell) == expected


@pytest.mark.parametrize(("cell", "expected"), [(5.0, 5), ("1,200", 1200), ("１２", 12), ("5.0", 5)])
def test_integer(cell, expected):
    assert values.integer(cell) == expected


@pytest.mark.parametrize("cell", [5.5, "5.5", "五", "12件", "1E+300", -1e300])
def test_what_is_no_integer_is_refused(cell):
    with pytest.raises(CellError):
        values.integer(cell)


@pytest.mark.parametrize(
    "cell",
    [
        dt.date(2026, 1, 31),
        dt.datetime.fromisoformat("2026-01-31T08:30"),
        "2026-01-31",
        "2026/1/31",
        "2026.1.31",
        "2026年1月31日",
        "20260131",
        20260131.0,
        "2026-01-31 08:30:00",
        "2026-01-31T08:30",
        "２０２６－０１－３１",
        46053.0,
        "46053",
    ],
)
def test_date(cell):
    assert values.date(cell) == dt.date(2026, 1, 31)


def test_a_bare_number_of_days_counts_from_1904_where_the_workbook_does():
    assert values.date_1904(46053.0 - 1462) == dt.date(2026, 1, 31)


@pytest.mark.parametrize("cell", ["2026-02-30", "31/01/2026", "明天", "2026-13-01", 5.0, True, "长期"])
def test_what_is_no_date_is_refused(cell):
    with pytest.raises(CellError):
        values.date(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("是", True), ("Y", True), (1.0, True), (True, True), ("否", False), ("✗", False), (0.0, False)],
)
def test_yes_or_no(cell, expected):
    assert values.yes_no(cell) is expected


def test_what_is_neither_yes_nor_no_is_refused():
    with pytest.raises(CellError, match="也许"):
        values.yes_no("也许")


def test_a_choice_is_known_by_any_of_its_words_and_refused_with_the_list():
    parse = values.choice({"瓶": "bottle", "bottle": "bottle"}, ["瓶"])
    assert parse(" 瓶 ") == parse("BOTTLE") == "bottle"
    with pytest.raises(CellError, match="瓶"):
        parse("桶")


@pytest.mark.parametrize(
    "cell",
    [
        *["2026-01-31 20:15:30", "2026/1/31 20:15:30", "2026年1月31日 20:15:30", "2026-01-31T20:15:30+08:00"],
        *[dt.datetime.fromisoformat("2026-01-31T20:15:29.999999"), "２０２６-０１-３１ 20：15：30.0"],
    ],
)
def test_moment(cell):
    assert f"{values.moment(cell):%Y-%m-%d %H:%M:%S %z}" == "2026-01-31 20:15:30 +0800"
    assert values.moment_or_day(cell) == values.moment(cell)


def test_a_day_alone_is_a_moment_where_that_is_enough():
    assert f"{values.moment_or_day('2026-01-31'):%Y-%m-%d %H:%M}" == "2026-01-31 00:00"
    with pytest.raises(CellError):
        values.moment("2026-01-31")


@pytest.mark.parametrize(
    "cell", ["2026-01-31 25:00", "0001-01-01 00:00", dt.datetime.fromisoformat("9999-12-31T23:59:59")]
)
@pytest.mark.parametrize("parse", [values.moment, values.moment_or_day])
def test_a_moment_that_never_was_is_refused(parse, cell):
    with pytest.raises(CellError):
        parse(cell)


@pytest.mark.parametrize("cell", ["0001-01-01", dt.date(9999, 12, 31), "2026-02-30"])
def test_a_day_beyond_our_time_is_refused(cell):
    with pytest.raises(CellError):
        values.date(cell)
