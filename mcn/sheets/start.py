"""What spreadsheets put on a person's start page."""

from django.utils.translation import gettext as _

from mcn.kit.start import WAITS, pile, waited
from mcn.sheets.models import ImportJob

State = ImportJob.State
UNFINISHED = [State.UNMATCHED, State.PREVIEWED]


def work(user, on):
    """The imports that wait for a person, whoever sent the file."""
    if user.has_perm("sheets.change_importjob"):
        waiting = ImportJob.objects.filter(state__in=UNFINISHED).order_by("created_at", "id")
        yield pile(
            WAITS,
            _("Imports to finish"),
            waiting,
            f"state__in={','.join(UNFINISHED)}",
            lambda job: (job.name, f"{job.get_state_display()} · {waited(job.created_at, on)}"),
        )
