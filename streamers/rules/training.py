"""Training before the camera and before customer service: what is passed, proven and still good."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.gather import rows_of
from mcn.standards.checks import Rulebook, clause
from merchants.models import Contact, Merchant
from streamers.models import Course, Trainee, TrainingRecord, TrainingSession

Topic = Course.Topic
Result = TrainingRecord.Result
# What a streamer knows beside the law: skills, products, and what to do when something goes wrong.
KNOWLEDGE = [Topic.MARKETING, Topic.QUALITY, Topic.EMERGENCY]

STANDING_RECORDS = TrainingRecord.objects.filter(superseded_at=None).select_related("course")
# What the checks read and a finding shows; thousands of records share the few courses.
READ = ["trainee", "course", "session", "attempt", "document", "trained_on", "result", "passed_on"]
READ += ["valid_to", "superseded_at"]
RECORDS = TrainingRecord.objects.filter(superseded_at=None).only(*READ).prefetch_related("course")
PREFETCH = [
    Prefetch("trainee", Trainee.objects.only("streamer", "contact")),
    Prefetch("trainee__trainingrecords", RECORDS),
]


def records_of(person):
    """The lines of the log that stand for a streamer or a contact; reads what ``PREFETCH`` loaded."""
    trainee = getattr(person, "trainee", None)
    return list(rows_of(trainee, "trainingrecords")) if trainee else []


def training_page(row):
    """Where somebody's training is seen to: their own page, or the sessions planned while they have none."""
    trainee = row.trainee if isinstance(row, TrainingRecord) else getattr(row, "trainee", None)
    if trainee is not None:
        return reverse("admin:streamers_trainee_change", args=[trainee.pk])
    planned = TrainingSession.State.PLANNED
    return f"{reverse('admin:streamers_trainingsession_changelist')}?state__exact={planned}"


@clause(
    "LSMS 7.1.1",
    "DB4401 5.4.3.2 b",
    "DB4401 5.2.1 e",
    "DB4401 5.3.1 c",
    "LSMS 7.1.3 a",
    "LSEC 41",
    mend=training_page,
)
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


@clause("DB4401 5.4.3.2 c", "DB4401 5.3.1 a", "DB4401 5.3.1 b", level="should", mend=training_page)
def is_trained_in_the_trade(streamer, on):
    """A streamer was trained in marketing skills, product quality, and emergencies."""
    yield from _untrained(streamer, KNOWLEDGE, on)


def _untrained(streamer, topics, on):
    if not streamer.is_natural:
        return
    known = {row.course.topic for row in records_of(streamer) if row.covers(on)}
    for topic in topics:
        if topic not in known:
            yield streamer, _("Not trained in %(topic)s.") % {"topic": topic.label}


@clause("LSMS 7.1.3 b", level="should", mend=training_page)
def knows_the_agencys_rules(streamer, on):
    """A streamer was trained in the rules of the agency itself."""
    yield from _untrained(streamer, [Topic.HOUSE], on)


@clause("LSMS 7.1.3 c", "DB4401 5.4.3.2 c", level="should", mend=training_page)
def speaks_writes_and_uses_a_computer(streamer, on):
    """A streamer was trained in, and examined on, communication, the use of a computer, and writing."""
    yield from _untrained(streamer, [Topic.SKILLS], on)


CHECKS = [
    passed_the_induction,
    is_trained_in_the_trade,
    knows_the_agencys_rules,
    speaks_writes_and_uses_a_computer,
]


@clause("DB4401 6.2.2 d", "EJAS 5.2.2.2", mend=training_page)
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
