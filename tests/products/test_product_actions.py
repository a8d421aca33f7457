"""The life of a product: who may take it where, and from where it may not go."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from mcn.audit import trail
from mcn.kit.refusal import Blocked, Denied, Stale, WrongState
from products.actions import product as product_actions
from products.models import Product, ProductVerification, Sku
from tests.factories import AT, png
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory, ProductHoldFactory, SnackCategoryFactory
from tests.products.test_listing_rules import put

State = Product.State
VERBS = {
    "submit": (product_actions.submit, {}),
    "withdraw": (product_actions.withdraw, {}),
    "approve": (product_actions.approve, {}),
    "send_back": (product_actions.send_back, {"note": "配料表缺少致敏原提示"}),
    "delist": (product_actions.delist, {"note": "商家停产"}),
}
WRONG = [
    (verb, state)
    for verb, (sources, _target) in Product.MOVES.table.items()
    for state in State
    if state not in sources
]


@pytest.fixture
def owner(db):
    return MerchantUserFactory()


def new_product(merchant, **values):
    return Product(merchant=merchant, code="A-1", name="陈皮梅", category=SnackCategoryFactory(), **values)


def test_a_merchants_person_adds_a_product_with_its_skus(owner):
    merchant = owner.memberships.get().merchant
    skus = [Sku(code="A-1-1", price=Decimal("12.80")), Sku(code="A-1-2", price=Decimal("9.90"))]

    product = product_actions.add(new_product(merchant), skus, by=owner, at=AT)

    assert product.state == State.DRAFT
    assert product.price_from == Decimal("9.90")
    assert Product.objects.filter(search__tokens="A-1-2").get() == product
    assert [entry.by for entry in trail.history(product)] == [owner, owner]


def test_nobody_adds_a_product_to_a_strangers_merchant(owner):
    with pytest.raises(Denied):
        product_actions.add(new_product(MerchantFactory()), by=owner, at=AT)
    assert not Product.objects.exists()


def test_a_wrong_sku_leaves_no_product_behind(owner):
    merchant = owner.memberships.get().merchant
    with pytest.raises(ValidationError, match="不能小于"):
        product_actions.add(
            new_product(merchant), [Sku(code="A-1-1", price=Decimal("0.00"))], by=owner, at=AT
        )
    assert not Product.objects.exists()


def test_a_product_number_is_there_once_a_merchant(owner):
    merchant = owner.memberships.get().merchant
    product_actions.add(new_product(merchant), by=owner, at=AT)

    with pytest.raises(ValidationError, match="该商家已有此货号"):
        product_actions.add(new_product(merchant), by=owner, at=AT)
    product_actions.add(new_product(MerchantFactory()), by=None, at=AT)


def test_a_change_is_told_in_the_trail(reviewer):
    product = ProductFactory(parts=False)
    product.origin = "广东省广州市"

    product_actions.change(product, by=reviewer, at=AT, why="商家来函更正")

    entry = trail.history(product).first()
    assert entry.why == "商家来函更正"
    assert entry.diff == {"origin": ["广东省佛山市", "广东省广州市"]}


def test_a_change_on_an_old_version_is_refused(reviewer):
    product = ProductFactory(parts=False)
    put(product, origin="广东省中山市")

    product.origin = "广东省广州市"
    with pytest.raises(Stale):
        product_actions.change(product, by=reviewer, at=AT)


def test_an_auditor_changes_nothing():
    product = ProductFactory(parts=False)
    with pytest.raises(Denied):
        product_actions.change(product, by=StaffFactory(role="auditor"), at=AT)


def test_a_picture_is_kept_with_its_revisions(reviewer):
    product = product_actions.picture(ProductFactory(parts=False), png(), by=reviewer, at=AT)
    product_actions.picture(product, png(body=b"another"), by=reviewer, at=AT)

    assert product.image.revisions.count() == 2


def test_submitting_hands_a_complete_product_to_the_reviewers(owner):
    product = ProductFactory(merchant=owner.memberships.get().merchant, state=State.DRAFT)

    product_actions.submit(product, by=owner, at=AT)

    assert (product.state, product.submitted_by, product.submitted_at) == (State.SUBMITTED, owner, AT)


@pytest.mark.clause("DB4401 5.1.2.5")
def test_submitting_an_incomplete_product_says_what_is_missing(owner):
    product = ProductFactory(merchant=owner.memberships.get().merchant, state=State.DRAFT)
    put(product, ingredients="")

    with pytest.raises(Blocked, match="未填写：成分或材质"):
        product_actions.submit(product, by=owner, at=AT)
    product.refresh_from_db()
    assert product.state == State.DRAFT


def test_submitting_does_not_ask_for_what_only_reviewers_can_do(owner):
    product = ProductFactory(merchant=owner.memberships.get().merchant, state=State.DRAFT)
    product.verifications.all().delete()
    product.samples.all().delete()

    product_actions.submit(product, by=owner, at=AT)

    assert product.state == State.SUBMITTED


def test_withdrawing_gives_it_back_to_the_merchant(reviewer):
    product = product_actions.withdraw(ProductFactory(state=State.SUBMITTED), by=reviewer, at=AT)

    assert product.state == State.DRAFT


@pytest.mark.clause("DB4401 5.4.3.1 a")
def test_a_reviewer_passes_what_another_submitted(reviewer, colleague):
    product = product_actions.approve(
        ProductFactory(state=State.SUBMITTED, submitted_by=colleague), by=reviewer, at=AT, note="资料齐全"
    )

    assert (product.state, product.decision_note) == (State.VERIFIED, "资料齐全")


def test_who_submitted_a_product_may_not_pass_it(reviewer):
    product = ProductFactory(state=State.SUBMITTED, submitted_by=reviewer)

    with pytest.raises(Denied, match="提交人"):
        product_actions.approve(product, by=reviewer, at=AT)


def test_who_submitted_a_product_may_not_send_it_back(reviewer):
    product = ProductFactory(state=State.SUBMITTED, submitted_by=reviewer)

    with pytest.raises(Denied):
        product_actions.send_back(product, by=reviewer, at=AT, note="缺材料")


@pytest.mark.clause("DB4401 5.1.2.5", "DB4401 5.1.5.2 b")
def test_passing_is_refused_while_clauses_forbid_it(reviewer):
    product = ProductFactory(state=State.SUBMITTED)
    ProductHoldFactory(product=product)
    put(product, origin="广东省中山市")

    with pytest.raises(Blocked) as caught:
        product_actions.approve(product, by=reviewer, at=AT)
    assert {row.clause for row in caught.value.findings} == {"DB4401 5.1.2.5", "DB4401 5.1.5.2 b"}
    product.refresh_from_db()
    assert product.state == State.SUBMITTED


def test_sending_back_tells_the_merchant_why(reviewer):
    product = product_actions.send_back(
        ProductFactory(state=State.SUBMITTED), by=reviewer, at=AT, note="配料表缺少致敏原提示"
    )

    assert (product.state, product.decision_note) == (State.RETURNED, "配料表缺少致敏原提示")


@pytest.mark.parametrize("verb", ["send_back", "delist"])
def test_a_reason_is_needed(verb, reviewer):
    sources, _target = Product.MOVES.table[verb]
    with pytest.raises(ValidationError, match="请填写原因"):
        VERBS[verb][0](ProductFactory(state=sources[0], parts=False), by=reviewer, at=AT, note=" ")


def test_a_delisted_product_comes_back_by_review_alone(reviewer):
    product = product_actions.delist(ProductFactory(), by=reviewer, at=AT, note="商家停产")
    assert product.state == State.DELISTED

    product_actions.submit(product, by=reviewer, at=AT)
    assert (product.state, product.decision_note) == (State.SUBMITTED, "")


@pytest.mark.parametrize(("verb", "state"), WRONG)
def test_a_verb_is_refused_from_every_wrong_state(verb, state, reviewer):
    act, more = VERBS[verb]
    product = ProductFactory(state=state, parts=False)

    with pytest.raises(WrongState):
        act(product, by=reviewer, at=AT, **more)
    assert Product.objects.get(pk=product.pk).version == product.version


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_refused_to_whom_it_is_not_given(verb):
    act, more = VERBS[verb]
    sources, _target = Product.MOVES.table[verb]

    with pytest.raises(Denied):
        act(ProductFactory(state=sources[0], parts=False), by=StaffFactory(role="operator"), at=AT, **more)


@pytest.mark.parametrize("verb", ["approve", "send_back", "delist"])
def test_a_merchant_does_not_decide_on_its_own_products(verb, owner):
    act, more = VERBS[verb]
    sources, _target = Product.MOVES.table[verb]
    product = ProductFactory(merchant=owner.memberships.get().merchant, state=sources[0], parts=False)

    with pytest.raises(Denied):
        act(product, by=owner, at=AT, **more)
    assert not ProductVerification.objects.exists()
