"""RESOLUTION and CLOSURE: what has to be on file before a complaint is resolved, and before it is closed.

Both look at what was written since the complaint was last reopened. Asked again every night of what
passed, so that a step that never came onto the file is found.
"""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Complaint, ComplaintEntry
from mcn.kit.clock import business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Course
from streamers.rules.training import records_of

Kind = ComplaintEntry.Kind
# Under which word an entry tells who mediated, where it was somebody from outside.
MEDIATOR = "mediator"
REASONED = ["conclusion", "basis", "next_step"]


def for_inspection(complaints):
    """Complaints with the kinds of their entries."""
    read = ["complaint", "number", "kind", "by", "at", "facts", "text_sha256"]
    entries = ComplaintEntry.objects.only(*read).order_by("number")
    log = "entries__by__trainee__trainingrecords__course"
    return complaints.prefetch_related(Prefetch("entries", entries), log)


def entries_of(complaint):
    """The entries since the complaint was last reopened."""
    found = []
    for entry in complaint.entries.all():
        found = [] if entry.kind == Kind.REOPEN else [*found, entry]
    return found


def steps_of(complaint):
    """The kinds of entries since the complaint was last reopened."""
    return [entry.kind for entry in entries_of(complaint)]


@clause("GDAS 5.3.3 g", "DB4401 6.4.1 g", "GDAS 5.3.2 e", "DB4401 6.4.2 f")
def contacted_the_consumer(complaint, on):
    """In a serious case the consumer was contacted before anything was decided."""
    if complaint.serious and Kind.CONTACT not in steps_of(complaint):
        yield complaint, _("serious case: note when and how you contacted the consumer")


@clause("GDAS 5.3.3 g", "DB4401 6.4.1 g", "GDAS 5.3.2 e", "DB4401 6.4.2 f")
def verified_the_facts(complaint, on):
    """In a serious case the facts were verified by us."""
    if complaint.serious and Kind.FACTS not in steps_of(complaint):
        yield complaint, _("serious case: note what you verified and how")


@clause("GDAS 5.3.3 g", "DB4401 6.4.1 g", "GDAS 5.3.2 e", "DB4401 6.4.2 f")
def agreed_on_a_solution(complaint, on):
    """In a serious case the solution was worked out together with the merchant."""
    if complaint.serious and complaint.merchant_id and Kind.SOLUTION not in steps_of(complaint):
        yield complaint, _("serious case: note the solution worked out with the merchant")


@clause("GDAS 5.3.3 d", "DB4401 6.4.1 d")
def brought_in_the_platform(complaint, on):
    """Where no agreement was reached, the platform was brought in or the emergency plan started."""
    unresolved = complaint.outcome == Complaint.Outcome.UNRESOLVED
    if unresolved and not {Kind.PLATFORM, Kind.EMERGENCY, Kind.MEDIATION} & {*steps_of(complaint)}:
        yield complaint, _("no agreement: bring in the platform, mediation or the emergency plan first")


@clause("DB4401 6.4.3 d")
def told_of_other_remedies(complaint, on):
    """Where no agreement was reached, the consumer was told of the other ways to their right."""
    unresolved = complaint.outcome == Complaint.Outcome.UNRESOLVED
    if unresolved and Kind.REMEDIES not in steps_of(complaint):
        yield complaint, _("no agreement: tell the consumer of other remedies, such as 12315")


@clause("EJAS 6.6.4")
def mediated_by_somebody_who_knows_the_law(complaint, on):
    """Where there was a mediation, one of us who passed training in law led it, or a body from outside."""
    mediations = [entry for entry in entries_of(complaint) if entry.kind == Kind.MEDIATION]
    if mediations and not any(_is_led_well(entry) for entry in mediations):
        yield (
            complaint,
            _("mediation: name the body or expert, or have somebody trained in law lead it"),
        )


def _is_led_well(entry):
    day = business_day(entry.at)
    trained = any(row.course.topic == Course.Topic.LAW and row.covers(day) for row in records_of(entry.by))
    return trained or bool(entry.facts.get(MEDIATOR))


@clause("EJAS 6.6.3", level="shall")
def gives_its_reasons(complaint, on):
    """What the consumer is told has a conclusion, its basis and what comes next."""
    for name in REASONED:
        if not getattr(complaint, name).strip():
            label = complaint._meta.get_field(name).verbose_name
            yield complaint, _("%(field)s: the answer to the consumer needs it") % {"field": label}


@clause("GDAS 5.3.2 d", "DB4401 6.4.2 e", level="shall")
def followed_what_was_handed_on(complaint, on):
    """What was handed on is closed once somebody asked what became of it."""
    if complaint.redirected_to and Kind.FOLLOW not in steps_of(complaint):
        yield complaint, _("handed on: ask what became of it and note it")


def resolved():
    """The complaints that were resolved and are not closed yet."""
    return Complaint.objects.filter(state__in=Complaint.SETTLED)


def closed_elsewhere():
    """The complaints that were closed because somebody else decides on them."""
    return Complaint.objects.filter(state=Complaint.State.CLOSED).exclude(redirected_to="")


RESOLUTION = Rulebook(
    "complaint_resolution",
    gettext_lazy("complaint resolved"),
    [
        contacted_the_consumer,
        verified_the_facts,
        agreed_on_a_solution,
        brought_in_the_platform,
        told_of_other_remedies,
        mediated_by_somebody_who_knows_the_law,
        gives_its_reasons,
    ],
    for_inspection,
    mend=admin_page,
    subjects=resolved,
)
CLOSURE = Rulebook(
    "complaint_closure",
    gettext_lazy("complaint closed"),
    [followed_what_was_handed_on],
    for_inspection,
    mend=admin_page,
    subjects=closed_elsewhere,
)
