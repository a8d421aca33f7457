"""What the last inspections put on a person's start page."""

from django.db.models import Count
from django.utils.translation import gettext as _

from mcn.kit.start import BLOCKED, Chart, pile
from mcn.standards.coverage import newest_inspections
from mcn.standards.models import Clause, StoredFinding

MOST_CLAUSES = 8
STRICT = [Clause.Level.SHALL, Clause.Level.SHALL_NOT]


def work(user, on):
    """What is at fault by the newest inspections, and by which clauses most."""
    if not user.has_perm("standards.view_storedfinding"):
        return
    found = StoredFinding.objects.filter(inspection__in=newest_inspections().values())
    yield pile(
        BLOCKED,
        _("Faults found by the last inspection"),
        found.filter(level__in=STRICT).order_by("id"),
        f"level__in={','.join(STRICT)}",
        lambda finding: (finding.subject_label, finding.clause),
        to=lambda finding: finding.mend_url,
    )
    counted = found.order_by().values_list("clause").annotate(number=Count("pk"))
    most = list(counted.order_by("-number", "clause")[:MOST_CLAUSES])
    yield Chart(
        _("Findings by clause"),
        "bar",
        [clause for clause, _number in most],
        [number for _clause, number in most],
    )
