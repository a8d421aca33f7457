"""Violations: reported, confirmed by somebody else or dismissed, appealed against, upheld or overturned."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import add_months, business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import correction as correction_actions
from streamers.actions import measure as measure_actions
from streamers.models import Violation, ViolationTariff

State = Violation.State
TARIFF = ["severity", "points", "action"]


def tariff(code, on):
    """The tariff of a code in force on a day, or None."""
    return ViolationTariff.objects.filter(code=code, valid_from__lte=on).order_by("-valid_from").first()


def weigh(violation, standard):
    """Take from the tariff, where there is one, what the report leaves open."""
    for name in TARIFF:
        if getattr(violation, name) in (None, "") and standard:
            setattr(violation, name, getattr(standard, name))


def report(violation, files=(), *, by, at):
    """Enter what a streamer did; severity, points and measure that are not given come from the tariff."""
    moves.require_may(by, "add", violation)
    with transaction.atomic():
        complete(violation, by=by, at=at)
        records.save(violation, by=by, at=at, verb="report")
        add_evidence(violation, files, by=by, at=at)
    return violation


def complete(violation, *, by, at):
    """Fill in what a new report does not say itself; refuse what lies ahead or has a code out of use."""
    happened_at = violation.happened_at
    if happened_at is None:
        raise ValidationError({"happened_at": _("Say when it happened.")})
    if happened_at > at:
        raise ValidationError({"happened_at": _("This lies in the future.")})
    on = business_day(happened_at)
    code = violation.code
    if code.ended_on and code.ended_on <= on:
        raise ValidationError({"code": _("This code is not used any more.")})
    weigh(violation, tariff(code, on))
    violation.happened_on = on
    violation.reported_by, violation.reported_at = by, at


def change(violation, *, by, at, why=""):
    """Mend a report of one's own that nobody has decided on yet; others decide, with their own weights."""
    moves.require_may(by, "change", violation)
    with transaction.atomic():
        locked = moves.lock(violation)
        if locked.state != State.REPORTED:
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        if not may_change(locked, by):
            raise Denied(_("Only who reported it mends the report: confirm it with other weights, and why."))
        if violation.happened_at > at:
            raise ValidationError({"happened_at": _("This lies in the future.")})
        return records.save(violation, by=by, at=at, why=why)


def may_change(violation, by):
    """Whether a person may mend a report: who made it, or anybody where no person did."""
    return by is None or violation.reported_by_id in (None, by.pk)


def add_evidence(violation, files, *, by, at):
    """Keep pieces of evidence with a violation; nothing takes one away again."""
    for file in files:
        title = _("Evidence of %(row)s") % {"row": violation}
        evidence.attach(violation, file, title=title[:200], by=by, at=at)


def prove(violation, *, file, by, at):
    """Add one more piece of evidence while the violation is not settled for good."""
    moves.require_may(by, "change", violation)
    with transaction.atomic():
        locked = moves.lock(violation)
        if locked.state in (State.DISMISSED, State.OVERTURNED):
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        add_evidence(locked, [file], by=by, at=at)
    return violation


def confirm(violation, *, by, at, note="", severity="", points=None, action=""):
    """Find that it happened, not by who reported it; points, reminders and measures follow at once.

    Other severity, points or measure than reported need a reason.
    """
    with transaction.atomic():
        with moves.move(violation, "confirm", by=by, at=at, note=note) as locked:
            moves.require_another(by, locked.reported_by_id)
            _reweigh(locked, note, severity=severity, points=points, action=action)
            on = business_day(at)
            months = figure(Figure.Key.VIOLATION_POINTS_MONTHS, on)
            locked.lapses_on = add_months(locked.happened_on, months)
            days = figure(Figure.Key.VIOLATION_APPEAL_DAYS, on)
            locked.appeal_until = on + datetime.timedelta(days=days)
            _decide(locked, note, by=by, at=at)
        correction_actions.remind(violation, by=by, at=at)
        measure_actions.answer_points(violation.streamer, at=at)
    return violation


def _reweigh(violation, note, *, severity, points, action):
    given = {"severity": severity, "points": points, "action": action}
    changed = {
        name: value for name, value in given.items() if value not in (None, "", getattr(violation, name))
    }
    if changed and not note.strip():
        raise ValidationError({"note": _("Say why it weighs otherwise than reported.")})
    for name, value in changed.items():
        setattr(violation, name, value)


def dismiss(violation, *, note, by, at):
    """Find that it did not happen, or was no violation, with the reason; not by who reported it."""
    with moves.move(violation, "dismiss", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.reported_by_id)
        _decide(locked, said(note), by=by, at=at)
    return violation


def _decide(violation, note, *, by, at):
    violation.decided_by, violation.decided_at, violation.reason = by, at, note


def appeal(violation, *, appeal, by, at, file=None, note=""):
    """Speak against a violation within the days given; its points count until it is overturned.

    There is one appeal: staff who enter it for the streamer say how the streamer asked them to.
    """
    with moves.move(violation, "appeal", by=by, at=at, note=note or appeal) as locked:
        if by is not None and by.is_staff and not note.strip():
            raise ValidationError({"note": _("Say how and when the streamer asked for this appeal.")})
        if business_day(at) > locked.appeal_until:
            raise Refused(
                _("An appeal was possible until %(day)s.") % {"day": f"{locked.appeal_until:%Y-%m-%d}"}
            )
        if not appeal.strip():
            raise ValidationError({"appeal": _("Say why.")})
        locked.appeal, locked.appealed_at = appeal, at
        if file:
            title = _("Appeal against %(row)s") % {"row": locked}
            evidence.attach(locked, file, title=title[:200], by=by, at=at)
    return violation


def uphold(violation, *, note, by, at):
    """Turn an appeal down with the reason; not by who confirmed or reported the violation."""
    with moves.move(violation, "uphold", by=by, at=at, note=note) as locked:
        _answer(locked, note, by=by, at=at)
    return violation


def overturn(violation, *, note, by, at):
    """Take a violation back with the reason: its points go, and with them what they alone had led to."""
    with transaction.atomic():
        with moves.move(violation, "overturn", by=by, at=at, note=note) as locked:
            _answer(locked, note, by=by, at=at)
        correction_actions.drop(violation, note, by=by, at=at)
        measure_actions.take_back(violation.streamer, at=at)
    return violation


def _answer(violation, note, *, by, at):
    moves.require_another(by, violation.decided_by_id)
    moves.require_another(by, violation.reported_by_id)
    violation.answer, violation.answered_by, violation.answered_at = said(note), by, at
