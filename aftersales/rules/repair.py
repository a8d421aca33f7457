"""REPAIRS: whether goods in repair are with an admitted repairer, in time, and their record says why not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.models import Delay, Repair, RepairProvider
from aftersales.rules.guarantee import Catalogue
from aftersales.rules.return_facts import category_of
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause

State = Repair.State


@clause("EJAS 6.5.1")
def is_done_by_an_admitted_repairer(repair, on):
    """Goods in repair are with a repairer that was admitted and whose qualification is good."""
    provider = repair.provider
    if repair.state != State.IN_REPAIR or provider is None:
        return
    if provider.state != RepairProvider.State.ADMITTED:
        state = provider.get_state_display()
        yield (
            repair,
            _("%(repairer)s is not admitted now: %(state)s") % {"repairer": provider, "state": state},
        )
    elif provider.qualified_to and provider.qualified_to < on:
        yield repair, _("the qualification of %(repairer)s ran out") % {"repairer": provider}


@clause("EJAS 6.5.2 -4")
def gives_an_exchange_for_a_long_repair(repair, on):
    """A repair that takes too long has its reason in the record, and leads to an exchange."""
    if repair.state != State.IN_REPAIR or not repair.taken_in_on:
        return
    terms = repair.catalogue(on).terms(category_of(repair.line))
    days = (on - repair.taken_in_on).days
    if not repair.delay_cause and days > terms.repairer_days:
        yield repair, _("in repair for %(days)s days, and the record does not say why") % {"days": days}
    limit = terms.parts_days if repair.delay_cause == Delay.PARTS else terms.repairer_days
    if repair.free and days > limit:
        yield repair, _("in repair for %(days)s days: exchange it free of charge") % {"days": days}


def for_inspection(repairs):
    """Repairs with what the checks read; the catalogue is read once for all of them."""
    rows = list(repairs.select_related("provider", "line__product__category"))
    read = {}

    def catalogue(on):
        if on not in read:
            read[on] = Catalogue(on)
        return read[on]

    for row in rows:
        row.catalogue = catalogue
    return rows


REPAIRS = Rulebook(
    "repairs",
    gettext_lazy("repairs under the three guarantees"),
    [is_done_by_an_admitted_repairer, gives_an_exchange_for_a_long_repair],
    for_inspection,
    mend=admin_page,
    subjects=lambda: Repair.objects.filter(state=State.IN_REPAIR),
)
