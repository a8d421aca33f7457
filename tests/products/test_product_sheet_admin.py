"""The product list goes out as filtered or ticked, and without what a person may not see."""

import csv
import io
from decimal import Decimal

import pytest

from tests.factories.accounts import StaffFactory
from tests.factories.products import ProductFactory, SkuFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/products/product/"
COST = "进价"


@pytest.fixture
def offers():
    """Two products, each with a SKU that has a cost price."""
    return [
        SkuFactory(product=ProductFactory(name=name), cost_price=Decimal("3.21")).product
        for name in ("绿茶", "红茶")
    ]


def rows_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_list_goes_out_as_it_is_filtered(client, offers):
    client.force_login(StaffFactory(role="administrator"))
    assert {row["商品名称"] for row in rows_of(client, f"{LIST}export.csv")} == {"绿茶", "红茶"}
    assert {row["商品名称"] for row in rows_of(client, f"{LIST}export.csv?q=绿茶")} == {"绿茶"}


def test_cost_prices_go_out_only_to_who_may_see_them(client, offers):
    client.force_login(StaffFactory(role="administrator"))
    assert "3.21" in {row[COST] for row in rows_of(client, f"{LIST}export.csv")}
    client.force_login(StaffFactory(role="auditor"))
    assert {row[COST] for row in rows_of(client, f"{LIST}export.csv")} == {""}


def test_the_ticked_rows_go_out_alone(client, offers):
    client.force_login(StaffFactory(role="administrator"))
    given = {"action": "export_chosen", "_selected_action": [offers[0].pk]}
    answer = client.post(LIST, given)
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_list_offers_both_ways(client, offers):
    client.force_login(StaffFactory(role="administrator"))
    text = client.get(LIST).content.decode()
    assert f"{LIST}export.xlsx" in text
    assert "/admin/sheets/importjob/add/?sheet=products" in text


def test_an_unknown_format_is_not_found(client, offers):
    client.force_login(StaffFactory(role="administrator"))
    assert client.get(f"{LIST}export.pdf").status_code == 404
