"""Shows: planned, cleared by the gate, on air, over; who is cast and who stands behind the camera."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.evidence import actions as evidence
from mcn.kit import moves, records
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Refused, WrongState
from streamers.actions import show_record
from streamers.models import Room, Show, ShowCast, Streamer
from streamers.rules import go_live
from streamers.rules.show_times import span


def plan(show, *, by, at):
    """Enter a new show under the next number, in a room that is free at that time."""
    moves.require_may(by, "add", show)
    with transaction.atomic():
        _keep_free(show, streamers=[])
        show.code = next_code(Show, "L", 5)
        show.planned_by = by
        return records.save(show, by=by, at=at, verb="plan")


def change(show, *, by, at, why=""):
    """Save what is planned, while it may change; a new time asks again whether everybody is free."""
    with editable(show, by=by) as locked:
        _keep_free(show, streamers=_cast_of(locked))
        return records.save(show, by=by, at=at, why=why)


@contextmanager
def editable(show, *, by):
    """The show, locked while a part of it changes; refused once it was cleared, and without permission."""
    with transaction.atomic():
        locked = moves.lock(show)
        moves.require_may(by, "change", locked)
        if locked.state not in Show.EDITABLE:
            raise WrongState(
                _("%(show)s is %(state)s: take the clearance back before you change it.")
                % {"show": locked, "state": locked.get_state_display()}
            )
        yield locked


def attach_plan(show, *, file, by, at, note=""):
    """Keep the plan as a file; a further file is the next revision of it."""
    with editable(show, by=by) as locked:
        if locked.plan_document:
            evidence.revise(locked.plan_document, file, by=by, at=at)
            return locked
        title = _("Plan of %(show)s") % {"show": locked}
        locked.plan_document = evidence.attach(locked, file, title=title[:200], by=by, at=at)
        return records.save(locked, by=by, at=at, verb="attach", why=note)


def cast(row, *, by, at):
    """Put a streamer into a show, if no other show has them at that time."""
    with editable(row.show, by=by) as show:
        _keep_free(show, streamers=[row.streamer_id])
        return records.save(row, by=by, at=at, verb="cast")


def assign(row, *, by, at):
    """Give somebody a duty behind the camera."""
    with editable(row.show, by=by):
        return records.save(row, by=by, at=at, verb="assign")


def take_off(row, *, by, at, note=""):
    """Take a streamer, a crew member, a product or an offer off again; what was planned stays on record."""
    with editable(row.show, by=by):
        row.removed_at = row.removed_at or at
        return records.save(row, by=by, at=at, verb="take_off", why=note)


def _cast_of(show):
    return list(show.cast.standing().values_list("streamer_id", flat=True))


def _keep_free(show, *, streamers):
    """Lock the room and the streamers, then refuse a show that overlaps another of theirs.

    Every save that could bring an overlap about holds the same locks, so of two at once one sees the other.
    """
    if not show.starts_at or not show.ends_at:
        raise ValidationError({"starts_at": _("Say when the show starts and ends.")})
    if show.room_id:
        list(Room.objects.select_for_update(of=("self",)).filter(pk=show.room_id).order_by("pk"))
    list(Streamer.objects.select_for_update(of=("self",)).filter(pk__in=streamers).order_by("pk").only("pk"))
    others = Show.objects.on_air_between(show.starts_at, show.ends_at).exclude(pk=show.pk)
    taken = others.filter(room=show.room_id).first()
    if taken:
        raise Refused(_("The room is taken by %(show)s, %(span)s.") % {"show": taken, "span": span(taken)})
    clash = (
        ShowCast.objects.standing()
        .filter(show__in=others, streamer__in=streamers)
        .select_related("show", "streamer")
        .first()
    )
    if clash:
        raise Refused(
            _("%(streamer)s is in %(show)s at that time, %(span)s.")
            % {"streamer": clash.streamer, "show": clash.show, "span": span(clash.show)}
        )


def clear(show, *, by, at, note=""):
    """Let a planned show go live at its hour, if no "shall" stands against it; not by who planned it."""
    with moves.move(show, "clear", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.planned_by_id)
        if locked.ends_at <= at:
            raise Refused(_("The time of this show has passed: plan a new time first."))
        go_live.report(locked).require()
        locked.cleared_by, locked.cleared_at = by, at
    return show


def recall(show, *, note, by, at):
    """Take the clearance back, with the reason, so that the plan can change."""
    with moves.move(show, "recall", by=by, at=at, note=said(note)) as locked:
        locked.cleared_by = locked.cleared_at = None
    return show


def start(show, *, by, at, note=""):
    """Put a cleared show on air; the gate is asked again, and what stands then is frozen into its record."""
    with moves.move(show, "start", by=by, at=at, note=note) as locked:
        report = go_live.report(locked, at=at).require()
        locked.started_at = at
        show_record.freeze(locked, by=by, at=at, report=report)
    return show


def end(show, *, by, at, note=""):
    """Take a show off the air."""
    with moves.move(show, "end", by=by, at=at, note=note) as locked:
        locked.ended_at = at
    return show


def cancel(show, *, note, by, at):
    """Call a show off, with the reason; its time and the goods promised are free again."""
    with moves.move(show, "cancel", by=by, at=at, note=said(note)):
        pass
    return show
