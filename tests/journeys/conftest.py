"""A browser for the journeys: the machine's own Chromium, as an agency's desk in China sees the product."""

import os

import pytest

from tests.servers import find_chromium


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's Chromium, quiet on the network; as root it runs only without its sandbox."""
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("no Chromium was found: apt-get install chromium fonts-noto-cjk")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium, "args": [*quiet, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A desk in Shanghai with a common screen."""
    desk = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}
    return {**browser_context_args, **desk}


@pytest.fixture(scope="session", autouse=True)
def allow_queries_beside_the_browser() -> None:
    """Playwright keeps an event loop in the test's thread, where Django would refuse every query."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
