"""Reports to a platform of who stands before the camera: recorded with their proof; the last one counts."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.kit import records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from streamers.actions.preparation import keep, preparing, supersede
from streamers.models import Show
from streamers.rules.identity_report import people
from streamers.rules.preparation import for_preparation


def record(report, file=None, *, by, at):
    """Note that the room's platform was told of the show's cast as it stands, with its receipt or a file."""
    if report.reported_on and report.reported_on > business_day(at):
        raise ValidationError({"reported_on": _("This lies in the future.")})
    if not file and not report.receipt.strip():
        raise ValidationError({"receipt": _("Give the platform's receipt, or attach a proof.")})
    with preparing(report, by=by) as show:
        [seen] = for_preparation(Show.objects.filter(pk=show.pk))
        report.people = people(seen)
        if not report.people:
            raise Refused(_("Nobody is cast in this show yet."))
        supersede(show.identity_reports, by=by, at=at)
        report.platform = seen.room.platform
        report.recorded_by, report.recorded_at = by, at
        records.save(report, by=by, at=at, verb="report")
        return keep(report, file, by=by, at=at)
