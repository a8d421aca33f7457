"""The life of a merchant with the agency: entered, submitted, let in or sent back, suspended, gone."""

from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from merchants.models import BusinessLine, Merchant
from merchants.rules.admission import ADMISSION, REOPENING
from merchants.rules.submission import DECLARATION, EXTENSION, SUBMISSION

State = Merchant.State


def add(merchant, *, by, at):
    """Enter a new merchant as a draft with the next code, for staff; an outsider comes by an invitation."""
    moves.require_may(by, "add", merchant)
    return open_draft(merchant, by=by, at=at)


def open_draft(merchant, *, by, at):
    """Give a new merchant the next code and keep it as a draft; who may do so was asked before."""
    with transaction.atomic():
        merchant.code = next_code(Merchant, "M", 4)
        return records.save(merchant, by=by, at=at)


def change(merchant, *, by, at, why=""):
    """Change what a merchant is: staff until its exit, its own people only while it is a draft."""
    moves.require_may(by, "change", merchant)
    with transaction.atomic():
        _require_open(merchant, by)
        return records.save(merchant, by=by, at=at, why=why)


def may_change(merchant, by):
    """Whether a person may change what the merchant is in its present state."""
    staff = by is None or by.has_perm("merchants.change_merchant")
    return merchant.state == State.DRAFT or (staff and merchant.state != State.EXITED)


def _require_open(merchant, by):
    locked = moves.lock(merchant)
    if not may_change(locked, by):
        raise WrongState(
            _("%(row)s is %(state)s: ask the agency's merchant desk to change it.")
            % {"row": locked, "state": locked.get_state_display()}
        )


def declare(merchant, category, *, by, at):
    """Add a category to what a merchant sells; not a banned one, nor, once in, one whose permits it lacks."""
    line = BusinessLine.objects.filter(merchant=merchant, category=category).first()
    line = line or BusinessLine(merchant=merchant, category=category)
    moves.require_may(by, "add", line)
    with transaction.atomic():
        state = moves.lock(merchant).state
        line.ended_on = None
        records.save(line, by=by, at=at)
        book = DECLARATION if state == State.DRAFT else EXTENSION
        book.inspect(merchant, on=business_day(at)).require()
    return line


def give_up(line, *, by, at, note=""):
    """Take a category off what a merchant sells."""
    with transaction.atomic():
        locked = moves.lock(line)
        moves.require_may(by, "give_up", locked)
        if locked.ended_on is not None:
            raise Refused(_("This line of business was given up already."))
        locked.ended_on = business_day(at)
        return records.save(locked, by=by, at=at, verb="give_up", why=note)


def submit(merchant, *, by, at, note=""):
    """Hand a merchant's data and papers to the merchant desk, when nothing that it must give is missing."""
    with moves.move(merchant, "submit", by=by, at=at, note=note) as locked:
        SUBMISSION.inspect(locked, on=business_day(at)).require()
        locked.submitted_by, locked.submitted_at, locked.comment = by, at, ""
    return merchant


def send_back(merchant, *, note, by, at):
    """Return a submitted merchant to its people, with what they are to mend."""
    with moves.move(merchant, "send_back", by=by, at=at, note=note) as locked:
        locked.comment = said(note)
    return merchant


def admit(merchant, *, by, at, note=""):
    """Let a merchant in: not by who submitted it, and only when no clause stands in the way."""
    with moves.move(merchant, "admit", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        ADMISSION.inspect(locked, on=business_day(at)).require()
        locked.admitted_on = business_day(at)
    return merchant


def suspend(merchant, *, note, by, at):
    """Stop the work with a merchant for the time being."""
    with moves.move(merchant, "suspend", by=by, at=at, note=note) as locked:
        locked.comment = said(note)
    return merchant


def resume(merchant, *, by, at, note=""):
    """Take up the work with a suspended merchant again; the rulebook is asked anew."""
    with moves.move(merchant, "resume", by=by, at=at, note=note) as locked:
        ADMISSION.inspect(locked, on=business_day(at)).require()
        locked.comment = ""
    return merchant


def exit(merchant, *, note, by, at):  # noqa: A001 - the trade's word, and the route's and the permission's
    """End the work with a merchant; its records stay."""
    with moves.move(merchant, "exit", by=by, at=at, note=note) as locked:
        locked.comment, locked.exited_on = said(note), business_day(at)
    return merchant


def reopen(merchant, *, by, at, note=""):
    """Let a merchant that has left start again as a draft, unless it is on the blacklist."""
    with moves.move(merchant, "reopen", by=by, at=at, note=note) as locked:
        REOPENING.inspect(locked, on=business_day(at)).require()
        locked.exited_on = locked.submitted_by = locked.submitted_at = None
        locked.comment = ""
    return merchant
