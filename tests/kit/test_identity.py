"""Identifiers: what is right passes however it is typed, what is wrong is told why."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.identity import validate_gtin, validate_phone, validate_resident_id, validate_uscc

ON = datetime.date(2026, 3, 2)


@pytest.mark.parametrize(
    "code",
    [
        "91110000600037341L",
        "91110000600037341l",
        "９１１１００００６０００３７３４１Ｌ",
        " 91110000 600037341L ",
    ],
)
def test_a_right_uscc_passes(code):
    validate_uscc(code)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("91110000600037341A", "checksum"),
        ("9111000060003734", "length"),
        ("110108000000016", "old"),
        ("91119900600037341I", "format"),
        ("", "length"),
    ],
)
def test_a_wrong_uscc_is_told_why(code, why):
    with pytest.raises(ValidationError) as refused:
        validate_uscc(code)

    assert refused.value.code == why


@pytest.mark.parametrize(
    "code", ["6901234567892", "6970239290029", "96385074", "036000291452", "16901234567899"]
)
def test_a_right_barcode_passes(code):
    validate_gtin(code)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("6901234567893", "checksum"),
        ("0000000000000", "zeros"),
        ("12345", "length"),
        ("69012345678AB", "format"),
        ("6.90123E+12", "format"),
    ],
)
def test_a_wrong_barcode_is_told_why(code, why):
    with pytest.raises(ValidationError) as refused:
        validate_gtin(code)

    assert refused.value.code == why


@pytest.mark.parametrize(
    "number", ["13800138000", "+86 138 0013 8000", "020-38888888", "4008823823", "１３８００１３８０００"]
)
def test_a_phone_that_can_be_dialled_passes(number):
    validate_phone(number)


@pytest.mark.parametrize("number", ["12345678901", "138001380", "电话", ""])
def test_a_phone_that_cannot_be_dialled_is_refused(number):
    with pytest.raises(ValidationError):
        validate_phone(number)


@pytest.mark.parametrize(
    "code", ["11010519491231002X", "11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_a_right_resident_id_passes(code):
    validate_resident_id(code, on=ON)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("110105194912310021", "checksum"),
        ("110105490230002", "old"),
        ("11010549023000", "length"),
        ("11019919491231A024", "format"),
    ],
)
def test_a_wrong_resident_id_is_told_why(code, why):
    with pytest.raises(ValidationError) as refused:
        validate_resident_id(code, on=ON)

    assert refused.value.code == why
