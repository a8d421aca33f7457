"""The evidence pack of a complaint: its file, its deadlines and its pictures in one ZIP."""

from django.utils import translation
from django.utils.translation import gettext as _

from aftersales.models import Clock, ComplaintEntry
from aftersales.rules.complaint_file import faults
from aftersales.rules.complaint_pack import deadlines_told, entries_told, summary
from mcn.audit import trail
from mcn.evidence.facts import facts
from mcn.evidence.models import ENDINGS
from mcn.evidence.pack import Pack
from mcn.kit import moves


def pack(complaint, out, *, by, at):
    """Write the pack of a complaint into an open file; return its manifest's SHA-256.

    It speaks Chinese whoever makes it, for authorities read it. Name, phone and other contact stay away.
    """
    moves.require_may(by, "pack", complaint)
    entries = list(
        ComplaintEntry.objects.filter(complaint=complaint)
        .select_related("by", "document", "complaint")
        .prefetch_related("document__revisions")
        .order_by("number")
    )
    wrong = list(faults(complaint, entries))
    clocks = list(Clock.objects.of(complaint).prefetch_related("pauses"))
    with translation.override("zh-hans"), Pack(out, title=complaint, at=at) as made:
        [told] = facts(type(complaint).objects.filter(pk=complaint.pk))
        reasons = {name: getattr(complaint, name) for name in ("text", "conclusion", "basis", "next_step")}
        made.add_json("complaint.json", told | reasons, _("the complaint"))
        made.add_json("file.json", entries_told(entries), _("its file, with the digests of the chain"))
        made.add_json("deadlines.json", deadlines_told(clocks), _("deadlines with their pauses"))
        missing = _add_files(made, entries)
        printed = summary(complaint, entries, clocks, wrong, made.files, missing, at=at)
        made.add("summary.pdf", printed.output(), _("Summary"))
    trail.note(complaint, by=by, at=at, verb="pack", changes={"sha256": ["", made.sha256]})
    return made.sha256


def _add_files(made, entries):
    missing = []
    for entry in entries:
        for revision in entry.document.files if entry.document else []:
            ending = ENDINGS.get(revision.content_type, ["bin"])[0]
            path = f"files/{entry.number:03d}-r{revision.number}.{ending}"
            try:
                with revision.file.open() as file:
                    made.add_file(path, file, entry.get_kind_display())
            except FileNotFoundError:
                missing.append(f"{path} · {revision.sha256}")
    return missing
