"""Whether a contract may be signed, and whether a streamer is bound by one on a day."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.claims.promises import promises, told
from mcn.kit.gather import rows_of
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from streamers.models import Contract

TEXTS = ["obligations", "wording"]
PREFETCH = [
    Prefetch(
        "contracts",
        Contract.objects.only("streamer", "kind", "number", "valid_from", "valid_to", "state").order_by("id"),
    )
]


def promises_in(contract):
    """``[(name of the field, hits)]`` of a contract's texts that promise results."""
    found = [(name, promises(getattr(contract, name))) for name in TEXTS]
    return [(name, hits) for name, hits in found if hits]


@clause("DB4401 5.4.3.1 b", level="shall not")
def promises_no_results(contract, on):
    """No text of the contract promises sales, returns or reach."""
    for name, hits in promises_in(contract):
        label = getattr(Contract, name).field.verbose_name
        for hit in hits:
            yield contract, told(hit, label)


def for_signing(contracts):
    """Contracts with what the check of a signature reads."""
    return contracts.select_related("streamer")


# What must be so before a contract is signed.
SIGNING = Rulebook(
    "contract_signing",
    gettext_lazy("contract's signing"),
    [promises_no_results],
    for_signing,
    mend=admin_page,
    subjects=lambda: Contract.objects.filter(state=Contract.State.SIGNED),
)


def add_page(row):
    """Where a contract is drafted for a streamer."""
    return f"{reverse('admin:streamers_contract_add')}?streamer={row.pk}"


@clause("LSEC 40", "DB4401 5.4.3.2 a", "LSMS 7.4.1", mend=add_page)
def is_bound_by_a_contract(streamer, on):
    """A signed contract with the streamer is in force on the day."""
    rows = [row for row in rows_of(streamer, "contracts") if row.stands_alone]
    if not any(row.covers(on) for row in rows):
        yield streamer, _lack([row for row in rows if row.state == Contract.State.SIGNED], on)


def _lack(signed, on):
    """What to say where no contract covers a day: none signed, one to come, one that ran out."""
    if not signed:
        return _("No contract is signed.")
    last = max(signed, key=lambda row: row.valid_to)
    if last.valid_from > on:
        return _("The contract begins only on %(day)s.") % {"day": f"{last.valid_from:%Y-%m-%d}"}
    return _("The contract ran out on %(day)s: sign a renewal.") % {"day": f"{last.valid_to:%Y-%m-%d}"}


CHECKS = [is_bound_by_a_contract]
