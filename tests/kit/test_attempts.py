"""What visitors try is counted by where they come from and by the number they try, for an hour."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from mcn.kit import attempts
from mcn.kit.cache import FileCache


@pytest.fixture
def cache(tmp_path):
    """The cache of an installation, empty."""
    return FileCache(str(tmp_path / "cache"), {})


def test_what_is_counted_at_once_adds_up(cache):
    def step(_number):
        cache.add("tries", 0, timeout=60)
        return cache.incr("tries")

    with ThreadPoolExecutor(4) as crowd:
        assert sorted(crowd.map(step, range(40))) == list(range(1, 41))


def test_a_step_leaves_the_term_as_it_was_set(cache, monkeypatch):
    cache.add("tries", 0, timeout=3_600)
    cache.incr("tries")

    late = time.time() + 3_000
    monkeypatch.setattr("mcn.kit.cache.time", SimpleNamespace(time=lambda: late))
    monkeypatch.setattr("django.core.cache.backends.filebased.time", SimpleNamespace(time=lambda: late))
    assert cache.incr("tries") == 2

    late += 601
    assert cache.get("tries") is None
    with pytest.raises(ValueError, match="tries"):
        cache.incr("tries")


@pytest.mark.parametrize(
    ("proxies", "told", "counted"),
    [
        (0, {"REMOTE_ADDR": "203.0.113.9"}, "203.0.113.9"),
        (0, {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "10.9.9.9"}, "203.0.113.9"),
        (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}, "203.0.113.9"),
        (0, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
    ],
)
def test_a_visitor_is_known_by_the_network_behind_our_proxies(settings, proxies, told, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert attempts.network_of(RequestFactory().get("/", **told)) == counted


def test_a_number_is_counted_from_wherever_it_is_tried_and_written():
    for number in ("A 1", "a1"):
        attempts.count_number("tried", number, 2, "enough")
    attempts.count_number("tried", "A2", 2, "enough")
    with pytest.raises(attempts.TooMany, match="enough"):
        attempts.count_number("tried", "A1", 2, "enough")


def test_a_number_that_looks_like_an_address_counts_for_no_visitor():
    for _time in range(3):
        attempts.count_number("tries", "203.0.113.9", 9, "enough")
    attempts.count_attempt(RequestFactory().get("/", REMOTE_ADDR="203.0.113.9"), "tries", 1, "enough")
