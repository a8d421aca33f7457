"""The verbs of a service plan: begun with the run sheet's quantities, written, agreed by both, amended."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.moves import said
from mcn.kit.refusal import Blocked, Refused, WrongState
from streamers.models import Offer, PlanLine, RunItem, ServicePlan, Show
from streamers.rules import seats
from streamers.rules.service_plan import LINES, PLAN, merchants_of, offers_of

State = ServicePlan.State
QUANTITIES = ["spot", "presale", "ships_on"]
# Plans are agreed on before the show: what changes later is told on air and settled with the buyers.
BEFORE = [Show.State.PLANNED, Show.State.CLEARED]
# What a merchant says the same of in show after show, taken over from the last plan.
CARRIED = [name for name in ServicePlan.CONTENT if name not in ("seats_trained", "training")]


def open_version(show, merchant, *, by, at, words=None):
    """Begin a merchant's plan for a show, or the version after the agreed one; one is open at a time."""
    with _before(show) as locked:
        [sheet] = _sheets([locked])
        if merchant.pk not in {one.pk for one in merchants_of(sheet)}:
            raise Refused(_("None of the merchant's goods are on the run sheet of this show."))
        moves.require_may(by, "add", ServicePlan(show=locked, merchant=merchant))
        last = locked.service_plans.filter(merchant=merchant).order_by("number").last()
        if last and last.state in ServicePlan.OPEN:
            raise WrongState(_("There is an open version already: go on with that one."))
        [plan] = _begin(sheet, [merchant], by=by, at=at)
        return save_draft(plan, words=words, by=by, at=at) if words else plan


def amend(plan, *, by, at, note=""):
    """Begin the next version of an agreed plan; the agreed one stays in force until both agree again."""
    if plan.state != State.AGREED:
        raise WrongState(
            _("%(row)s is %(state)s, so this cannot be done now.")
            % {"row": plan, "state": plan.get_state_display()}
        )
    return open_version(plan.show, plan.merchant, by=by, at=at)


def ask(show, *, by, at, note=""):
    """Begin a plan for every merchant on the run sheet that has none, so that it waits in their portal."""
    with _before(show) as locked:
        moves.require_may(by, "add", ServicePlan(show=locked))
        [sheet] = _sheets([locked])
        asked = set(locked.service_plans.values_list("merchant", flat=True))
        missing = [merchant for merchant in merchants_of(sheet) if merchant.pk not in asked]
        return _begin(sheet, missing, by=by, at=at)


def _sheets(shows):
    """Shows with what stands on their run sheets, merchants and offers included."""
    standing = RunItem.objects.filter(removed_at=None).select_related("product__merchant")
    offers = Offer.objects.filter(removed_at=None).select_related("sku")
    return list(
        Show.objects.filter(pk__in=[show.pk for show in shows]).prefetch_related(
            Prefetch("items", standing), Prefetch("items__offers", offers)
        )
    )


def _begin(show, merchants, *, by, at):
    """New drafts of a show's merchants: their usual words, the run sheet's quantities, the seats needed."""
    terms = seats.terms(business_day(at))
    numbers, words = _last_numbers(show, merchants), _usual_words(show, merchants)
    plans = []
    for merchant in merchants:
        plan = ServicePlan(show=show, merchant=merchant, number=numbers.get(merchant.pk, 0) + 1)
        plan.answer_percent, plan.answer_seconds = terms.answer_percent, terms.answer_seconds
        for name, value in words.get(merchant.pk, {}).items():
            setattr(plan, name, value)
        plans.append(plan)
    records.save_many(plans, by=by, at=at, verb="open_version")
    lines = [
        PlanLine(plan=plan, sku=offer.sku, **{name: getattr(offer, name) for name in QUANTITIES})
        for plan in plans
        for offer in offers_of(show, plan.merchant_id)
    ]
    records.save_many(lines, by=by, at=at)
    for plan in plans:
        work_out(plan, terms)
    records.save_many(plans, by=by, at=at)
    return plans


def _last_numbers(show, merchants):
    rows = ServicePlan.objects.filter(show=show, merchant__in=[merchant.pk for merchant in merchants])
    return dict(rows.order_by("number").values_list("merchant", "number"))


def _usual_words(show, merchants):
    """What each merchant said last: all of it for the same show, else what holds for any."""
    rows = ServicePlan.objects.filter(
        merchant__in=[merchant.pk for merchant in merchants], state__in=ServicePlan.FROZEN
    )
    newest = {}
    for plan in rows.order_by("id"):
        kept = newest.get(plan.merchant_id)
        if kept is None or plan.show_id == show.pk or kept.show_id != show.pk:
            newest[plan.merchant_id] = plan
    return {
        number: {
            name: getattr(plan, name)
            for name in (ServicePlan.CONTENT if plan.show_id == show.pk else CARRIED)
        }
        for number, plan in newest.items()
    }


def work_out(plan, terms):
    """Put the seats that the plan needs, and why, into its row."""
    plan.reasoning = seats.assess(
        seats.quantities(LINES.filter(plan=plan)),
        terms,
        percent=plan.answer_percent,
        seconds=plan.answer_seconds,
        seats=plan.seats,
    )
    plan.seats_needed = plan.reasoning["seats"]


@contextmanager
def _before(show):
    """Lock a show that is not on air yet."""
    with transaction.atomic():
        locked = moves.lock(show)
        if locked.state not in BEFORE:
            raise WrongState(
                _("%(show)s is %(state)s: its service plans stand as they are.")
                % {"show": locked, "state": locked.get_state_display()}
            )
        yield locked


@contextmanager
def editing(plan, *, by, at, seen=None, verb=""):
    """Lock a plan that may still be written, then work out its seats anew and save it."""
    with _before(plan.show):
        locked = moves.lock_words(plan, by=by, seen=seen)
        yield locked
        work_out(locked, seats.terms(business_day(at)))
        records.save(locked, by=by, at=at, verb=verb)
    plan.refresh_from_db()


def save_draft(plan, *, by, at, words=None, lines=None, seen=None):
    """Keep what was typed, however incomplete; refused as stale when the plan is not as it was ``seen``.

    ``words`` are values by field, ``lines`` quantities by the id of their line.
    """
    with editing(plan, by=by, at=at, seen=seen) as locked:
        for name in ServicePlan.CONTENT:
            if name in (words or {}):
                setattr(locked, name, words[name])
        rows = list(locked.lines.filter(pk__in=lines or {}))
        for row in rows:
            for name in QUANTITIES:
                if name in lines[row.pk]:
                    setattr(row, name, lines[row.pk][name])
        records.save_many(rows, by=by, at=at)
    return plan


def put_quantities(plan, *, lines, by, at):
    """Set quantities by the ids of their lines, each with what changes of it."""
    wanted = {row["line"]: {name: row[name] for name in QUANTITIES if name in row} for row in lines}
    known = set(plan.lines.values_list("pk", flat=True))
    unknown = [number for number in wanted if number not in known]
    if unknown:
        said_of = ", ".join(map(str, unknown))
        raise ValidationError({"lines": _("The plan has no such line: %(lines)s") % {"lines": said_of}})
    return save_draft(plan, lines=wanted, by=by, at=at)


def refill(plan, *, by, at, note=""):
    """Take over the quantities that the run sheet offers now."""
    with editing(plan, by=by, at=at, verb="refill") as locked:
        [sheet] = _sheets([locked.show])
        lines = {line.sku_id: line for line in locked.lines.all()}
        for line in lines.values():
            line.spot, line.presale, line.ships_on = 0, 0, None
        for offer in offers_of(sheet, locked.merchant_id):
            line = lines.setdefault(offer.sku_id, PlanLine(plan=locked, sku=offer.sku))
            for name in QUANTITIES:
                setattr(line, name, getattr(offer, name))
        records.save_many(list(lines.values()), by=by, at=at)
    return plan


def submit(plan, *, by, at, note=""):
    """Agree to a complete plan for the merchant; staff say how the merchant let them know."""
    with _before(plan.show), moves.move(plan, "submit", by=by, at=at, note=note) as locked:
        if by is not None and by.is_staff and not note.strip():
            raise ValidationError({"note": _("Say how and when the merchant agreed to this plan.")})
        work_out(locked, seats.terms(business_day(at)))
        _require(locked, at)
        locked.submitted_by, locked.submitted_at = by, at
        locked.decided_by = locked.decided_at = None
        locked.rating = locked.opinion = ""
        locked.assessed_by = locked.assessed_at = None
    return plan


def _require(plan, at):
    """Ask PLAN of a plan as it is about to be saved."""
    [fresh] = PLAN.prefetch(ServicePlan.objects.filter(pk=plan.pk))
    fresh.seats_needed = plan.seats_needed
    blockers = [finding for finding in PLAN.findings(fresh, business_day(at)) if finding.blocks]
    if blockers:
        raise Blocked(blockers)


def withdraw(plan, *, by, at, note=""):
    """Take a plan back before the agency has decided."""
    with _before(plan.show), moves.move(plan, "withdraw", by=by, at=at, note=note):
        pass
    return plan


def assess(plan, *, rating, opinion, by, at):
    """Say whether the merchant's people and guarantee will do for the show, and why; not by who submitted."""
    with _before(plan.show):
        locked = moves.lock(plan)
        moves.require_may(by, "assess", locked)
        moves.require_another(by, locked.submitted_by_id)
        if locked.state != State.SUBMITTED:
            raise WrongState(
                _("%(row)s is %(state)s, so this cannot be done now.")
                % {"row": locked, "state": locked.get_state_display()}
            )
        if not opinion.strip():
            raise ValidationError({"opinion": _("Say why.")})
        locked.rating, locked.opinion = rating, opinion
        locked.assessed_by, locked.assessed_at = by, at
        records.save(locked, by=by, at=at, verb="assess", why=opinion)
    plan.refresh_from_db()
    return plan


def agree(plan, *, by, at, note=""):
    """Agree for the agency, not by who agreed for the merchant; the plan supersedes the one before."""
    with _before(plan.show), moves.move(plan, "agree", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        if locked.rating == ServicePlan.Rating.LACKING:
            raise Refused(_("The after-sales guarantee was found not sufficient: send the plan back."))
        work_out(locked, seats.terms(business_day(at)))
        _require(locked, at)
        for before in locked.show.service_plans.filter(merchant=locked.merchant_id, state=State.AGREED):
            before.state = State.SUPERSEDED
            records.save(before, by=by, at=at, verb="supersede")
        locked.decided_by, locked.decided_at, locked.decision_note = by, at, note
    return plan


def send_back(plan, *, note, by, at):
    """Return a plan to its merchant, saying what has to be different."""
    with _before(plan.show), moves.move(plan, "send_back", by=by, at=at, note=note) as locked:
        moves.require_another(by, locked.submitted_by_id)
        locked.decided_by, locked.decided_at, locked.decision_note = by, at, said(note)
    return plan
