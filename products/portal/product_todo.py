"""What a merchant is to mend on a product, and what the agency still has to do."""

from django.urls import reverse

from mcn.kit.refusal import Finding
from products.models import ProductHold, ProductVerification
from products.rules import submission
from products.rules.listing import REVIEW

# Where a merchant mends what a check finds.
PAGES = {
    submission.tells_every_fact: "portal_product_edit",
    submission.has_something_to_sell: "portal_product_edit",
    submission.has_a_category: "portal_product_edit",
    submission.is_not_banned: "portal_product_edit",
    submission.has_a_basis_for_its_struck_through_price: "portal_product_edit",
    submission.carries_the_papers_of_its_category: "portal_product_paper_add",
}


def todo(product, on):
    """What is the merchant's part and what the agency's, of a product that ``for_inspection`` has loaded."""
    yours, ours = [], []
    for check in [submission.tells_every_fact, *REVIEW.checks]:
        for row, message in check(product, on):
            url = _page(check, row, product)
            finding = Finding(check.clauses[0], check.level, row, message, url)
            (yours if url else ours).append(finding)
    return yours, ours


def _page(check, row, product):
    code = product.merchant.code
    if isinstance(row, ProductHold):
        return reverse("portal_product_appeal", args=[code, product.pk, row.pk])
    bad = isinstance(row, ProductVerification) and row.outcome == ProductVerification.Outcome.BAD
    name = "portal_product_edit" if bad else PAGES.get(check)
    return reverse(name, args=[code, product.pk]) if name else ""
