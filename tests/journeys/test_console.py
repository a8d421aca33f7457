"""The console of a live show while the connection is gone: nothing typed is lost, nothing is noted twice."""

import datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from mcn.kit import clock
from streamers.models import ShowEvent, Topic
from tests.factories.accounts import PASSWORD, StaffFactory
from tests.factories.on_air import LiveShowFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Kind = ShowEvent.Kind
# Seen with a whole minute, too; what waits does not know for how long.
CUT_MS = 4_000


@pytest.fixture
def show(live_server):
    """On air since a minute and a half."""
    for step in ["sync_roles", "sync_figures", "sync_catalogue"]:
        call_command(step, verbosity=0)
    began = clock.now() - datetime.timedelta(seconds=90)
    return LiveShowFactory(items=3, started_at=began, ends_at=began + datetime.timedelta(hours=2))


def open_console(page: Page, url: str, show, user=None) -> None:
    user = user or StaffFactory(role="operator")
    page.goto(f"{url}/accounts/login/")
    page.fill("input[name=login]", user.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()
    page.goto(f"{url}/admin/streamers/showevent/console/{show.pk}/")
    expect(page.locator("#air-net")).to_have_text("已连接")


def type_in(page: Page, kind: str, text: str) -> None:
    page.locator("[data-form=entry]").get_by_text(kind, exact=True).click()
    page.locator("[data-form=entry] textarea").fill(text)
    page.locator("[data-form=entry] button[type=submit]").click()


def events(show, kind) -> list[ShowEvent]:
    return list(ShowEvent.objects.filter(show=show, kind=kind).order_by("second", "id"))


def test_a_lost_connection_loses_and_doubles_nothing(page: Page, live_server, show):
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_console(page, live_server.url, show)
    first, second, _third = show.items.all()
    panel = page.locator(f"[data-panel='{first.pk}']")
    panel.get_by_role("button", name="开始讲解").click()
    panel.locator("[data-tick=price]").click()
    expect(page.locator(".air-timeline .said")).to_be_visible()

    page.context.set_offline(True)
    panel.locator("[data-tick=hazards]").click()
    page.locator(f".air-run [data-view='{second.pk}']").click()
    page.locator(f"[data-panel='{second.pk}']").get_by_role("button", name="开始讲解").click()
    for number in range(5):
        type_in(page, "提醒主播", f"第 {number} 次提醒：不要说“最好”")
    expect(page.locator("#air-net")).to_contain_text("网络已断")
    expect(page.locator("#air-waiting li")).to_have_count(7)
    expect(panel.locator("[data-tick=hazards]")).to_have_attribute("aria-pressed", "true")
    typed_at = clock.now()
    page.locator("[data-form=entry] textarea").fill("还没写完的一句")
    page.wait_for_timeout(CUT_MS)

    # The page is opened again in the worst moment: the entries were kept, and so was the sentence.
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#air-net")).to_have_text("已连接", timeout=20_000)
    expect(page.locator("#air-waiting")).to_be_hidden()
    expect(page.locator("[data-form=entry] textarea")).to_have_value("还没写完的一句")
    expect(page.locator(".air-timeline .reminder")).to_have_count(5)

    reminders = events(show, Kind.REMINDER)
    assert [event.text[2] for event in reminders] == ["0", "1", "2", "3", "4"]
    assert [event.topic for event in events(show, Kind.SAID)] == [Topic.PRICE, Topic.HAZARDS]
    assert [event.item_id for event in events(show, Kind.ON_TABLE)] == [first.pk, second.pk]
    assert max(event.happened_at for event in reminders) <= typed_at + datetime.timedelta(seconds=2)
    assert min(event.recorded_at - event.happened_at for event in reminders).total_seconds() >= CUT_MS / 1000
    assert complaints == []


def test_an_answer_that_is_lost_on_the_way_back_doubles_nothing(page: Page, live_server, show):
    open_console(page, live_server.url, show)
    lost = []

    def swallow(route):
        """The server takes the entry, but its answer never arrives."""
        if len(lost) < 2:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/note/", swallow)
    type_in(page, "备注", "换了备用话筒")

    expect(page.locator("#air-waiting")).to_be_hidden(timeout=20_000)
    assert lost == [200, 200]
    assert [event.text for event in events(show, Kind.NOTE)] == ["换了备用话筒"]


def test_who_was_signed_out_signs_in_again_and_the_rest_is_sent(page: Page, live_server, show):
    me = StaffFactory(role="operator")
    open_console(page, live_server.url, show, me)
    page.context.clear_cookies()
    type_in(page, "备注", "登录失效时写的")
    expect(page.locator("#air-net")).to_contain_text("登录已失效")

    open_console(page, live_server.url, show)
    assert events(show, Kind.NOTE) == []  # somebody else signed in: these are not their words

    page.context.clear_cookies()
    open_console(page, live_server.url, show, me)
    expect(page.locator("#air-waiting")).to_be_hidden()
    assert [(event.text, event.by) for event in events(show, Kind.NOTE)] == [("登录失效时写的", me)]


def test_what_is_refused_stays_in_hand_until_it_is_discarded(page: Page, live_server, show):
    open_console(page, live_server.url, show)
    item = show.items.first()
    panel = page.locator(f"[data-panel='{item.pk}']")
    panel.locator("summary").click()
    panel.locator("[name=change]").select_option("stock:spot")
    panel.locator("[name=after]").fill("999999")
    panel.locator("[name=text]").fill("加单")
    panel.get_by_role("button", name="修改").click()

    refused = page.locator("#air-waiting .refused")
    expect(refused).to_contain_text("加单")
    expect(refused).to_contain_text("未被接受")
    refused.get_by_role("button", name="不要了").click()
    expect(page.locator("#air-waiting")).to_be_hidden()
