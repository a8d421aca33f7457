"""Training: who may go before the camera, and what each person owes by which day."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mcn.agency.models import Figure, figure
from mcn.standards.checks import Rulebook, clause
from merchants.models import Contact, Merchant
from streamers.models import Course, PlanItem, Trainee, TrainingPlan, TrainingRecord

Topic = Course.Topic
Result = TrainingRecord.Result
# What a streamer knows beside the law: skills, products, and what to do when something goes wrong.
KNOWLEDGE = [Topic.MARKETING, Topic.QUALITY, Topic.EMERGENCY]

STANDING_RECORDS = TrainingRecord.objects.filter(superseded_at=None).select_related("course")
PREFETCH = [
    Prefetch(
        "trainee",
        Trainee.objects.prefetch_related(Prefetch("trainingrecords", STANDING_RECORDS)),
    )
]


def records_of(person):
    """The lines of the log that stand for a streamer or a contact; reads what ``PREFETCH`` loaded."""
    trainee = getattr(person, "trainee", None)
    return list(trainee.trainingrecords.all()) if trainee else []


@clause("LSMS 7.1.1", "DB4401 5.4.3.2 b", "DB4401 5.2.1 e", "DB4401 5.3.1 c", "LSMS 7.1.3 a", "LSEC 41")
def passed_the_induction(streamer, on):
    """A streamer passed the induction in law and standards, it has not run out, and something proves it."""
    if not streamer.is_natural:  # its technician is trained as one of the staff
        return
    inductions = [
        row for row in records_of(streamer) if row.course.is_induction and row.course.topic == Topic.LAW
    ]
    good = [row for row in inductions if row.covers(on)]
    if any(row.is_evidenced for row in good):
        return
    if good:
        yield good[0], _("Nothing proves the induction: attach the list of who came, or have the exam taken.")
        return
    past = [row.valid_to for row in inductions if row.result == Result.PASSED and row.valid_to]
    if past:
        yield streamer, _("The induction ran out on %(day)s: train anew.") % {"day": f"{max(past):%Y-%m-%d}"}
    else:
        yield streamer, _("The induction in law and standards has not been passed yet.")


@clause("DB4401 5.4.3.2 c", "DB4401 5.3.1 a", "DB4401 5.3.1 b", level="should")
def is_trained_in_the_trade(streamer, on):
    """A streamer was trained in marketing skills, product quality, and emergencies."""
    if not streamer.is_natural:
        return
    known = {row.course.topic for row in records_of(streamer) if row.covers(on)}
    for topic in KNOWLEDGE:
        if topic not in known:
            yield streamer, _("Not trained in %(topic)s.") % {"topic": topic.label}


CHECKS = [passed_the_induction, is_trained_in_the_trade]


@clause("DB4401 6.2.2 d", "EJAS 5.2.2.2")
def is_inducted_into_service(contact, on):
    """A merchant's service person passed the induction for customer service before the first duty."""
    good = [
        row for row in records_of(contact) if row.course.topic == Topic.SERVICE and row.course.is_induction
    ]
    if not any(row.covers(on) for row in good):
        yield contact, _("The induction for customer service has not been passed, or ran out.")


def service_people():
    """The people whom merchants that were admitted name for after-sales."""
    return Contact.objects.filter(
        duty=Contact.Duty.AFTER_SALES, ended_on=None, merchant__state=Merchant.State.ADMITTED
    )


SERVICE = Rulebook(
    "service_training",
    gettext_lazy("training of merchants' service people"),
    [is_inducted_into_service],
    lambda contacts: contacts.select_related("merchant").prefetch_related(*PREFETCH),
    subjects=service_people,
)


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


def duties_of(trainees, on):
    """``{pk: [Duty, ...]}`` for a queryset of trainees, the most urgent first."""
    plans = plans_in_force(on)
    warn = datetime.timedelta(days=figure(Figure.Key.EXPIRY_WARNING_DAYS, on))
    return {trainee.pk: _duties(trainee, plans, on, warn) for trainee in for_duties(trainees)}


def duties_for(trainee, on):
    """What one person owes and has done; a person who is not in the log yet may be asked about as well."""
    warn = datetime.timedelta(days=figure(Figure.Key.EXPIRY_WARNING_DAYS, on))
    return _duties(trainee, plans_in_force(on), on, warn)


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


def is_for(plan, trainee):
    """Whether a plan speaks of a person."""
    if plan.audience != trainee.kind:
        return False
    if trainee.kind == Trainee.Kind.STREAMER:
        streamer = trainee.streamer
        tier = getattr(streamer, "tier", "")
        return plan.engagement in ("", streamer.engagement) and plan.tier in ("", tier)
    if trainee.kind == Trainee.Kind.STAFF and plan.role:
        return plan.role in {group.name for group in trainee.user.groups.all()}
    return True


def _duties(trainee, plans, on, warn):
    mine = [plan for plan in plans if is_for(plan, trainee)]
    log = list(trainee.trainingrecords.all()) if trainee.pk else []
    found: dict[Any, Duty] = {}
    for plan in mine:
        for item in plan.items.all():
            duty = _passed(trainee, plan, item, log, on, warn)
            key = (item.course_id, item.topic)
            if key not in found or URGENCY.index(duty.status) < URGENCY.index(found[key].status):
                found[key] = duty
    duties = [*found.values(), *_yearly(trainee, mine, log, on)]
    return sorted(duties, key=lambda duty: (URGENCY.index(duty.status), duty.due_on or datetime.date.max))


def _passed(trainee, plan, item, log, on, warn):
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


def _yearly(trainee, plans, log, on):
    """The hours and sessions of the year; behind is who has less than the months gone by ask for."""
    year = [row for row in log if row.trained_on.year == on.year and row.trained_on <= on]
    year = [row for row in year if row.result != Result.FAILED]
    end = datetime.date(on.year, 12, 31)
    hours = max((plan.hours_a_year for plan in plans), default=0)
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


def tally(trainees, on):
    """How many people stand how."""
    counts = defaultdict(int)
    for status in statuses(trainees, on).values():
        counts[status] += 1
    return counts
