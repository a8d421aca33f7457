"""What happens on air: noted once however often it is sent, and done at once where it is a measure."""

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused, WrongState
from products.actions import hold as product_hold_actions
from products.rules.card_scan import scan_text
from streamers.actions import hold as streamer_hold_actions
from streamers.actions import room as room_actions
from streamers.actions import run_sheet as run_sheet_actions
from streamers.actions import show as show_actions
from streamers.actions import violation as violation_actions
from streamers.models import Show, ShowEvent, Topic, Violation
from streamers.models.show_event import LONGEST
from streamers.rules import go_live

Kind = ShowEvent.Kind
# The permission that a kind needs where that to note events does not do.
NEEDS = {Kind.TAKE_DOWN: "take_down", Kind.STOP: "stop", Kind.BAN: "ban"}
# What goes out to viewers in our words is looked through; a reminder quotes what was wrong.
SPOKEN = [Kind.SAID, Kind.ANSWER, Kind.DEMONSTRATION]
# The column of an offer that each topic of a changed quantity means.
QUANTITY = {Topic.SPOT: "spot", Topic.PRESALE: "presale"}
# A browser and a server never agree to the second.
SLACK = datetime.timedelta(seconds=90)


def record(event, *, code=None, hold=False, by, at):
    """Note what happened on air and do what it means; what was noted under the same key is given back.

    Its moment may lie before ``at``: an entry that waited for the connection comes with the second in which
    it was typed. ``code`` reports the streamer's violation by it; ``hold`` keeps goods taken down, or whoever
    is banned, off later shows too.
    """
    moves.require_may(by, NEEDS.get(event.kind, "add"), event)
    with transaction.atomic():
        # Two who note at the same moment come one after the other, and so does one entry that is sent twice.
        event.show = show = moves.lock(event.show)
        known = ShowEvent.objects.filter(show=show, key=event.key).first()
        if known:
            return known
        _place(event, show, at=at)
        _require_sense(event, by)
        event.by, event.recorded_at = by, at
        event.hits = _hits(event)
        if event.kind in ShowEvent.CHANGES:
            _change_offer(event, by=by, at=at)
        if code:
            event.violation = _report(event, code, by=by, at=at)
        records.save(event, by=by, at=at, verb="enter")
        _do(event, hold, by=by, at=at)
    return event


def _place(event, show, *, at):
    """Give an event its second: within the show, not after now, and not too long after the show."""
    if show.started_at is None:
        raise WrongState(
            _("%(show)s is %(state)s: nothing happens on air.")
            % {"show": show, "state": show.get_state_display()}
        )
    happened_at = event.happened_at or at
    if happened_at > at + SLACK:
        raise ValidationError({"happened_at": _("This lies in the future.")})
    if happened_at < show.started_at - SLACK:
        raise ValidationError({"happened_at": _("This lies before the start of the show.")})
    if show.ended_at:
        hours = figure(Figure.Key.ON_AIR_LATE_HOURS, business_day(at))
        if at > show.ended_at + datetime.timedelta(hours=hours):
            raise Refused(_("What happened on air is noted within %(hours)s hours.") % {"hours": hours})
    last = min(at, show.ended_at) if show.ended_at else at
    event.happened_at = max(min(happened_at, last), show.started_at)
    event.second = int((event.happened_at - show.started_at).total_seconds())


def _require_sense(event, by):
    """Refuse what the columns alone do not tell to be wrong."""
    about = event.about
    if event.kind == Kind.ALERT and by is not None:
        raise ValidationError({"kind": _("Alerts are raised by the product itself.")})
    if event.kind == Kind.RETRACT and about:
        if about.kind in ShowEvent.FINAL:
            raise Refused(_("What was done stays on record: note what was done about it."))
        if about.follow_ups.filter(kind=Kind.RETRACT).exists():
            raise Refused(_("This entry was taken back already."))
    if event.streamer and not event.show.cast.standing().filter(streamer=event.streamer_id).exists():
        raise ValidationError({"streamer": _("This streamer is not in the show.")})
    if event.item and event.item.removed_at:
        raise ValidationError({"item": _("This product is not on the run sheet any more.")})


def _hits(event):
    if event.kind not in SPOKEN or not event.text or event.item is None:
        return []
    return [hit.as_dict() for hit in scan_text(event.text, event.item.product).hits]


def _change_offer(event, *, by, at):
    """Change the price or the quantity of an offer while the show is on air; stock is promised only once."""
    if event.offer is None or event.after is None:
        return  # the row's own constraint says it
    if event.show.state != Show.State.LIVE:
        raise WrongState(_("Prices and quantities change on air only."))
    event.offer = offer = moves.lock(event.offer)
    column = "price" if event.kind == Kind.PRICE else QUANTITY.get(event.topic)
    if column is None:
        raise ValidationError({"topic": _("Say whether it is the spot or the presale quantity.")})
    event.before = getattr(offer, column)
    if column == "price":
        offer.price = event.after
    else:
        if event.after != int(event.after):
            raise ValidationError({"after": _("A quantity is a whole number.")})
        setattr(offer, column, int(event.after))
        run_sheet_actions.keep_promisable([offer])
    records.save(offer, by=by, at=at, verb="change", why=event.text)


def _report(event, code, *, by, at):
    """Report the streamer's violation with the second of the recording."""
    if event.streamer is None:
        raise ValidationError({"streamer": _("Say whose violation it is.")})
    room = event.show.room
    made = Violation(
        streamer=event.streamer,
        code=code,
        happened_at=event.happened_at,
        place=f"{room} {event.show.code}"[:120],
        recording_second=event.second,
        description=event.text,
    )
    return violation_actions.report(made, by=by, at=at)


def _do(event, hold, *, by, at):
    """Do what a measure means."""
    if event.kind == Kind.TAKE_DOWN and hold:
        product_hold_actions.hold(
            event.item.product, reason=event.text, clause="DB4401 5.1.5.2 b", by=by, at=at
        )
    if event.kind == Kind.BAN:
        if event.streamer is None:
            raise ValidationError({"streamer": _("Say who is banned.")})
        told = {"reason": event.text, "clause": "DB4401 5.1.5.2 c"}
        streamer_hold_actions.hold(event.streamer, **told, by=by, at=at)
        # A platform bans the room with whoever stood in it.
        room_actions.hold(event.show.room, **told, by=by, at=at)
    if event.kind in (Kind.STOP, Kind.BAN) and event.show.state == Show.State.LIVE:
        show_actions.end(event.show, by=by, at=event.happened_at, note=event.text)


def watch(*, at):
    """Put on the timeline of every live show what blocks it now and stands there not yet; return how many.

    The key of an alert follows from what is at fault on which day, so that each is raised once.
    """
    live = {show.pk: show for show in Show.objects.filter(state=Show.State.LIVE)}
    raised = 0
    for number, report in go_live.reports(Show.objects.filter(pk__in=live), at=at).items():
        told = set(ShowEvent.objects.filter(show=number, kind=Kind.ALERT).values_list("key", flat=True))
        for finding in report.blockers:
            event = ShowEvent(
                show=live[number],
                kind=Kind.ALERT,
                text=f"{finding.clause} {finding.label}：{finding.message}"[:LONGEST],
                key=_key_of(finding, business_day(at)),
            )
            if event.key not in told:
                record(event, by=None, at=at)
                told.add(event.key)
                raised += 1
    return raised


def _key_of(finding, on):
    subject = finding.subject
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{finding.clause}:{subject._meta.label}:{subject.pk}:{on}")
