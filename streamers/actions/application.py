"""An application: a draft that the person or the agency's staff fill in, handed in, or sent back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.identity import read_id_number
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from streamers.models import Streamer
from streamers.rules.age import WORKING_AGE, age_on, reaches_on
from streamers.rules.application import APPLICATION

State = Streamer.State
AGREED = ["kind", "engagement", "manager"]  # what the agency decides, and no applicant
IDENTITY = ["name", "document_type", "id_number"]


class TooYoung(Refused):
    """The person is not of working age yet: nothing of them is taken in."""

    status = 422
    code = "too_young"


def add(streamer, *, by, at):
    """Enter a new streamer as a draft with the next code, for staff; others come by an invitation."""
    moves.require_may(by, "add", streamer)
    return open_draft(streamer, by=by, at=at)


def open_draft(streamer, *, by, at):
    """Give a new streamer the next code and keep it as a draft; who may do so was asked before."""
    with transaction.atomic():
        streamer.code = next_code(Streamer, "S", 4)
        require_working_age(streamer, on=business_day(at))
        return records.save(streamer, by=by, at=at)


def change(streamer, *, by, at, why=""):
    """Change what is told of a streamer: staff until the end, the person only while it is a draft.

    Staff who change later who the person is count as who submitted it, and do not accept it themselves.
    """
    moves.require_may(by, "change", streamer)
    with transaction.atomic():
        stored = require_open(streamer, by)
        _require_free(_altered(streamer, stored, AGREED), stored, by)
        require_working_age(streamer, on=business_day(at))
        if by is not None and stored.state != State.DRAFT and _altered(streamer, stored, IDENTITY):
            streamer.submitted_by = by
        return records.save(streamer, by=by, at=at, why=why)


def _altered(streamer, stored, names):
    columns = {name: getattr(Streamer, name).field.attname for name in names}
    return [name for name, column in columns.items() if getattr(streamer, column) != getattr(stored, column)]


def _require_free(altered, stored, by):
    """Refuse an applicant what the agency decides, and everybody another kind once it was handed in."""
    if by is not None and not by.is_staff and altered:
        raise ValidationError({name: _("Only the agency's staff change this.") for name in altered})
    if "kind" in altered and not may_change_kind(stored):
        raise ValidationError({"kind": _("The kind stays as it was handed in: send the application back.")})


def may_change_kind(streamer):
    """Whether a person may still become a virtual figure on file, or the other way round."""
    return streamer.state == State.DRAFT


def may_change(streamer, by):
    """Whether a person may change a streamer's file in its present state."""
    staff = by is None or by.has_perm("streamers.change_streamer")
    return streamer.state == State.DRAFT or (staff and streamer.state != State.ENDED)


def require_open(streamer, by):
    """Lock the streamer; refuse whoever may not change the file in the state it is in now."""
    locked = moves.lock(streamer)
    if not may_change(locked, by):
        raise WrongState(
            _("%(row)s is %(state)s: ask the agency to change it.")
            % {"row": locked, "state": locked.get_state_display()}
        )
    return locked


def require_working_age(streamer, *, on):
    """Refuse who is too young by the number typed; the number's own faults are told when it is saved."""
    try:
        born_on = read_id_number(streamer.id_number, streamer.document_type, on=on).born_on
    except ValidationError:
        return
    if age_on(born_on, on) < WORKING_AGE:
        raise TooYoung(
            _(
                "Streamers must be at least %(age)s years old, and one becomes so on the day after the "
                "birthday. Nothing that you typed was stored. You are welcome to apply from %(day)s on."
            )
            % {"age": WORKING_AGE, "day": f"{reaches_on(born_on, WORKING_AGE):%Y-%m-%d}"}
        )


def apply(streamer, *, by, at, note=""):
    """Hand an application in, when nothing that the applicant must give is missing."""
    with moves.move(streamer, "apply", by=by, at=at, note=note) as locked:
        APPLICATION.inspect(locked, on=business_day(at)).require()
        locked.submitted_by, locked.applied_at, locked.comment = by, at, ""
    return streamer


def send_back(streamer, *, note, by, at):
    """Return an application to the person, with what they are to mend."""
    with moves.move(streamer, "send_back", by=by, at=at, note=note) as locked:
        locked.comment = said(note)
    return streamer
