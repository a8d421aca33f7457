"""A complaint from the phone it was written on to the hold that stops the next show of the goods."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from aftersales.models import Clock, Complaint
from aftersales.tasks import sweep_clocks
from mcn.kit import clock
from tests.factories.accounts import PASSWORD, StaffFactory
from tests.factories.on_air import BARE, LiveShowFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOURS = datetime.timedelta(hours=1)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "zh-CN"}


@pytest.fixture
def show(live_server):
    """Over since an hour; one product was shown."""
    for step in ["sync_roles", "sync_figures", "sync_catalogue", "sync_deadlines", "sync_priorities"]:
        call_command(step, verbosity=0)
    ended = clock.now() - HOURS
    return LiveShowFactory(started_at=ended - 2 * HOURS, ended_at=ended, **BARE)


def log_in(page: Page, url: str, user) -> None:
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()


def complain(browser: Browser, url: str, show) -> tuple[str, str]:
    """What a buyer does on a phone, without an account: the tracking number and code they get."""
    phone = browser.new_context(**PHONE).new_page()
    phone.goto(f"{url}/portal/complain/about/{show.code}/")
    phone.get_by_label("您要投诉什么").select_option("quality")
    phone.get_by_label("发生了什么").fill("收到的陈皮有霉点，商家一直不回复，要求退款。")
    phone.get_by_label("您的手机号").fill("13800138000")
    phone.get_by_label("我已阅读").check()
    phone.screenshot(path="/tmp/shots-complain.png", full_page=True)
    phone.get_by_role("button", name="提交投诉").click()
    expect(phone.get_by_role("heading", name="您的投诉我们已收到")).to_be_visible()
    number, code = phone.locator("dl.ticket dd").all_inner_texts()
    return number, code


def test_a_complaint_is_answered_and_its_goods_are_held(page: Page, browser: Browser, live_server, show):
    number, code = complain(browser, live_server.url, show)
    complaint = Complaint.objects.get(tracking=number)
    print(number, code, complaint.merchant, complaint.product)
    agent = StaffFactory(role="after_sales")
    log_in(page, live_server.url, agent)
    page.goto(f"{live_server.url}/admin/aftersales/complaint/{complaint.pk}/change/")
    page.screenshot(path="/tmp/shots-c1.png", full_page=True)
