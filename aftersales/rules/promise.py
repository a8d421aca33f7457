"""PROMISE: whether a promise may be shown to buyers; PROMISES and BREACHES: whether it is kept."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Breach, ServicePromise
from aftersales.rules import wording
from mcn.agency.models import Figure, figure
from mcn.kit.clock import business_day
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = ServicePromise.State
CENT = Decimal("0.01")
# What sounds like a promise and binds to nothing.
VAGUE = re.compile(
    r"尽快|尽量|尽可能|及时|第一时间|酌情|视情况|视实际情况|原则上|一般情况下|适当|合理时间|近期|最大程度|如有可能|优先考虑"
)
SPOKEN = ["wording", "compensation"]


@clause("EJAS 6.10.1")
def is_worded_plainly(promise, on):
    """A promise says what, when and how much, in no word that leaves it open."""
    for name in SPOKEN:
        for vague in dict.fromkeys(VAGUE.findall(getattr(promise, name))):
            yield promise, _("“%(word)s” is open to anything: give a number or a moment") % {"word": vague}


@clause("EJAS 6.10.1")
def says_nothing_banned(promise, on):
    """A promise holds no word that advertising law forbids for the goods."""
    regime = wording.regime_of(promise.product)
    for name in SPOKEN:
        for said in wording.banned(getattr(promise, name), regime):
            yield promise, said


@clause("EJAS 6.10.1")
def names_its_days(promise, on):
    """A promise of a kind that goes by days says how many."""
    if promise.kind.asks_days and not promise.days:
        yield promise, _("say for how many days it holds")


@clause("EJAS 6.10.3")
def says_how_it_compensates(promise, on):
    """A promise says what the buyer gets where it is broken."""
    if not promise.compensation.strip():
        yield promise, _("say what the buyer gets if it is broken")


@clause("EJAS 6.10.3", "EJAS 6.10.2")
def says_how_it_is_kept(promise, on):
    """A promise says by which people, stock and steps the merchant keeps it."""
    if not promise.resources.strip():
        yield promise, _("say by which people, stock, partners and steps it is kept")


def in_force():
    """The promises that buyers are shown."""
    return ServicePromise.objects.filter(state=State.IN_FORCE)


# What must be so when the merchant submits; the agency asks it again when it approves.
PROMISE = Rulebook(
    "service_promise",
    gettext_lazy("service promise"),
    [is_worded_plainly, says_nothing_banned, names_its_days, says_how_it_compensates, says_how_it_is_kept],
    lambda promises: promises.select_related("merchant", "kind", "product__category"),
    mend=admin_page,
    subjects=in_force,
)


@clause("EJAS 6.10.4", level="should")
def is_audited_in_time(promise, on):
    """A promise in force was audited within the usual days, or began within them."""
    days = datetime.timedelta(days=figure(Figure.Key.PROMISE_AUDIT_DAYS, on))
    last = (
        business_day(promise.last_audit)
        if promise.last_audit
        else max(promise.valid_from, business_day(promise.decided_at))
    )
    if last + days < on:
        yield promise, _("it was not audited since %(day)s") % {"day": f"{last:%Y-%m-%d}"}


@clause("EJAS 6.10.3")
def is_suspended_when_it_cannot_be_kept(promise, on):
    """A promise that the newest audit found broken is in force no more."""
    newest = max(promise.audits.all(), key=lambda audit: audit.pk, default=None)
    if newest is not None and newest.outcome == newest.Outcome.BROKEN:
        yield promise, _("the newest audit found it not kept: suspend or end it")


PROMISES = Rulebook(
    "service_promises",
    gettext_lazy("service promises in force"),
    [is_audited_in_time, is_suspended_when_it_cannot_be_kept],
    lambda promises: promises.annotate(last_audit=Max("audits__audited_at")).prefetch_related("audits"),
    mend=admin_page,
    subjects=in_force,
)


@clause("EJAS 6.10.3", "DB4401 6.4.2 b", "DB4401 6.4.1 a", "GDAS 5.3.3 a")
def is_compensated_in_time(breach, on):
    """A confirmed breach is compensated by the moment that was told."""
    if breach.state == Breach.State.CONFIRMED and breach.due_at and business_day(breach.due_at) < on:
        told = {"day": f"{business_day(breach.due_at):%Y-%m-%d}"}
        yield breach, _("it was to be compensated by %(day)s") % told


BREACHES = Rulebook(
    "breaches",
    gettext_lazy("broken promises"),
    [is_compensated_in_time],
    lambda breaches: breaches.select_related("promise__merchant", "promise__kind"),
    mend=admin_page,
    subjects=lambda: Breach.objects.filter(state=Breach.State.CONFIRMED),
)


def compensation(promise, order):
    """What a broken promise costs for an order by its terms, and how that follows; None where not money."""
    if promise.percent is None or order is None:
        return None, []
    share = (order.amount * promise.percent / 100).quantize(CENT, ROUND_HALF_UP)
    steps = [
        [
            _("Share of the amount paid"),
            f"{share:,.2f} 元",
            f"{order.amount} × {promise.percent.normalize():f}%",
        ]
    ]
    amount = share
    if promise.least is not None and amount < promise.least:
        amount = promise.least
        steps.append([_("At least"), f"{amount:,.2f} 元", ""])
    if promise.most is not None and amount > promise.most:
        amount = promise.most
        steps.append([_("At most"), f"{amount:,.2f} 元", ""])
    return amount, steps


def shown(merchant, on):
    """The promises of a merchant that buyers are shown on a day, those owed by law first."""
    rows = ServicePromise.objects.filter(merchant=merchant, state=State.IN_FORCE).select_related(
        "kind", "product"
    )
    standing = [row for row in rows if row.covers(row.product_id, on)]
    return sorted(standing, key=lambda row: (not row.kind.by_law, row.kind_id, row.product_id or 0))
