"""A streamer of seventeen on a phone: invited, applying, signed for, before the camera, and revoked."""

import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from mcn.accounts.models import User
from mcn.kit import clock
from streamers.models import Consent, Streamer
from streamers.rules.hosting import HOSTING
from tests.factories.accounts import PASSWORD, StaffFactory
from tests.factories.streamers import PARENT, id_number

STEPS = ["sync_roles", "sync_figures", "sync_catalogue"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A phone in Shanghai."""
    return {**browser_context_args, "viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def url(live_server) -> str:
    """The address of an agency that has its roles, figures and standards."""
    for step in STEPS:
        call_command(step, verbosity=0)
    return live_server.url


@pytest.fixture
def today() -> datetime.date:
    return clock.today()


@pytest.fixture
def born_on(today) -> datetime.date:
    """The birthday of somebody who has been seventeen for a while."""
    return clock.add_months(today, -12 * 17 - 5)


def sign_in(page: Page, url: str, user: User) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    press(page, "登录")


def press(page: Page, label: str) -> None:
    """Press a button of the page's own part, and wait for what comes."""
    page.locator("main").get_by_role("button", name=label, exact=True).first.click()
    page.wait_for_load_state()


def fits(page: Page) -> None:
    """Nothing on the page is wider than the phone."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, f"{page.url} is {width} wide"


def picture(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    return path


def test_a_seventeen_year_old_from_the_invitation_to_the_revocation(
    page: Page, url, tmp_path, today, born_on
):
    manager = StaffFactory(role="streamer_manager")
    link = invite(page, url, manager)
    streamer, guardians_link = apply(page, url, link, tmp_path, born_on)
    sign(page, guardians_link, streamer, today)
    revoke(page, guardians_link, streamer, today)


def invite(page, url, manager):
    """The manager makes a link, which stands on its page with a QR code."""
    sign_in(page, url, manager)
    page.goto(f"{url}/admin/streamers/streamerinvitation/add/")
    page.fill("[name=name]", "小鹿")
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    expect(page.locator("img.kit-qr")).to_be_visible()
    assert page.locator("img.kit-qr").evaluate("image => image.naturalWidth") > 0
    return page.locator("#link-to-send").input_value()


def apply(page, url, link, tmp_path, born_on):
    """The applicant opens an account, types what is saved by itself, names the guardian, and hands in."""
    page.context.clear_cookies()
    page.goto(link)
    fits(page)
    page.fill("[name=person]", "林晓鹿")
    page.fill("[name=username]", "xiaolu")
    page.fill("[name=password]", PASSWORD)
    press(page, "开通账号")
    fits(page)
    press(page, "提交申请")
    expect(page.locator(".findings")).to_contain_text("平台账号")
    streamer = Streamer.objects.get()

    page.goto(f"{url}/portal/s/application/identity/")
    page.fill("[name=name]", "林晓鹿")
    page.fill("[name=id_number]", id_number(7, born_on=born_on))
    page.fill("[name=phone]", "13800138000")
    page.fill("[name=address]", "广州市天河区体育西路1号")
    page.locator("[name=address]").blur()
    expect(page.locator("#saved")).to_contain_text("已保存", timeout=15_000)
    streamer.refresh_from_db()
    assert streamer.born_on == born_on
    fits(page)
    press(page, "保存并继续")

    for platform in ("抖音", "快手"):
        page.select_option("[name=platform]", label=platform)
        page.fill("[name=account]", "xiaolu777")
        press(page, "保存账号")
    fits(page)
    page.goto(f"{url}/portal/s/application/experience/")
    page.fill("[name=experience]", "在校园直播间带过半年零食")
    press(page, "保存并继续")
    for name in ("front", "back", "portrait"):
        page.set_input_files(f"[name={name}]", picture(tmp_path, f"{name}.png"))
    fits(page)
    press(page, "上传照片")

    page.fill("[name=guardian_name]", "林大山")
    page.select_option("[name=relation]", "father")
    page.fill("[name=guardian_phone]", "13700137000")
    press(page, "生成监护人链接")
    expect(page.locator("img.qr")).to_be_visible()
    fits(page)
    guardians_link = page.locator(".link-card input").input_value()

    page.goto(f"{url}/portal/s/application/")
    fits(page)
    press(page, "提交申请")
    expect(page.locator("main")).to_contain_text("申请已提交")
    streamer.refresh_from_db()
    assert streamer.state == Streamer.State.APPLIED
    return streamer, guardians_link


def sign(page, link, streamer, today):
    """The guardian reads without an account, draws a signature, and sees what was signed."""
    page.context.clear_cookies()
    page.goto(link)
    fits(page)
    expect(page.locator(".consent-text")).to_contain_text("随时可以撤回")
    assert "林晓鹿" not in page.content()
    page.fill("[name=name]", "林大山")
    page.fill("[name=id_number]", id_number(900, born_on=PARENT))
    page.check("[name=read]")
    press(page, "同意并签署")
    expect(page.locator("main")).to_contain_text("请在框内手写签名")

    draw(page)
    page.check("[name=read]")
    press(page, "同意并签署")
    expect(page.locator("main")).to_contain_text("签署，有效期至")
    assert page.locator("img.drawn").evaluate("image => image.naturalWidth") > 0
    fits(page)
    consent = Consent.objects.get()
    assert consent.covers(today)
    assert consent.signature is not None


def draw(page):
    """A name in one stroke, with the finger's events."""
    pad = page.locator("#signature-pad")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    page.mouse.move(frame["x"] + 40, frame["y"] + 60)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(frame["x"] + 40 + 20 * step, frame["y"] + 60 + 30 * (step % 2))
    page.mouse.up()


def revoke(page, link, streamer, today):
    """The guardian takes the consent back by the same link, and the gate closes at once."""
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="撤回同意").click()
    page.wait_for_load_state()
    page.check("[name=sure]")
    fits(page)
    press(page, "撤回同意")
    expect(page.locator("main")).to_contain_text("机构不再安排新的直播")
    clauses = {finding.clause for finding in HOSTING.inspect(streamer, on=today).blockers}
    assert "DB4401 5.2.1 b" in clauses
