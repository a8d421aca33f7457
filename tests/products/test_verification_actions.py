"""Verifying items: append-only, by another than who submitted, on the facts as they stand."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.kit.clock import add_months
from mcn.kit.refusal import Denied, WrongState
from products.actions import credential as credential_actions
from products.actions import product as product_actions
from products.actions import sku as sku_actions
from products.actions import verification as verification_actions
from products.actions.verification import Answer
from products.models import Product, ProductVerification
from products.rules.facts import digest, items_of
from products.rules.status import Status, statuses
from tests.factories import AT, DAY, png
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.products import ProductFactory
from tests.products.test_listing_rules import put

Item = ProductVerification.Item
Outcome = ProductVerification.Outcome


@pytest.fixture
def product(db):
    """A product under review of which nothing is verified yet."""
    made = ProductFactory(state=Product.State.SUBMITTED)
    made.verifications.all().delete()
    return made


@pytest.mark.clause("DB4401 5.1.2.5", "DB4401 5.3.2.4")
def test_an_item_is_found_good_on_the_facts_as_they_stand(product, reviewer):
    verification_actions.verify(product, answers=[Answer(Item.ORIGIN, note="与包装一致")], by=reviewer, at=AT)

    row = product.verifications.get()
    assert (row.item, row.outcome, row.note) == (Item.ORIGIN, Outcome.GOOD, "与包装一致")
    assert (row.verified_by, row.verified_on) == (reviewer, DAY)
    assert row.next_due_on == add_months(DAY, 6)
    assert row.digest == digest(product, Item.ORIGIN)


@pytest.mark.clause("DB4401 5.4.2.3")
def test_all_items_are_found_good_at_once(product, reviewer):
    verification_actions.verify_all(product, by=reviewer, at=AT)

    assert {row.status for row in statuses(product, DAY)} == {Status.GOOD}
    assert product.verifications.count() == len(items_of(product))


@pytest.mark.clause("DB4401 5.6.3.1")
def test_a_later_answer_supersedes_the_earlier_and_both_stay(product, reviewer):
    later = AT + datetime.timedelta(days=9)
    verification_actions.verify(product, answers=[Answer(Item.ORIGIN)], by=reviewer, at=AT)
    verification_actions.verify(
        product, answers=[Answer(Item.ORIGIN, Outcome.BAD, note="外箱写的是中山")], by=reviewer, at=later
    )

    old, new = product.verifications.order_by("id")
    assert (old.outcome, old.superseded_at) == (Outcome.GOOD, later)
    assert (new.outcome, new.superseded_at) == (Outcome.BAD, None)


def test_what_the_merchant_has_not_told_cannot_be_good(product, reviewer):
    put(product, ingredients="")

    with pytest.raises(ValidationError, match="商家尚未填写"):
        verification_actions.verify(product, answers=[Answer(Item.INGREDIENTS)], by=reviewer, at=AT)
    verification_actions.verify(
        product, answers=[Answer(Item.INGREDIENTS, Outcome.NOT_APPLICABLE)], by=reviewer, at=AT
    )


def test_all_at_once_leaves_out_what_is_not_told(product, reviewer):
    put(product, ingredients="")
    verification_actions.verify_all(product, by=reviewer, at=AT)

    assert [row.item for row in statuses(product, DAY) if row.status == Status.MISSING] == [Item.INGREDIENTS]


def test_what_is_not_good_is_told_to_the_merchant(product, reviewer):
    with pytest.raises(ValidationError, match="请写明"):
        verification_actions.verify(product, answers=[Answer(Item.ORIGIN, Outcome.BAD)], by=reviewer, at=AT)


def test_an_item_that_the_product_does_not_need_is_refused(product, reviewer):
    with pytest.raises(ValidationError, match="没有这一核验项"):
        verification_actions.verify(product, answers=[Answer(Item.RESTRICTION)], by=reviewer, at=AT)


def test_an_answer_keeps_its_evidence(product, reviewer):
    verification_actions.verify(product, answers=[Answer(Item.ORIGIN, file=png())], by=reviewer, at=AT)

    assert product.verifications.get().document.revisions.count() == 1


def test_one_wrong_answer_records_none(product, reviewer):
    answers = [Answer(Item.ORIGIN), Answer(Item.USES, Outcome.BAD)]
    with pytest.raises(ValidationError):
        verification_actions.verify(product, answers=answers, by=reviewer, at=AT)
    assert not product.verifications.exists()


def test_no_answer_is_no_verification(product, reviewer):
    with pytest.raises(ValidationError, match="至少"):
        verification_actions.verify(product, answers=[], by=reviewer, at=AT)


def test_who_submitted_may_not_verify(product, reviewer):
    put(product, submitted_by=reviewer)

    with pytest.raises(Denied, match="提交人"):
        verification_actions.verify_all(product, by=reviewer, at=AT)


@pytest.mark.parametrize("state", [Product.State.DRAFT, Product.State.RETURNED, Product.State.DELISTED])
def test_only_what_is_under_review_or_passed_is_verified(product, reviewer, state):
    put(product, state=state)

    with pytest.raises(WrongState):
        verification_actions.verify_all(product, by=reviewer, at=AT)


def test_a_merchant_does_not_verify(product):
    with pytest.raises(Denied):
        verification_actions.verify_all(product, by=MerchantUserFactory(merchant=product.merchant), at=AT)
    with pytest.raises(Denied):
        verification_actions.verify_all(product, by=StaffFactory(role="auditor"), at=AT)


def test_fifteen_items_take_as_many_queries_as_one(product, reviewer):
    verification_actions.verify_all(product, by=reviewer, at=AT)
    with CaptureQueriesContext(connection) as for_one:
        verification_actions.verify(product, answers=[Answer(Item.ORIGIN)], by=reviewer, at=AT)
    with CaptureQueriesContext(connection) as for_all:
        answers = [Answer(item) for item in items_of(product)]
        verification_actions.verify(product, answers=answers, by=reviewer, at=AT)

    assert len(for_all) == len(for_one)


@pytest.mark.clause("DB4401 5.6.3.1")
def test_a_change_marks_its_item_and_a_change_back_clears_the_mark(product, reviewer):
    verification_actions.verify_all(product, by=reviewer, at=AT)
    fresh = Product.objects.get(pk=product.pk)
    fresh.origin, told = "广东省中山市", fresh.origin
    product_actions.change(fresh, by=reviewer, at=AT)
    marked = ProductVerification.objects.exclude(stale_at=None)
    assert [row.item for row in marked] == [Item.ORIGIN]

    fresh.origin = told
    product_actions.change(fresh, by=reviewer, at=AT)
    assert not marked.all().exists()


def test_a_price_and_a_paper_mark_their_items(product, reviewer):
    verification_actions.verify_all(product, by=reviewer, at=AT)
    sku = product.skus.get()
    sku.price += 1
    sku_actions.put_skus(product, [sku], by=reviewer, at=AT)
    credential_actions.withdraw(product.credentials.get(), by=reviewer, at=AT)

    marked = ProductVerification.objects.exclude(stale_at=None)
    assert {row.item for row in marked} == {Item.PRICE, Item.STANDARD}
