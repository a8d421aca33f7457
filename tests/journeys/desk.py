"""What a person at a desk does in most journeys."""

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page


def sign_in(page: Page, url: str, user) -> None:
    """Come in as somebody who has signed in; the login page has journeys of its own."""
    client = Client()
    client.force_login(user)
    # A page that still asks for something has its old session's cookie taken back, and the new one with it.
    page.goto("about:blank")
    page.context.clear_cookies()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


def verb(page: Page, label: str) -> None:
    """Press a verb's button above a row, and the one on the page that it leads to."""
    open_verb(page, label)
    send(page)


def open_verb(page: Page, label: str) -> None:
    """Press a verb's button above a row."""
    page.locator("a.kit-verb", has_text=re.compile(f"^{label}$")).first.click()


def send(page: Page) -> None:
    """Press the button of the page's form."""
    page.locator("#content-main form button[type=submit]").first.click()
    page.wait_for_load_state()
