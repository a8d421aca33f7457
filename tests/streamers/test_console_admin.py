"""The console of a live show: what it shows, the one door in, and what it asks of the database."""

import datetime
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from mcn.kit import clock
from streamers.models import Show, ShowEvent
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.conduct import ViolationCodeFactory
from tests.factories.on_air import LiveShowFactory, ShowEventFactory


def login(role="operator"):
    client = Client()
    client.force_login(StaffFactory(role=role))
    return client


@pytest.fixture
def show():
    """On air since ten minutes ago, by the real clock of the door."""
    began = clock.now() - datetime.timedelta(minutes=10)
    return LiveShowFactory(started_at=began, ended_at=None)


def address(show, name="console"):
    return reverse(f"admin:streamers_showevent_{name}", args=[show.pk])


def send(client, show, **fields):
    given = {"kind": "note", "text": "换了备用话筒", "key": str(uuid.uuid4()), "age": "0"} | fields
    return client.post(address(show, "note"), given)


def test_the_page_shows_what_has_to_be_said_of_each_product(show):
    page = login().get(address(show)).content.decode()

    item = show.items.get()
    assert item.product.name in page
    assert item.card_version.hazards in page
    assert "终止直播" in page


def test_an_entry_typed_a_minute_ago_stands_in_its_second(show):
    answer = send(login(), show, age=str(60_000))

    event = ShowEvent.objects.get(pk=answer.json()["id"])
    assert answer.status_code == 200
    assert 535 <= event.second <= 545


def test_sent_again_it_is_noted_once(show):
    client, key = login(), str(uuid.uuid4())
    first, again = (send(client, show, key=key) for _time in range(2))

    assert (again.status_code, again.json()) == (200, first.json())
    assert ShowEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"kind": "nonsense"}, 400, "nonsense"),
        ({"kind": "alert"}, 400, "alert"),
        ({"text": ""}, 400, "请写明"),
        ({"kind": "on_table"}, 400, "排品表"),
        ({"key": "x"}, 400, "UUID"),
        ({"kind": "ban"}, 403, ""),
    ],
)
def test_what_is_refused_is_said_in_words_and_noted_nowhere(show, fields, status, said):
    answer = send(login(), show, **fields)

    assert answer.status_code == status
    assert said in answer.json()["refused"]
    assert not ShowEvent.objects.exists()


def test_goods_of_another_show_are_no_choice(show):
    other = LiveShowFactory()
    assert send(login(), show, kind="on_table", item=other.items.get().pk).status_code == 400


def test_a_reminder_with_a_code_reports_the_violation(show):
    streamer = show.cast.get().streamer
    code = ViolationCodeFactory()
    send(login(), show, kind="reminder", streamer=streamer.pk, code=code.pk, text="口播“三天见效”")

    assert streamer.violations.get().recording_second == pytest.approx(600, abs=5)


def test_stopping_at_the_console_ends_the_show(show):
    assert send(login(), show, kind="stop", text="主播失控").status_code == 200

    show.refresh_from_db()
    assert show.state == Show.State.ENDED


def test_the_live_part_asks_no_more_for_a_longer_timeline(show, django_assert_max_num_queries):
    client = login()
    client.get(address(show, "live"))
    ShowEventFactory(show=show)
    with django_assert_max_num_queries(30) as short:
        client.get(address(show, "live"))
    for second in range(20):
        ShowEventFactory(show=show, second=second)
    with django_assert_max_num_queries(len(short)):
        page = client.get(address(show, "live")).content.decode()

    assert page.count('data-event="') == 21


def test_who_only_reads_sees_the_timeline_and_notes_nothing(show):
    client = login("auditor")
    page = client.get(address(show)).content.decode()

    assert 'data-form="entry"' not in page
    assert send(client, show).status_code == 403


def test_a_stranger_learns_of_no_show(show):
    client = Client()
    client.force_login(UserFactory())
    assert client.get(address(show)).status_code in (302, 403, 404)
    assert login().get(address(Show(pk=show.pk + 99))).status_code == 404


def test_a_show_that_is_over_tells_what_was_left_undone(show):
    ShowEventFactory(show=show)
    send(login(), show, kind="stop", text="结束")

    assert "直播中没做到的" in login().get(address(show)).content.decode()


def test_the_timeline_is_a_list_to_filter(show):
    ShowEventFactory(show=show)
    client = login()
    event = ShowEvent.objects.get()

    assert client.get("/admin/streamers/showevent/?kind__exact=on_table").status_code == 200
    assert address(show) in client.get(f"/admin/streamers/showevent/{event.pk}/change/").content.decode()


def test_live_shows_stand_on_the_start_page(show):
    assert address(show) in login().get("/admin/").content.decode()
