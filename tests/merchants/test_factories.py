"""The factories themselves: what other tests stand on is whole."""

from stdnum.cn import uscc as stdnum_uscc

from mcn.kit.identity import validate_uscc
from merchants.models import Merchant
from tests.factories import DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import CategoryFactory, MerchantFactory, uscc


def test_made_up_credit_codes_are_right():
    for number in range(1, 2_000, 37):
        assert stdnum_uscc.is_valid(uscc(number))
        validate_uscc(uscc(number))


def test_a_merchant_is_admitted_with_its_papers():
    merchant = MerchantFactory()

    assert merchant.state == Merchant.State.ADMITTED
    assert merchant.credentials.get().covers(DAY)
    assert merchant.verifications.count() == 5
    assert all(agreement.covers(DAY) for agreement in merchant.agreements.all())


def test_a_merchants_user_belongs_to_it():
    merchant = MerchantFactory()
    user = MerchantUserFactory(merchant=merchant, role="editor")

    assert Merchant.objects.visible_to(user).get() == merchant
    assert user.has_perm("merchants.change_merchant", merchant)
    assert not user.has_perm("merchants.end_membership", merchant)


def test_staff_have_their_role():
    assert StaffFactory(role="merchant_desk").has_perm("merchants.admit_merchant")
    assert not StaffFactory(role="auditor").has_perm("merchants.admit_merchant")


def test_a_category_asks_for_papers():
    assert [kind.code for kind in CategoryFactory(requires=["food_licence"]).required_kinds("merchant")] == [
        "food_licence"
    ]
