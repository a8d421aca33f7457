"""ADMISSION, STANDING and REOPENING: whether a merchant may come in, be sold for on a day, and come again."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.standards.checks import Rulebook, clause
from merchants.models import Agreement, Merchant, MerchantVerification
from merchants.rules import submission
from merchants.rules.facts import digest
from merchants.rules.submission import for_submission, mend, needed_kinds, papers

Item = MerchantVerification.Item
Outcome = MerchantVerification.Outcome


def for_inspection(merchants):
    """Merchants with what all checks read."""
    return for_submission(merchants).prefetch_related(
        Prefetch("verifications", MerchantVerification.objects.filter(superseded_at=None)),
        "agreements",
        "holds",
    )


@clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 43", "LSEC 45")
def stands_verified_in_every_item(merchant, on):
    """Licence, address, contact, permits and credit were verified, found good, and have not changed since."""
    standing = {row.item: row for row in merchant.verifications.all() if row.superseded_at is None}
    for item in Item:
        row = standing.get(item)
        if row is None:
            yield merchant, _("%(item)s: not verified yet.") % {"item": item.label}
        elif row.outcome == Outcome.BAD:
            yield row, _("%(item)s: found not good. %(note)s") % {"item": item.label, "note": row.note}
        elif row.digest != digest(merchant, item):
            yield row, _("%(item)s: changed since it was verified; verify it anew.") % {"item": item.label}


@clause("LSEC 8", "DB4401 5.1.2.4")
def is_verified_again_in_time(merchant, on):
    """No item's verification is older than the policy's months."""
    for row in merchant.verifications.all():
        if row.superseded_at is None and row.outcome != Outcome.BAD and not row.stands(on):
            yield (
                row,
                _("%(item)s: its verification ran out on %(day)s; verify it anew.")
                % {
                    "item": row.get_item_display(),
                    "day": f"{row.next_due_on:%Y-%m-%d}",
                },
            )


@clause("DB4401 5.1.2.4", "LSEC 27", "LSEC 45")
def holds_verified_papers(merchant, on):
    """Of each paper that a merchant needs, one that is good on the day was verified as it stands."""
    kinds = [merchant.licence_kind, *[kind.code for kind in needed_kinds(merchant)]]
    for code in dict.fromkeys(kinds):
        good = [row for row in papers(merchant, code) if row.covers(on)]
        if good and not any(row.is_verified for row in good):
            yield good[0], _("%(paper)s was not verified yet, or changed since.") % {"paper": good[0]}


@clause("DB4401 5.4.2.4", "DB4401 5.5.1.4", "LSEC 43")
def is_bound_by_an_agreement(merchant, on):
    """A signed cooperation agreement with the merchant is in force on the day."""
    yield from _without(merchant, on, [Agreement.Kind.COOPERATION])


@clause("DB4401 6.2.1 a", "GDAS 5.1.2 a")
def is_bound_to_its_services(merchant, on):
    """Service quality and after-sales are agreed in writing."""
    yield from _without(merchant, on, [Agreement.Kind.SERVICE_QUALITY, Agreement.Kind.AFTER_SALES])


@clause("DB4401 6.2.1 c", "GDAS 5.1.2 c")
def lets_its_account_be_monitored(merchant, on):
    """The merchant let the agency watch its selling account's performance."""
    yield from _without(merchant, on, [Agreement.Kind.ACCOUNT_MONITORING])


@clause("DB4401 5.5.2.1", "DB4401 5.5.2.2")
def answers_for_its_advertising(merchant, on):
    """The merchant agreed to answer as advertiser, and as publisher where its own people speak."""
    yield from _unsaid(merchant, on, ["as_advertiser", "as_publisher"])


@clause("DB4401 5.5.2.4")
def delivers_in_time(merchant, on):
    """The merchant agreed to send goods as promised, else within three working days."""
    yield from _unsaid(merchant, on, ["on_delivery"])


@clause("DB4401 5.5.3 b")
def stands_by_during_shows(merchant, on):
    """The merchant agreed to have service and sales people at hand during shows."""
    yield from _unsaid(merchant, on, ["on_attendance"])


@clause("DB4401 6.4.2 a", "GDAS 5.3.2 a")
def trades_lawfully(merchant, on):
    """The merchant agreed to respect buyers, others' rights, networks and personal data."""
    yield from _unsaid(merchant, on, ["on_lawful_trade"])


def _unsaid(merchant, on, duties):
    in_force = [row for row in merchant.agreements.all() if row.covers(on)]
    for duty in duties:
        if in_force and not any(getattr(row, duty) for row in in_force):
            label = getattr(Agreement, duty).field.verbose_name
            yield in_force[0], _("No signed agreement in force says: %(duty)s.") % {"duty": label}


def _without(merchant, on, kinds):
    in_force = {row.kind for row in merchant.agreements.all() if row.covers(on)}
    for kind in kinds:
        if kind not in in_force:
            yield merchant, _("No signed %(kind)s is in force.") % {"kind": kind.label}


@clause("DB4401 5.1.5.2 c", level="shall not")
def is_not_held(merchant, on):
    """No hold and no blacklisting stands against the merchant."""
    for row in merchant.holds.all():
        if row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


@clause("DB4401 5.1.5.2 c", level="shall not")
def is_not_blacklisted(merchant, on):
    """The merchant is not on the blacklist."""
    for row in merchant.holds.all():
        if row.kind == row.Kind.BLACKLIST and row.holds(on):
            yield row, _("%(hold)s: %(reason)s") % {"hold": row, "reason": row.reason}


@clause("DB4401 5.4.3.1 a", "DB4401 5.1.2.4", level="shall")
def is_admitted(merchant, on):
    """The merchant was let in by the agency and is neither suspended nor gone."""
    if merchant.state != Merchant.State.ADMITTED:
        yield (
            merchant,
            _("The merchant is %(state)s, not admitted.") % {"state": merchant.get_state_display()},
        )


CHECKS = [
    *submission.CHECKS,
    stands_verified_in_every_item,
    is_verified_again_in_time,
    holds_verified_papers,
    is_bound_by_an_agreement,
    answers_for_its_advertising,
    delivers_in_time,
    stands_by_during_shows,
    trades_lawfully,
    is_bound_to_its_services,
    lets_its_account_be_monitored,
    is_not_held,
]

# What must be so before it is let in or let back.
ADMISSION = Rulebook(
    "merchant_admission", gettext_lazy("merchant's admission"), CHECKS, for_inspection, mend=mend
)
# What must be so on any day on which its goods are listed or shown: LISTING takes it as a part.
STANDING = Rulebook(
    "merchant_standing",
    gettext_lazy("merchant's standing"),
    [is_admitted, *CHECKS],
    for_inspection,
    mend=mend,
    subjects=lambda: Merchant.objects.filter(state=Merchant.State.ADMITTED),
)
# What bars a merchant that has left from starting again.
REOPENING = Rulebook(
    "merchant_reopening",
    gettext_lazy("merchant's reopening"),
    [is_not_blacklisted],
    for_inspection,
    mend=mend,
)
