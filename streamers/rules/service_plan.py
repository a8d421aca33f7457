"""PLAN: whether a service plan promises all that it must; and whether the plans of a show let it go on air.

The checks of PLAN are asked when either side agrees. Of a show it is asked whether each merchant's plan is
agreed, still fits the run sheet and has the seats that its quantities need.
"""

from dataclasses import dataclass, replace
from functools import wraps

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.pages import admin_page
from mcn.standards.checks import Rulebook, clause
from merchants.models import Contact, Merchant
from products.rules.card import Spot
from streamers.models import Offer, PlanLine, RunItem, ServicePlan, Show
from streamers.rules import training

State = ServicePlan.State
LINES = PlanLine.objects.select_related("sku__product__category")
# What a show asks of a plan; the promises in words stay in the database.
READ = [
    "show",
    "merchant",
    "number",
    "state",
    "seats",
    "seats_trained",
    "seats_needed",
    "rating",
    "guarantee",
]


@dataclass(frozen=True)
class PlanSpot(Spot):
    """A place of a service plan at fault, which knows where its merchant mends it."""

    @property
    def url(self):
        """The field in the merchant's form."""
        page = reverse("portal_plan", args=[self.version.merchant.code, self.version.pk])
        return f"{page}#{self.anchor}"


def spot(plan, name, label=None):
    """The spot of a field of a plan."""
    return PlanSpot(plan, f"id_{name}", label or plan._meta.get_field(name).verbose_name)


def for_inspection(plans):
    """Plans with their quantities, and with what the run sheet offers of the merchant's goods."""
    standing = Prefetch("show__items", RunItem.objects.filter(removed_at=None).select_related("product"))
    offers = Prefetch("show__items__offers", Offer.objects.filter(removed_at=None).select_related("sku"))
    service = Contact.objects.filter(duty=Contact.Duty.AFTER_SALES, ended_on=None)
    people = Prefetch("merchant__contacts", service.prefetch_related(*training.PREFETCH))
    return plans.select_related("show", "merchant").prefetch_related(
        Prefetch("lines", LINES), standing, offers, people
    )


def offers_of(show, merchant_id):
    """What a show offers of a merchant's goods; reads ``items__product`` and ``items__offers``."""
    return [
        offer
        for item in show.items.all()
        if item.product.merchant_id == merchant_id
        for offer in item.offers.all()
        if offer.spot or offer.presale
    ]


def _blank(plan, *names):
    for name in names:
        if getattr(plan, name) in (None, ""):
            yield spot(plan, name), _("it says nothing about this yet")


@clause("DB4401 6.2.2 a", "GDAS 5.1.1 a")
def states_its_delivery(plan, on):
    """A plan says within which time goods in stock ship."""
    yield from _blank(plan, "ship_hours")


@clause("DB4401 6.2.2 a", "GDAS 5.1.1 a")
def states_its_quantities(plan, on):
    """A plan has goods in stock or on presale, and for those on presale the day by which they ship."""
    lines = [line for line in plan.lines.all() if line.spot or line.presale]
    if not lines:
        yield PlanSpot(plan, "quantities", _("quantities")), _("no quantity is given yet")
    for line in lines:
        if line.presale and line.ships_on is None:
            place = PlanSpot(plan, f"id_line-{line.pk}-ships_on", _("presale ships by"))
            yield place, _("%(sku)s: say by which day presale goods ship") % {"sku": line.sku}


@clause("DB4401 6.2.2 a", "GDAS 5.1.1 a", "EJAS 6.2.2.2")
def states_its_logistics(plan, on):
    """A plan names the carrier, and tells how a cold chain or an installation is done."""
    yield from _blank(plan, "carrier")
    if (plan.cold_chain or plan.installation) and not plan.logistics.strip():
        yield spot(plan, "logistics"), _("say how the cold chain or the installation is done")


@clause("DB4401 6.2.2 a", "GDAS 5.1.1 a")
def states_its_returns(plan, on):
    """A plan says how goods come back, and within which time that is settled."""
    yield from _blank(plan, "return_way", "return_hours")


@clause("DB4401 6.2.2 a", "EJAS 4.2.3 -1")
def states_its_complaints(plan, on):
    """A plan tells the way of a complaint, and within which time it is answered."""
    yield from _blank(plan, "complaint_process", "complaint_hours")


@clause("GDAS 5.1.1 a", "LSMS 6.2 f")
def covers_what_is_offered(plan, on):
    """A plan has at least the quantities that the run sheet offers, on presale not later than it says."""
    lines = {line.sku_id: line for line in plan.lines.all()}
    for offer in offers_of(plan.show, plan.merchant_id):
        line = lines.get(offer.sku_id)
        for wrong in _short(offer, line):
            anchor = f"id_line-{line.pk}-spot" if line else "quantities"
            yield PlanSpot(plan, anchor, _("quantities")), wrong


def _short(offer, line):
    spot, presale = (line.spot, line.presale) if line else (0, 0)
    told = {"sku": offer.sku, "offered": offer.spot, "planned": spot}
    if offer.spot > spot:
        yield _("%(sku)s: the run sheet offers %(offered)s in stock, the plan has %(planned)s") % told
    if offer.presale > presale:
        told |= {"offered": offer.presale, "planned": presale}
        yield _("%(sku)s: the run sheet offers %(offered)s on presale, the plan has %(planned)s") % told
    elif offer.presale and line.ships_on and offer.ships_on and line.ships_on > offer.ships_on:
        told |= {"offered": f"{offer.ships_on:%Y-%m-%d}", "planned": f"{line.ships_on:%Y-%m-%d}"}
        yield _("%(sku)s: the run sheet ships presale goods by %(offered)s, the plan by %(planned)s") % told


@clause("DB4401 6.2.2 b", "GDAS 5.1.1 b", "DB4401 6.3.2", "GDAS 5.2.1", "EJAS 4.1.3 -1")
def has_the_seats_it_needs(plan, on):
    """A plan has the customer-service seats that its quantities need, as worked out when it was saved."""
    if plan.seats is None:
        yield spot(plan, "seats"), _("it does not say how many seats there are")
    elif plan.seats < plan.seats_needed:
        yield (
            spot(plan, "seats"),
            _("%(needed)s seats are needed for these quantities, there are %(seats)s")
            % {"needed": plan.seats_needed, "seats": plan.seats},
        )


@clause("DB4401 6.2.2 c", "GDAS 5.1.1 c")
def prepares_an_after_sales_guarantee(plan, on):
    """A plan tells how questions on goods, after-sales, delivery and purchase are settled fast."""
    if not plan.guarantee.strip():
        yield spot(plan, "guarantee"), _("there is no after-sales guarantee plan")


@clause("GDAS 5.1.1 d", "DB4401 6.2.2 d")
def trains_its_seats(plan, on):
    """Everybody at a seat was trained before the show."""
    if plan.seats and (plan.seats_trained or 0) < plan.seats:
        yield (
            spot(plan, "seats_trained"),
            _("%(trained)s of %(seats)s seats are trained")
            % {"trained": plan.seats_trained or 0, "seats": plan.seats},
        )


@clause("DB4401 6.2.2 d", "GDAS 5.1.1 d", "EJAS 6.4.1.2")
def names_service_people_who_are_inducted(plan, on):
    """Whoever the merchant names for after-sales has passed the induction, by the training log."""
    for contact in plan.merchant.contacts.all():
        for person, message in training.is_inducted_into_service(contact, on):
            yield spot(plan, "training"), f"{person}：{message}"


@clause("DB4401 6.2.1 b", "GDAS 5.1.2 b", "EJAS 4.2.4", level="should")
def is_assessed_by_the_agency(plan, on):
    """The agency has assessed the after-sales guarantee of a plan, and found it sufficient."""
    if not plan.rating:
        yield plan, _("the agency has not assessed the after-sales guarantee")
    elif plan.rating == ServicePlan.Rating.LACKING:
        yield plan, _("the agency finds the after-sales guarantee not sufficient")


def _mend(row):
    """Where the agency looks at what is at fault: the plan, or where one is begun for a merchant."""
    if row._meta.model is Merchant:
        return f"{reverse('admin:streamers_serviceplan_add')}?merchant={row.pk}"
    return admin_page(row)


PROMISES = [
    states_its_delivery,
    states_its_quantities,
    states_its_logistics,
    states_its_returns,
    states_its_complaints,
]
STANDING = [
    covers_what_is_offered,
    has_the_seats_it_needs,
    prepares_an_after_sales_guarantee,
    trains_its_seats,
]
# What must be so when the merchant agrees; the agency asks it again when it agrees itself.
PLAN = Rulebook(
    "service_plan",
    gettext_lazy("service plan"),
    [*PROMISES, *STANDING, names_service_people_who_are_inducted],
    for_inspection,
    mend=lambda row: row.url,
)
# The same every night of the plans in force, for staff, who do not see the merchant's form.
AGREED = replace(
    PLAN,
    name="agreed_service_plans",
    label=gettext_lazy("agreed service plans"),
    mend=admin_page,
    subjects=lambda: ServicePlan.objects.filter(state=State.AGREED, show__state__in=Show.OPEN),
)


@clause("DB4401 6.2.2 a", "GDAS 5.1.1 a", "LSMS 6.2 f", mend=_mend)
def has_every_merchant_agree_on_a_plan(show, on):
    """For each merchant with goods on the run sheet both sides have agreed on a service plan."""
    plans = {plan.merchant_id: plan for plan in sorted(show.service_plans.all(), key=_newest_last)}
    agreed = {plan.merchant_id for plan in agreed_plans(show)}
    for merchant in merchants_of(show):
        plan = plans.get(merchant.pk)
        if plan is None:
            yield merchant, _("there is no service plan for this show yet")
        elif merchant.pk not in agreed:
            yield (
                plan,
                _("the service plan is not agreed by both: %(state)s") % {"state": plan.get_state_display()},
            )


def _newest_last(plan):
    return plan.number


def merchants_of(show):
    """The merchants with goods on the run sheet, each once."""
    return list({item.product.merchant_id: item.product.merchant for item in show.items.all()}.values())


def agreed_plans(show):
    """The plans in force of the merchants on the run sheet."""
    on_sheet = {item.product.merchant_id for item in show.items.all()}
    return [
        plan
        for plan in show.service_plans.all()
        if plan.state == State.AGREED and plan.merchant_id in on_sheet
    ]


def _of_plans(check):
    """The check of a plan, asked of every agreed plan of a show."""

    @wraps(check)
    def asked(show, on):
        for plan in agreed_plans(show):
            for row, message in check(plan, on):
                yield (plan if isinstance(row, PlanSpot) else row), message

    return clause(*check.clauses, level=check.level, mend=_mend)(asked)


CHECKS = [
    has_every_merchant_agree_on_a_plan,
    *[_of_plans(check) for check in [*STANDING, is_assessed_by_the_agency]],
]
PREFETCH = [
    Prefetch("service_plans", ServicePlan.objects.exclude(state=State.SUPERSEDED).only(*READ)),
    Prefetch("service_plans__merchant", Merchant.objects.only("id", "code", "name", "short_name")),
    Prefetch("service_plans__lines", PlanLine.objects.only("plan", "sku", "spot", "presale", "ships_on")),
]
