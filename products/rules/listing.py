"""REVIEW and LISTING: whether a product may pass, and whether it may be listed on a day."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.standards.checks import Rulebook, clause
from merchants.models import CredentialKind, Merchant
from merchants.rules.admission import STANDING
from products.models import Product, ProductVerification, Sample
from products.rules.status import Status, statuses
from products.rules.submission import COMPLETENESS, for_submission, mend

Item = ProductVerification.Item
FACTS = set(Item) - ProductVerification.QUALITY - {Item.RESTRICTION}


def for_inspection(products):
    """Products with what all checks read; those of one merchant or category share one object of it."""
    return for_submission(products).prefetch_related(
        Prefetch("merchant", STANDING.prefetch(Merchant.objects.all())),
        Prefetch("samples", Sample.objects.exclude(tried_on=None)),
        "holds",
    )


def _unsettled(product, on, items):
    """What is wrong with those of some items that do not stand; bad packaging has a check of its own."""
    for row in statuses(product, on, items):
        bad_packaging = row.item == Item.PACKAGING and row.status == Status.BAD
        if not row.status.settled and not bad_packaging:
            at_fault = row.verification or product
            yield at_fault, _("%(item)s: %(status)s") % {"item": row.item.label, "status": row.status.label}


@clause("DB4401 5.1.2.5", "DB4401 5.3.2.4", "DB4401 5.6.3.1", "LSEC 27", "LSEC 45")
def stands_verified_in_every_item(product, on):
    """Each fact of a product was verified, in time, and has not changed since."""
    yield from _unsettled(product, on, FACTS)


@clause("DB4401 5.4.2.3")
def is_under_quality_control(product, on):
    """Measurement, intellectual property and traceability of a product stand verified."""
    yield from _unsettled(product, on, ProductVerification.QUALITY)


@clause("DB4401 5.6.2.3")
def is_cleared_where_sale_is_restricted(product, on):
    """Goods of a restricted category were looked at for the limits on their sale."""
    yield from _unsettled(product, on, {Item.RESTRICTION})


@clause("DB4401 5.5.1.3")
def comes_in_harmless_packaging(product, on):
    """The packaging was not found to be inferior or poisonous."""
    for row in product.verifications.all():
        if row.item == Item.PACKAGING and row.superseded_at is None and row.outcome == row.Outcome.BAD:
            yield product, _("the packaging was found not good")


@clause("DB4401 5.4.3.1 a", "DB4401 5.5.3 a", "LSMS 7.1.2 b")
def was_tried_before_it_was_chosen(product, on):
    """Somebody tried a sample and told the impression before the product was selected."""
    if not any(sample.tried_on <= on for sample in product.samples.all() if sample.tried_on):
        yield product, _("nobody has tried a sample yet")


@clause("DB4401 5.5.1.5", "LSMS 7.3.2.3 a")
def sells_what_the_sample_showed(product, on):
    """The goods sold are those that were tried: no adulteration, no fake, no inferior goods."""
    for sample in product.samples.all():
        if sample.same_as_sold is False:
            yield sample, _("the goods sold differ from the sample")


@clause("DB4401 5.1.5.2 b")
def is_not_on_hold(product, on):
    """No hold or blacklisting stops a product."""
    for hold in product.holds.all():
        if hold.holds(on):
            yield hold, f"{hold.get_kind_display()}：{hold.reason}"


@clause("DB4401 5.1.2.4")
def is_sold_in_a_line_of_its_merchant(product, on):
    """The merchant was admitted for a category that the product's own lies in."""
    declared = any(line.ended_on is None for line in product.merchant.business_lines.all())
    # Of a merchant without any line STANDING says so.
    if product.category and declared and not _lines_above(product):
        yield product, _("the merchant is not admitted for %(category)s") % {"category": product.category}


@clause("LSEC 27", "LSEC 45")
def is_sold_with_the_permits_of_its_category(product, on):
    """The merchant holds the permits of the product's category, even where its own lines ask for less."""
    category, merchant = product.category, product.merchant
    if category is None or any(line.category_id == category.pk for line in merchant.business_lines.all()):
        return
    for kind in category.required_kinds(CredentialKind.Holder.MERCHANT):
        if not any(paper.kind_id == kind.pk and paper.covers(on) for paper in merchant.credentials.all()):
            yield merchant, _("%(kind)s is missing") % {"kind": kind}


def _lines_above(product):
    """The lines of business in force that are the product's category or lie above it in the tree."""
    code = f"{product.category.code}."
    lines = [line for line in product.merchant.business_lines.all() if line.ended_on is None]
    return [line for line in lines if code.startswith(f"{line.category.code}.")]


@clause("DB4401 5.4.3.1 a")
def has_passed_review(product, on):
    """A reviewer has passed the product, and it was not delisted since."""
    if product.state != Product.State.VERIFIED:
        yield (
            product,
            _("the product has not passed review: %(state)s") % {"state": product.get_state_display()},
        )


REVIEW = Rulebook(
    "product_review",
    gettext_lazy("product review"),
    [
        *COMPLETENESS,
        stands_verified_in_every_item,
        is_under_quality_control,
        is_cleared_where_sale_is_restricted,
        comes_in_harmless_packaging,
        was_tried_before_it_was_chosen,
        sells_what_the_sample_showed,
        is_not_on_hold,
        is_sold_in_a_line_of_its_merchant,
        is_sold_with_the_permits_of_its_category,
    ],
    for_inspection,
    mend=mend,
    parts=[(lambda product: [product.merchant], STANDING)],
)
LISTING = Rulebook(
    "product_listing",
    gettext_lazy("product listing"),
    [has_passed_review],
    for_inspection,
    mend=mend,
    parts=[(lambda product: [product], REVIEW)],
    subjects=lambda: Product.objects.filter(state=Product.State.VERIFIED),
)
