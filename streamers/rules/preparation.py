"""What must be ready before a show: its plan and crew, and what the files beside this one ask."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mcn.accounts.models import User
from mcn.kit.gather import gather
from mcn.standards.checks import clause
from products.models import Product
from products.rules.submission import for_submission
from streamers.models import CrewMember, Offer, RunItem, ShowCast
from streamers.rules import cast_review, identity_report, rehearsal, script, show_check

Role = CrewMember.Role
# Of a streamer no personal data are read, only what tells that these changed.
CAST_READ = [
    "show",
    "role",
    "removed_at",
    "streamer__code",
    "streamer__stage_name",
    "streamer__kind",
    "streamer__document_type",
    "streamer__name_hash",
    "streamer__id_number_hash",
    "streamer__user",
]

PREFETCH = [
    Prefetch("crew", CrewMember.objects.filter(removed_at=None)),
    Prefetch("crew__person", User.objects.only("is_active")),
    *show_check.PREFETCH,
    *cast_review.PREFETCH,
    *script.PREFETCH,
    *rehearsal.PREFETCH,
    *identity_report.PREFETCH,
]


def for_preparation(shows):
    """Shows with what the digests and statuses of their preparation read, without the rest of the gate."""
    return gather(
        shows.select_related("room__platform"),
        [
            Prefetch(
                "cast",
                ShowCast.objects.filter(removed_at=None).select_related("streamer").only(*CAST_READ),
            ),
            Prefetch("items", RunItem.objects.filter(removed_at=None)),
            Prefetch("items__product", for_submission(Product.objects.all())),
            Prefetch("items__offers", Offer.objects.filter(removed_at=None).select_related("sku")),
            *PREFETCH,
        ],
    )


@clause("LSMS 6.1", "LSMS 6.2 a")
def has_a_plan(show, on):
    """A show has its plan: whom it is for, what they need, how it runs and who answers for what."""
    if not show.plan.strip() and show.plan_document_id is None:
        yield show, _("the show has no plan yet")


@clause("DB4401 5.3.3 e")
def has_a_contingency_plan(show, on):
    """It is settled what is done when something goes wrong."""
    if not show.contingency.strip():
        yield show, _("it is not settled what is done when something goes wrong")


def _unfilled(show, roles):
    held = {row.role for row in show.crew.all() if row.removed_at is None and row.person.is_active}
    for role in roles:
        if role not in held:
            yield show, _("nobody has the duty: %(role)s") % {"role": role.label}


@clause("DB4401 5.1.4.1", "LSMS 6.2 d")
def has_its_marketer_and_equipment_keeper(show, on):
    """A marketer and somebody for the equipment are assigned, and still with us."""
    yield from _unfilled(show, [Role.MARKETER, Role.EQUIPMENT])


@clause("DB4401 5.1.4.2", "LSMS 6.2 d")
def has_somebody_who_knows_the_goods(show, on):
    """Somebody who knows the goods and how they are used is assigned."""
    yield from _unfilled(show, [Role.PRODUCT])


@clause("DB4401 5.1.4.3", "LSMS 6.2 d")
def has_somebody_who_knows_the_law(show, on):
    """Somebody who knows law and policy is assigned."""
    yield from _unfilled(show, [Role.LAW])


CHECKS = [
    has_a_plan,
    has_a_contingency_plan,
    has_its_marketer_and_equipment_keeper,
    has_somebody_who_knows_the_goods,
    has_somebody_who_knows_the_law,
    *show_check.CHECKS,
    *cast_review.CHECKS,
    *script.CHECKS,
    *rehearsal.CHECKS,
    *identity_report.CHECKS,
]
