"""What products put on a person's start page, each pile as the list in the admin shows it."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from mcn.agency.models import figures
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Chart, left, pile, steps, waited
from merchants.models import MerchantCredential
from merchants.rules.expiry import expiring
from products.admin.filters import WARNINGS
from products.models import CardVersion, Product, ProductCredential, ProductHold, ProductVerification, Sample

State = Product.State
WEEKS = 8


def work(user, on):
    """The reviewer's and the compliance officer's piles, and the figures that everybody may see."""
    for permission, piles in PILES:
        if user.has_perm(f"products.{permission}"):
            yield from piles(on)


def _to_review(on):
    waiting = Product.objects.filter(state=State.SUBMITTED).order_by("submitted_at", "id")
    yield pile(
        WAITS,
        _("Products to review"),
        waiting.select_related("merchant"),
        "state__exact=submitted",
        lambda product: (product.name, waited(product.submitted_at, on)),
    )


def _cards(on):
    waiting = CardVersion.objects.filter(state=CardVersion.State.SUBMITTED).order_by("submitted_at", "id")
    yield pile(
        WAITS,
        _("Selling-point cards to review"),
        waiting.select_related("card__product"),
        "",
        lambda version: (str(version), waited(version.submitted_at, on)),
    )


def _to_verify_again(on):
    standing = ProductVerification.objects.filter(product=OuterRef("pk"), superseded_at=None)
    passed = Product.objects.filter(state=State.VERIFIED).select_related("merchant")
    for label, query, rows in [
        (_("Passed products whose facts changed"), "items=stale", standing.exclude(stale_at=None)),
        (_("Passed products to verify again"), "items=due", standing.filter(next_due_on__lte=on)),
    ]:
        found = passed.filter(Exists(rows)).order_by("id")
        yield pile(WAITS, label, found, f"state__exact=verified&{query}", _with_its_merchant)


def _samples(on):
    for label, state in [
        (_("Samples to try"), Sample.State.RECEIVED),
        (_("Tried samples to give back"), Sample.State.TRIED),
    ]:
        kept = Sample.objects.filter(state=state).order_by("received_on", "id").select_related("product")
        yield pile(
            WAITS,
            label,
            kept,
            f"state__exact={state}",
            lambda sample: (sample.product.name, left(sample.received_on, on)),
        )


def _appeals(on):
    appealed = ProductHold.objects.filter(state=ProductHold.State.APPEALED).order_by("id")
    yield pile(
        WAITS,
        _("Appeals against holds on products"),
        appealed.select_related("product"),
        "state__exact=appealed",
        lambda hold: (hold.product.name, left(hold.valid_from, on)),
    )


def _papers(on):
    held = ProductCredential.objects.filter(product=OuterRef("pk"), ended_on=None).order_by("valid_to")
    spans = figures(WARNINGS, on)
    widest = on + datetime.timedelta(days=max(spans))
    until = [
        (
            _("Products with papers that run out within %(days)s days") % {"days": days},
            on + datetime.timedelta(days=days),
            f"state__exact=verified&papers={days}",
        )
        for days in spans
    ]
    tell = _good_until(on)
    yield from steps(EXPIRES, _passed(held.filter(valid_to__range=(on, widest))), "runs_out", until, tell)
    past = _passed(held.filter(valid_to__lt=on))
    label = _("Passed products with papers that have run out")
    yield pile(BLOCKED, label, past, "state__exact=verified&papers=expired", tell)


def _passed(papers):
    """The passed products that have such papers, by the day on which the first of these runs out."""
    passed = Product.objects.filter(state=State.VERIFIED)
    found = passed.annotate(runs_out=Subquery(papers.values("valid_to")[:1])).exclude(runs_out=None)
    return found.order_by("runs_out", "id")


def _good_until(on):
    return lambda product: (product.name, left(product.runs_out, on))


def _on_hold(on):
    active = ProductHold.objects.exclude(state=ProductHold.State.LIFTED).filter(
        Q(valid_to=None) | Q(valid_to__gte=on), product=OuterRef("pk"), valid_from__lte=on
    )
    held = Product.objects.filter(Exists(active)).select_related("merchant").order_by("id")
    yield pile(BLOCKED, _("Products on hold"), held, "held=yes", _with_its_merchant)


def _with_its_merchant(product):
    return product.name, product.merchant.short_name or product.merchant.name


def _states(on):
    counted = dict(Product.objects.order_by().values_list("state").annotate(Count("pk")))
    values = [counted.get(state, 0) for state in State.values]
    yield Chart(_("Products by state"), "doughnut", State.labels, values)


def _expiries(on):
    starts = [on + datetime.timedelta(weeks=week) for week in range(WEEKS)]
    last = on + datetime.timedelta(weeks=WEEKS, days=-1)
    papers = ProductCredential.objects.filter(ended_on=None, valid_to__range=(on, last)).exclude(
        product__state=State.DELISTED
    )
    series = {
        _("merchants' papers"): expiring(MerchantCredential, on, (last - on).days),
        _("products' papers"): papers,
    }
    yield Chart(
        _("Papers that run out in the next %(weeks)s weeks, by week") % {"weeks": WEEKS},
        "bar",
        [f"{start:%m-%d}" for start in starts],
        series={name: _by_week(rows, on) for name, rows in series.items()},
    )


def _by_week(papers, on):
    values = [0] * WEEKS
    for day, number in papers.order_by().values_list("valid_to").annotate(Count("pk")):
        values[(day - on).days // 7] += number
    return values


PILES = [
    ("approve_product", _to_review),
    ("approve_cardversion", _cards),
    ("verify_product", _to_verify_again),
    ("record_trial_sample", _samples),
    ("uphold_producthold", _appeals),
    ("view_product", _papers),
    ("view_producthold", _on_hold),
    ("view_product", _states),
    ("view_productcredential", _expiries),
]
