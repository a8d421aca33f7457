"""What the evidence pack of a complaint holds, and its summary on paper."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mcn.evidence.pack import list_files
from mcn.kit.clock import SHANGHAI
from mcn.kit.pdf import Sheet

TOLD = ["number", "kind", "side", "at", "text", "text_sha256", "facts", "document_sha256", "previous"]


def entries_told(entries):
    """The entries of a file with all that their digests cover, oldest first."""
    return [
        {name: getattr(entry, name) for name in TOLD}
        | {
            "by": entry.by_id,
            "for_merchant": entry.for_merchant,
            "for_consumer": entry.for_consumer,
            "digest": entry.digest,
        }
        for entry in entries
    ]


def deadlines_told(clocks):
    """The deadlines of a complaint with the times in which they were paused."""
    return [
        {
            "kind": clock.kind,
            "state": clock.state,
            "started_at": clock.started_at,
            "due_at": clock.due_at,
            "stopped_at": clock.stopped_at,
            "level": clock.level,
            "pauses": [[pause.began_at, pause.ended_at, pause.reason] for pause in clock.pauses.all()],
        }
        for clock in clocks
    ]


def summary(complaint, entries, clocks, wrong, packed, missing, *, at):
    """The pack on paper: what it was about, every step, every deadline, and the hash of each file."""
    sheet = Sheet(
        _("Evidence pack of %(complaint)s") % {"complaint": complaint}, number=complaint.code, at=at
    )
    sheet.facts(_head(complaint))
    sheet.heading(_("what the consumer wrote"))
    sheet.paragraph(complaint.text)
    if complaint.outcome:
        sheet.heading(_("the answer"))
        sheet.facts(_answer(complaint))
    sheet.heading(_("the file, step by step"))
    sheet.table(
        [("#", 1), (pgettext("complaint entry", "at"), 4), (_("step"), 4), (_("words"), 9)],
        [_step(entry) for entry in entries],
    )
    sheet.heading(_("Deadlines"))
    sheet.table(
        [(_("step"), 5), (_("deadline"), 4), (_("state"), 3)],
        [(clock.get_kind_display(), _moment(clock.due_at), clock.get_state_display()) for clock in clocks],
    )
    sheet.heading(_("Chain of the file"))
    sheet.points(
        [f"#{number}：{told}" for number, told in wrong] or [_("whole: %(head)s") % {"head": complaint.head}]
    )
    list_files(sheet, packed, missing)
    return sheet


def _head(complaint):
    links = [
        complaint.order_number,
        complaint.product,
        complaint.show,
        complaint.merchant,
        complaint.streamer,
    ]
    return [
        (_("complaint number"), f"{complaint.code} · {complaint.tracking}"),
        (_("nature"), complaint.get_nature_display()),
        (_("channel"), complaint.get_channel_display()),
        (_("received at"), _moment(complaint.received_at)),
        (_("state"), complaint.get_state_display()),
        (_("What it is about"), " · ".join(str(link) for link in links if link)),
    ]


def _answer(complaint):
    return [
        (pgettext("complaint", "outcome"), complaint.get_outcome_display()),
        (_("conclusion"), complaint.conclusion),
        (_("basis"), complaint.basis),
        (_("next step"), complaint.next_step),
    ]


def _step(entry):
    done = f"{entry.get_side_display()} · {entry.get_kind_display()}"
    return entry.number, _moment(entry.at), done, entry.text


def _moment(at):
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""
