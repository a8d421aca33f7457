"""What merchants put on a person's start page."""

import datetime

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import figures
from mcn.evidence.holds import standing
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Chart, left, pile, steps, waited
from merchants.admin.expiry import SPANS
from merchants.models import (
    Agreement,
    Application,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)
from merchants.rules.expiry import LAST_DAY, expired, expiring

State = Merchant.State
# What runs out: what it is called when soon and when past, and how a row is told beside its merchant.
RUN_OUT = [
    (
        MerchantCredential,
        _("Merchants' papers that run out within %(days)s days"),
        _("Merchants' papers that have run out"),
        lambda paper: paper.kind,
    ),
    (
        Agreement,
        _("Agreements that run out within %(days)s days"),
        _("Agreements that have run out"),
        lambda agreement: agreement.get_kind_display(),
    ),
    (
        MerchantVerification,
        _("Merchants' verifications due within %(days)s days"),
        _("Verifications overdue"),
        lambda verification: verification.get_item_display(),
    ),
]


def work(user, on):
    """The merchant desk's and the compliance officer's piles, and the merchants by state."""
    if user.has_perm("merchants.admit_merchant"):
        yield from _waiting(on)
    if user.has_perm("merchants.uphold_merchanthold"):
        yield _appeals(user, on)
    if user.has_perm("merchants.view_merchant"):
        yield from _running_out(on)
        yield from _stopped(on)
        yield _chart()


def _waiting(on):
    applications = Application.objects.filter(state=Application.State.RECEIVED).order_by("created_at", "id")
    label = _("Applications to answer")
    yield pile(WAITS, label, applications, "state__exact=received", _waiting_since("created_at", on))
    submitted = Merchant.objects.filter(state=State.SUBMITTED).order_by("submitted_at", "id")
    label = _("Merchants to verify and admit")
    yield pile(WAITS, label, submitted, "state__exact=submitted", _waiting_since("submitted_at", on))


def _waiting_since(column, on):
    return lambda row: (str(row), waited(getattr(row, column), on))


def _appeals(user, on):
    appealed = MerchantHold.objects.filter(state=MerchantHold.State.APPEALED).select_related("merchant")
    others = appealed.exclude(placed_by=user).order_by("valid_from", "id")
    return pile(WAITS, _("Appeals against holds"), others, "state__exact=appealed", _held_since(on))


def _held_since(on):
    return lambda hold: (
        str(hold.merchant),
        f"{hold.get_kind_display()} · {left(hold.valid_from, on)}",
    )


def _running_out(on):
    spans = list(zip(SPANS, figures(list(SPANS.values()), on), strict=True))
    widest = max(days for _query, days in spans)
    for model, soon, past, what in RUN_OUT:
        related = ["merchant", "kind"] if model is MerchantCredential else ["merchant"]
        tell = _good_until(LAST_DAY[model], what, on)
        until = [
            (soon % {"days": days}, on + datetime.timedelta(days=days), f"expiry={query}")
            for query, days in spans
        ]
        coming = expiring(model, on, widest).select_related(*related)
        yield from steps(EXPIRES, coming, LAST_DAY[model], until, tell)
        yield pile(BLOCKED, past, expired(model, on).select_related(*related), "expiry=expired", tell)


def _good_until(column, what, on):
    return lambda row: (f"{row.merchant} · {what(row)}", left(getattr(row, column), on))


def _stopped(on):
    holds = standing(MerchantHold.objects, on).select_related("merchant").order_by("-valid_from", "-id")
    for label, kind in [
        (_("Merchants on hold"), MerchantHold.Kind.HOLD),
        (_("Blacklisted merchants"), MerchantHold.Kind.BLACKLIST),
    ]:
        found = holds.filter(kind=kind)
        yield pile(BLOCKED, label, found, f"standing=now&kind__exact={kind}", _held_since(on))
    suspended = Merchant.objects.filter(state=State.SUSPENDED).order_by("id")
    label = _("Suspended merchants")
    yield pile(BLOCKED, label, suspended, "state__exact=suspended", lambda merchant: (str(merchant), ""))


def _chart():
    counts = dict(Merchant.objects.order_by().values_list("state").annotate(Count("pk")))
    return Chart(
        _("Merchants by state"),
        "doughnut",
        [state.label for state in State],
        [counts.get(state.value, 0) for state in State],
    )
