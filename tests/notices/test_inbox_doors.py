"""The inbox at its doors: everybody's own, and nobody else's."""

import pytest
from django.contrib.auth.models import Permission

from mcn.notices.actions import Telling, tell_many
from mcn.notices.models import Delivery, Endpoint, Preference, Receipt
from tests.factories import AT
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    user = UserFactory(email="a@example.com", is_staff=True)
    names = [
        "view_receipt",
        "add_endpoint",
        "view_endpoint",
        "change_endpoint",
        "view_delivery",
        "view_notice",
    ]
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="notices", codename__in=names)
    )
    tell_many(
        [
            Telling([user], "投诉 C000001 待受理", "complaint", url="/portal/inbox/wishes/"),
            Telling([user], "舆情预警", "opinion", text="负面占比过半"),
            Telling([UserFactory()], "别人的消息", "complaint"),
        ],
        at=AT,
    )
    client.force_login(user)
    return user


def theirs(person):
    return Receipt.objects.exclude(user=person).get().pk


def test_the_inbox_shows_ones_own(client, person, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = client.get("/portal/inbox/").content.decode()
    assert "投诉 C000001 待受理" in page
    assert "别人的消息" not in page
    assert client.get("/portal/inbox/unread/").content == b"2"


def test_a_click_reads_it_and_leads_on(client, person):
    first, second = Receipt.objects.visible_to(person).order_by("id")
    assert client.get(f"/portal/inbox/{first.pk}/")["Location"] == "/portal/inbox/wishes/"
    assert "负面占比过半" in client.get(f"/portal/inbox/{second.pk}/").content.decode()
    assert client.get("/portal/inbox/unread/").content == b""


def test_anothers_is_not_there(client, person):
    assert client.get(f"/portal/inbox/{theirs(person)}/").status_code == 404
    assert client.get(f"/admin/notices/receipt/{theirs(person)}/change/").status_code == 404
    assert client.get(f"/api/v1/notices/{theirs(person)}/").status_code == 404


def test_all_is_read_by_one_button(client, person):
    assert client.post("/portal/inbox/read/").status_code == 302
    assert Receipt.objects.unread().get().pk == theirs(person)


def test_a_person_sets_how_to_be_told(client, person):
    wishes = {"letters": "digest", "digest_hour": "7", "quiet_from": "21:30", "quiet_to": "07:00"}
    answer = client.post("/portal/inbox/wishes/", wishes | {"muted": ["order", "score"]})
    assert answer.status_code == 302
    kept = Preference.objects.get(user=person)
    assert (kept.letters, kept.digest_hour, kept.muted) == ("digest", 7, ["order", "score"])


def test_the_admin_shows_ones_own(client, person):
    page = client.get("/admin/notices/receipt/").content.decode()
    assert "投诉 C000001 待受理" in page
    assert "别人的消息" not in page


def test_an_endpoint_is_added_in_the_admin_and_its_secret_stays_hidden(client, person):
    fields = {"name": "ERP", "url": "https://93.184.215.14/hooks", "kinds": ["score"]}
    client.post("/admin/notices/endpoint/add/", fields)
    endpoint = Endpoint.objects.get()
    assert (endpoint.kinds, endpoint.added_by) == (["score"], person)
    page = client.get(f"/admin/notices/endpoint/{endpoint.pk}/change/").content.decode()
    assert endpoint.secret not in page


def test_the_api_reads_ones_own_and_refuses_inner_addresses(client, person):
    rows = client.get("/api/v1/notices/?unread=true").json()["results"]
    assert [row["title"] for row in rows] == ["舆情预警", "投诉 C000001 待受理"]
    assert client.post(f"/api/v1/notices/{rows[0]['id']}/read/").status_code == 200
    inner = {"name": "X", "url": "https://10.0.0.8/"}
    answer = client.post("/api/v1/webhook-endpoints/", inner, content_type="application/json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["url"])


def test_the_log_of_deliveries_shows_its_attempts(client, person):
    letter = Delivery.objects.first()
    assert client.get("/admin/notices/delivery/").status_code == 200
    assert client.get(f"/admin/notices/delivery/{letter.pk}/change/").status_code == 200
    assert client.get("/api/v1/deliveries/").json()["results"][0]["attempts"] == []
