"""Holds on products: placed, appealed against, upheld, lifted."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.refusal import Denied, WrongState
from products.actions import hold as hold_actions
from products.models import ProductHold
from products.rules.listing import LISTING
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.products import ProductFactory, ProductHoldFactory

State = ProductHold.State
VERBS = {
    "appeal": (hold_actions.appeal, {"appeal": "已复检合格"}),
    "uphold": (hold_actions.uphold, {"note": "复检报告批次不符"}),
    "lift": (hold_actions.lift, {"note": "复检合格"}),
}
WRONG = [
    (verb, state)
    for verb, (sources, _target) in ProductHold.MOVES.table.items()
    for state in State
    if state not in sources
]


@pytest.fixture
def officer(db):
    """Somebody of compliance, who may do all of it."""
    return StaffFactory(role="compliance")


@pytest.mark.clause("DB4401 5.1.5.2 b")
def test_a_hold_blocks_from_its_day_on(reviewer):
    product = ProductFactory()
    hold = hold_actions.hold(product, reason="抽检不合格", file=pdf(), by=reviewer, at=AT)

    assert (hold.valid_from, hold.placed_by, hold.document.revisions.count()) == (DAY, reviewer, 1)
    assert not LISTING.inspect(product, on=DAY - datetime.timedelta(days=1)).findings
    assert [row.subject for row in LISTING.inspect(product, on=DAY).blockers] == [hold]


def test_a_hold_needs_its_reason(reviewer):
    with pytest.raises(ValidationError):
        hold_actions.hold(ProductFactory(parts=False), reason="", by=reviewer, at=AT)


@pytest.mark.parametrize(
    ("role", "kind"), [("operator", "hold"), ("operator", "blacklist"), ("auditor", "hold")]
)
def test_not_everybody_places_holds(role, kind):
    with pytest.raises(Denied):
        hold_actions.hold(
            ProductFactory(parts=False), reason="假货", kind=kind, by=StaffFactory(role=role), at=AT
        )


def test_a_merchant_appeals_and_the_hold_goes_on(officer):
    hold = ProductHoldFactory()
    owner = MerchantUserFactory(merchant=hold.product.merchant)

    hold_actions.appeal(hold, appeal="已复检合格", by=owner, at=AT)
    assert hold.holds(DAY)

    hold_actions.uphold(hold, note="复检报告批次不符", by=officer, at=AT)
    assert (hold.state, hold.answer) == (State.ACTIVE, "复检报告批次不符")
    assert hold.holds(DAY)


def test_a_lifted_hold_blocks_no_more(officer):
    hold = hold_actions.lift(ProductHoldFactory(), note="复检合格", by=officer, at=AT)

    assert hold.state == State.LIFTED
    assert not hold.holds(DAY)


@pytest.mark.parametrize("verb", VERBS)
def test_words_are_needed(verb, officer):
    act, more = VERBS[verb]
    sources, _target = ProductHold.MOVES.table[verb]
    hold = ProductHoldFactory(state=sources[0])
    by = MerchantUserFactory(merchant=hold.product.merchant) if verb == "appeal" else officer

    with pytest.raises(ValidationError, match="请填写原因"):
        act(hold, **dict.fromkeys(more, " "), by=by, at=AT)


@pytest.mark.parametrize(("verb", "state"), WRONG)
def test_a_verb_is_refused_from_every_wrong_state(verb, state):
    act, more = VERBS[verb]
    with pytest.raises(WrongState):
        act(ProductHoldFactory(state=state), **more, by=StaffFactory(role="administrator"), at=AT)


def test_a_merchant_does_not_lift_its_own_hold():
    hold = ProductHoldFactory()
    with pytest.raises(Denied):
        hold_actions.lift(hold, note="没问题", by=MerchantUserFactory(merchant=hold.product.merchant), at=AT)
