"""What each item of a verification looks at, and its digest: when it changes, that item alone is stale."""

import hashlib
import json

from django.utils.translation import gettext as _

from mcn.kit.gather import rows_of
from products.models import ProductVerification

TEST_REPORT = "test_report"
Item = ProductVerification.Item

# Each fact belongs to exactly one item: a change makes that item stale, and no other.
COVERS = {
    Item.PACKAGING: ["name", "packaging"],
    Item.ORIGIN: ["origin"],
    Item.PRODUCER: ["producer", "producer_address"],
    Item.PERFORMANCE: ["performance"],
    Item.USES: ["uses"],
    Item.SPECIFICATION: ["specification", "unit"],
    Item.INGREDIENTS: ["ingredients"],
    Item.PRICE: ["list_price_basis"],
    Item.VALIDITY: ["shelf_life_days", "validity_term"],
    Item.SERVICE_PROMISES: ["service_promises"],
    Item.STANDARD: ["standard"],
    Item.MARKS: ["marks"],
    Item.MEASUREMENT: ["net_content"],
    Item.INTELLECTUAL_PROPERTY: ["brand", "intellectual_property"],
    Item.TRACEABILITY: ["traceability"],
    Item.RESTRICTION: ["category_id"],
}


def _specifications(product):
    return sorted([sku.code, sku.specification, sku.gtin] for sku in rows_of(product, "skus"))


def _prices(product):
    return sorted([sku.code, _yuan(sku.price), _yuan(sku.list_price)] for sku in rows_of(product, "skus"))


def _papers(product, reports):
    """What its credentials that are test reports (or that are not) say, withdrawn ones left out."""
    return sorted(
        [
            paper.kind.code,
            paper.number,
            paper.issuer,
            str(paper.valid_from),
            str(paper.valid_to),
            paper.file_sha256,
        ]
        for paper in rows_of(product, "credentials")
        if paper.ended_on is None and (paper.kind.code == TEST_REPORT) == reports
    )


ROWS = {
    Item.SPECIFICATION: _specifications,
    Item.PRICE: _prices,
    Item.STANDARD: lambda product: _papers(product, reports=True),
    Item.MARKS: lambda product: _papers(product, reports=False),
}

# Where less than what an item covers tells about it: a name says nothing of the packaging.
TOLD_BY = {Item.PACKAGING: ["packaging"], Item.PRODUCER: ["producer"], Item.SPECIFICATION: ["specification"]}
TOLD_IN_ROWS = {
    Item.SPECIFICATION: lambda product: any(sku.specification for sku in product.skus.all()),
    Item.PRICE: lambda product: bool(product.skus.all()),
    Item.STANDARD: lambda product: bool(_papers(product, reports=True)),
    Item.MARKS: lambda product: bool(_papers(product, reports=False)),
}


def _yuan(value):
    return "" if value is None else f"{value:.2f}"


def facts(product, item):
    """What an item covers, as plain values: fields of the product, and what its SKUs or credentials say."""
    values = [getattr(product, name) for name in COVERS[item]]
    rows = ROWS.get(item)
    return [*values, rows(product)] if rows else values


def digest(product, item):
    """SHA-256 of what an item covers; ``skus`` and ``credentials__kind`` are best prefetched."""
    return hashlib.sha256(json.dumps(facts(product, item), ensure_ascii=False).encode()).hexdigest()


def words(product, item):
    """What an item covers as people read it: pairs of a label and the text under it."""
    fields = [product._meta.get_field(name.removesuffix("_id")) for name in COVERS[item]]
    told = [(field.verbose_name, str(getattr(product, field.name) or "")) for field in fields]
    return [*told, *WORDS_OF_ROWS.get(item, lambda product: [])(product)]


def _words_of_prices(product):
    for sku in product.skus.all():
        listed = f"（{_('struck-through price')} {sku.list_price}）" if sku.list_price else ""
        yield str(sku), f"{sku.price}{listed}"


def _words_of_papers(product, reports):
    for paper in product.credentials.all():
        if paper.ended_on is None and (paper.kind.code == TEST_REPORT) == reports:
            until = _("long-term") if paper.long_term else f"{paper.valid_to:%Y-%m-%d}"
            yield paper.kind.name, f"{paper.number}，{paper.issuer}，{paper.valid_from:%Y-%m-%d}—{until}"


WORDS_OF_ROWS = {
    Item.SPECIFICATION: lambda product: [(sku.code, sku.specification) for sku in product.skus.all()],
    Item.PRICE: _words_of_prices,
    Item.STANDARD: lambda product: _words_of_papers(product, reports=True),
    Item.MARKS: lambda product: _words_of_papers(product, reports=False),
}


def is_told(product, item):
    """Whether the merchant has said anything that the item could be verified by."""
    fields = TOLD_BY.get(item, COVERS[item])
    told_in_rows = TOLD_IN_ROWS.get(item)
    return any(getattr(product, name) not in ("", None) for name in fields) or (
        told_in_rows is not None and told_in_rows(product)
    )


def items_of(product):
    """The items that a product needs: the limits on its sale only where its category has some."""
    category = product.category
    restricted = category is not None and category.regime == category.Regime.RESTRICTED
    return [item for item in Item if item != Item.RESTRICTION or restricted]
