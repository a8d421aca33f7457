"""Streamers by spreadsheet: found by code or ID number, entered as drafts, masked outside."""

import json

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook

from mcn.sheets import straight
from streamers.models import Streamer
from streamers.resources.streamer import StreamerSheet
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.streamers import StreamerFactory, id_number

HEAD = ["主播编码", "艺名", "类型", "合作方式", "姓名", "身份证号", "手机号", "常住地址", "从业经历"]
PERSON = id_number(610)
CLEAR = ["陈小鹿", PERSON, "13800138610", "广州市海珠区江南大道 8 号"]
GOOD = ["", "小鹿", "自然人主播", "签约", *CLEAR, "做过两年服饰直播"]


def put(row, **cells):
    """A row with other cells: ``put(GOOD, phone="1")``."""
    places = {"code": 0, "stage_name": 1, "kind": 2, "name": 4, "id_number": 5, "phone": 6}
    changed = list(row)
    for name, value in cells.items():
        changed[places[name]] = value
    return changed


def book(tmp_path, *rows, head=HEAD):
    made = Workbook()
    for row in [head, *rows]:
        made.active.append(row)
    path = tmp_path / "streamers.xlsx"
    made.save(path)
    return path


def bring(tmp_path, *rows, by=None, at=AT):
    return straight.import_now(StreamerSheet(), book(tmp_path, *rows), by=by, at=at)


def test_a_row_becomes_a_draft_with_the_next_code(tmp_path):
    report = bring(tmp_path, GOOD, by=StaffFactory(role="streamer_manager"))

    streamer = Streamer.objects.get()
    assert (report.tally.created, report.errors) == (1, [])
    assert (streamer.code, streamer.state, streamer.id_number) == ("S0001", Streamer.State.DRAFT, PERSON)
    assert (streamer.kind, streamer.engagement) == ("natural", "signed")


def test_the_same_file_again_changes_nothing(tmp_path):
    bring(tmp_path, GOOD)

    assert bring(tmp_path, GOOD).tally.unchanged == 1
    assert Streamer.objects.count() == 1


def test_a_streamer_is_found_by_number_however_typed_and_by_code(tmp_path):
    streamer = StreamerFactory(id_number=PERSON)
    typed = f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}"

    by_number = bring(tmp_path, put(GOOD, id_number=typed, stage_name="新艺名"))
    by_code = bring(tmp_path, put(GOOD, code=streamer.code, id_number="", stage_name="又一艺名"))

    assert (by_number.tally.updated, by_code.tally.updated) == (1, 1)
    assert Streamer.objects.get().stage_name == "又一艺名"


def test_a_virtual_streamer_comes_without_a_number_and_comes_once(tmp_path):
    row = ["", "星禾", "虚拟主播", "签约", "", "", "", "", ""]

    assert bring(tmp_path, row).tally.created == 1
    assert bring(tmp_path, row).tally.unchanged == 1
    assert Streamer.objects.get().kind == Streamer.Kind.VIRTUAL


def test_an_export_that_comes_back_changes_nothing_and_holds_nothing_in_clear(tmp_path):
    bring(tmp_path, GOOD)
    StreamerFactory(virtual=True)
    out = tmp_path / "out.xlsx"
    call_command("export_streamers", "--out", str(out))

    cells = [str(cell) for row in load_workbook(out).active.iter_rows(values_only=True) for cell in row]
    again = straight.import_now(StreamerSheet(), out, by=None, at=AT)

    assert [value for value in CLEAR if any(value in cell for cell in cells)] == []
    assert (again.tally.unchanged, again.errors) == (2, [])
    assert Streamer.objects.get(id_number_hash__gt="").phone == CLEAR[2]


def test_a_rehearsal_shows_nothing_in_clear_and_writes_nothing(tmp_path, capsys):
    StreamerFactory(id_number=PERSON)
    path = book(tmp_path, GOOD, put(GOOD, id_number=id_number(611)))

    call_command("import_streamers", str(path), "--dry-run", "--json")

    told = capsys.readouterr().out
    assert [value for value in CLEAR if value in told] == []
    assert json.loads(told)["created"] == 1
    assert Streamer.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"id_number": PERSON[:-1] + ("0" if PERSON[-1] != "0" else "1")}, "身份证号"),
        ({"id_number": "440106199802301234"}, "身份证号"),
        ({"id_number": "440106980520123"}, "身份证号"),
        ({"id_number": ""}, "身份证号"),
        ({"phone": "12345"}, "手机号"),
        ({"stage_name": ""}, "艺名"),
        ({"code": "S9999"}, "主播编码"),
        ({"kind": "机器人"}, "类型"),
        ({"kind": "虚拟主播"}, "身份证号"),
        ({"id_number": id_number(612, born_on=AT.date().replace(year=2010))}, "身份证号"),
        ({"id_number": 4.40106199805206e17}, "身份证号"),
    ],
    ids=[
        "check digit",
        "no such day",
        "15 digits",
        "none",
        "phone",
        "no name",
        "code",
        "kind",
        "virtual",
        "young",
        "cut by the spreadsheet",
    ],
)
def test_a_wrong_row_is_refused_without_quoting_personal_data(tmp_path, cells, column):
    report = bring(tmp_path, put(GOOD, **cells))

    assert [error["column"] for error in report.errors] == [column]
    quoted = [str(value) for name, value in cells.items() if name in ("id_number", "phone") and value]
    assert [value for value in quoted if value in report.errors[0]["message"]] == []
    assert not Streamer.objects.exists()


def test_two_rows_of_one_person_are_refused_however_named(tmp_path):
    streamer = StreamerFactory(id_number=PERSON)

    report = bring(tmp_path, put(GOOD, code=streamer.code, stage_name="甲"), put(GOOD, stage_name="乙"))

    assert (report.tally.updated, report.tally.refused) == (1, 1)
    assert Streamer.objects.get().stage_name == "甲"


def test_anothers_number_is_not_taken(tmp_path):
    StreamerFactory(id_number=PERSON)
    other = StreamerFactory()

    report = bring(tmp_path, put(GOOD, code=other.code))

    assert [error["column"] for error in report.errors] == ["身份证号"]
    assert Streamer.objects.get(pk=other.pk).id_number == other.id_number


def test_a_streamer_whose_work_has_ended_is_not_changed(tmp_path):
    StreamerFactory(id_number=PERSON, state=Streamer.State.ENDED)

    assert bring(tmp_path, GOOD).tally.refused == 1


def test_planning_asks_no_more_queries_for_many(tmp_path, django_assert_max_num_queries):
    for number in range(20):
        StreamerFactory(id_number=id_number(700 + number), contract=False, verified=False)
    rows = [put(GOOD, id_number=id_number(700 + number), stage_name=f"鹿{number}") for number in range(20)]

    path = book(tmp_path, *rows)
    with django_assert_max_num_queries(12):
        report = straight.rehearse(StreamerSheet(), path, by=None, at=AT)

    assert report.tally.updated == 20


def test_many_new_streamers_come_in_one_file(tmp_path):
    more = put(GOOD, stage_name="小羊", id_number=id_number(611), phone="13800138611")

    report = bring(tmp_path, GOOD, more)

    assert (report.tally.created, report.errors) == (2, [])
    assert [row.code for row in Streamer.objects.order_by("pk")] == ["S0001", "S0002"]
