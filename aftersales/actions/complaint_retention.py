"""What has a term about complaints: the words and pictures of their files (see mcn/evidence/retention.py)."""

from django.utils.translation import gettext_lazy as _

from aftersales.models import Complaint, ComplaintEntry
from mcn.evidence.actions import EMPTIED, empty
from mcn.evidence.models import RetentionClass
from mcn.evidence.retention import Retained
from mcn.kit import records
from mcn.kit.clock import business_day

WHOLES = ["merchant", "streamer", "show"]
# Who complained, and what they wrote.
PERSONAL = ["name", "phone", "contact"]


def closed_files():
    """The complaints that are over and whose file still says something."""
    rows = Complaint.objects.filter(state__in=Complaint.OVER, closed_at__isnull=False)
    return rows.exclude(text=EMPTIED).select_related(*WHOLES)


def wholes_of(complaint):
    """What it is about: a legal hold on any of them keeps the file."""
    return [complaint, *(row for name in WHOLES if (row := getattr(complaint, name)))]


def purge(complaint, *, by, at):
    """Empty who complained, the words of every step and the files; steps, moments and digests stay."""
    steps = ComplaintEntry.objects.filter(complaint=complaint, purged_at=None)
    empty([step.document for step in steps.exclude(document=None).select_related("document")], by=by, at=at)
    entries = list(steps.exclude(text=""))
    for entry in entries:
        entry.text, entry.purged_at = "", at
    records.save_many(entries, by=by, at=at, verb="purge")
    for name in PERSONAL:
        setattr(complaint, name, "")
    complaint.text = EMPTIED
    complaint.conclusion = complaint.basis = complaint.next_step = ""
    return records.save(complaint, by=by, at=at, verb="purge")


COMPLAINTS = Retained(
    name="complaints",
    label=_("files of complaints"),
    rows=closed_files,
    starts=lambda row: {RetentionClass.TRADE: business_day(row.closed_at)},
    wholes=wholes_of,
    purge=purge,
)
