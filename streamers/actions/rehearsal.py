"""Rehearsals of a show: recorded when they were held; the last one counts."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import records
from streamers.actions.preparation import keep, preparing, supersede
from streamers.models import Show
from streamers.rules.preparation import for_preparation
from streamers.rules.rehearsal import digest


def record(rehearsal, file=None, *, by, at):
    """Enter a rehearsal with what was found; it is about the show as it is planned now."""
    if rehearsal.held_at and rehearsal.held_at > at:
        raise ValidationError({"held_at": _("This lies in the future.")})
    with preparing(rehearsal, by=by) as show:
        [seen] = for_preparation(Show.objects.filter(pk=show.pk))
        supersede(show.rehearsals, by=by, at=at)
        rehearsal.digest, rehearsal.recorded_by, rehearsal.recorded_at = digest(seen), by, at
        records.save(rehearsal, by=by, at=at, verb="rehearse")
        return keep(rehearsal, file, by=by, at=at)
