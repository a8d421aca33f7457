"""What training puts on a person's start page: sessions of today, lists to close, who is overdue."""

import datetime

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from mcn.kit.clock import SHANGHAI, add_months
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Chart, pile
from streamers.models import Trainee, TrainingRecord, TrainingSession
from streamers.rules.duty import Status, duties_of

MONTHS = 12


def work(user, on):
    """The trainer's piles, the people who owe something, and the hours of the last months."""
    if user.has_perm("streamers.mark_trainingsession"):
        yield from _sessions(on)
        yield from _owing(on)
    if user.has_perm("streamers.close_trainingsession"):
        yield _hours(on)


def day_of(on):
    """The moments between which a day lies in Shanghai."""
    start = datetime.datetime.combine(on, datetime.time(), SHANGHAI)
    return start, start + datetime.timedelta(days=1)


def of_today(sessions, on):
    """The sessions that begin on a day."""
    start, end = day_of(on)
    return sessions.filter(starts_at__gte=start, starts_at__lt=end)


def to_close(sessions, on):
    """The sessions of days before that are not in the log yet."""
    return sessions.filter(state=TrainingSession.State.PLANNED, ends_at__lt=day_of(on)[0])


def _sessions(on):
    planned = TrainingSession.objects.filter(state=TrainingSession.State.PLANNED).select_related("course")
    for label, rows, query in [
        (_("Training sessions today"), of_today(planned, on), "when=today&state__exact=planned"),
        (_("Training sessions to close"), to_close(planned, on), "when=past"),
    ]:
        yield pile(WAITS, label, rows.order_by("starts_at", "id"), query, _told)


def _told(session):
    return str(session.course), f"{session.starts_at.astimezone(SHANGHAI):%m-%d %H:%M} · {session.place}"


def _owing(on):
    found = duties_of(Trainee.objects.standing(), on)
    first = {pk: duties[0] for pk, duties in found.items() if duties}
    for kind, label, status in [
        (BLOCKED, _("People whose training is overdue"), Status.OVERDUE),
        (EXPIRES, _("People to be trained, or whose training runs out soon"), Status.SOON),
    ]:
        ids = [pk for pk, duty in first.items() if duty.status == status]
        people = Trainee.objects.filter(pk__in=ids).select_related("streamer", "user", "contact__merchant")
        tell = _owes(first)
        yield pile(kind, label, people.order_by("id"), f"stands={status.value}", tell)


def _owes(first):
    return lambda trainee: (
        str(trainee),
        f"{first[trainee.pk].label} · {_due(first[trainee.pk])}",
    )


def _due(duty):
    """A duty's last day; of what runs out or is late, that as well."""
    never = duty.status == Status.SOON and not duty.record
    return duty.told if never else f"{duty.told} {duty.due_on:%Y-%m-%d}"


def _hours(on):
    """The class hours of the last twelve months."""
    begin = add_months(on.replace(day=1), 1 - MONTHS)
    log = TrainingRecord.objects.filter(superseded_at=None, trained_on__range=(begin, on))
    log = log.exclude(result=TrainingRecord.Result.FAILED)
    sums = log.order_by().annotate(month=TruncMonth("trained_on")).values_list("month").annotate(Sum("hours"))
    by_month = dict(sums)
    months = [add_months(begin, number) for number in range(MONTHS)]
    values = [float(by_month.get(month, 0)) for month in months]
    return Chart(_("Class hours by month"), "bar", [f"{month:%Y-%m}" for month in months], values)
