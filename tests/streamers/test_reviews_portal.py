"""Before my shows: a streamer verifies products on a phone, and reads the script."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from mcn.kit import records
from streamers.models import CastReview, ShowCast
from tests.factories import AT
from tests.factories.accounts import UserFactory
from tests.factories.shows import ShowCastFactory, ShowFactory
from tests.factories.streamers import StreamerFactory
from tests.streamers.portal import browser, text

pytestmark = [pytest.mark.django_db, pytest.mark.clause("DB4401 5.2.2.5")]


@pytest.fixture(autouse=True)
def morning():
    """The morning before the show."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory())


@pytest.fixture
def show(streamer):
    return ShowFactory(cast=streamer, items=2, prepared=False)


def test_products_are_verified_one_after_the_other(streamer, show):
    client = browser(streamer.user)
    assert "0 / 2" in text(client.get(reverse("streamer_reviews")))
    page = client.get(reverse("streamer_show_reviews", args=[show.pk]))
    first, second = [item.product for item in show.items.all()]
    assert "已自查 0 / 2 件商品" in text(page)

    url = reverse("streamer_review", args=[show.pk, first.pk])
    assert first.producer in text(client.get(url))
    unanswered = client.post(url, {"producer": "good", "price": "bad"})
    assert unanswered.status_code == 422
    assert ("此项也请核对" in text(unanswered), "请说明哪里不符" in text(unanswered)) == (True, True)
    answer = client.post(url, {"price": "bad", "note": "标价不符", "all": "good"})
    assert answer["Location"] == reverse("streamer_review", args=[show.pk, second.pk])

    answer = client.post(answer["Location"], {"all": "good"}, follow=True)
    assert "已自查 1 / 2 件商品" in text(answer)
    assert "标价不符" in text(answer)
    assert set(CastReview.objects.values_list("product", "outcome", "reviewed_by")) == {
        (first.pk, "bad", streamer.user.pk),
        (second.pk, "good", streamer.user.pk),
    }


def test_the_approved_script_is_read_from_the_phone(streamer):
    show = ShowFactory(cast=streamer)
    client = browser(streamer.user)
    assert reverse("streamer_show_script", args=[show.pk]) in text(client.get(reverse("streamer_reviews")))
    assert "欢迎来到直播间" in text(client.get(reverse("streamer_show_script", args=[show.pk])))


def test_a_guest_is_asked_nothing_and_nobody_finds_anothers_show(streamer):
    other = ShowFactory()
    client = browser(streamer.user)
    product = other.items.get().product_id
    for name, rest in [("show_reviews", []), ("review", [product]), ("show_script", [])]:
        assert client.get(reverse(f"streamer_{name}", args=[other.pk, *rest])).status_code == 404
    ShowCastFactory(show=other, streamer=streamer, role=ShowCast.Role.GUEST)
    assert client.get(reverse("streamer_show_reviews", args=[other.pk])).status_code == 200
    assert client.get(reverse("streamer_review", args=[other.pk, product])).status_code == 404


def test_a_show_that_is_over_is_gone(streamer, show):
    show.starts_at, show.ends_at = (
        moment - datetime.timedelta(days=2) for moment in (show.starts_at, show.ends_at)
    )
    records.save(show, by=None, at=AT)
    assert browser(streamer.user).get(reverse("streamer_show_reviews", args=[show.pk])).status_code == 404
