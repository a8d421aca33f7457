"""Who must act on what the gate found."""

import pytest

from mcn.kit.refusal import Finding
from streamers.rules.parties import Who, by_product, parties
from tests.factories.products import ProductFactory
from tests.factories.shows import RunItemFactory, ShowFactory

pytestmark = pytest.mark.django_db


def finding(row, message, level="shall", about=None):
    return Finding("DB4401 5.1.2.5", level, row, message, "/mend/", about)


def test_every_row_at_fault_leads_to_who_mends_it():
    show = ShowFactory()
    item, part = show.items.get(), show.cast.get()
    product = item.product
    rows = {
        show: (Who.AGENCY, None),
        item: (Who.AGENCY, None),
        item.offers.first(): (Who.AGENCY, None),
        show.room: (Who.ROOM, show.room),
        show.crew.first(): (Who.CREW, None),
        part: (Who.STREAMER, part.streamer),
        part.streamer: (Who.STREAMER, part.streamer),
        product: (Who.MERCHANT, product.merchant),
        product.verifications.first(): (Who.MERCHANT, product.merchant),
        item.card_version: (Who.MERCHANT, product.merchant),
    }

    for row, expected in rows.items():
        [party] = parties([finding(row, "x", about=show)])
        assert (party.who, party.row) == expected, row


def test_a_row_that_belongs_to_nobody_goes_to_the_owner_of_what_was_inspected():
    product = ProductFactory()

    [party] = parties([finding(product.category, "x", about=product)])

    assert party.row == product.merchant


def test_the_same_words_stand_in_one_line_and_what_blocks_before_the_rest():
    show = ShowFactory(items=0)
    first, second = RunItemFactory(show=show), RunItemFactory(show=show)
    found = [
        finding(show, "没有预案", "should"),
        finding(first, "没有数量"),
        finding(second, "没有数量"),
        finding(first.product, "未核验"),
    ]

    agency, merchant = parties(found)

    assert [(line.message, line.blocks, len(line.findings)) for line in agency.lines] == [
        ("没有数量", True, 2),
        ("没有预案", False, 1),
    ]
    assert (len(agency.blockers), len(agency.warnings)) == (2, 1)
    assert merchant.as_dict()["id"] == first.product.merchant_id


def test_findings_are_told_by_product_for_the_lines_of_the_run_sheet():
    item = RunItemFactory()
    found = by_product(
        [
            finding(item, "a"),
            finding(item.offers.first(), "b"),
            finding(item.product, "c"),
            finding(item.product.category, "d", about=item.product),
            finding(item.show, "e"),
        ]
    )

    assert {pk: [row.message for row in rows] for pk, rows in found.items()} == {
        item.product_id: list("abcd")
    }
