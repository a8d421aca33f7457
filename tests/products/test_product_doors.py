"""The same data and the same wrong data get the same answer at every door, and leave no trace if wrong."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import Workbook
from rest_framework.test import APIClient

from mcn.audit.models import Entry
from mcn.sheets import straight
from products.models import Product, Sku
from products.resources import ProductSheet
from tests.factories import AT
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import ProductFactory

GOOD = {
    "code": "S-1",
    "specification": "红色",
    "gtin": "6901234567892",
    "price": "39.90",
    "list_price": "59.90",
    "stock": "10",
}
WRONG = {
    "check digit": ({"gtin": "6901234567893"}, "校验位"),
    "letters in a barcode": ({"gtin": "69012345678AB"}, "条码"),
    "nothing to pay": ({"price": "0"}, "0.01"),
    "struck through below the price": ({"list_price": "1.00"}, "划线价"),
    "too long": ({"specification": "长" * 201}, "200"),
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    return ProductFactory(merchant=MerchantFactory(code="M0001"), code="P-1", parts=False)


def by_api(product, values, tmp_path):
    client = APIClient()
    client.force_authenticate(MerchantUserFactory(merchant=product.merchant))
    answer = client.post("/api/v1/skus/", {"product": product.pk, **values}, format="json")
    assert answer.status_code in (201, 400)
    return answer.status_code == 201, json.dumps(answer.json(), ensure_ascii=False)


def by_portal(product, values, tmp_path):
    client = signed_in(MerchantUserFactory(merchant=product.merchant))
    url = reverse("portal_product_edit", args=["M0001", product.pk])
    return sent_form(client, url, product, values)


def by_admin(product, values, tmp_path):
    client = signed_in(StaffFactory(role="reviewer"))
    return sent_form(client, reverse("admin:products_product_change", args=[product.pk]), product, values)


def by_sheet(product, values, tmp_path):
    path = workbook(tmp_path, product, values)
    report = straight.import_now(ProductSheet(), path, by=None, at=AT, scope="M0001")
    return not report.tally.refused, "".join(error["message"] for error in report.errors)


def by_command(product, values, tmp_path, capsys):
    capsys.readouterr()
    path = str(workbook(tmp_path, product, values))
    call_command("import_products", path, "--merchant=M0001", "--json")
    report = json.loads(capsys.readouterr().out)
    return not report["refused"], "".join(error["message"] for error in report["errors"])


DOORS = [by_api, by_portal, by_admin, by_sheet, by_command]


def signed_in(user):
    client = APIClient(enforce_csrf_checks=False)
    client.force_login(user)
    return client


def sent_form(client, url, product, values):
    """Open a product's form, fill in one more SKU, send it; what the page then says."""
    page = client.get(url)
    form = page.context.get("adminform", None)
    form = form.form if form else page.context["form"]
    data = {name: "" if (value := form[name].value()) is None else value for name in form.fields}
    for formset in page.context.get("inline_admin_formsets") or []:
        data |= {
            f"{formset.formset.prefix}-{name}": value
            for name, value in formset.formset.management_form.initial.items()
        }
    data |= {"skus-TOTAL_FORMS": 1, "skus-INITIAL_FORMS": 0, "skus-MIN_NUM_FORMS": 0}
    data |= {f"skus-0-{name}": value for name, value in values.items()} | {"skus-0-on_sale": "on"}
    data = {
        name: value
        for name, value in data.items()
        if value is not None and value is not False and name != "picture"
    }
    answer = client.post(url, data, format="multipart")
    return answer.status_code == 302, strip_tags(answer.content.decode())


def workbook(tmp_path, product, values):
    titles = {
        "code": "SKU编码",
        "specification": "规格",
        "gtin": "条码",
        "price": "售价",
        "list_price": "划线价",
        "stock": "库存",
    }
    book = Workbook()
    book.active.append(["货号", "商品名称", *[titles[name] for name in values]])
    book.active.append([product.code, product.name, *values.values()])
    path = tmp_path / "one.xlsx"
    book.save(path)
    return path


@pytest.fixture(params=DOORS, ids=lambda door: door.__name__)
def door(request, capsys, tmp_path):
    options = {"capsys": capsys} if request.param is by_command else {}
    return lambda product, values: request.param(product, values, tmp_path, **options)


def test_good_data_comes_in_the_same_through_every_door(door, product):
    taken, said = door(product, GOOD)

    assert taken, said[-2000:]
    sku = Sku.objects.get(code="S-1")
    assert (sku.specification, sku.gtin, str(sku.price), str(sku.list_price), sku.stock) == (
        "红色",
        "6901234567892",
        "39.90",
        "59.90",
        10,
    )
    assert str(Product.objects.get().price_from) == "39.90"
    assert sku.price_records.count() == 2


@pytest.mark.parametrize(("wrong", "word"), WRONG.values(), ids=WRONG)
def test_wrong_data_gets_the_same_answer_and_leaves_no_trace(door, product, wrong, word):
    written = Entry.objects.filter(model="products.sku").count()

    taken, said = door(product, GOOD | wrong)

    assert not taken
    assert word in said, said[-2000:]
    assert not Sku.objects.exists()
    assert Entry.objects.filter(model="products.sku").count() == written
