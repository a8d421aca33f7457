"""A streamer's own shows in the portal."""

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.shows import ShowFactory
from tests.factories.streamers import StreamerFactory
from tests.streamers.portal import browser, text

pytestmark = pytest.mark.django_db


def test_a_streamer_sees_when_where_and_what_and_prints_it():
    streamer = StreamerFactory(user=UserFactory())
    show = ShowFactory(cast=streamer)
    client = browser(streamer.user)

    assert show.title in text(client.get("/portal/s/shows/"))
    shown = text(client.get(f"/portal/s/shows/{show.pk}/"))
    assert show.items.get().product.name in shown
    assert str(show.room) in shown
    assert client.get(f"/portal/s/shows/{show.pk}/run-sheet.pdf").content.startswith(b"%PDF")


def test_a_show_to_come_stands_above_those_that_are_over():
    streamer = StreamerFactory(user=UserFactory())
    ShowFactory(cast=streamer, title="旧场次", items=0)
    soon = timezone.now().replace(microsecond=0)
    ShowFactory(cast=streamer, title="新场次", items=0, starts_at=soon)

    shown = text(browser(streamer.user).get("/portal/s/shows/"))

    assert shown.index("新场次") < shown.index("以往场次") < shown.index("旧场次")


def test_anothers_show_is_not_found():
    streamer = StreamerFactory(user=UserFactory())

    assert browser(streamer.user).get(f"/portal/s/shows/{ShowFactory().pk}/").status_code == 404
