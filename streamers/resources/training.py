"""The training log as people keep it in spreadsheets: one row for each person, course and day."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import normalise
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from streamers.actions import trainee as trainee_actions
from streamers.actions import training as training_actions
from streamers.filters.training import TrainingRecordFilter
from streamers.models import Course, TrainingRecord

PEOPLE = ["trainee__streamer", "trainee__user", "trainee__contact__merchant"]
SET = ["hours", "score", "result", "valid_to", "note"]

COLUMNS = [
    Column(
        "trainee",
        gettext_lazy("trainee's code"),
        Kind.CODE,
        ("学员编号", "学员", "主播编号", "账号", "工号", "trainee"),
        required=True,
        help=gettext_lazy("The streamer's code, the colleague's username, or the service person's phone."),
        example="S0001",
        private=True,
        extract=lambda record: trainee_actions.word_for(record.trainee),
    ),
    Column(
        "trainee_name",
        gettext_lazy("trainee's name"),
        synonyms=("学员姓名", "姓名", "艺名", "name"),
        help=gettext_lazy("Only for reading: it changes nothing."),
        example="小鹿",
        private=True,
        extract=lambda record: record.trainee.shown_name,
    ),
    Column(
        "course",
        gettext_lazy("course"),
        synonyms=("课程", "课程编号", "课程名称", "培训课程", "course"),
        required=True,
        help=gettext_lazy("Its code or its name."),
        example="law",
        extract=lambda record: record.course.code,
        width=24,
    ),
    Column(
        "trained_on",
        gettext_lazy("trained on"),
        Kind.DATE,
        ("培训日期", "日期", "培训时间", "date"),
        required=True,
        example="2026-03-16",
    ),
    Column("hours", gettext_lazy("hours"), Kind.NUMBER, ("学时", "课时", "时长", "hours"), example=4),
    Column("score", gettext_lazy("score"), Kind.NUMBER, ("成绩", "分数", "考试成绩", "score"), example=92),
    Column(
        "result",
        gettext_lazy("result"),
        Kind.CHOICE,
        ("结果", "是否通过", "result"),
        choices=TrainingRecord.Result.choices,
    ),
    Column(
        "valid_to",
        gettext_lazy("valid to"),
        Kind.DATE,
        ("有效期至", "有效期", "valid to"),
        help=gettext_lazy("Empty: as long as the course says."),
    ),
    Column("note", gettext_lazy("note"), synonyms=("备注", "说明", "note"), width=30),
]


class TrainingLogSheet(Sheet):
    """One row for each line of the log that stands, found by person, course and day; a change corrects it."""

    name = "training"
    label = gettext_lazy("training log")
    model = TrainingRecord
    columns = COLUMNS
    needed = [["trainee"], ["course"], ["trained_on"]]
    title = ["course", "trained_on"]
    chunk_rows = 1_000

    def open(self, run):
        courses = list(Course.objects.all())
        run.known["courses"] = {normalise(course.name).casefold(): course for course in courses}
        run.known["courses"] |= {course.code.casefold(): course for course in courses}

        run.known["own"] = run.by and trainee_actions.of_login(run.by)

    def identity(self, row, run):
        course = self._course(row, run)
        person = normalise(row.get("trainee") or "")
        return (person, course.pk, row.get("trained_on")) if course and person else None

    def _course(self, row, run):
        return run.known["courses"].get(normalise(row.get("course") or "").casefold())

    def plan(self, rows, run):
        found = trainee_actions.find_people([row.get("trainee") or "" for row in rows])
        people = {person for person in found.values() if person is not None}
        trainees = trainee_actions.known_of(people)
        stored = self._stored(rows, trainees.values(), run)
        plans = [self._plan(row, found.get(row.get("trainee") or ""), trainees, stored, run) for row in rows]
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems],
            {"trained_on": "trained_on", "passed_on": "trained_on"},
            exclude=["trainee"],
        )
        return plans

    def _stored(self, rows, trainees, run):
        """The lines that stand of these people on the days of these rows, the latest of a day last."""
        standing = TrainingRecord.objects.filter(
            superseded_at=None,
            trainee__in=[trainee.pk for trainee in trainees],
            trained_on__in={row.get("trained_on") for row in rows} - {None},
        )
        return {
            (record.trainee_id, record.course_id, record.trained_on): record
            for record in standing.select_related("course").order_by("id")
        }

    def _plan(self, row, person, trainees, stored, run):
        course = self._course(row, run)
        if row.get("trainee") and person is None:
            run.refuse(row, "trainee", _("Nobody is known by this code, username or phone."))
        if person is not None and person == run.known["own"]:
            run.refuse(row, "trainee", _("Nobody enters their own training: ask a colleague."))
        if row.get("course") and course is None:
            run.refuse(row, "course", _("There is no such course."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        given = {name: row.get(name) for name in SET if row.get(name) not in ("", None)}
        trainee = trainees.get(person)
        key = (trainee and trainee.pk, course.pk, row.get("trained_on"))
        old = stored.get(key)
        changes = {name: value for name, value in given.items() if old and getattr(old, name) != value}
        if old and not changes:
            return Plan(row, Outcome.UNCHANGED, None)
        made = self._made(row, old, course, given, run)
        shown = {name: [getattr(old, name) if old else None, value] for name, value in given.items()}
        target = made if not row.problems else None
        if target is not None:
            target.person, target.old = person, old
        kept = {name: pair for name, pair in shown.items() if pair[0] != pair[1]}
        return Plan(row, Outcome.UPDATED if old else Outcome.CREATED, target, kept)

    def _made(self, row, old, course, given, run):
        if old:
            made = training_actions.copy(old, **given)
        else:
            fresh = {"hours": course.hours, "source": TrainingRecord.Source.SHEET, **given}
            made = TrainingRecord(course=course, trained_on=row.get("trained_on"), **fresh)
        if "valid_to" not in given and {"score", "result"} & given.keys():
            made.valid_to = None
        made.entered_by = run.by
        try:
            training_actions.settle(made, on=run.on)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                run.refuse(row, name, "；".join(messages))
        if "result" in given and made.result != given["result"]:
            run.refuse(row, "result", _("The score says otherwise: look at the course's pass mark."))
        return made

    def write(self, plans, run):
        trainees = trainee_actions.trainees_of([plan.target.person for plan in plans], by=run.by, at=run.at)
        for plan in plans:
            plan.target.trainee = trainees[plan.target.person]
        new = [plan.target for plan in plans if plan.target.old is None]
        pairs = [(plan.target.old, plan.target) for plan in plans if plan.target.old is not None]
        training_actions.enter_many(new, by=run.by, at=run.at)
        training_actions.correct_many(pairs, by=run.by, at=run.at, why=_("spreadsheet"))

    def export_queryset(self, user, params):
        log = TrainingRecord.objects.all() if user is None else TrainingRecord.objects.visible_to(user)
        log = TrainingRecordFilter(params, log).qs if params else log
        return self.seen_by(user, log).order_by("id")

    def seen_by(self, user, queryset):
        """Lines that were corrected stay inside; who they were can be asked of the log itself."""
        return queryset.filter(superseded_at=None).select_related(*PEOPLE, "course")
