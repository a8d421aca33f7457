"""What each person owes by which day: worked out from plans, tiers and the log, for thousands at once."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mcn.agency.models import Figure, figure
from streamers.models import (
    PlanItem,
    TierAssessment,
    TierGrade,
    Trainee,
    TrainingPlan,
    TrainingRecord,
)
from streamers.rules import tiers
from streamers.rules.training import STANDING_RECORDS

Result = TrainingRecord.Result


class Status(models.TextChoices):
    """How something that a plan asks for stands."""

    OVERDUE = "overdue", gettext_lazy("overdue")
    BEHIND = "behind", gettext_lazy("behind the year's pace")
    SOON = "soon", gettext_lazy("due soon")
    OPEN = "open", gettext_lazy("to be done")
    DONE = "done", pgettext_lazy("training", "done")


URGENCY = list(Status)


@dataclass(frozen=True)
class Duty:
    """One thing that a person owes, or has done: what, by which day, and how far they are."""

    label: str
    status: Status
    due_on: Any
    item: Any = None
    course: Any = None
    record: Any = None
    progress: str = ""

    @property
    def owed(self):
        return self.status != Status.DONE

    @property
    def told(self):
        """How it stands, in words: only what was passed can run out; what never was has a last day."""
        if self.status != Status.SOON:
            return self.status.label
        if self.record:
            return _("runs out soon")
        return _("to be done · by %(day)s at the latest") % {"day": f"{self.due_on:%Y-%m-%d}"}


def plans_in_force(on):
    """The plans that count on a day with what they ask for; of one code the latest."""
    asked = PlanItem.objects.filter(models.Q(ended_on=None) | models.Q(ended_on__gt=on))
    begun = TrainingPlan.objects.filter(valid_from__lte=on).order_by("code", "-valid_from")
    items = Prefetch("items", asked.select_related("course"))
    latest = {}
    for plan in begun.prefetch_related(items):
        latest.setdefault(plan.code, plan)
    return [plan for plan in latest.values() if plan.in_force(on)]


def for_duties(trainees):
    """Trainees with all that their duties depend on, in a fixed number of queries."""
    return trainees.select_related("streamer", "user", "contact__merchant").prefetch_related(
        Prefetch("trainingrecords", STANDING_RECORDS), "user__groups"
    )


@dataclass(frozen=True)
class Asked:
    """What is asked on a day of everybody: the plans, the tiers of some streamers, how early is soon."""

    on: Any
    plans: list
    tiers: dict
    hours: dict
    warn: datetime.timedelta

    def tier_of(self, trainee):
        """The tier of a trainee, and the hours a year that it asks for."""
        if not trainee.streamer_id:
            return "", 0
        rule_set, grade = self.tiers.get(trainee.streamer_id, (None, ""))
        return grade, self.hours.get((rule_set, grade), 0)


def asked(on, streamers):
    """What is asked on a day, with the tiers of these streamers (ids, or a queryset of them)."""
    decided = TierAssessment.objects.filter(
        state__in=TierAssessment.DECIDED, effective_on__lte=on, streamer__in=streamers
    )
    latest = decided.order_by("month", "id").values_list("streamer", "rule_set", "grade")
    grades = TierGrade.objects.values_list("rule_set", "grade", "training_hours")
    hours = {(rule_set, grade): asked_for for rule_set, grade, asked_for in grades}
    rules = tiers.in_force(on)
    return Asked(
        on=on,
        plans=plans_in_force(on),
        tiers={streamer: (rule_set, grade) for streamer, rule_set, grade in latest},
        hours=hours | {(None, ""): hours.get((rules.pk, ""), 0) if rules else 0},
        warn=datetime.timedelta(days=figure(Figure.Key.EXPIRY_WARNING_DAYS, on)),
    )


def duties_of(trainees, on):
    """``{pk: [Duty, ...]}`` for a queryset of trainees, the most urgent first."""
    of_all = asked(on, trainees.order_by().values("streamer"))
    return {trainee.pk: _duties(trainee, of_all) for trainee in for_duties(trainees)}


def duties_for(trainee, on):
    """What one person owes and has done; a person who is not in the log yet may be asked about as well."""
    return _duties(trainee, asked(on, [trainee.streamer_id]))


def statuses(trainees, on):
    """``{pk: Status}``: how each trainee stands, which is how their most urgent duty stands."""
    return {
        pk: min((duty.status for duty in duties), key=URGENCY.index, default=Status.DONE)
        for pk, duties in duties_of(trainees, on).items()
    }


def standing_as(status, on):
    """The ids of the trainees that stand so on a day."""
    return [pk for pk, found in statuses(Trainee.objects.standing(), on).items() if found == status]


def owing(course, on):
    """The trainees who owe a course now: those whose plans ask for it and who have not got it for long."""
    found = duties_of(Trainee.objects.standing(), on)
    return [
        pk
        for pk, duties in found.items()
        if any(duty.owed and duty.item and asks_for(duty.item, course) for duty in duties)
    ]


def asks_for(item, course):
    """Whether passing a course does what a plan asks for."""
    return item.course_id == course.pk if item.course_id else item.topic == course.topic


def is_for(plan, trainee, tier):
    """Whether a plan speaks of a person."""
    if plan.audience != trainee.kind:
        return False
    if trainee.kind == Trainee.Kind.STREAMER:
        return plan.engagement in ("", trainee.streamer.engagement) and plan.tier in ("", tier)
    if trainee.kind == Trainee.Kind.STAFF and plan.role:
        return plan.role in {group.name for group in trainee.user.groups.all()}
    return True


def _duties(trainee, of_all):
    tier, tier_hours = of_all.tier_of(trainee)
    mine = [plan for plan in of_all.plans if is_for(plan, trainee, tier)]
    log = list(trainee.trainingrecords.all()) if trainee.pk else []
    found: dict[Any, Duty] = {}
    for plan in mine:
        for item in plan.items.all():
            duty = _passed(trainee, plan, item, log, of_all)
            key = (item.course_id, item.topic)
            if key not in found or URGENCY.index(duty.status) < URGENCY.index(found[key].status):
                found[key] = duty
    duties = [*found.values(), *_yearly(trainee, mine, tier_hours, log, of_all.on)]
    return sorted(duties, key=lambda duty: (URGENCY.index(duty.status), duty.due_on or datetime.date.max))


def _passed(trainee, plan, item, log, of_all):
    on, warn = of_all.on, of_all.warn
    about = [row for row in log if item.takes(row) and row.result == Result.PASSED and row.passed_on <= on]
    good = [row for row in about if row.covers(on)]
    label, course = str(item), item.course
    if good:
        best = max(good, key=lambda row: row.valid_to or datetime.date.max)
        soon = best.valid_to is not None and best.valid_to - on <= warn
        return Duty(label, Status.SOON if soon else Status.DONE, best.valid_to, item, course, best)
    if about:
        last = max(about, key=lambda row: row.valid_to or row.passed_on)
        return Duty(label, Status.OVERDUE, last.valid_to, item, course, last)
    start = max(trainee.started_on, plan.valid_from)
    due_on = start + datetime.timedelta(days=item.within_days)
    if on > due_on:
        return Duty(label, Status.OVERDUE, due_on, item, course)
    return Duty(label, Status.SOON if due_on - on <= warn else Status.OPEN, due_on, item, course)


def _yearly(trainee, plans, tier_hours, log, on):
    """The hours and sessions of the year; behind is who has less than the months gone by ask for."""
    year = [row for row in log if row.trained_on.year == on.year and row.trained_on <= on]
    year = [row for row in year if row.result != Result.FAILED]
    end = datetime.date(on.year, 12, 31)
    hours = max([plan.hours_a_year for plan in plans] + [tier_hours])
    sessions = max((plan.sessions_a_year for plan in plans), default=0)
    had = sum(row.hours for row in year)
    came = sum(row.source != TrainingRecord.Source.EXAM for row in year)
    if hours:
        yield _pace(_("hours this year"), had, hours, trainee, on, end)
    if sessions:
        yield _pace(_("sessions this year"), came, sessions, trainee, on, end)


def _pace(label, had, asked, trainee, on, end):
    first = trainee.started_on.month if trainee.started_on.year == on.year else 1
    months = max(on.month - first, 0)  # full months gone by
    progress = f"{float(had):g} / {float(asked):g}"
    if had >= asked:
        return Duty(label, Status.DONE, end, progress=progress)
    behind = had < asked * months / 12
    return Duty(label, Status.BEHIND if behind else Status.OPEN, end, progress=progress)
