"""The training log by spreadsheet: found by person, course and day, corrected by new lines."""

import datetime

import pytest
from openpyxl import Workbook

from mcn.kit.refusal import Denied
from mcn.sheets import straight
from streamers.actions import training as training_actions
from streamers.models import Trainee, TrainingRecord
from streamers.resources.training import TrainingLogSheet
from tests.factories import AT, DAY
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import ContactFactory, MerchantFactory
from tests.factories.streamers import StreamerFactory
from tests.factories.training import CourseFactory, TraineeFactory, TrainingRecordFactory

HEAD = ["学员编号", "课程", "培训日期", "学时", "成绩", "结果", "备注"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    return CourseFactory(code="law")


@pytest.fixture
def trainer():
    return StaffFactory(role="trainer")


def bring(tmp_path, *rows, by=None, head=HEAD):
    book = Workbook()
    for row in [head, *rows]:
        book.active.append(row)
    path = tmp_path / "log.xlsx"
    book.save(path)
    return straight.import_now(TrainingLogSheet(), path, by=by, at=AT)


def test_a_row_is_a_line_of_the_log(tmp_path, course, trainer):
    streamer = StreamerFactory(trained=False)

    report = bring(tmp_path, [streamer.code, course.name, "2026-03-10", 4, 92, "合格", "线下"], by=trainer)

    line = TrainingRecord.objects.get()
    assert (report.tally.created, report.tally.refused) == (1, 0)
    assert (line.trainee.streamer, line.course, line.trained_on) == (
        streamer,
        course,
        datetime.date(2026, 3, 10),
    )
    assert (line.score, line.result, line.valid_to) == (92, "passed", datetime.date(2027, 3, 9))
    assert (line.source, line.entered_by, line.is_evidenced) == ("sheet", trainer, False)


def test_all_kinds_of_people_are_found(tmp_path, course):
    colleague = StaffFactory(role="operator")
    ContactFactory(merchant=MerchantFactory(papers=False), duty="after_sales", phone="13600136001")

    report = bring(
        tmp_path,
        [colleague.username, "law", DAY, 4, 90, "", ""],
        ["13600136001", "law", DAY, 4, 60, "", ""],
    )

    assert report.tally.created == 2
    assert set(Trainee.objects.values_list("kind", flat=True)) == {"staff", "service"}
    assert TrainingRecord.objects.get(trainee__kind="service").result == "failed"


def test_an_export_that_comes_back_changes_nothing(tmp_path, course):
    TrainingRecordFactory(course=course)
    TrainingRecordFactory(course=course, trainee=TraineeFactory(kind="service"))
    TrainingRecordFactory(course=course, trainee=TraineeFactory(kind="staff"), score=30, result="failed",
                          passed_on=None, valid_to=None, attempt=None)  # fmt: skip
    sheet = TrainingLogSheet()
    lines = list(sheet.lines(sheet.export_queryset(None, {})))
    head = [str(column.label) for column in sheet.export_columns()]
    labels = dict(TrainingRecord.Result.choices)
    place = [column.name for column in sheet.export_columns()].index("result")
    rows = [[*line[:place], str(labels[line[place]]), *line[place + 1 :]] for line in lines]

    report = bring(tmp_path, *rows, head=head)

    assert (report.tally.unchanged, report.tally.refused, report.errors) == (3, 0, [])
    assert TrainingRecord.objects.count() == 3
    assert not any("13900139000" in str(cell) for line in lines for cell in line)


def test_a_changed_row_corrects_the_line(tmp_path, course):
    old = TrainingRecordFactory(course=course)

    report = bring(tmp_path, [old.trainee.streamer.code, "law", DAY, 4, 55, "", "复核"])

    line = TrainingRecord.objects.get(superseded_at=None)
    assert report.tally.updated == 1
    assert (line.supersedes, line.attempt, line.score, line.result) == (old, old.attempt, 55, "failed")


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "S9999", "学员编号"),
        (1, "没有的课", "课程"),
        (2, "2026-03-17", "培训日期"),
        (2, "昨天", "培训日期"),
        (3, -1, "学时"),
        (4, 101, "成绩"),
        (5, "不合格", "结果"),
    ],
)
def test_a_wrong_row_is_refused_and_nothing_is_stored(tmp_path, course, place, value, column):
    row = [StreamerFactory(trained=False).code, "law", "2026-03-10", 4, 92, "合格", ""]

    report = bring(tmp_path, [*row[:place], value, *row[place + 1 :]])

    assert [error["column"] for error in report.errors] == [column]
    assert not TrainingRecord.objects.exists()
    assert not Trainee.objects.exists()


def test_the_second_row_of_the_same_day_is_refused(tmp_path, course):
    row = [StreamerFactory(trained=False).code, "law", "2026-03-10", 4, 92, "合格", ""]

    assert bring(tmp_path, row, row).tally.refused == 1


def test_only_who_keeps_the_log_may_bring_it_in():
    assert TrainingLogSheet().may(StaffFactory(role="trainer"), "import")
    assert not TrainingLogSheet().may(StaffFactory(role="auditor"), "import")
    assert TrainingLogSheet().may(StaffFactory(role="auditor"), "export")


def test_nobody_brings_in_their_own_training(tmp_path, course, trainer):
    row = [trainer.username, course.name, "2026-03-10", 4, 92, "合格", "线下"]

    report = bring(tmp_path, row, by=trainer)

    assert (report.tally.created, report.tally.refused) == (0, 1)
    assert not TrainingRecord.objects.exists()


def test_nobody_enters_or_corrects_their_own_training(course, trainer):
    own = TraineeFactory(kind="staff", user=trainer)
    stored = TrainingRecordFactory(trainee=own, course=course)
    made = {"trainee": own, "course": course, "trained_on": DAY, "hours": 4, "result": "passed"}
    entered = [
        lambda: training_actions.enter(TrainingRecord(**made), by=trainer, at=AT),
        lambda: training_actions.enter_many([TrainingRecord(**made)], by=trainer, at=AT),
        lambda: training_actions.correct(stored, by=trainer, at=AT, note="录错了", score=99),
        lambda: training_actions.correct_many([(stored, TrainingRecord(**made))], by=trainer, at=AT, why="x"),
    ]
    for enter in entered:
        with pytest.raises(Denied, match="本人"):
            enter()
    other = StaffFactory(role="trainer")
    assert training_actions.correct(stored, by=other, at=AT, note="录错了", score=99).entered_by == other
