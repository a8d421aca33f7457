"""A complaint from the phone it was written on to the hold that stops the next show of the goods."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from aftersales.models import Clock, Complaint, SurveyInvitation
from aftersales.tasks import place_holds, sweep_clocks
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.on_air import BARE, LiveShowFactory, after
from tests.factories.opinion import SurveyFactory
from tests.factories.orders import OrderFactory
from tests.factories.shows import RunItemFactory, ShowFactory
from tests.journeys.desk import open_verb, send, sign_in, verb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}
SYNCED = ["roles", "figures", "catalogue", "deadlines", "priorities", "scores"]
THREE_DAYS = datetime.timedelta(days=3)


@pytest.fixture
def now():
    """Three hours after a show; the clock goes on from there, and may be put forward."""
    with time_machine.travel(after(hours=3), tick=True) as traveller:
        yield traveller


@pytest.fixture
def order(now, live_server):
    """What a buyer ordered in the show."""
    for name in SYNCED:
        call_command(f"sync_{name}", verbosity=0)
    show = LiveShowFactory(ended_at=after(hours=2), **BARE)
    product = show.items.get().product
    given = {"platform": show.room.platform, "merchant": product.merchant, "lines__product": product}
    return OrderFactory(show=show, **given)


def test_a_complaint_is_answered_and_its_goods_are_held(
    page: Page, browser: Browser, live_server, order, now
):
    url, product = live_server.url, order.lines.get().product
    agent = StaffFactory(role="after_sales")
    MerchantUserFactory(merchant=order.merchant)
    SurveyFactory()
    phone = browser.new_context(**PHONE).new_page()
    ticket = complain(phone, url, order)
    complaint = Complaint.objects.get()
    assert (complaint.product, complaint.merchant) == (product, order.merchant)

    ask_the_merchant(page, url, agent, complaint)
    now.shift(THREE_DAYS)
    sign_in(page, url, agent)
    let_the_ladder_climb(page, url, complaint)
    settle(page, url, complaint)
    rate(phone, url, *ticket)
    close_and_hold(page, url, complaint, product)


def page_of(url: str, row) -> str:
    return f"{url}/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def complain(phone, url, order):
    """The buyer complains on a phone, without an account, and gets a number and a code."""
    phone.goto(f"{url}/portal/complain/about/{order.show.code}/")
    phone.get_by_label("您要投诉什么").select_option("safety")
    phone.get_by_label("发生了什么").fill("孩子吃了以后起疹子，配料表上没有写花生。")
    phone.get_by_label("订单号").fill(order.number)
    phone.get_by_label("您的手机号").fill("13800138000")
    phone.get_by_label("我已阅读").check()
    phone.get_by_role("button", name="提交投诉").click()
    expect(phone.get_by_role("heading", name="您的投诉我们已收到")).to_be_visible()
    return phone.locator("dl.ticket dd").all_inner_texts()


def ask_the_merchant(page, url, agent, complaint):
    """An agent takes it on and asks the merchant, whose clock now runs."""
    sign_in(page, url, agent)
    page.goto(page_of(url, complaint))
    verb(page, "受理")
    open_verb(page, "询问商家")
    page.fill("[name=note]", "请在时限内说明配料与过敏原标示。")
    send(page)
    expect(page.locator(".complaint-top")).to_contain_text("商家")


def let_the_ladder_climb(page, url, complaint):
    """Nobody answers: every step of the ladder is taken and told."""
    sweep_clocks()
    missed = Clock.objects.of(complaint, "complaint_merchant").get()
    assert missed.level >= 3
    page.goto(page_of(url, complaint))
    expect(page.locator(".complaint-top")).to_contain_text("超时")
    page.goto(page_of(url, missed))
    expect(page.locator("#content-main")).to_contain_text("应急")


def settle(page, url, complaint):
    """The three steps of a serious case are written down; then it is resolved and the buyer is told."""
    page.goto(page_of(url, complaint))
    for step, note in [
        ("contact", "电话联系消费者，建议就医并保留样品。"),
        ("facts", "核对样品标签，确未标示花生。"),
        ("solution", "与商家商定退一赔三并下架。"),
    ]:
        open_verb(page, "登记处理步骤")
        page.select_option("[name=kind]", step)
        page.fill("[name=note]", note)
        send(page)
    verb(page, "开始核实")
    open_verb(page, "解决")
    page.select_option("[name=outcome]", "upheld")
    page.fill("[name=conclusion]", "商品未标示过敏原，投诉成立。")
    page.fill("[name=basis]", "样品标签与《食品安全法》。")
    page.fill("[name=next_step]", "商家三日内退一赔三，商品停播。")
    send(page)
    open_verb(page, "向消费者反馈")
    page.check("[name=ways][value=phone]")
    send(page)
    complaint.refresh_from_db()
    assert complaint.state == Complaint.State.ANSWERED


def rate(phone, url, number, code):
    """The buyer finds the complaint again, reads the answer and says how content they are."""
    phone.goto(f"{url}/portal/complain/track/")
    phone.fill("[name=tracking]", number)
    phone.fill("[name=pin]", code)
    phone.locator("main form button[type=submit]").click()
    expect(phone.locator(".answer")).to_contain_text("退一赔三")
    phone.get_by_role("button", name="评价处理结果").click()
    phone.locator("main input[type=radio][value='5']").check()
    phone.locator("main form button[type=submit]").click()
    phone.get_by_role("button", name="填写满意度调查").click()
    phone.locator("main input[type=radio][value='5']").check()
    phone.locator("main form button[type=submit]").click()
    expect(phone.locator("main")).to_contain_text("谢谢")


def close_and_hold(page, url, complaint, product):
    """The file is closed; the goods are held, and the gate of the next show of them says so."""
    page.goto(page_of(url, complaint))
    verb(page, "结案")
    assert Complaint.objects.get().state == Complaint.State.CLOSED
    assert SurveyInvitation.objects.get().satisfaction == 5
    place_holds()
    show = ShowFactory(items=0, starts_at=after(days=4))
    RunItemFactory(show=show, product=product, card_version=complaint.show.items.get().card_version)
    sign_in(page, url, StaffFactory(role="operator"))
    page.goto(page_of(url, show))
    expect(page.locator("#gate")).to_contain_text(complaint.code)
