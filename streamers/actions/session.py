"""Training sessions: planned, people put on the list, checked in, closed into the log."""

import datetime

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Denied, Refused, WrongState
from streamers.actions import trainee as trainee_actions
from streamers.actions import training as training_actions
from streamers.models import Attendance, Material, Trainee, TrainingRecord, TrainingSession
from streamers.models.training import good_until
from streamers.rules.duty import owing

State = TrainingSession.State
Present = Attendance.State
Result = TrainingRecord.Result
SALT = "streamers.check_in"
PEOPLE = ["streamer", "user", "contact__merchant"]


def add(session, *, by, at):
    """Plan a session of a course."""
    moves.require_may(by, "add", session)
    return records.save(session, by=by, at=at)


def change(session, *, by, at, why=""):
    """Change a session that is still planned."""
    moves.require_may(by, "change", session)
    _require_planned(session)
    return records.save(session, by=by, at=at, why=why)


def _require_planned(session):
    if session.state != State.PLANNED:
        raise WrongState(
            _("%(row)s is %(state)s: plan another session.")
            % {"row": session, "state": session.get_state_display()}
        )


def enrol(session, *, by, at, people=(), who="", everybody_owing=False, note=""):
    """Put people on the list: rows, words (streamer code, username, phone), or all who owe the course."""
    with transaction.atomic():
        locked = moves.lock(session)
        moves.require_may(by, "enrol", locked)
        _require_planned(locked)
        wanted = list(trainee_actions.trainees_of([*people, *_named(who)], by=by, at=at).values())
        ids = {trainee.pk for trainee in wanted}
        if everybody_owing:
            trainee_actions.register(at=at)
            ids.update(owing(locked.course, business_day(at)))
        if not ids:
            raise ValidationError(_("Name somebody to be put on the list."))
        there = set(locked.attendances.values_list("trainee_id", flat=True))
        missing = Trainee.objects.filter(pk__in=ids - there).select_related(*PEOPLE).order_by("id")
        new = [Attendance(session=locked, trainee=trainee) for trainee in missing]
        return records.save_many(new, by=by, at=at, verb="enrol", why=note)


def _named(who):
    words = who.split()
    found = trainee_actions.find_people(words)
    unknown = [word for word in words if found[word] is None]
    if unknown:
        # What was typed may be a phone number: it is counted, never said again.
        said = _("%(count)s are not known: give streamer codes, usernames, or service people's phones.")
        places = "、".join(str(words.index(word) + 1) for word in unknown[:10])
        raise ValidationError({"who": f"{said % {'count': len(unknown)}} ({_('place')} {places})"})
    return [found[word] for word in words]


def mark(session, *, by, at, present=(), absent=(), note=""):
    """Enter who came and who did not, as the trainer saw it; takes rows of the session's list."""
    with transaction.atomic():
        locked = moves.lock(session)
        moves.require_may(by, "mark", locked)
        _require_planned(locked)
        if at < locked.starts_at - _around(at):
            raise Refused(_("The session has not begun: nobody can have come yet."))
        came = {attendance.pk for attendance in present}
        stayed_away = {attendance.pk for attendance in absent} - came
        rows = list(_listed(locked).filter(pk__in=came | stayed_away))
        coming = [row for row in rows if row.pk in came and row.state != Present.PRESENT]
        training_actions.require_others(coming, by)
        for row in rows:
            _note(row, row.pk in came, by, at)
        return records.save_many(rows, by=by, at=at, verb="mark", why=note)


def _listed(session):
    """The session's list, locked, with everybody's name."""
    people = [f"trainee__{path}" for path in PEOPLE]
    return session.attendances.select_related("session__course", *people).select_for_update(of=("self",))


def _note(row, came, by, at):
    if came and row.state == Present.PRESENT:
        return
    row.state = Present.PRESENT if came else Present.ABSENT
    row.way, row.noted_by = Attendance.Way.TRAINER, by
    row.came_at = at if came else None


def _around(at):
    return datetime.timedelta(minutes=figure(Figure.Key.CHECK_IN_MINUTES, business_day(at)))


def code_of(session, *, at):
    """What the QR code on the session's page carries now; it is good for a minute or so, then it changes."""
    return signing.dumps([session.pk, int(at.timestamp())], salt=SALT, compress=True)


def find(code, *, at):
    """The session of a check-in code, or a refusal that says what to do."""
    try:
        number, made = signing.loads(code, salt=SALT)
    except signing.BadSignature as error:
        raise Refused(_("This code is not right: scan the one on the trainer's screen.")) from error
    if at.timestamp() - made > figure(Figure.Key.CHECK_IN_CODE_SECONDS, business_day(at)):
        raise Refused(_("This code has run out: scan the one that is on the screen now."))
    return TrainingSession.objects.select_related("course").get(pk=number)


def check_in(code, *, by, at):
    """Note that the person who is logged in came; a second time changes nothing."""
    person = trainee_actions.of_login(by)
    if person is None:
        raise Denied(_("Only streamers and staff check in here; a trainer enters everybody else."))
    with transaction.atomic():
        session = moves.lock(find(code, at=at))
        _require_planned(session)
        around = _around(at)
        if not session.starts_at - around <= at <= session.ends_at + around:
            raise Refused(_("Checking in is open shortly before, during and shortly after the session."))
        if by.pk == session.trainer_id:
            raise Denied(_("You hold this session: you teach it and are not trained by it."))
        trainee = trainee_actions.trainee_of(person, by=by, at=at)
        row = session.attendances.filter(trainee=trainee).first()
        row = row or Attendance(session=session, trainee=trainee)
        if row.state != Present.PRESENT:
            row.state, row.way, row.came_at = Present.PRESENT, Attendance.Way.CODE, at
            row.noted_by = by
            records.save(row, by=by, at=at, verb="check_in")
    return row


def close(session, file=None, *, by, at, note=""):
    """Write who came into the log and count the others as absent: after the end, by somebody not trained."""
    with moves.move(session, "close", by=by, at=at, note=note) as locked:
        if at < locked.ends_at:
            raise Refused(_("The session has not ended yet."))
        published = locked.course.materials.filter(state=Material.State.PUBLISHED).first()
        locked.material = published
        if file:
            locked.document = evidence.attach(
                locked,
                file,
                title=str(locked),
                by=by,
                at=at,
                evidence_on=business_day(locked.starts_at),
            )
        rows = list(_listed(locked))
        came = [row for row in rows if row.state == Present.PRESENT]
        if not came:
            raise Refused(_("Nobody came: enter who did, or call the session off."))
        training_actions.require_others(came, by)
        away = [row for row in rows if row.state == Present.ENROLLED]
        for row in away:
            row.state, row.way, row.noted_by = Present.ABSENT, Attendance.Way.TRAINER, by
        records.save_many(away, by=by, at=at, verb="mark", why=note)
        _log(locked, came, by=by, at=at)
    return session


def _log(session, came, *, by, at):
    """One line for each who came; an exam passed since the session began is put onto the same line."""
    day = business_day(session.starts_at)
    exams = TrainingRecord.objects.filter(
        superseded_at=None,
        session=None,
        course=session.course_id,
        source=TrainingRecord.Source.EXAM,
        passed_on__gte=day,
        trainee__in=[row.trainee_id for row in came],
    ).select_related("course")
    exams = exams.select_for_update(of=("self",))
    passed = {row.trainee_id: row for row in exams.order_by("passed_on", "id")}
    held = {"session": session, "material": session.material, "trained_on": day, "hours": session.hours}
    pairs = [(old, training_actions.copy(old, **held)) for old in passed.values()]
    lines = [_line(session, row, held, by) for row in came if row.trainee_id not in passed]
    training_actions.replace(pairs, by=by, at=at, verb="log")
    records.save_many(lines, by=by, at=at, verb="log")


def _line(session, attendance, held, by):
    result = Result.ATTENDED if session.course.needs_exam else Result.PASSED
    passed_on = None if session.course.needs_exam else held["trained_on"]
    return TrainingRecord(
        trainee_id=attendance.trainee_id,
        course=session.course,
        result=result,
        passed_on=passed_on,
        valid_to=passed_on and good_until(session.course, passed_on),
        source=TrainingRecord.Source.SESSION,
        entered_by=by,
        **held,
    )


def cancel(session, *, note, by, at):
    """Call a session off, with the reason; nobody's log changes."""
    if not note.strip():
        raise ValidationError({"note": _("Say why.")})
    with moves.move(session, "cancel", by=by, at=at, note=note):
        pass
    return session
