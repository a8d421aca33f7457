"""What merchants put on a person's start page."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Figure, figure
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Chart, left, pile, waited
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
RUN_OUT = [
    (
        MerchantCredential,
        _("Merchants' papers that run out within %(days)s days"),
        _("Merchants' papers that have run out"),
    ),
    (
        Agreement,
        _("Agreements that run out within %(days)s days"),
        _("Agreements that have run out"),
    ),
    (
        MerchantVerification,
        _("Verifications due within %(days)s days"),
        _("Verifications overdue"),
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
    days = [figure(key, on) for key in (Figure.Key.EXPIRY_URGENT_DAYS, Figure.Key.EXPIRY_WARNING_DAYS)]
    for model, soon, past in RUN_OUT:
        related = ["merchant", "kind"] if model is MerchantCredential else ["merchant"]
        tell = _good_until(LAST_DAY[model], on)
        for query, span in zip(["urgent", "soon"], days, strict=True):
            coming = expiring(model, on, span).select_related(*related)
            yield pile(EXPIRES, soon % {"days": span}, coming, f"expiry={query}", tell)
        yield pile(BLOCKED, past, expired(model, on).select_related(*related), "expiry=expired", tell)


def _good_until(column, on):
    return lambda row: (f"{row.merchant} · {_what(row)}", left(getattr(row, column), on))


def _what(row):
    """What runs out, without its number or day, which the page of the row tells."""
    return row.kind if isinstance(row, MerchantCredential) else _kind_or_item(row)


def _kind_or_item(row):
    return row.get_kind_display() if isinstance(row, Agreement) else row.get_item_display()


def _stopped(on):
    holds = MerchantHold.objects.standing(on).select_related("merchant").order_by("-valid_from", "-id")
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
