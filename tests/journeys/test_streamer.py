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
from tests.factories.training import CourseFactory, MaterialFactory, QuestionFactory

PHONE = {"width": 390, "height": 844}
STEPS = ["sync_roles", "sync_figures", "sync_catalogue"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A phone in Shanghai."""
    return {**browser_context_args, "viewport": PHONE, "has_touch": True}


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
    course = induction()
    link = invite(page, url, manager)
    streamer, guardians_link = apply(page, url, link, tmp_path, born_on)
    sign(page, guardians_link, streamer, today)
    verify(page, url, manager, streamer, tmp_path, today)
    train(page, url, manager, streamer, course)
    let_on_camera(page, url, manager, streamer, tmp_path, today)
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


def induction():
    """The induction that the agency's trainer wrote: a text, and three questions of which B is right."""
    course = CourseFactory()
    MaterialFactory(course=course)
    for _number in range(3):
        QuestionFactory(course=course)
    return course


def do(page, streamer_page, name):
    """The page of a verb of the streamer."""
    page.goto(f"{streamer_page.removesuffix('change/')}do/{name}/")


def send(page):
    """Send the form of a verb's page."""
    page.locator("#content-main form button[type=submit]").first.click()
    page.wait_for_load_state()


def page_of(url, row):
    return f"{url}/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def verify(page, url, manager, streamer, tmp_path, today):
    """At the desk: what is missing stands on one page; all items and the capacity, then accepted."""
    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, url, manager)
    streamer_page = page_of(url, streamer)
    page.goto(streamer_page)
    for said in ("民事行为能力", "监护人本人：尚未核验"):
        expect(page.locator(".kit-findings").first).to_contain_text(said)

    do(page, streamer_page, "accept")
    send(page)
    expect(page.locator("#content-main")).to_contain_text("DB4401 5.1.4.4")

    do(page, streamer_page, "verify")
    for item in ("identity", "contact", "accounts", "record", "post"):
        page.select_option(f"[name={item}_outcome]", "good")
        page.select_option(f"[name={item}_method]", "document")
        page.fill(f"[name={item}_note]", "与原件和平台信息一致")
    page.select_option("[name=guardian_outcome]", "good")
    page.select_option("[name=guardian_method]", "call")
    page.fill("[name=guardian_note]", "回拨监护人本人手机，视频核对身份证与户口簿")
    send(page)

    page.goto(f"{url}/admin/streamers/capacityrecord/add/?streamer={streamer.pk}")
    page.fill("[name=grounds]", "与广州某餐饮公司签有劳动合同，近六个月月均收入 4200 元，为主要生活来源")
    page.fill("[name=valid_from]", f"{today}")
    page.fill("[name=valid_to]", f"{today + datetime.timedelta(days=150)}")
    page.set_input_files("[name=file]", picture(tmp_path, "payslip.png"))
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()

    do(page, streamer_page, "accept")
    send(page)
    streamer.refresh_from_db()
    assert streamer.state == Streamer.State.VERIFIED, page.locator("#content-main").inner_text()


def train(page, url, manager, streamer, course):
    """On the phone again: the streamer reads, takes the exam, passes; the desk declares them trained."""
    page.set_viewport_size(PHONE)
    sign_in(page, url, streamer.user)
    page.goto(f"{url}/portal/training/courses/{course.pk}/")
    fits(page)
    press(page, "开始考试")
    for answer in page.get_by_label("经检测机构检测").all():
        answer.check()
    fits(page)
    press(page, "交卷")
    expect(page.locator("main")).to_contain_text("100")

    page.set_viewport_size({"width": 1440, "height": 900})
    sign_in(page, url, manager)
    do(page, page_of(url, streamer), "graduate")
    send(page)
    streamer.refresh_from_db()
    assert streamer.state == Streamer.State.TRAINED, page.locator("#content-main").inner_text()


def let_on_camera(page, url, manager, streamer, tmp_path, today):
    """Refused with findings until the accounts are registered by real name and a contract stands."""
    streamer_page = page_of(url, streamer)
    do(page, streamer_page, "activate")
    send(page)
    for said in ("LSEC 40", "DB4401 5.2.1 c"):
        expect(page.locator("#content-main")).to_contain_text(said)

    for account in streamer.accounts.all():
        page.goto(page_of(url, account))
        page.fill("[name=real_name_on]", f"{today}")
        page.locator("[name=_save]").click()
        page.wait_for_load_state()
    page.goto(f"{url}/admin/streamers/contract/add/?streamer={streamer.pk}")
    page.fill("[name=number]", "QY-0001")
    page.fill("[name=agency_party]", "广州有据文化传播有限公司")
    page.fill("[name=streamer_party]", "林晓鹿")
    page.fill("[name=valid_from]", f"{today}")
    page.fill("[name=valid_to]", f"{today + datetime.timedelta(days=365)}")
    page.fill("[name=obligations]", "每周不超过三场，遵守平台规则与本机构管理制度")
    page.locator("[name=_continue]").click()
    page.wait_for_load_state()
    do(page, page.url.partition("?")[0], "sign")
    page.fill("[name=signed_on]", f"{today}")
    page.set_input_files("[name=file]", picture(tmp_path, "contract.png"))
    send(page)

    do(page, streamer_page, "activate")
    send(page)
    streamer.refresh_from_db()
    assert streamer.state == Streamer.State.ACTIVE, page.locator("#content-main").inner_text()
    assert HOSTING.inspect(streamer, on=today).blockers == []


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
    page.set_viewport_size(PHONE)
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="撤回同意").click()
    page.wait_for_load_state()
    page.check("[name=sure]")
    fits(page)
    press(page, "撤回同意")
    expect(page.locator("main")).to_contain_text("机构不再安排新的直播")
    clauses = [finding.clause for finding in HOSTING.inspect(streamer, on=today).blockers]
    assert clauses == ["DB4401 5.2.1 b"]
