"""Personal data: unreadable at rest, bound to its column, found by hash, masked."""

import pytest

from mcn.kit import privacy
from mcn.kit.privacy import Undecipherable, decrypt, encrypt, keyed_hash, mask

KEY_A, KEY_B = "a:" + "11" * 32, "b:" + "22" * 32


def test_a_value_comes_back_and_is_not_in_its_token():
    token = encrypt("13800138000", "merchants.contact.phone")

    assert decrypt(token, "merchants.contact.phone") == "13800138000"
    assert "13800138000" not in token


def test_a_value_moved_to_another_column_cannot_be_read():
    token = encrypt("13800138000", "merchants.contact.phone")

    with pytest.raises(Undecipherable):
        decrypt(token, "merchants.contact.email")


def test_an_older_key_still_reads_after_a_new_one_came_first(settings):
    settings.MCN_FIELD_KEYS = [KEY_A]
    token, found = encrypt("广州", "x.y"), keyed_hash("广州")
    settings.MCN_FIELD_KEYS = [KEY_B, KEY_A]

    assert decrypt(token, "x.y") == "广州"
    assert keyed_hash("广州") == found


def test_a_wrong_key_is_an_error_and_never_the_token(settings):
    token = encrypt("广州", "x.y")
    settings.MCN_FIELD_KEYS = ["dev:" + "33" * 32]

    with pytest.raises(Undecipherable):
        decrypt(token, "x.y")


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002X "]
)
def test_a_hash_is_found_however_the_number_is_typed(typed):
    assert keyed_hash(typed) == keyed_hash("11010519491231002X")


@pytest.mark.parametrize(
    ("clear", "masked"),
    [
        ("11010519491231002X", "110***********002X"),
        ("13800138000", "138****8000"),
        ("王小明", "王**"),
        ("12345678", "123***78"),
        ("", ""),
    ],
)
def test_masks_keep_the_first_three_and_the_last_two_to_four(clear, masked):
    assert mask(clear) == masked


def test_a_malformed_key_stops_the_start(settings):
    settings.MCN_FIELD_KEYS = ["short"]

    with pytest.raises(Exception, match="MCN_FIELD_KEYS"):
        privacy.encrypt("x", "y")
