"""Whether the platform was told of everybody before the camera, by the identities that were verified."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from mcn.kit.clock import business_day
from mcn.standards.checks import clause
from streamers.models import IdentityReport, Streamer, StreamerVerification
from streamers.rules.verification import digest

PREFETCH = [Prefetch("identity_reports", IdentityReport.objects.filter(superseded_at=None))]


def people(show):
    """``{streamer's id: digest of the identity}`` of a show's cast: what a report is about."""
    on = business_day(show.starts_at)
    return {
        str(row.streamer_id): digest(row.streamer, StreamerVerification.Item.IDENTITY, on)
        for row in show.cast.all()
        if row.removed_at is None
    }


def named(report):
    """The streamers whom a report names."""
    return Streamer.objects.filter(pk__in=report.people).only("code", "stage_name").order_by("code")


def page(row):
    """Where a report of a show is recorded."""
    show_id = row.show_id if isinstance(row, IdentityReport) else row.pk
    return f"{reverse('admin:streamers_identityreport_add')}?show={show_id}"


@clause("LSEC 28", mend=page)
def told_the_platform_who_streams(show, on):
    """Before the show its platform was told of every streamer, by the identity as it was verified."""
    last = next((row for row in show.identity_reports.all() if row.superseded_at is None), None)
    if last is None or last.reported_on > on:
        yield (
            show,
            _("%(platform)s was not told yet who streams: report the cast, then record it here")
            % {"platform": show.room.platform},
        )
    elif last.platform_id != show.room.platform_id:
        yield last, _("the report went to another platform than the show's room is on")
    else:
        named = people(show)
        missing = [
            str(row.streamer)
            for row in show.cast.all()
            if last.people.get(str(row.streamer_id)) != named.get(str(row.streamer_id))
        ]
        if missing:
            said = _("joined or changed since the report: %(names)s")
            yield last, said % {"names": "、".join(missing)}


CHECKS = [told_the_platform_who_streams]
