"""KEEPING: whether what a show leaves behind is on record, from its end until its films may go."""

import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.clock import SHANGHAI
from mcn.kit.gather import gather
from mcn.standards.checks import Rulebook, clause
from streamers.models import Recording, ReplayRequest, Show, ShowRecord

State = Recording.State
# A film starts and ends with the platform's own seconds.
SLACK = datetime.timedelta(minutes=1)
PREFETCH = ["recordings", "replay_requests", Prefetch("record", ShowRecord.objects.defer("content"))]


def for_inspection(shows):
    """Ended shows with their films, records and requests."""
    return gather(shows, PREFETCH)


def mend(row):
    """The row's own page; of a show without films, the form that adds one."""
    if isinstance(row, Show):
        return f"{reverse('admin:streamers_recording_add')}?show={row.pk}"
    return reverse(f"admin:streamers_{row._meta.model_name}_change", args=[row.pk])


@clause("DB4401 5.1.5.3", "DB4401 5.6.3.12", "LSMS 7.2.9")
def is_recorded_throughout(show, on):
    """The films of a show cover it from its start to its end, unless they went after their term."""
    films = sorted(show.recordings.all(), key=lambda film: film.begins_at)
    reached = show.started_at
    for film in films:
        if film.begins_at <= reached + SLACK:
            reached = max(reached, film.ends_at)
    if not films:
        yield show, _("There is no recording of this show: add the film before the platform deletes it.")
    elif reached + SLACK < show.ended_at:
        since = reached.astimezone(SHANGHAI)
        yield (
            show,
            _("The recordings do not cover the show from %(since)s on.") % {"since": f"{since:%H:%M:%S}"},
        )


@clause("DB4401 5.1.5.3", "DB4401 5.6.3.12")
def films_are_as_recorded(show, on):
    """Every film is where it was and as it was when it was checked last."""
    for film in show.recordings.all():
        if film.state == State.FAULTY:
            yield film, film.fault


@clause("LSMS 6.3.2")
def has_its_frozen_record(show, on):
    """What the show went on air with is on record."""
    if getattr(show, "record", None) is None:
        yield show, _("The show has no frozen record.")


@clause("DB4401 5.1.5.3")
def answers_authorities_in_time(show, on):
    """No request of an authority waits past its day."""
    for request in show.replay_requests.all():
        if request.state == ReplayRequest.State.RECEIVED and request.due_on < on:
            yield (
                request,
                _("%(authority)s waits for a replay since %(day)s.")
                % {
                    "authority": request.authority,
                    "day": f"{request.due_on:%Y-%m-%d}",
                },
            )


KEEPING = Rulebook(
    "keeping",
    gettext_lazy("records of shows"),
    [is_recorded_throughout, films_are_as_recorded, has_its_frozen_record, answers_authorities_in_time],
    for_inspection,
    mend=mend,
    subjects=lambda: Show.objects.filter(state=Show.State.ENDED),
)
