"""How complaints come in: numbered, linked, put in order; then accepted, handed on, merged, withdrawn."""

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock
from aftersales.actions.complaint_file import Side, Turn, append, entry_of, pass_to, working
from aftersales.models import Complaint, ComplaintEntry, DeadlineRule
from aftersales.rules.complaint_links import link
from aftersales.rules.complaint_priority import Priorities, is_serious
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import last_number
from mcn.kit.moves import said
from mcn.kit.records import ManyInvalid
from mcn.kit.refusal import Refused

Kind = ComplaintEntry.Kind
State = Complaint.State
Deadline = DeadlineRule.Kind
# Without what is easily mistaken for something else when it is read out on the phone.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
PIN_LENGTH = 6
# What may be put right of a complaint while somebody works on it.
DETAILS = [
    "channel",
    "reference",
    "nature",
    "urgency",
    "wish",
    "amount",
    "name",
    "phone",
    "contact",
    "platform",
    "order_number",
    "order",
    "product",
    "show",
    "room",
    "streamer",
    "merchant",
]


def receive(complaint, *, by, at, file=None):
    """Take a complaint in, from a person outside (``by=None``) or through staff, and let its clock run."""
    try:
        with transaction.atomic():
            [made] = receive_many([complaint], by=by, at=at)
            if file:
                append(made, Kind.CONSUMER, side=Side.CONSUMER, by=by, at=at, file=file, shown="mc")
                records.save(made, by=by, at=at)
    except ManyInvalid as error:
        raise error.by_index[0] from error
    return made


def receive_many(complaints, *, by, at):
    """Take many complaints in, in as few statements as one."""
    if not complaints:
        return []
    moves.require_may(by, "add", complaints[0])
    with transaction.atomic():
        priorities, number = Priorities(business_day(at)), last_number(Complaint)
        for place, complaint in enumerate(link(complaints), start=1):
            complaint.code = f"C{number + place:06d}"
            complaint.tracking = f"{business_day(at):%y%m%d}{secrets.randbelow(10**8):08d}"
            complaint.pin = "".join(secrets.choice(LETTERS) for _letter in range(PIN_LENGTH))
            complaint.received_at = complaint.received_at or at
            complaint.entered_by, complaint.turn, complaint.turn_since = by, Turn.AGENCY, at
            complaint.priority = priorities.of(complaint.nature, complaint.urgency)
            complaint.serious = is_serious(complaint)
        entries = [_receipt(complaint, by=by, at=at) for complaint in complaints]
        records.save_many(complaints, by=by, at=at, verb="receive")
        for entry in entries:
            entry.complaint = entry.complaint  # now that it has a key
        records.save_many(entries, by=by, at=at, verb="enter")
        clock.begin_many([_to_accept(complaint) for complaint in complaints], by=by, at=at)
    return complaints


def _receipt(complaint, *, by, at):
    side = Side.AGENCY if by else Side.CONSUMER
    facts = {"channel": complaint.channel, "nature": complaint.nature, "urgency": complaint.urgency}
    return entry_of(
        complaint, Kind.RECEIVE, side=side, by=by, at=at, text=complaint.text, facts=facts, shown="mc"
    )


def _to_accept(complaint):
    return clock.Start(
        complaint,
        Deadline.COMPLAINT_ACCEPT,
        agent=complaint.agent,
        merchant=complaint.merchant,
        started_at=complaint.received_at,
        facts=told_apart_by(complaint),
    )


def told_apart_by(complaint):
    """What rules of deadlines tell complaints apart by."""
    return {
        "channel": complaint.channel,
        "nature": complaint.nature,
        "urgency": complaint.urgency,
    }


def correct(complaint, *, values, by, at, note=""):
    """Put right what a complaint is about while somebody works on it; its priority follows."""
    with working(complaint, "change", by=by, at=at) as locked:
        changed = [name for name in DETAILS if name in values and getattr(locked, name) != values[name]]
        for name in changed:
            setattr(locked, name, values[name])
        link([locked])
        locked.priority = Priorities(business_day(at)).of(locked.nature, locked.urgency)
        locked.serious = locked.serious or is_serious(locked)
        if changed:
            append(locked, Kind.CORRECT, by=by, at=at, text=note, facts={"changed": changed})
            clock.assign(locked, by=by, at=at, merchant=locked.merchant)
    return complaint


def accept(complaint, *, by, at, note=""):
    """Take a complaint on: it is ours, whoever accepts it deals with it, and the consumer can see so."""
    with moves.move(complaint, "accept", by=by, at=at, note=note) as locked:
        locked.accepted_at = at
        locked.agent = locked.agent or by
        _run_to_resolve(locked, by=by, at=at)
        append(locked, Kind.ACCEPT, by=by, at=at, text=note, shown="mc")
    return complaint


def _run_to_resolve(complaint, *, by, at):
    clock.stop(complaint, Deadline.COMPLAINT_ACCEPT, by=by, at=at)
    clock.begin(
        complaint,
        Deadline.COMPLAINT_RESOLVE,
        by=by,
        at=at,
        agent=complaint.agent,
        merchant=complaint.merchant,
        **told_apart_by(complaint),
    )


def assign(complaint, *, agent, by, at, note=""):
    """Give a complaint to somebody to deal with; its deadlines go along."""
    with working(complaint, "assign", by=by, at=at, states=Complaint.OPEN) as locked:
        locked.agent = agent
        clock.assign(locked, by=by, at=at, agent=agent)
        append(locked, Kind.ASSIGN, by=by, at=at, text=note, facts={"agent": agent.pk})
    return complaint


def redirect(complaint, *, to, note, by, at):
    """Hand on what is not ours to decide: the consumer is told to whom and why, and we follow it."""
    if not to.strip():
        raise ValidationError({"to": _("Say to whom it is handed on.")})
    with moves.move(complaint, "redirect", by=by, at=at, note=said(note)) as locked:
        locked.redirected_to = to
        locked.agent = locked.agent or by
        clock.stop(locked, by=by, at=at)
        clock.begin(
            locked,
            Deadline.COMPLAINT_REDIRECT,
            by=by,
            at=at,
            agent=locked.agent,
            **told_apart_by(locked),
        )
        pass_to(locked, Turn.PLATFORM, at=at)
        append(locked, Kind.REDIRECT, by=by, at=at, text=note, facts={"to": to}, shown="c")
    return complaint


def follow(complaint, *, note, by, at, file=None):
    """Note what became of a complaint that was handed on; the consumer reads it."""
    with working(complaint, "redirect", by=by, at=at, states=[State.REDIRECTED]) as locked:
        append(locked, Kind.FOLLOW, by=by, at=at, text=said(note), file=file, shown="c")
        pass_to(locked, Turn.AGENCY, at=at)
        clock.stop(locked, Deadline.COMPLAINT_REDIRECT, by=by, at=at)
    return complaint


def merge(complaint, *, into, by, at, note=""):
    """Make a complaint part of an earlier one about the same; both files say so."""
    moves.require_may(by, "merge", complaint)
    with transaction.atomic():
        kept = moves.lock(into)
        if kept.pk == complaint.pk:
            raise Refused(_("A complaint cannot be merged into itself."))
        if kept.state in Complaint.OVER:
            raise Refused(_("%(row)s is over: merge into one on which somebody works.") % {"row": kept})
        with moves.move(complaint, "merge", by=by, at=at, note=note) as locked:
            locked.merged_into, locked.closed_at = kept, at
            clock.stop(locked, by=by, at=at)
            pass_to(locked, "", at=at)
            append(locked, Kind.MERGE, by=by, at=at, text=note, facts={"into": kept.code}, shown="c")
        append(kept, Kind.MERGE, by=by, at=at, text=note, facts={"from": complaint.code})
        records.save(kept, by=by, at=at, verb="merge")
    return complaint


def withdraw(complaint, *, note, by, at):
    """Note that the consumer takes the complaint back; from their own page ``by`` is None."""
    with moves.move(complaint, "withdraw", by=by, at=at, note=said(note)) as locked:
        locked.closed_at = at
        clock.stop(locked, by=by, at=at)
        pass_to(locked, "", at=at)
        side = Side.AGENCY if by else Side.CONSUMER
        append(locked, Kind.WITHDRAW, side=side, by=by, at=at, text=note, shown="mc")
    return complaint
