"""A show from the plan to the evidence pack, as planner, merchant and operator see it."""

import hashlib
import io
import json
import re
import zipfile

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from streamers.models import CrewMember, Show, ShowCheck
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.ads import advertise
from tests.factories.cards import CardVersionFactory
from tests.factories.preparation import prepare
from tests.factories.products import ProductFactory
from tests.factories.rooms import RoomFactory
from tests.factories.shows import EVENING, ShowCastFactory
from tests.journeys.desk import sign_in, verb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROMISES = {
    "ship_hours": "48",
    "carrier": "顺丰速运",
    "return_hours": "48",
    "complaint_process": "客服受理，主管当日核实并回复",
    "complaint_hours": "24",
    "seats": "3",
    "seats_trained": "3",
    "service_hours": "每日 9:00-24:00",
    "guarantee": "质量问题先行赔付，专人跟进物流异常",
}


@pytest.fixture
def evening():
    """The evening on which the factories' rows are good; the clock goes on from there."""
    with time_machine.travel(EVENING, tick=True):
        yield


@pytest.fixture
def goods(evening):
    """A room, and a product that may be shown, with its approved card."""
    for step in ["sync_roles", "sync_figures", "sync_catalogue"]:
        call_command(step, verbosity=0)
    product = ProductFactory()
    CardVersionFactory(card__product=product, state="approved")
    return RoomFactory(), product


def test_from_the_plan_to_the_evidence_pack(page: Page, live_server, goods, tmp_path):
    room, product = goods
    url, planner, operator = live_server.url, StaffFactory(role="operator"), StaffFactory(role="operator")
    show = plan(page, url, planner, room, product)
    promise(page, url, show, product.merchant)
    agree(page, url, operator, show)
    make_ready_but_for_the_equipment(show)
    mend_and_clear(page, url, operator, show)
    go_through_the_evening(page, url, show)
    open_the_pack(page, url, show, tmp_path)


def show_page(url: str, show: Show) -> str:
    return f"{url}/admin/streamers/show/{show.pk}/change/"


def plan(page, url, planner, room, product):
    """The planner enters a show, picks a product by its number, and asks its merchant for a plan."""
    sign_in(page, url, planner)
    page.goto(f"{url}/admin/streamers/show/add/?room={room.pk}")
    page.fill("[name=title]", "岭南年货专场")
    for name, time in [("starts_at", "20:05"), ("ends_at", "22:00")]:
        page.fill(f"[name={name}_0]", f"{EVENING:%Y-%m-%d}")
        page.fill(f"[name={name}_1]", time)
    page.fill("[name=plan]", "面向华南家庭，讲解岭南零食的配料与吃法。")
    page.fill("[name=contingency]", "价格有误：运营下架并口播更正。")
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    show = Show.objects.get()
    ShowCastFactory(show=show)
    for role in CrewMember.Role:
        show.crew.create(person=planner, role=role)

    page.locator(".show-pages a", has_text="排品表").click()
    page.get_by_text("粘贴货号").click()
    page.fill("#numbers", product.code)
    page.get_by_role("button", name="全部加入").click()
    expect(page.locator(".show-answers")).to_contain_text("已新增")
    page.check("#all-details")
    for name, value in [("spot", "100"), ("link", "https://shop.example.com/jidanjuan")]:
        page.fill(f"[name=offer-{name}]", value)
        with page.expect_response(re.compile("/offers/")):
            page.keyboard.press("Tab")
    page.goto(show_page(url, show))
    verb(page, "请商家填写服务方案")
    return show


def promise(page, url, show, merchant):
    """The merchant's owner fills the plan in; its quantities are those of the run sheet."""
    sign_in(page, url, MerchantUserFactory(merchant=merchant))
    page.goto(url + reverse("portal_plans", args=[merchant.code]))
    page.get_by_role("link", name=show.title).click()
    expect(page.locator(".plan-lines input").first).to_have_value("100")
    for name, value in PROMISES.items():
        page.fill(f"[name={name}]", value)
    page.select_option("[name=return_way]", "insured")
    page.get_by_role("button", name="确认方案").click()
    expect(page.locator("main")).to_contain_text("您方已确认")


def agree(page, url, operator, show):
    """The agency assesses the guarantee and agrees."""
    sign_in(page, url, operator)
    page.goto(f"{url}/admin/streamers/serviceplan/{show.service_plans.get().pk}/change/")
    page.locator("a.kit-verb", has_text="评估售后保障").click()
    page.select_option("[name=rating]", "sufficient")
    page.fill("[name=opinion]", "坐席与赔付安排充分")
    page.locator("#content-main form button[type=submit]").first.click()
    verb(page, "机构确认")


def make_ready_but_for_the_equipment(show):
    """All that is not the point of this journey."""
    advertise(show)
    prepare(show)
    ShowCheck.objects.filter(item=ShowCheck.Item.EQUIPMENT).delete()


def mend_and_clear(page, url, operator, show):
    """The gate names the clause; its link leads to where it is mended; then it opens."""
    page.goto(show_page(url, show))
    expect(page.locator("#gate .bad li, #gate li.bad")).to_have_count(1)
    expect(page.locator("#gate li.bad")).to_contain_text("DB4401 5.3.3 a")
    verb(page, "放行")
    expect(page.locator("#content-main")).to_contain_text("DB4401 5.3.3 a")
    assert Show.objects.get().state == Show.State.PLANNED

    page.goto(show_page(url, show))
    page.locator("#gate li.bad a").first.click()
    page.select_option("[name=equipment_outcome]", "good")
    page.fill("[name=equipment_note]", "试播十分钟，声画正常")
    page.locator("#content-main form button[type=submit]").first.click()
    page.goto(show_page(url, show))
    expect(page.locator("#gate .kit-badge.good")).to_be_visible()
    verb(page, "放行")
    verb(page, "开播")
    assert Show.objects.get().state == Show.State.LIVE


def go_through_the_evening(page, url, show):
    """A slip of the tongue is noted and corrected on air; then the show ends."""
    page.locator(".show-pages a", has_text="直播中控").click()
    expect(page.locator("#air-net")).to_have_text("已连接")
    page.get_by_role("button", name="开始讲解").first.click()
    form = page.locator("[data-form=entry]")
    form.get_by_text("突发情况", exact=True).click()
    form.locator("textarea").fill("主播口误，把 39.9 元说成 29.9 元")
    form.locator("button[type=submit]").click()
    page.locator(".air-timeline .incident").get_by_role("button", name="已更正").click()
    form.locator("textarea").fill("已口播更正：到手价 39.9 元")
    form.locator("button[type=submit]").click()
    expect(page.locator(".air-timeline .correction")).to_contain_text("到手价 39.9 元")
    page.goto(show_page(url, show))
    verb(page, "下播")


def open_the_pack(page, url, show, tmp_path):
    """The pack holds the timeline and the record; every hash in its manifest is right."""
    page.goto(f"{url}/admin/streamers/showrecord/{show.record.pk}/change/")
    with page.expect_download() as download:
        page.get_by_role("link", name="不含录像").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)

    told = io.StringIO()
    call_command("check_pack", str(path), stdout=told)
    assert "审计记录可查" in told.getvalue()
    with zipfile.ZipFile(path) as pack:
        manifest = json.loads(pack.read("manifest.json"))
        hashes = {line["path"]: line["sha256"] for line in manifest["files"]}
        assert {name: hashlib.sha256(pack.read(name)).hexdigest() for name in hashes} == hashes
        kinds = [line["kind"] for line in json.loads(pack.read("now.json"))["parts"]["streamers.showevent"]]
        assert {"incident", "correction"} <= set(kinds)
        assert [name for name in pack.namelist() if name.endswith(".pdf")]
