"""Products in the back office: what each page shows, and that it lets nobody do what the verbs refuse."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mcn.kit import records
from products.models import PriceRecord, Product, ProductCredential, ProductVerification, Sample, Sku
from products.rules.facts import items_of
from products.rules.status import Status, statuses
from tests.factories import AT, DAY, pdf, png
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.products import (
    ProductFactory,
    ProductHoldFactory,
    ProductKindFactory,
    ProductVerificationFactory,
    SampleFactory,
    SkuFactory,
    SnackCategoryFactory,
)

Item = ProductVerification.Item
LISTS = ["product", "sku", "pricerecord", "productcredential", "productverification", "sample", "producthold"]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(reviewer):
    return signed_in(reviewer)


def page(name, row, verb=None):
    """The address of a row's page, or of one of its verbs."""
    if verb:
        return reverse(f"admin:products_{name}_verb", args=[row.pk, verb])
    return reverse(f"admin:products_{name}_change", args=[row.pk])


def listing(name):
    return reverse(f"admin:products_{name}_changelist")


def form_of(product, **changes):
    """What the page of a product sends back, with changes; SKUs as ``skus-0-price``."""
    names = [
        "name",
        "code",
        "brand",
        "unit",
        "packaging",
        "origin",
        "producer",
        "producer_address",
        "performance",
        "uses",
        "specification",
        "ingredients",
        "shelf_life_days",
        "validity_term",
        "service_promises",
        "standard",
        "marks",
        "net_content",
        "intellectual_property",
        "traceability",
        "list_price_basis",
        "category_text",
    ]
    sent = {name: getattr(product, name) for name in names}
    sent |= {"category": product.category_id, "opened_version": product.version}
    sent = {name: "" if value is None else value for name, value in sent.items()}
    skus = list(product.skus.order_by("id")) if product.pk else []
    for prefix in ("skus", "credentials", "samples", "verifications", "holds"):
        count = len(skus) if prefix == "skus" else 0
        sent |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": count}
    for place, sku in enumerate(skus):
        sent |= {
            f"skus-{place}-id": sku.pk,
            f"skus-{place}-product": product.pk,
            f"skus-{place}-code": sku.code,
            f"skus-{place}-specification": sku.specification,
            f"skus-{place}-gtin": sku.gtin,
            f"skus-{place}-price": sku.price,
            f"skus-{place}-list_price": sku.list_price or "",
            f"skus-{place}-cost_price": sku.cost_price or "",
            f"skus-{place}-stock": sku.stock or "",
            f"skus-{place}-on_sale": "on",
            f"skus-{place}-opened_version": sku.version,
        }
    return sent | changes


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_no_more_for_fifty_than_for_one(name):
    client = signed_in(UserFactory(is_staff=True, is_superuser=True))
    ProductHoldFactory()
    with CaptureQueriesContext(connection) as for_one:
        assert client.get(listing(name)).status_code == 200
    merchant = MerchantFactory()
    for _number in range(12):
        ProductHoldFactory(product=ProductFactory(merchant=merchant))
    with CaptureQueriesContext(connection) as for_many:
        assert client.get(listing(name)).status_code == 200

    assert len(for_many) == len(for_one)
    assert len(for_many) <= 6


@pytest.mark.parametrize("role", ["reviewer", "auditor", "operator", "compliance"])
def test_staff_open_every_page(role):
    product = ProductFactory()
    hold = ProductHoldFactory(product=product)
    client = signed_in(StaffFactory(role=role))
    pages = [
        page("product", product),
        page("sku", product.skus.get()),
        page("productcredential", product.credentials.get()),
        page("productverification", product.verifications.first()),
        page("sample", product.samples.get()),
        page("producthold", hold),
        page("pricerecord", PriceRecord.objects.first()),
        reverse("admin:products_product_history", args=[product.pk]),
    ]
    assert {client.get(url).status_code for url in pages} == {200}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("鸡蛋卷", True),
        ("jdj", True),
        ("KL-77", True),
        ("6901234567892", True),
        ("红薯", False),
    ],
)
def test_a_product_is_found_by(asked, found, desk):
    product = ProductFactory(parts=False)
    SkuFactory(product=product, code="KL-77", gtin="6901234567892")

    assert (product.name in desk.get(listing("product"), {"q": asked}).content.decode()) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"items": "settled"}, ["good"]),
        ({"items": "open"}, ["bare", "stale"]),
        ({"items": "stale"}, ["stale"]),
        ({"items": "due"}, []),
        ({"items": "bad"}, []),
        ({"held": "yes"}, ["stale"]),
        ({"held": "no"}, ["good", "bare"]),
        ({"papers": "expired"}, []),
        ({"papers": "30"}, []),
    ],
)
def test_products_are_filtered_by_what_stands(query, found, desk, time_machine):
    time_machine.move_to(AT)
    rows = {"good": ProductFactory(), "stale": ProductFactory(), "bare": ProductFactory(parts=False)}
    marked = rows["stale"].verifications.first()
    marked.stale_at = AT
    records.save(marked, by=None, at=AT)
    ProductHoldFactory(product=rows["stale"])

    shown = desk.get(listing("product"), query).context["cl"].queryset
    assert {row.pk for row in shown} == {rows[name].pk for name in found}


def test_a_product_is_added_with_its_skus(desk):
    made = Product(code="A-1", name="陈皮梅", category=SnackCategoryFactory())
    sent = form_of(made, merchant=MerchantFactory(papers=False).pk) | {
        "skus-TOTAL_FORMS": 1,
        "skus-0-code": "A-1-1",
        "skus-0-price": "12.80",
        "skus-0-on_sale": "on",
    }

    answer = desk.post(reverse("admin:products_product_add"), sent)
    assert answer.status_code == 302, answer.context["errors"]
    assert Product.objects.get().price_from == Decimal("12.80")


def test_a_price_changed_on_the_page_is_in_the_history(desk):
    product = ProductFactory()
    answer = desk.post(page("product", product), form_of(product, **{"skus-0-price": "29.90"}))

    assert answer.status_code == 302, answer.context["errors"]
    assert Product.objects.get().price_from == Decimal("29.90")
    assert PriceRecord.objects.count() == 2
    assert [row.item for row in ProductVerification.objects.exclude(stale_at=None)] == [Item.PRICE]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "name"),
        ({"shelf_life_days": "-1"}, "shelf_life_days"),
        ({"skus-0-gtin": "6901234567893"}, "校验位"),
        ({"skus-0-price": "0"}, "不能小于"),
        ({"skus-0-list_price": "1.00"}, "划线价不能低于售价"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_leaves_no_trace(changes, said, desk):
    product = ProductFactory()
    answer = desk.post(page("product", product), form_of(product, **changes))

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Product.objects.get().version == Product.objects.get(pk=product.pk).version
    assert PriceRecord.objects.count() == 1


def test_a_sku_code_of_the_same_merchant_is_refused_beside_its_row(desk):
    product = ProductFactory()
    other = SkuFactory(product=ProductFactory(merchant=product.merchant, parts=False))

    answer = desk.post(page("product", product), form_of(product, **{"skus-0-code": other.code}))
    assert answer.status_code == 200
    assert "该商家已有此编码的SKU" in answer.content.decode()


def test_two_people_on_one_product_are_told_so(desk):
    product = ProductFactory()
    sent = form_of(product, origin="广东省中山市")
    product.refresh_from_db()
    product.uses = "佐茶"
    records.save(product, by=None, at=AT)

    answer = desk.post(page("product", product), sent)
    assert answer.status_code == 200
    assert "广东省中山市" in answer.content.decode()
    assert Product.objects.get().origin == "广东省佛山市"


def test_the_cost_price_is_not_on_the_page_of_who_may_not_see_it():
    product = ProductFactory()
    operator = signed_in(StaffFactory(role="operator"))

    assert "18.00" not in operator.get(page("product", product)).content.decode()
    assert "18.00" not in operator.get(page("sku", product.skus.get())).content.decode()


def answers(product, **given):
    """The verification form with answers as ``origin="good"``."""
    sent = {f"{item}_method": "document" for item in items_of(product)}
    return sent | {f"{item}_outcome": outcome for item, outcome in given.items()}


@pytest.mark.clause("DB4401 5.1.2.5", "DB4401 5.4.2.3")
def test_all_items_are_verified_on_one_page(desk, time_machine):
    time_machine.move_to(AT)
    product = ProductFactory(state=Product.State.SUBMITTED)
    product.verifications.all().delete()
    url = page("product", product, "verify")
    assert "佛山测试食品有限公司" in desk.get(url).content.decode()

    sent = answers(product, origin="bad") | {
        "origin_note": "外箱写的是中山",
        "rest_good": "on",
        "packaging_file": png(),
    }
    assert desk.post(url, sent).status_code == 302

    found = {row.item: row for row in statuses(product, DAY)}
    assert found[Item.ORIGIN].status == Status.BAD
    assert {row.status for item, row in found.items() if item != Item.ORIGIN} == {Status.GOOD}
    assert found[Item.PACKAGING].verification.document


def test_the_page_tells_what_changed_since_the_last_look(desk, time_machine):
    time_machine.move_to(AT)
    product = ProductFactory()
    desk.post(page("product", product), form_of(product, origin="广东省中山市"))

    shown = desk.get(page("product", product, "verify")).content.decode()
    assert "<del>广东省佛山市</del> → <ins>广东省中山市</ins>" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, "请至少核验一项"), ({"origin": "bad"}, "请写明哪里不合格"), ({"ingredients": "good"}, "尚未填写")],
)
def test_a_wrong_verification_is_told_and_records_nothing(given, said, desk):
    product = ProductFactory(state=Product.State.SUBMITTED, parts=False, ingredients="")

    answer = desk.post(page("product", product, "verify"), answers(product, **given))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not ProductVerification.objects.exists()


def test_who_submitted_may_neither_verify_nor_pass_here(reviewer, desk):
    product = ProductFactory(state=Product.State.SUBMITTED, submitted_by=reviewer)

    verified = desk.post(page("product", product, "verify"), answers(product, origin="good"))
    passed = desk.post(page("product", product, "approve"), {"note": ""})
    desk.post(listing("product"), {"action": "approve", "_selected_action": [product.pk]})
    desk.post(listing("product"), {"action": "verify_all", "_selected_action": [product.pk]})

    assert (verified.status_code, passed.status_code) == (403, 403)
    assert Product.objects.get().state == Product.State.SUBMITTED
    assert product.verifications.filter(superseded_at=None).count() == product.verifications.count()


def test_a_refused_pass_shows_the_findings(desk):
    product = ProductFactory(state=Product.State.SUBMITTED)
    ProductHoldFactory(product=product)

    answer = desk.post(page("product", product, "approve"), {"note": ""})
    assert answer.status_code == 422
    assert "DB4401 5.1.5.2 b" in answer.content.decode()


def test_many_are_verified_and_passed_at_once(desk, time_machine):
    time_machine.move_to(AT)
    merchant = MerchantFactory()
    rows = [ProductFactory(merchant=merchant, state=Product.State.SUBMITTED) for _number in range(3)]
    ProductVerification.objects.all().delete()
    ProductHoldFactory(product=rows[0])
    chosen = [row.pk for row in rows]

    desk.post(listing("product"), {"action": "verify_all", "_selected_action": chosen})
    answer = desk.post(listing("product"), {"action": "approve", "_selected_action": chosen}, follow=True)

    assert Product.objects.filter(state=Product.State.VERIFIED).count() == 2
    assert "抽检不合格" in answer.content.decode()


def test_an_auditor_sees_no_verbs_and_changes_nothing():
    product = ProductFactory(state=Product.State.SUBMITTED)
    auditor = signed_in(StaffFactory(role="auditor"))

    assert auditor.get(page("product", product)).context["open_verbs"] == []
    assert auditor.post(page("product", product), form_of(product, origin="x")).status_code == 403
    assert auditor.post(page("product", product, "approve"), {"note": ""}).status_code == 403
    assert Product.objects.get().origin == "广东省佛山市"


def test_a_paper_is_added_from_the_product(desk):
    product = ProductFactory()
    sent = {
        "kind": ProductKindFactory(code="ccc").pk,
        "number": "2026010101000001",
        "issuer": "中国质量认证中心",
        "valid_from": "2026-01-01",
        "valid_to": "2031-01-01",
    }
    url = page("product", product, "add_paper")

    assert desk.post(url, sent).status_code == 200, "the file is missing"
    assert desk.post(url, sent | {"file": pdf()}).status_code == 302
    assert ProductCredential.objects.get(kind__code="ccc").document.revisions.count() == 1


def test_a_paper_is_mended_and_withdrawn(desk):
    paper = ProductFactory().credentials.get()
    sent = {
        "kind": paper.kind_id,
        "number": "GD-9",
        "issuer": paper.issuer,
        "valid_from": paper.valid_from,
        "valid_to": paper.valid_to,
        "opened_version": paper.version,
        "file": pdf(body=b"another"),
    }
    answer = desk.post(page("productcredential", paper), sent)
    assert answer.status_code == 302, answer.context["errors"]
    paper.refresh_from_db()
    assert (paper.number, paper.document.revisions.count()) == ("GD-9", 2)

    desk.post(page("productcredential", paper, "withdraw"), {"note": ""})
    paper.refresh_from_db()
    assert paper.ended_on


def test_a_sample_is_tried_here(desk):
    sample = SampleFactory(
        state=Sample.State.RECEIVED, tried_by="", tried_on=None, impression="", same_as_sold=None
    )
    url = page("sample", sample, "record_trial")

    assert desk.post(url, {"tried_by": "阿May"}).status_code == 200
    done = desk.post(
        url, {"tried_by": "阿May", "impression": "松脆", "same_as_sold": "no", "tried_on": "2026-03-12"}
    )
    assert done.status_code == 302
    sample.refresh_from_db()
    assert (sample.state, sample.same_as_sold) == (Sample.State.TRIED, False)


def test_a_product_is_held_with_its_reason(desk):
    product = ProductFactory(parts=False)
    url = page("product", product, "hold")

    assert desk.post(url, {}).status_code == 200
    assert desk.post(url, {"reason": "抽检不合格"}).status_code == 302
    assert product.holds.get().reason == "抽检不合格"


def test_nothing_is_deleted_here(desk):
    product = ProductFactory()

    assert (
        desk.post(reverse("admin:products_product_delete", args=[product.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert Sku.objects.exists()
    assert ProductVerificationFactory(product=product, item=Item.RESTRICTION).pk


@pytest.mark.parametrize("chosen", ["abc", "9" * 30, "-1"])
def test_a_mark_on_what_no_row_can_be_is_a_bad_request(chosen, desk):
    answer = desk.post("/admin/products/product/", {"action": "approve", "_selected_action": [chosen]})
    assert answer.status_code == 400
