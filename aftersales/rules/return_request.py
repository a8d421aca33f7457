"""RETURNS: whether requests are settled as the law and the promises ask, in time and on evidence."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Clock, DeadlineRule, ReturnDispute, ReturnEvidence, ReturnRequest
from aftersales.models.guarantee import SELLERS_FAULT, Reason
from mcn.kit.clock import SHANGHAI, business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State, Way = ReturnRequest.State, ReturnRequest.Way
PROOF = [ReturnEvidence.Kind.IMAGE, ReturnEvidence.Kind.TEST]


@clause("EJAS 6.3.1.2", "LSMS 7.2.7", "GDAS 4.1", "DB4401 6.1.1", "LSMS 7.3.2.3 c")
def gives_what_the_law_gives(request, on):
    """What the law gives a buyer is not refused, but where a dispute was decided for the merchant."""
    lost = any(row.outcome == ReturnDispute.Outcome.MERCHANT for row in request.disputes.all())
    if request.state == State.REFUSED and request.entitled and not lost:
        yield (
            request,
            _("the law gives the buyer what was asked for: settle it, or open a dispute with evidence"),
        )


@clause("DB4401 6.4.2 c", "DB4401 6.4.1 b")
def is_settled_in_time(request, on):
    """A request is settled within the time of the service plan, or of the rule where none promises any."""
    for clock in request.clocks:
        if clock.due_at and business_day(clock.due_at) < on:
            due = clock.due_at.astimezone(SHANGHAI)
            yield request, _("was to be settled by %(due)s") % {"due": f"{due:%Y-%m-%d %H:%M}"}


@clause("EJAS 6.3.2.2")
def refunds_what_was_not_shipped(request, on):
    """What was not shipped is refunded at once."""
    if request.state in ReturnRequest.OPEN and request.order.shipped_at is None:
        yield request, _("the goods were not shipped: refund now")


@clause("EJAS 6.3.3.1")
def judges_by_evidence(request, on):
    """A dispute is decided on pictures, films or a third-party test."""
    proof = any(row.kind in PROOF for row in request.evidence.all())
    for dispute in request.disputes.all():
        if dispute.outcome and not proof:
            yield request, _("the dispute was decided without a picture, a film or a third-party test")


@clause("EJAS 6.3.2.3")
def offers_a_pick_up(request, on):
    """Goods that go back because of the seller are picked up at the buyer's door."""
    sellers = request.reason in [*SELLERS_FAULT, Reason.FAULT]
    if request.state == State.APPROVED and sellers and request.way == Way.POST:
        yield request, _("the buyer sends back what is the seller's fault: offer a pick-up")


@clause("EJAS 6.3.4.2")
def insures_what_is_dear(request, on):
    """Goods of high value travel back insured."""
    uninsured = request.insure and (request.insured or 0) < request.amount
    if request.state in (State.SENT, State.ARRIVED) and uninsured:
        yield request, _("goods worth %(amount)s yuan travel back uninsured") % {"amount": request.amount}


def for_inspection(requests):
    """Requests with all that the checks read, in as many queries as for one."""
    rows = list(
        requests.select_related("order").prefetch_related(
            Prefetch("disputes", ReturnDispute.objects.only("request", "outcome", "decided_at")),
            Prefetch("evidence", ReturnEvidence.objects.only("request", "kind")),
        )
    )
    running = Clock.objects.filter(
        kind=DeadlineRule.Kind.RETURN_SETTLE,
        content_type__model=ReturnRequest._meta.model_name,
        state=Clock.State.RUNNING,
        object_id__among=[row.pk for row in rows],
    )
    clocks = {}
    for clock in running:
        clocks.setdefault(clock.object_id, []).append(clock)
    for row in rows:
        row.clocks = clocks.get(row.pk, [])
    return rows


def looked_at():
    """The requests that are open, and those refused."""
    return ReturnRequest.objects.filter(state__in=[*ReturnRequest.OPEN, State.REFUSED])


# What is asked when a merchant refuses, and when the agency judges.
REFUSING = Rulebook(
    "return_refusal", gettext_lazy("refusing a return"), [gives_what_the_law_gives], for_inspection
)
JUDGING = Rulebook("return_dispute", gettext_lazy("judging a dispute"), [judges_by_evidence], for_inspection)
RETURNS = Rulebook(
    "returns",
    gettext_lazy("returns and exchanges"),
    [
        gives_what_the_law_gives,
        is_settled_in_time,
        refunds_what_was_not_shipped,
        judges_by_evidence,
        offers_a_pick_up,
        insures_what_is_dear,
    ],
    for_inspection,
    mend=admin_page,
    subjects=looked_at,
)
