"""The shipped category tree: whole, sourced, and what staff changed stays."""

from mcn.audit.models import Entry
from mcn.kit import records
from merchants.actions.category import change, inherited, read, sync_categories
from merchants.models import Category, CategoryRequirement, CredentialKind
from tests.factories import AT
from tests.factories.accounts import StaffFactory


def kinds(code, holder):
    return {kind.code for kind in Category.objects.get(code=code).required_kinds(holder)}


def test_the_shipped_files_agree():
    known = {row["code"] for row in read("credential_kinds")}
    rows = inherited(read("categories"))
    for row in rows.values():
        assert set(row["merchant_credentials"] + row["product_credentials"]) <= known
        assert row["regime"] in Category.Regime.values
        assert row["seven_day_return"] in Category.SevenDayReturn.values
        assert row["source"]
    assert len([row for row in rows.values() if row["regime"] == "banned"]) >= 10


def test_a_category_inherits_what_its_parents_ask():
    sync_categories(at=AT)

    assert kinds("food.general.snack", "merchant") == {"food_licence"}
    assert kinds("food.general.snack", "product") == {
        "test_report",
        "brand_authorisation",
        "food_production_licence",
    }
    assert kinds("home.flower", "product") == set(), "a dash takes away what the parent asks"
    assert str(Category.objects.get(code="food.general.snack")) == "食品饮料 / 普通预包装食品 / 休闲零食"
    assert Category.objects.get(code="prohibited.tobacco").regime == Category.Regime.BANNED


def test_a_second_sync_changes_nothing():
    sync_categories(at=AT)
    before = Entry.objects.count()

    sync_categories(at=AT)

    assert Entry.objects.count() == before


def test_what_staff_changed_stays():
    sync_categories(at=AT)
    desk = StaffFactory(role="merchant_desk")
    snack = Category.objects.get(code="food.general.snack")
    snack.regime = Category.Regime.RESTRICTED
    change(snack, by=desk, at=AT)
    asked = CategoryRequirement.objects.get(category=snack, kind__code="brand_authorisation")
    asked.ended_on = AT.date()
    records.save(asked, by=desk, at=AT)

    sync_categories(at=AT)

    assert Category.objects.get(code="food.general.snack").regime == Category.Regime.RESTRICTED
    assert "brand_authorisation" not in kinds("food.general.snack", "product")


def test_the_names_below_follow_a_new_name():
    sync_categories(at=AT)
    food = Category.objects.get(code="food")
    food.name = "食品"

    change(food, by=None, at=AT)

    assert Category.objects.get(code="food.general.snack").full_name == "食品 / 普通预包装食品 / 休闲零食"


def test_a_restored_kind_of_paper_speaks_of_its_issuer():
    sync_categories(at=AT)
    assert CredentialKind.objects.get(code=CredentialKind.BUSINESS_LICENCE).issuer == "市场监督管理部门"
    assert CredentialKind.objects.filter(code=CredentialKind.REGISTRATION_EXEMPTION).exists()
