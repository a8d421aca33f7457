"""What has a term about imports: the file sent and its error workbook (see mcn/evidence/retention.py)."""

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mcn.evidence.models import LegalHold, RetentionClass
from mcn.evidence.models.legal_hold import holdable
from mcn.evidence.retention import Retained
from mcn.kit import records
from mcn.kit.clock import business_day
from mcn.sheets.models import ImportJob
from mcn.sheets.sheet import all_sheets

State = ImportJob.State
FILES = ["file", "faults"]


def imports_with_files():
    """The imports that no worker has yet to see to and whose files are still there."""
    return ImportJob.objects.filter(purged_at=None).exclude(state__in=ImportJob.RUNNING)


def starts_of(job):
    """From the day on which it ended; one that nobody went on with, from the day it was last touched."""
    return {RetentionClass.IMPORT_FILES: business_day(job.finished_at or job.updated_at)}


def wholes_of(job):
    """The place that it went into, as a merchant: a legal hold on it keeps the file.

    A file for many, as staff send them, tells nobody whose rows it holds: any legal hold keeps it.
    """
    sheet = all_sheets().get(job.sheet)
    place = sheet.place(job.scope) if sheet and job.scope else None
    return [place] if place and place._meta.label_lower in holdable() else under_hold()


def under_hold():
    """What was ever put under a legal hold, by its number alone."""
    subjects = LegalHold.objects.order_by().values_list("subject_model", "subject_id").distinct()
    return [apps.get_model(model)(pk=number) for model, number in subjects]


def purge(job, *, by, at):
    """Take the files away; what became of each row and the sums stay. What was never imported is given up."""
    files = [file for name in FILES if (file := getattr(job, name))]
    kept = [(file.storage, file.name) for file in files]
    for name in FILES:
        setattr(job, name, "")
    if "cancel" in ImportJob.MOVES.leaving(job.state):
        job.state, job.finished_at = State.CANCELLED, at
    job.purged_at = at
    records.save(job, by=by, at=at, verb="purge")
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in kept])
    return job


IMPORT_FILES = Retained(
    name="import_files",
    label=_("files of imports"),
    rows=imports_with_files,
    starts=starts_of,
    wholes=wholes_of,
    purge=purge,
)
