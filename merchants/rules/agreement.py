"""Whether an agreement may be signed: nothing in it promises what a show will bring."""

from django.utils.translation import gettext_lazy

from mcn.claims.promises import promises, told
from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from merchants.models import Agreement


@clause("DB4401 5.4.3.1 b", level="shall not")
def promises_no_results(agreement, on):
    """The agreement's wording promises neither sales nor returns nor reach."""
    label = Agreement._meta.get_field("wording").verbose_name
    for hit in promises(agreement.wording):
        yield agreement, told(hit, label)


def for_signing(agreements):
    """Agreements with what the check of a signature reads."""
    return agreements.select_related("merchant")


# What must be so before an agreement is signed.
SIGNING = Rulebook(
    "agreement_signing",
    gettext_lazy("agreement's signing"),
    [promises_no_results],
    for_signing,
    mend=admin_page,
    subjects=lambda: Agreement.objects.filter(state=Agreement.State.SIGNED),
)
