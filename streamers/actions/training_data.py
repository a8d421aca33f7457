"""The courses, questions and plans that the product ships with: brought in once, then the staff's own."""

import datetime
import tomllib
from pathlib import Path

from django.db import transaction

from mcn.kit import records
from streamers.actions import course as course_actions
from streamers.models import Course, Material, PlanItem, Question, TrainingPlan

DATA = Path(__file__).parent.parent / "data" / "courses.toml"
START = datetime.date(2000, 1, 1)
PARTS = ["questions", "text"]


def read():
    """The shipped file."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@transaction.atomic
def sync_courses(*, at):
    """Add the shipped courses and plans that are not there; what staff changed or ended stays."""
    shipped = read()
    known = {course.code: course for course in Course.objects.all()}
    for row in shipped["course"]:
        if row["code"] not in known:
            known[row["code"]] = _course(row, at=at)
    there = set(TrainingPlan.objects.values_list("code", flat=True))
    for row in shipped["plan"]:
        if row["code"] not in there:
            _plan(row, known, at=at)


def _course(row, *, at):
    course = Course(**{name: value for name, value in row.items() if name not in PARTS})
    records.save(course, by=None, at=at, verb="ship")
    material = course_actions.draft(Material(course=course, text=row["text"].strip()), by=None, at=at)
    course_actions.publish(material, by=None, at=at)
    questions = [
        Question(
            course=course,
            **{name: value for name, value in question.items() if name != "options"},
            options=[
                {"text": option.removeprefix("*"), "right": option.startswith("*")}
                for option in question["options"]
            ],
        )
        for question in row["questions"]
    ]
    records.save_many(questions, by=None, at=at, verb="ship")
    return course


def _plan(row, courses, *, at):
    fields = {name: value for name, value in row.items() if name != "items"}
    plan = records.save(TrainingPlan(**fields, valid_from=START), by=None, at=at, verb="ship")
    items = [
        PlanItem(
            plan=plan,
            course=courses[item["course"]] if "course" in item else None,
            topic=item.get("topic", ""),
            within_days=item["within_days"],
        )
        for item in row["items"]
    ]
    records.save_many(items, by=None, at=at, verb="ship")
