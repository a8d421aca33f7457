"""Scripts: written, submitted with the claim scan's report, approved by another or sent back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mcn.claims.in_force import scanner
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import WrongState
from streamers.actions.preparation import keep, preparing
from streamers.models import RunItem, Script
from streamers.rules.script import SCRIPT, scan

State = Script.State


def add(script, file=None, *, by, at):
    """Begin a script for a show or for one of its products; one version is open at a time."""
    with preparing(script, by=by) as show:
        _require_on_sheet(script)
        versions = Script.objects.filter(show=show, product=script.product)
        last = versions.order_by("number").last()
        script.number = last.number + 1 if last else 1
        script.written_by = by
        records.save(script, by=by, at=at)
        return keep(script, file, by=by, at=at)


def _require_on_sheet(script):
    if script.product_id is None:
        return
    on_sheet = RunItem.objects.filter(show=script.show_id, product=script.product_id, removed_at=None)
    if not on_sheet.exists():
        raise ValidationError({"product": _("This product is not on the run sheet of the show.")})


def change(script, file=None, *, by, at, why=""):
    """Change the words of a script that nobody is looking at."""
    with preparing(script, by=by):
        moves.require_may(by, "change", script)
        if moves.lock(script).state not in Script.EDITABLE:
            raise WrongState(_("Its words cannot change now: withdraw it, or begin the next version."))
        records.save(script, by=by, at=at, why=why)
        return keep(script, file, by=by, at=at)


def submit(script, *, by, at, note=""):
    """Hand a script in for approval, with the report of the claim scan."""
    with moves.move(script, "submit", by=by, at=at, note=note) as locked:
        locked.hits = [hit.as_dict() for hit in scan(locked).hits]
        locked.terms = scanner().version
        locked.submitted_by, locked.submitted_at = by, at
        locked.decided_by = locked.decided_at = None
    return script


def withdraw(script, *, by, at, note=""):
    """Take a script back before anybody decided."""
    with moves.move(script, "withdraw", by=by, at=at, note=note):
        pass
    return script


def approve(script, *, by, at, note=""):
    """Let a script be spoken, not by who wrote or submitted it; it takes the place of the one before."""
    with moves.move(script, "approve", by=by, at=at, note=note) as locked:
        _require_another(by, locked)
        moves.lock(locked.show)
        SCRIPT.inspect(locked, on=business_day(at)).require()
        locked.terms = scanner().version
        before = Script.objects.filter(show=locked.show, product=locked.product, state=State.APPROVED)
        for row in before:
            row.state = State.SUPERSEDED
            records.save(row, by=by, at=at, verb="supersede")
        _decide(locked, note, by=by, at=at)
    return script


def send_back(script, *, note, by, at):
    """Return a script with what is to be mended; not by who wrote or submitted it."""
    with moves.move(script, "send_back", by=by, at=at, note=note) as locked:
        _require_another(by, locked)
        _decide(locked, said(note), by=by, at=at)
    return script


def _require_another(by, script):
    for person in (script.written_by_id, script.submitted_by_id):
        moves.require_another(by, person)


def _decide(script, note, *, by, at):
    script.decided_by, script.decided_at, script.comment = by, at, note.strip()
