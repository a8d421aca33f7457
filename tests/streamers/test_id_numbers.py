"""Identity documents of people who want to stream: what passes, what is told to be odd, what is refused."""

import pytest
from django.core.exceptions import ValidationError
from stdnum.cn import ric

from mcn.kit import records
from mcn.kit.identity import read_id_number
from streamers.models import Streamer
from tests.factories import AT, DAY
from tests.factories.streamers import StreamerFactory


def number(body):
    """Seventeen digits with their check digit."""
    return body + ric.calc_check_digit(body + "0")


RIGHT = number("44010619980520001")
WITH_X = "11010519491231002X"


@pytest.mark.parametrize(
    ("case", "document", "typed", "warned"),
    [
        ("a resident's", "resident_id", RIGHT, False),
        ("check digit X", "resident_id", WITH_X, False),
        ("check digit x", "resident_id", WITH_X.lower(), False),
        ("full-width", "resident_id", "１１０１０５１９４９１２３１００２Ｘ", False),
        ("spaces", "resident_id", f" {RIGHT[:6]} {RIGHT[6:14]} {RIGHT[14:]} ", False),
        ("hyphens", "resident_id", f"{RIGHT[:6]}-{RIGHT[6:]}", False),
        ("born today", "resident_id", number(f"440106{DAY:%Y%m%d}001"), False),
        ("29 February", "resident_id", number("44010620080229001"), False),
        ("Hong Kong's permit", "hmt_residence", number("81000019980520001"), False),
        ("Macao's permit", "hmt_residence", number("82000019980520001"), False),
        ("Taiwan's permit", "hmt_residence", number("83000019980520001"), False),
        ("a foreigner's card", "foreign_residence", number("91144019980520001"), False),
        ("a permit's number called a resident's", "resident_id", number("81000019980520001"), True),
        ("a resident's number called a permit's", "hmt_residence", RIGHT, True),
        ("a resident's number called a foreigner's", "foreign_residence", RIGHT, True),
        ("a region that is not in use", "resident_id", number("44999919980520001"), True),
        ("a region younger than the person", "resident_id", number("44011519980520001"), True),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) and " " in value else None,
)
@pytest.mark.clause("DB4401 5.1.1 a", "LSMS 7.1.2 a")
def test_a_number_that_is_taken(case, document, typed, warned):
    read = read_id_number(typed, document, on=DAY)
    streamer = StreamerFactory(document_type=document, id_number=typed)

    assert bool(read.warnings) is warned, case
    stored = Streamer.objects.get(pk=streamer.pk)
    assert len(stored.id_number) == 18
    assert stored.id_number.isupper() or stored.id_number.isdigit()
    assert stored.born_on == read.born_on


@pytest.mark.parametrize(
    ("case", "typed", "code"),
    [
        ("bad check digit", "110105194912310021", "checksum"),
        ("a digit mistyped", RIGHT[:10] + "1" + RIGHT[11:], "checksum"),
        ("30 February", number("44010619980230001"), "birth"),
        ("29 February of a common year", number("44010619990229001"), "birth"),
        ("month 13", number("44010619981320001"), "birth"),
        ("born tomorrow", number("44010620260317001"), "birth"),
        ("born 121 years ago", number("44010619050101001"), "birth"),
        ("15 digits", "440106980520001", "old"),
        ("17 digits", RIGHT[:17], "length"),
        ("19 digits", RIGHT + "1", "length"),
        ("X in the middle", RIGHT[:9] + "X" + RIGHT[10:], "format"),
        ("letters", "ABCDEFGHIJKLMNOPQR", "format"),
        ("superscript digits stay out", RIGHT[:17] + "\u0665", "format"),
    ],
    ids=lambda value: value.replace(" ", "_") if isinstance(value, str) and " " in value else None,
)
def test_a_number_that_is_refused(case, typed, code):
    streamer = StreamerFactory.build(verified=False, id_number=typed, created_at=AT)
    with pytest.raises(ValidationError) as refused:
        records.save(streamer, by=None, at=AT)
    assert [error.code for error in refused.value.error_dict["id_number"]] == [code], case


@pytest.mark.parametrize(
    "typed", [WITH_X, WITH_X.lower(), "１１０１０５１９４９１２３１００２Ｘ", f"  {WITH_X[:6]} {WITH_X[6:]}"]
)
def test_a_person_comes_once_however_the_number_is_written(typed):
    StreamerFactory(id_number=WITH_X)
    with pytest.raises(ValidationError, match="已是"):
        records.save(StreamerFactory.build(verified=False, code="S9999", id_number=typed), by=None, at=AT)
