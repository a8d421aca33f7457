"""What merchants put on a person's start page."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from mcn.agency.models import Figure, figure
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Chart, pile
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
    (MerchantCredential, _("Merchants' papers that run out soon"), _("Merchants' papers that have run out")),
    (Agreement, _("Agreements that run out soon"), _("Agreements that have run out")),
    (MerchantVerification, _("Verifications due soon"), _("Verifications overdue")),
]


def work(user, on):
    """The merchant desk's and the compliance officer's piles, and the merchants by state."""
    if user.has_perm("merchants.admit_merchant"):
        yield from _waiting()
    if user.has_perm("merchants.uphold_merchanthold"):
        yield _appeals(user)
    if user.has_perm("merchants.view_merchant"):
        yield from _running_out(on)
        yield _held(on)
        yield _chart()


def _since(column):
    """Tells a row, and of its merchant where it has one, with the day in a column."""

    def tell(row):
        when = getattr(row, column)
        name = f"{row.merchant} · {row}" if hasattr(row, "merchant") else str(row)
        return name, f"{when:%m-%d}" if when else ""

    return tell


def _waiting():
    applications = Application.objects.filter(state=Application.State.RECEIVED)
    tell = _since("created_at")
    yield pile(WAITS, _("Applications to answer"), applications, "state__exact=received", tell)
    submitted = Merchant.objects.filter(state=State.SUBMITTED).order_by("submitted_at")
    label = _("Merchants to verify and admit")
    yield pile(WAITS, label, submitted, "state__exact=submitted", _since("submitted_at"))


def _appeals(user):
    appealed = MerchantHold.objects.filter(state=MerchantHold.State.APPEALED).select_related("merchant")
    others = appealed.exclude(placed_by=user)
    return pile(WAITS, _("Appeals against holds"), others, "state__exact=appealed", _since("valid_from"))


def _running_out(on):
    days = figure(Figure.Key.EXPIRY_WARNING_DAYS, on)
    for model, soon, past in RUN_OUT:
        related = ["merchant", "kind"] if model is MerchantCredential else ["merchant"]
        tell = _since(LAST_DAY[model])
        coming = expiring(model, on, days).select_related(*related)
        yield pile(EXPIRES, soon, coming, "expiry=soon", tell)
        yield pile(BLOCKED, past, expired(model, on).select_related(*related), "expiry=expired", tell)


def _held(on):
    holds = MerchantHold.objects.standing(on).select_related("merchant")
    return pile(BLOCKED, _("Merchants on hold"), holds, "standing=now", _since("valid_from"))


def _chart():
    counts = dict(Merchant.objects.order_by().values_list("state").annotate(Count("pk")))
    return Chart(
        _("Merchants by state"),
        "doughnut",
        [state.label for state in State],
        [counts.get(state.value, 0) for state in State],
    )
