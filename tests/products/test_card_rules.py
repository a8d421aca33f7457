"""CARD: each required part broken once alone, found with its clause alone and the place to mend it."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mcn.claims.in_force import scanner
from mcn.kit import records
from products.models import CardVersion
from products.rules.card import CARD, CARD_SUBMISSION
from tests.factories import AT, DAY
from tests.factories.cards import CardFactory, CardVersionFactory, SellingPointFactory
from tests.factories.merchants import CategoryFactory
from tests.factories.products import ProductCredentialFactory, ProductFactory, SkuFactory

pytestmark = pytest.mark.django_db
LONG = "每一罐都在佛山的工坊里现做现卷，装罐前逐根挑选，断的碎的都不装。" * 20


def found(version, rulebook=CARD, on=DAY):
    """What blocks a version: (clause, anchor) of each finding."""
    report = rulebook.inspect(version, on=on)
    return [(finding.clause, finding.mend_url.partition("#")[2]) for finding in report.blockers]


def draft(**values):
    return CardVersionFactory(**values)


def of_category(regime, **values):
    """A draft on a product whose category has other wording rules."""
    product = ProductFactory(category=CategoryFactory(claim_regime=regime))
    return CardVersionFactory(card=CardFactory(product=product), **values)


def test_the_default_card_may_be_submitted():
    assert CARD_SUBMISSION.inspect(draft(), on=DAY).findings == []


MISSING = [
    pytest.param("hazards", "DB4401 5.2.3.4 a", marks=pytest.mark.clause("DB4401 5.2.3.4 a")),
    pytest.param("warnings", "DB4401 5.2.3.4 b", marks=pytest.mark.clause("DB4401 5.2.3.4 b")),
    pytest.param("accident", "DB4401 5.2.3.4 c", marks=pytest.mark.clause("DB4401 5.2.3.4 c")),
    pytest.param("after_sales", "DB4401 5.2.3.4 d", marks=pytest.mark.clause("DB4401 5.2.3.4 d")),
    pytest.param("production_date", "DB4401 5.2.3.4 e", marks=pytest.mark.clause("DB4401 5.2.3.4 e")),
    pytest.param("shelf_life", "DB4401 5.2.3.4 e", marks=pytest.mark.clause("DB4401 5.2.3.4 e")),
    *[
        pytest.param(
            name,
            "DB4401 5.2.3.4 g",
            marks=pytest.mark.clause("DB4401 5.2.3.4 g", "DB4401 5.5.3 c"),
        )
        for name in ("promotion_scope", "promotion_rules", "promotion_limits")
    ],
]


@pytest.mark.parametrize(("name", "clause"), MISSING)
def test_a_part_that_is_missing_blocks_with_its_clause_alone(name, clause):
    assert found(draft(**{name: " \n"})) == [(clause, name)]


@pytest.mark.parametrize("name", ["promotion_from", "promotion_to"])
@pytest.mark.clause("DB4401 5.2.3.4 g", "DB4401 5.5.3 c")
def test_a_promotion_without_its_period_blocks(name):
    assert found(draft(**{name: None})) == [("DB4401 5.2.3.4 g", name)]


@pytest.mark.clause("DB4401 5.2.3.4 g")
def test_a_promotion_that_is_over_blocks_from_the_next_day():
    version = draft()

    assert found(version, on=version.promotion_to) == []
    assert found(version, on=version.promotion_to + datetime.timedelta(days=1)) == [
        ("DB4401 5.2.3.4 g", "promotion_to")
    ]


@pytest.mark.parametrize("part", [part.value for part in CardVersion.MAY_NOT_APPLY if part != "dates"])
def test_a_part_is_set_aside_with_a_reason_alone(part):
    blank = {
        name: None if name in ("promotion_from", "promotion_to", "compared_price") else ""
        for name in CardVersion.FIELDS_OF[part]
    }

    assert found(draft(**blank, not_applicable={part: "本品为电子兑换券"})) == []
    assert [anchor for _clause, anchor in found(draft(**blank, not_applicable={part: " "}))] == [
        f"{part}-reason"
    ]


@pytest.mark.clause("DB4401 5.2.3.4 e")
def test_dates_may_be_set_aside_for_clothes_but_not_for_food():
    aside = {"production_date": "", "shelf_life": "", "not_applicable": {"dates": "服装没有保质期"}}

    assert found(of_category("general", **aside)) == []
    assert found(of_category("ordinary_food", **aside)) == [("DB4401 5.2.3.4 e", "production_date")]


@pytest.mark.clause("DB4401 5.2.3.4 f")
def test_what_goes_beyond_the_papers_names_its_source():
    version = draft(points=False)
    point = SellingPointFactory(card_version=version, beyond_papers=True, claim="出口到十二个国家和地区")

    assert found(version) == [("DB4401 5.2.3.4 f", f"point-{point.pk}-source")]

    point.source = "海关出口报关单汇总，2025年"
    records.save(point, by=None, at=AT)
    assert found(version) == []


@pytest.mark.clause("LSEC 32")
def test_a_promotion_says_what_the_reduction_is_measured_by():
    assert found(draft(compared_price=None, price_basis="")) == [("LSEC 32", "compared_price")]
    assert found(draft(compared_price=None)) == []


@pytest.mark.clause("LSEC 32")
def test_a_compared_price_without_a_basis_is_not_above_what_was_charged():
    assert found(draft(compared_price=Decimal("39.90"), price_basis="")) == []
    assert found(draft(compared_price=Decimal("39.91"), price_basis="")) == [("LSEC 32", "price_basis")]


@pytest.mark.clause("LSEC 32")
def test_a_struck_through_price_of_the_product_needs_its_basis():
    version = draft()
    SkuFactory(product=version.card.product, list_price=Decimal("99.00"))

    assert [clause for clause, _anchor in found(version)] == ["LSEC 32"]


@pytest.mark.clause("DB4401 5.5.3 a")
def test_a_card_has_a_selling_point():
    assert found(draft(points=False)) == [("DB4401 5.5.3 a", "points")]


@pytest.mark.clause("DB4401 5.5.3 a")
def test_a_selling_point_is_not_left_empty():
    version = draft()
    point = SellingPointFactory(card_version=version, claim="  ", proved=False)

    assert found(version) == [("DB4401 5.5.3 a", f"point-{point.pk}-claim")]


@pytest.mark.clause("DB4401 5.5.2.3")
def test_a_banned_word_blocks_wherever_it_stands():
    assert found(draft(hazards="国家级配方")) == [("DB4401 5.5.2.3", "hazards")]

    version = draft(points=False)
    point = SellingPointFactory(card_version=version, claim="国家级配方")
    assert found(version) == [("DB4401 5.5.2.3", f"point-{point.pk}-claim")]


@pytest.mark.clause("DB4401 5.5.2.3")
def test_a_banned_word_is_told_with_its_reason_and_what_to_say_instead():
    finding = CARD.inspect(draft(hazards="国家级配方"), on=DAY).blockers[0]

    assert "国家级" in finding.message
    assert "绝对化用语" in finding.message
    assert "删去" in finding.message


@pytest.mark.clause("DB4401 5.5.2.3")
def test_what_needs_evidence_blocks_until_its_own_point_has_some():
    version = draft()
    point = SellingPointFactory(card_version=version, claim=NEEDS_EVIDENCE, proved=False)
    assert found(version) == [("DB4401 5.5.2.3", f"point-{point.pk}-claim")]

    point.credential = ProductCredentialFactory(product=version.card.product)
    records.save(point, by=None, at=AT)
    assert found(version) == []


@pytest.mark.clause("DB4401 5.5.2.3")
def test_a_paper_that_has_run_out_proves_nothing():
    version = draft()
    paper = ProductCredentialFactory(product=version.card.product, valid_to=DAY)
    point = SellingPointFactory(card_version=version, claim=NEEDS_EVIDENCE, proved=False, credential=paper)

    assert found(version, on=DAY) == []
    tomorrow = DAY + datetime.timedelta(days=1)
    assert found(version, on=tomorrow) == [("DB4401 5.5.2.3", f"point-{point.pk}-claim")]


NEEDS_EVIDENCE = "2025年同类销量领先"


def test_a_point_without_any_evidence_is_only_pointed_out():
    version = draft()
    point = SellingPointFactory(card_version=version, claim="松脆，甜度适中", proved=False)

    report = CARD.inspect(version, on=DAY)
    assert report.blockers == []
    assert [finding.mend_url.partition("#")[2] for finding in report.warnings] == [
        f"point-{point.pk}-evidence"
    ]


def test_a_removed_point_counts_no_more():
    version = draft()
    SellingPointFactory(card_version=version, claim="国家级配方", removed_at=AT)

    assert found(version) == []


@pytest.mark.clause("DB4401 5.5.3 a")
def test_a_card_longer_than_a_page_in_the_smallest_letters_is_not_submitted():
    version = draft(hazards=LONG[:900], warnings=LONG[:900], accident=LONG[:900], after_sales=LONG[:900])
    assert found(version) == []
    for _number in range(6):
        SellingPointFactory(card_version=version, claim=LONG[:500])

    assert found(version, CARD_SUBMISSION) == [("DB4401 5.5.3 a", "points")]


def test_a_finding_leads_to_the_field_that_mends_it():
    version = draft(hazards="")

    finding = CARD.inspect(version, on=DAY).blockers[0]

    assert finding.mend_url.endswith(f"/{version.pk}/#hazards")
    assert finding.as_dict()["subject"] == {
        "model": "products.cardversion",
        "id": version.pk,
        "label": f"{version} · 使用中的潜在危险",
    }


def test_many_cards_are_inspected_in_as_many_queries_as_one():
    for _number in range(3):
        CardVersionFactory()
    scanner()  # finds out once for all which terms are in force

    def queries(versions):
        with CaptureQueriesContext(connection) as captured:
            CARD.inspect_many(versions, on=DAY)
        return len(captured)

    everything = CardVersion.objects.all()
    assert queries(everything[:1]) == queries(everything) == 3
