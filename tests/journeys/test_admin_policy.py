"""unfold works under a policy that forbids evaluated code: what its scripts do is tried in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from mcn.accounts.models import User
from mcn.agency.figures import sync_figures
from mcn.kit import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/admin/",
    "/admin/accounts/user/",
    "/admin/accounts/user/add/",
    "/admin/agency/figure/add/",
    "/admin/audit/entry/",
    "/admin/standards/clause/",
]


@pytest.fixture
def desk(page: Page, live_server) -> Iterator[Page]:
    """An administrator at work in the admin, in whose browser nothing was refused and nothing failed."""
    wrong = []
    page.on("console", lambda told: wrong.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    sync_figures(at=clock.now())
    User.objects.create_superuser("admin", password="a long enough password", name="林晓")
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("用户名").fill("admin")
    page.get_by_label("密码").fill("a long enough password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("工作台").first).to_be_visible()
    yield page
    assert wrong == []


def test_the_pages_run_without_a_refusal(desk: Page, live_server):
    for path in PAGES:
        desk.goto(live_server.url + path)
        expect(desk.locator("#nav-sidebar-inner")).to_be_visible()


def test_the_sidebar_stays_as_it_was_left(desk: Page):
    sidebar = desk.locator("#nav-sidebar-inner")
    desk.locator("text=dock_to_right >> visible=true").click()
    expect(sidebar).to_be_hidden()

    desk.reload()
    expect(sidebar).to_be_hidden()

    desk.locator("text=dock_to_right >> visible=true").click()
    expect(sidebar).to_be_visible()


def test_the_palette_finds_a_list_and_opens_it(desk: Page, live_server):
    words = desk.locator("[x-ref=searchInputCommand]")
    desk.keyboard.press("Control+k")
    expect(words).to_be_focused()
    words.fill("用户")
    words.press("End")  # the search waits for a key to come up
    expect(desk.locator("#command-results li")).not_to_have_count(0)

    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(f"{live_server.url}/admin/accounts/user/")


def test_the_filters_open_and_close(desk: Page, live_server):
    desk.goto(f"{live_server.url}/admin/accounts/user/")
    desk.get_by_text("filter_list").first.click()
    expect(desk.locator("#changelist-filter")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.locator("#changelist-filter")).to_be_hidden()


def test_the_theme_turns_dark(desk: Page):
    desk.keyboard.press("Control+e")
    desk.keyboard.press("Control+e")
    expect(desk.locator("html")).to_have_class("dark")
