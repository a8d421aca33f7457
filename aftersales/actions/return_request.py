"""Returns: asked for with a reason, decided on, sent back, refunded or exchanged, each within its time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aftersales.actions import clock as clocks
from aftersales.actions import invoice as invoices
from aftersales.actions.return_evidence import give_files
from aftersales.models import DeadlineRule, Reason, ReturnRequest
from aftersales.rules.return_facts import amount_due, entitlement_of, is_due, possible_reasons, share
from aftersales.rules.return_request import REFUSING
from aftersales.rules.standing import standing
from aftersales.rules.valuable import insurance
from mcn.agency.models import Figure, figure
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.codes import next_code
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked, Refused, WrongState
from mcn.notices.actions import tell
from streamers.models import ServicePlan

State, Kind, Way = ReturnRequest.State, ReturnRequest.Kind, ReturnRequest.Way
Step = DeadlineRule.Kind


def ask(request, files=(), *, by, at):
    """Take a request in: say what the law gives, refund at once what was not shipped, begin the deadlines."""
    moves.require_may(by, "add", request)
    with transaction.atomic():
        moves.lock(request.line)  # two clicks make one request
        _complete(request, at)
        request.code = next_code(ReturnRequest, "R", 6)
        records.save(request, by=by, at=at, verb="ask")
        give_files(request, files, side="buyer", by=by, at=at)
        if request.order.shipped_at is None:
            return refund(request, amount=None, reference="", by=None, at=at, note=_("not shipped"))
        _begin(request, by=by, at=at)
        if request.good_standing and request.entitled and request.kind != Kind.EXCHANGE:
            advance(request, by=None, at=at)
        _tell_merchant(request, at)
    return request


def _complete(request, at):
    """Fill in what follows from the order, refuse what it cannot be about, and keep the entitlement."""
    line = request.line
    request.order, request.merchant = line.order, line.order.merchant
    request.asked_at = at
    if line.order.shipped_at is None:
        request.kind, request.quantity, request.amount = Kind.REFUND, line.quantity, line.paid
    elif request.amount is None:
        request.amount = share(line, request.quantity) if request.quantity else line.paid
    _require_sense(request)
    weigh_anew(request)
    limit = standing(line.order.buyer_phone_hash, business_day(at))
    request.good_standing = limit.covers(request.amount)
    request.promised_hours = _promised_hours(line.order)
    request.insure = request.amount >= figure(Figure.Key.INSURED_RETURN_AMOUNT, business_day(at))


def _require_sense(request):
    line, wrong = request.line, {}
    gone = sum(row.quantity for row in line.returns.all() if row.state == State.REFUNDED)
    if not 1 <= request.quantity <= line.quantity - gone:
        wrong["quantity"] = _("Of these goods %(left)s pieces are left.") % {"left": line.quantity - gone}
    elif request.amount > share(line, request.quantity):
        wrong["amount"] = _("Not more than was paid: %(paid)s yuan.") % {
            "paid": share(line, request.quantity)
        }
    if request.reason not in possible_reasons(line):
        wrong["reason"] = _("The order's delivery does not fit this reason.")
    if request.reason not in (Reason.NO_REASON, Reason.NOT_RECEIVED, "") and not request.words.strip():
        wrong["words"] = _("Say in a few words what is wrong.")
    if wrong:
        raise ValidationError(wrong)


def _promised_hours(order):
    """What the agreed service plan of the show promises, if any."""
    plans = ServicePlan.objects.filter(
        show=order.show_id, merchant=order.merchant_id, state=ServicePlan.State.AGREED
    )
    return plans.values_list("return_hours", flat=True).first() if order.show_id else None


def weigh_anew(request):
    """Put what the law gives, on the day of the asking and by the facts known now, into the row."""
    answer = entitlement_of(request, business_day(request.asked_at))
    request.entitlement = answer.as_dict()
    request.entitled = is_due(request.kind, answer)
    return answer


def _begin(request, *, by, at):
    facts = {"merchant": request.merchant, "channel": request.channel, "nature": request.kind}
    clocks.begin(request, Step.RETURN_DECIDE, by=by, at=at, **facts)
    clocks.begin(request, Step.RETURN_SETTLE, by=by, at=at, promised_hours=request.promised_hours, **facts)


def _tell_merchant(request, at):
    members = request.merchant.memberships.filter(ended_on=None).select_related("user")
    tell(
        [member.user for member in members],
        title=_("%(code)s: a buyer asks for %(kind)s")
        % {"code": request.code, "kind": request.get_kind_display()},
        text=request.get_reason_display(),
        url=f"/portal/m/{request.merchant.code}/returns/{request.pk}/",
        kind="return",
        subject=request,
        at=at,
    )


def weigh(request, *, confirmed, intact, misuse, same_model, note, by, at):
    """Correct the facts that the entitlement stands on, with the reason; what it gives follows at once."""
    with transaction.atomic():
        locked = moves.lock(request)
        moves.require_may(by, "weigh", locked)
        if not locked.is_open:
            raise WrongState(_("%(row)s is settled: its facts stand as they are.") % {"row": locked})
        locked.confirmed, locked.intact = confirmed, intact
        locked.misuse, locked.same_model = misuse, same_model
        weigh_anew(locked)
        records.save(locked, by=by, at=at, verb="weigh", why=said(note))
    request.refresh_from_db()
    return request


def approve(request, *, by, at, way="", return_to="", pickup_on=None, insured=None, note=""):
    """Agree to take goods back: say how they go back, and where to; the buyer's time pauses the deadline.

    Who has valuable goods picked up says for how much they are insured: not less than they are worth.
    """
    with moves.move(request, "approve", by=by, at=at, note=note) as locked:
        if locked.kind == Kind.REFUND:
            raise WrongState(_("Nothing goes back here: refund it, or refuse it and say why."))
        locked.way = way or (Way.DOOR if locked.order.received_at is None else Way.POST)
        if locked.way != Way.DOOR and not return_to.strip():
            raise ValidationError({"return_to": _("Say where the goods go back to.")})
        if locked.way == Way.PICKUP and pickup_on is None:
            raise ValidationError({"pickup_on": _("Say on which day they are picked up.")})
        if locked.insure and locked.way == Way.PICKUP and (insured or 0) < locked.amount:
            raise ValidationError({"insured": insurance(locked)})
        locked.return_to, locked.pickup_on, locked.insured = return_to, pickup_on, insured
        _decided(locked, note, by=by, at=at)
        clocks.pause(locked, Step.RETURN_SETTLE, reason=_("the goods are on the buyer's side"), by=by, at=at)
    return request


def _decided(request, note, *, by, at):
    request.decided_by, request.decided_at, request.decision = by, at, note
    clocks.stop(request, Step.RETURN_DECIDE, by=by, at=at)


def refuse(request, *, note, by, at):
    """Refuse with the reason; what the law gives the buyer cannot be refused, only disputed on evidence."""
    with moves.move(request, "refuse", by=by, at=at, note=said(note)) as locked:
        weigh_anew(locked)
        if locked.advanced:
            raise Refused(_("The agency has paid this back already: open a dispute with evidence."))
        locked.state = State.REFUSED
        blockers = [one for one in REFUSING.findings(locked, business_day(at)) if one.blocks]
        if blockers:
            raise Blocked(blockers)
        _decided(locked, note, by=by, at=at)
        _end(locked, by=by, at=at)
    return request


def send(request, *, by, at, carrier="", parcel="", insured=None, note=""):
    """Note that the buyer has handed the goods over, and of valuable ones for how much they are insured.

    Nothing is a word too: the goods are on their way, and the finding stays on the row.
    """
    with moves.move(request, "send", by=by, at=at, note=note) as locked:
        if locked.way != Way.DOOR and not (carrier.strip() and parcel.strip()):
            raise ValidationError({"parcel": _("Give the carrier and the number of the parcel.")})
        locked.carrier, locked.parcel = carrier, parcel
        locked.insured = locked.insured if insured is None else insured
        if insurance(locked) and locked.insured is None:
            said = _("%(rule)s Say for how much it is insured; 0 if it is not.")
            raise ValidationError({"insured": said % {"rule": insurance(locked)}})
        locked.sent_at = at
    return request


def arrive(request, *, condition, by, at, note=""):
    """Note that the goods are back and in what condition; from now on the deadline runs again."""
    with moves.move(request, "arrive", by=by, at=at, note=note) as locked:
        locked.condition = condition
        locked.arrived_at = at
        clocks.resume(locked, Step.RETURN_SETTLE, by=by, at=at)
    return request


def refund(request, *, by, at, amount=None, reference="", note=""):
    """Pay back by the way of the payment: all that is due, or more than that out of goodwill."""
    with moves.move(request, "refund", by=by, at=at, note=note) as locked:
        if locked.kind == Kind.EXCHANGE and locked.same_model:
            raise WrongState(_("The buyer wants an exchange: send new goods, or note that none are left."))
        back = locked.arrived_at or locked.way == Way.DOOR or locked.kind == Kind.REFUND
        if not back and locked.state == State.APPROVED:
            raise WrongState(_("The goods are not back yet: note first in what condition they came."))
        answer = weigh_anew(locked)
        due = amount_due(locked, answer) if locked.entitled else locked.amount
        paid = due if amount is None else amount
        if not 0 < paid <= share(locked.line, locked.quantity) or (locked.entitled and paid < due):
            raise ValidationError({"amount": _("%(due)s yuan are due.") % {"due": due}})
        if not locked.refunded_at:
            locked.refunded_at, locked.refunded = at, paid
        locked.refund_reference = reference or locked.refund_reference
        _decided(locked, note or locked.decision, by=by, at=at)
        _end(locked, by=by, at=at)
        invoices.returned(locked.order, by=by, at=at, why=locked.code)
    return request


def advance(request, *, by, at, note=""):
    """Pay a buyer in good standing back before the goods are; the merchant settles it with the agency."""
    with transaction.atomic():
        locked = moves.lock(request)
        moves.require_may(by, "advance", locked)
        if not locked.is_open or locked.refunded_at:
            raise WrongState(_("%(row)s is paid back or settled already.") % {"row": locked})
        if not (locked.good_standing and locked.entitled):
            raise Refused(_("Only what is due is paid in advance, and only to buyers in good standing."))
        locked.advanced, locked.refunded_at = True, at
        locked.refunded = amount_due(locked, weigh_anew(locked))
        records.save(locked, by=by, at=at, verb="advance", why=note)
    request.refresh_from_db()
    return request


def replace(request, *, parcel, by, at, note=""):
    """Send new goods of the same or the wanted model; their guarantee begins anew."""
    with moves.move(request, "replace", by=by, at=at, note=note) as locked:
        if locked.kind != Kind.EXCHANGE:
            raise WrongState(_("The buyer asked for the money back: refund it."))
        locked.sent_again, locked.replaced_on = said_parcel(parcel), business_day(at)
        _end(locked, by=by, at=at)
    return request


def said_parcel(parcel):
    """The number of a parcel, which may not be empty."""
    if not parcel.strip():
        raise ValidationError({"parcel": _("Give the carrier and the number of the parcel.")})
    return parcel


def cancel(request, *, by, at, note=""):
    """Withdraw a request for the buyer; nothing is lost by it while the time lasts."""
    with moves.move(request, "cancel", by=by, at=at, note=note) as locked:
        if locked.advanced:
            raise Refused(_("The refund was paid in advance: the goods have to come back."))
        _end(locked, by=by, at=at)
    return request


def _end(request, *, by, at):
    request.closed_at = at
    clocks.stop(request, by=by, at=at)
