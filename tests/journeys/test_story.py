"""The story: a merchant is let in, its sheet comes in, a card is written, scanned, decided, given out."""

import datetime
import re

import pytest
from django.core.management import call_command
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from aftersales.management.commands.seed_demo import PASSWORD
from mcn.audit import chain
from mcn.kit import clock
from mcn.kit.management.commands.prepare import STEPS as PREPARE
from products.models import CardVersion, Product, Sku

STEPS = [*PREPARE[1:], "seed_demo"]
NAME = "贝朵朵 木质认知拼图 24片"
ROW = {
    "货号": "BD-401",
    "商品名称*": NAME,
    "类目": "儿童玩具",
    "品牌": "贝朵朵",
    "单位": "盒",
    "包装": "彩盒装，内有收纳袋",
    "产地": "广东省汕头市",
    "生产商": "汕头市贝朵朵母婴用品有限公司",
    "生产地址": "汕头市龙湖区",
    "性能": "边角打磨圆滑",
    "用途": "两岁以上儿童认知拼图",
    "材质": "椴木、水性漆",
    "有效期说明": "长期有效，避免受潮",
    "服务承诺": "七天无理由退货，缺片补寄",
    "执行标准": "GB 6675",
    "标志": "3C认证标志",
    "净含量": "24片",
    "商标": "第28类“贝朵朵”注册商标",
    "追溯信息": "盒底批号",
    "SKU编码": "BD-401-A",
    "规格": "动物款",
    "售价": "￥59.00",
    "库存": 300,
}
WRONG = {"货号": "BD-402", "商品名称*": "缺价格的一行", "SKU编码": "BD-402-A", "售价": "面议"}
SHEET = [["请按模板填写，带*为必填"], list(ROW), list(ROW.values()), [WRONG.get(title) for title in ROW]]
PARTS = {
    "hazards": "小片有误吞风险，请在成人看护下使用。",
    "warnings": "不适合三岁以下儿童单独使用。",
    "accident": "误吞请立即就医，并保留商品和订单，拨打客服热线。",
    "after_sales": "签收后七天无理由退货，缺片免费补寄。",
    "production_date": "2026年9月批次，见盒底",
    "shelf_life": "长期有效，避免受潮",
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(live_server):
    """The demo agency behind a real server: its address."""
    for step in STEPS:
        call_command(step, verbosity=0)
    return live_server.url


def sign_in(page: Page, url: str, username: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_load_state()


def verb(page: Page, label: str) -> None:
    """Press a verb's button above a row's form."""
    page.locator(".kit-verb", has_text=re.compile(f"^{label}$")).first.click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    """Send the form of a verb's page."""
    page.locator("#content-main form button[type=submit]").first.click()
    page.wait_for_load_state()


def paper(tmp_path, name="scan.pdf"):
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7\n" + name.encode())
    return path


def workbook(tmp_path):
    book = Workbook()
    for row in SHEET:
        book.active.append(row)
    path = tmp_path / "贝朵朵新品.xlsx"
    book.save(path)
    return path


def test_from_a_spreadsheet_to_an_approved_card(page: Page, demo, tmp_path):
    today = clock.today()
    admit_the_merchant(page, demo, tmp_path, today)
    import_the_sheet(page, demo, tmp_path)
    pass_the_product(page, demo, tmp_path, today)
    version = write_the_card(page, demo, tmp_path)
    approve_the_card(page, demo, version)
    give_it_out(page, demo, tmp_path, version)
    chain.seal(at=clock.now())
    assert chain.verify(at=clock.now()).intact


def admit_the_merchant(page, url, tmp_path, today):
    """The desk finds what is missing, verifies five items, signs the agreement and lets the merchant in."""
    sign_in(page, url, "zhaoshang")
    page.goto(f"{url}/admin/merchants/merchant/?q=bdd")
    page.locator("#result_list tbody th a").click()
    merchant_page = page.url
    expect(page.locator(".kit-findings")).to_contain_text("尚未核验")

    verb(page, "准入")
    send(page)
    expect(page.locator("#content-main")).to_contain_text("DB4401 5.1.2.4")

    page.goto(merchant_page)
    verb(page, "核验")
    for item in ("licence", "address", "contact", "permits", "credit"):
        page.select_option(f"[name={item}_outcome]", "good")
        page.select_option(f"[name={item}_method]", "document")
        page.fill(f"[name={item}_note]", "与登记信息一致")
    send(page)

    for number, kind in enumerate(["cooperation", "service_quality", "after_sales", "account_monitoring"]):
        page.goto(f"{url}/admin/merchants/agreement/add/?merchant={merchant_page.split('/')[-3]}")
        page.select_option("[name=kind]", kind)
        page.fill("[name=number]", f"HZ-BDD-{number}")
        page.fill("[name=agency_party]", "广州有据文化传播有限公司")
        page.fill("[name=merchant_party]", "汕头市贝朵朵母婴用品有限公司")
        page.fill("[name=valid_from]", f"{today}")
        page.fill("[name=valid_to]", f"{today + datetime.timedelta(days=365)}")
        for duty in ("as_advertiser", "as_publisher", "on_delivery", "on_attendance", "on_lawful_trade"):
            page.check(f"[name={duty}]")
        page.locator("[name=_continue]").click()
        page.wait_for_load_state()
        verb(page, "登记签署")
        page.set_input_files("[name=file]", paper(tmp_path, f"agreement{number}.pdf"))
        page.fill("[name=signed_on]", f"{today}")
        send(page)

    page.goto(merchant_page)
    verb(page, "准入")
    send(page)
    expect(page.locator(".kit-row-top")).to_contain_text("已准入")


def import_the_sheet(page, url, tmp_path):
    """The merchant's owner sends a sheet, sees what would happen, confirms, and gets the wrong row back."""
    sign_in(page, url, "beiduoduo")
    page.goto(f"{url}/portal/imports/")
    page.select_option("[name=scope]", "M0007")
    page.set_input_files("[name=file]", workbook(tmp_path))
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("面议")
    assert not Product.objects.filter(name=NAME).exists()

    page.get_by_role("button", name=re.compile("导入")).first.click()
    page.wait_for_load_state()
    expect(page.locator("main")).to_contain_text("59.00")
    assert str(Sku.objects.get(code="BD-401-A").price) == "59.00"
    assert not Product.objects.filter(code="BD-402").exists()


def pass_the_product(page, url, tmp_path, today):
    """Staff add the papers and try a sample and submit; the reviewer verifies and passes."""
    product = Product.objects.get(name=NAME)
    product_page = f"{url}/admin/products/product/{product.pk}/change/"
    sign_in(page, url, "admin")
    for kind in ("产品检验检测报告", "商标注册证或品牌授权书"):
        page.goto(product_page)
        verb(page, "新增证照")
        page.select_option("[name=kind]", label=kind)
        page.fill("[name=number]", f"BD401-{kind[:2]}")
        page.fill("[name=issuer]", "广东省质量监督检测中心")
        page.fill("[name=valid_from]", f"{today - datetime.timedelta(days=30)}")
        page.fill("[name=valid_to]", f"{today + datetime.timedelta(days=700)}")
        page.set_input_files("[name=file]", paper(tmp_path, f"{kind}.pdf"))
        send(page)
    page.goto(f"{url}/admin/products/sample/add/?product={product.pk}")
    page.fill("[name=received_on]", f"{today}")
    page.fill("[name=quantity]", "1")
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    verb(page, "登记试用")
    page.fill("[name=tried_by]", "阿May")
    page.fill("[name=tried_on]", f"{today}")
    page.fill("[name=impression]", "边角光滑，孩子玩了一下午")
    page.check("[name=same_as_sold][value=yes]")
    send(page)
    page.goto(product_page)
    verb(page, "提交审核")
    send(page)

    sign_in(page, url, "pinkong")
    page.goto(product_page)
    verb(page, "全部核验合格")
    send(page)
    verb(page, "审核通过")
    send(page)
    expect(page.locator(".kit-row-top")).to_contain_text("已通过")


def write_the_card(page, url, tmp_path):
    """The owner writes the card: it saves itself, the scan speaks, and it is submitted when complete."""
    product = Product.objects.get(name=NAME)
    sign_in(page, url, "beiduoduo")
    page.goto(f"{url}/portal/m/M0007/cards/")
    row = page.locator(".card-row", has_text=NAME)
    row.get_by_role("button").click()
    page.wait_for_load_state()
    version = CardVersion.objects.get(card__product=product)

    if not page.locator("textarea[name$=claim]").count():
        page.locator("button[value=add]").click()
        page.wait_for_load_state()
    claim = page.locator("textarea[name$=claim]").first
    claim.fill("全网最低价，国家级品质拼图")
    claim.blur()
    expect(page.locator("#points")).to_contain_text("广告法", timeout=15_000)
    expect(page.locator("#saved")).to_contain_text("已保存", timeout=15_000)

    claim.fill("边角逐片打磨，小手不刮")
    page.locator("input[type=file][name$=file]").first.set_input_files(paper(tmp_path, "打磨工序.pdf"))
    for name, text in PARTS.items():
        page.fill(f"[name={name}]", text)
    page.check("[name=promotion-na]")
    page.fill("[name=promotion-reason]", "本次不做促销")
    page.locator("button[value=save]").click()
    page.wait_for_load_state()
    page.locator("button[value=submit]").click()
    page.wait_for_load_state()
    version.refresh_from_db()
    assert version.state == CardVersion.State.SUBMITTED, page.locator("main").inner_text()
    return version


def approve_the_card(page, url, version):
    """The reviewer reads both versions and the scan, and approves."""
    sign_in(page, url, "pinkong")
    page.goto(f"{url}/admin/products/cardversion/{version.pk}/change/")
    expect(page.locator("#content-main")).to_contain_text("边角逐片打磨")
    page.locator("[name=decision][value=approve]").click()
    page.wait_for_load_state()
    version.refresh_from_db()
    assert version.state == CardVersion.State.APPROVED


def give_it_out(page, url, tmp_path, version):
    """The result goes out in print, by spreadsheet and through the API."""
    pdf = page.request.get(f"{url}/portal/cards/{version.pk}/card.pdf")
    assert pdf.status == 200
    assert pdf.body().startswith(b"%PDF")

    sheet = page.request.get(f"{url}/portal/sheets/products/export.xlsx?q=BD-401")
    out = tmp_path / "out.xlsx"
    out.write_bytes(sheet.body())
    cells = [cell for row in load_workbook(out).active.iter_rows(values_only=True) for cell in row]
    assert NAME in cells

    listed = page.request.get(f"{url}/api/v1/products/?q=BD-401").json()
    assert [row["name"] for row in listed["results"]] == [NAME]
