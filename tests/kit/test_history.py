"""The history page tells codes by their labels and rows by their names."""

import pytest
from django.test import Client
from django.urls import reverse

from mcn.agency.figures import sync_figures
from mcn.kit import records
from merchants.actions import merchant as merchant_actions
from products.models import Product
from tests.factories import AT
from tests.factories.accounts import StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def figures(db):
    sync_figures(at=AT)


@pytest.fixture
def auditor():
    client = Client()
    client.force_login(StaffFactory(role="auditor"))
    return client


def page(row, client):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    return client.get(reverse(name, args=[row.pk])).content.decode()


def test_a_state_is_told_by_its_label(auditor):
    merchant = MerchantFactory()
    merchant_actions.suspend(merchant, note="抽检不合格", by=None, at=AT)

    html = page(merchant, auditor)

    assert "<del>已准入</del>" in html
    assert "<ins>已暂停</ins>" in html
    assert "admitted" not in html


def test_a_row_is_told_by_its_name_and_personal_data_not_at_all(auditor):
    product = ProductFactory()
    merchant = product.merchant
    merchant.phone = "13900139000"
    records.save(merchant, by=None, at=AT)

    assert f"<ins>{merchant}</ins>" in page(product, auditor)
    assert "不显示" in page(merchant, auditor)
    assert "13900139000" not in page(merchant, auditor)


def test_the_names_cost_a_query_a_kind(auditor, django_assert_max_num_queries):
    product = ProductFactory()
    for count in range(12):
        product = Product.objects.get(pk=product.pk)
        product.name = f"蛋卷 {count}"
        records.save(product, by=None, at=AT)

    with django_assert_max_num_queries(14):
        page(product, auditor)
