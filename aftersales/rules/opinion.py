"""Whether talk in public is watched and dealt with, and what a case needs before it may be closed."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Clock, Level, OpinionCase, OpinionStep, Outlet
from mcn.kit.clock import SHANGHAI, business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

Kind = OpinionStep.Kind
STEPS = Prefetch("steps", OpinionStep.objects.order_by("id"))


@clause("GDAS 5.4")
def is_looked_through(outlet, on):
    """An outlet that is watched was looked through within its days."""
    seen = outlet.watched_at and business_day(outlet.watched_at)
    if seen is None:
        yield outlet, _("%(outlet)s was never looked through.") % {"outlet": outlet}
    elif (days := (on - seen).days) > outlet.watch_days:
        yield (
            outlet,
            _("%(outlet)s was not looked through for %(days)s days.") % {"outlet": outlet, "days": days},
        )


def watched():
    """The outlets that are watched."""
    return Outlet.objects.filter(ended_on=None)


def unseen(on):
    """The watched outlets that nobody looked through within their days."""
    late = Q(watched_at=None)
    for days in Outlet.objects.order_by().values_list("watch_days", flat=True).distinct():
        first = datetime.datetime.combine(
            on - datetime.timedelta(days=days), datetime.time(), tzinfo=SHANGHAI
        )
        late |= Q(watch_days=days, watched_at__lt=first)
    return watched().filter(late)


@clause("GDAS 5.4")
def is_dealt_with_in_time(case, on):
    """A case meets its deadline."""
    if case.late:
        yield case, _("%(case)s is past its deadline.") % {"case": case}


def cases_running():
    """The cases that are not closed."""
    return OpinionCase.objects.filter(state__in=OpinionCase.RUNNING)


def for_person(cases, user):
    """The cases that wait for somebody: their own, and those that nobody owns yet."""
    return cases.filter(Q(owner=user) | Q(owner=None))


def with_lateness(cases):
    """Cases with whether a deadline of theirs has been missed, without a query more."""
    return cases.annotate(late=Exists(late_clocks()))


def late_clocks():
    """The open deadlines of a case whose ladder has begun."""
    kind = ContentType.objects.get_for_model(OpinionCase)
    return Clock.objects.open().filter(content_type=kind, object_id=OuterRef("pk"), level__gte=1)


@clause("GDAS 5.4", level="shall")
def says_verified_facts(case, on):
    """A serious case is not closed before its facts were verified."""
    if case.level != Level.NOTICE and not _has(case, Kind.FACT):
        yield case, _("no fact was verified")


@clause("GDAS 5.4", level="shall")
def reached_the_consumer(case, on):
    """A serious case is not closed before the consumer was contacted, or answered in public."""
    if case.level != Level.NOTICE and not (_has(case, Kind.CONTACT) or _has(case, Kind.ANSWER)):
        yield case, _("neither was the consumer contacted nor an answer given in public")


def _has(case, kind):
    return any(step.kind == kind for step in case.steps.all())


CLOSING = Rulebook(
    "closing_opinion_case",
    gettext_lazy("closing an opinion case"),
    [says_verified_facts, reached_the_consumer],
    lambda cases: cases.prefetch_related(STEPS),
    mend=admin_page,
    subjects=lambda: OpinionCase.objects.filter(state=OpinionCase.State.CLOSED),
)
WATCH = Rulebook(
    "opinion_watch",
    gettext_lazy("watching what is said in public"),
    [is_looked_through],
    lambda outlets: outlets,
    mend=admin_page,
    subjects=watched,
)
CASES = Rulebook(
    "opinion_cases",
    gettext_lazy("opinion cases"),
    [is_dealt_with_in_time],
    with_lateness,
    mend=admin_page,
    subjects=cases_running,
)
