"""SUBMISSION: whether a product is complete enough for a reviewer to begin."""

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.standards.checks import Rulebook, clause
from merchants.models import Category, CredentialKind
from products.models import ProductVerification, Sku
from products.rules.facts import is_told, items_of
from products.rules.status import standing

UNREAD = ["extra", "search", "barcodes", "category_text", "decision_note"]


def for_submission(products):
    """Products with what the checks of SUBMISSION read, in as many queries for a thousand as for one."""
    verifications = ProductVerification.objects.filter(superseded_at=None)
    return products.defer(*UNREAD).prefetch_related(
        Prefetch("category", Category.objects.prefetch_related("requirements__kind")),
        "skus",
        "credentials__kind",
        Prefetch("verifications", verifications.defer("note")),
    )


@clause("DB4401 5.1.2.5")
def tells_every_fact(product, on):
    """The merchant has said something about every item, or a reviewer has found that it does not apply."""
    settled = standing(product)
    for item in items_of(product):
        verified = settled.get(item)
        if (verified is None or verified.outcome != verified.Outcome.NOT_APPLICABLE) and not is_told(
            product, item
        ):
            yield product, _("nothing is said about: %(item)s") % {"item": item.label}


@clause("DB4401 5.1.2.5")
def has_something_to_sell(product, on):
    """A product has at least one SKU on sale."""
    if not any(sku.on_sale for sku in product.skus.all()):
        yield product, _("no SKU is on sale")


@clause("DB4401 5.4.3.1 a")
def has_a_category(product, on):
    """A product stands in the category tree, so that it is known what it needs."""
    if product.category is None:
        yield product, _("no category is chosen")


@clause("DB4401 5.5.1.2")
def is_not_banned(product, on):
    """A product is not of a category whose sale online is forbidden."""
    if product.category and product.category.regime == Category.Regime.BANNED:
        yield (
            product,
            _("goods of the category %(category)s may not be sold") % {"category": product.category},
        )


@clause("LSEC 27", "LSEC 45")
def carries_the_papers_of_its_category(product, on):
    """For every credential that its category asks of a product, one is good on the day."""
    asked = product.category.required_kinds(CredentialKind.Holder.PRODUCT) if product.category else []
    held = [paper for paper in product.credentials.all() if paper.ended_on is None]
    for kind in asked:
        papers = [paper for paper in held if paper.kind_id == kind.pk]
        if not papers:
            yield product, _("%(kind)s is missing") % {"kind": kind}
        elif not any(paper.covers(on) for paper in papers):
            yield papers[0], _("%(kind)s is not good on %(day)s") % {"kind": kind, "day": f"{on:%Y-%m-%d}"}


@clause("LSEC 32")
def has_a_basis_for_its_struck_through_price(product, on):
    """A struck-through price has a stated basis, or is not above the lowest price of the days before."""
    if product.list_price_basis:
        return
    for sku in product.skus.all():
        if not sku.on_sale or sku.list_price is None:
            continue
        if sku.lowest_before is None:
            yield sku, _("a price is struck through, but none was charged before: state its basis")
        elif sku.list_price > sku.lowest_before:
            yield (
                sku,
                _("the struck-through price %(listed)s is above the lowest price charged before, %(lowest)s")
                % {"listed": sku.list_price, "lowest": sku.lowest_before},
            )


def mend(row):
    """The page of the admin on which a row at fault is mended."""
    if isinstance(row, Sku):
        return reverse("admin:products_product_change", args=[row.product_id])
    if isinstance(row, ProductVerification):
        return reverse("admin:products_product_verb", args=[row.product_id, "verify"])
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


COMPLETENESS = [
    has_something_to_sell,
    has_a_category,
    is_not_banned,
    carries_the_papers_of_its_category,
    has_a_basis_for_its_struck_through_price,
]
SUBMISSION = Rulebook(
    "product_submission",
    gettext_lazy("product's submission"),
    [tells_every_fact, *COMPLETENESS],
    for_submission,
    mend=mend,
)
