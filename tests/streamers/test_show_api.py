"""Shows at the API's door: planned, filled, cleared, and what stands in the way."""

import pytest

from mcn.accounts.models import User
from products.models import Product
from streamers.models import Streamer
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.products import ProductFactory
from tests.factories.shows import RoomFactory, RunItemFactory, ShowFactory
from tests.factories.streamers import StreamerFactory
from tests.kit.api_suite import ResourceSuite, client_of

pytestmark = pytest.mark.django_db


class TestShowApi(ResourceSuite):
    path = "/api/v1/shows/"
    role = "operator"
    change = {"title": "岭南年货第二场"}
    wrong = {"theme": "nonsense"}

    def make(self):
        return ShowFactory(items=0, cast=False, crew=False, room=RoomFactory())

    def fresh(self):
        return {
            "title": "岭南年货专场",
            "room": RoomFactory().pk,
            "starts_at": "2026-03-20T20:00:00+08:00",
            "ends_at": "2026-03-20T22:00:00+08:00",
        }


@pytest.fixture
def operator():
    return client_of(StaffFactory(role="operator"))


def test_numbers_are_picked_arranged_and_answered_one_by_one(operator):
    show = ShowFactory(items=0)
    numbers = [ProductFactory().code, "NOPE", ProductFactory().code]

    answers = operator.post(f"/api/v1/shows/{show.pk}/pick/", {"numbers": numbers}, format="json").json()

    first, second = show.items.all()
    assert [(row["given"], row["item"]) for row in answers] == [
        (numbers[0], first.pk),
        ("NOPE", None),
        (numbers[2], second.pk),
    ]
    assert answers[1]["refusal"]
    order = {"items": [second.pk, first.pk]}
    assert operator.post(f"/api/v1/shows/{show.pk}/arrange/", order, format="json").status_code == 200
    assert list(show.items.all()) == [second, first]


def test_the_blockers_are_told_by_who_must_act(operator):
    show = ShowFactory()
    product = show.items.get().product
    Product.objects.update(state=Product.State.DELISTED)

    told = operator.get(f"/api/v1/shows/{show.pk}/blockers/").json()

    assert (told["blocked"], told["on"]) == (True, ["2026-03-16"])
    merchant = next(party for party in told["parties"] if party["who"] == "merchant")
    assert (merchant["id"], merchant["blockers"]) == (product.merchant_id, len(merchant["findings"]))


def test_people_are_cast_given_another_part_and_taken_off(operator):
    show = ShowFactory(items=0, cast=False, crew=False)
    cast = {"show": show.pk, "streamer": StreamerFactory().pk, "role": "host"}
    crew = {"show": show.pk, "person": StaffFactory(role="operator").pk, "role": "law"}

    for path, given, other in (("show-cast", cast, "guest"), ("show-crew", crew, "operator")):
        made = operator.post(f"/api/v1/{path}/", given, format="json")
        assert made.status_code == 201, made.json()
        url = f"/api/v1/{path}/{made.json()['id']}/"
        changed = operator.patch(url, {"role": other}, format="json", HTTP_IF_MATCH="*")
        assert changed.json()["role"] == other
        assert operator.post(f"{url}take_off/", {}, format="json").json()["removed_at"]
    assert operator.get(f"/api/v1/shows/{show.pk}/").json()["cast"] == []


def test_who_may_not_change_shows_changes_no_part_of_one():
    auditor = client_of(StaffFactory(role="auditor"))
    item = RunItemFactory()

    changed = auditor.patch(f"/api/v1/run-items/{item.pk}/", {"note": "x"}, format="json", HTTP_IF_MATCH="*")

    assert (changed.status_code, auditor.get("/api/v1/run-items/").status_code) == (403, 200)


def test_a_line_and_its_offer_are_made_and_changed(operator):
    show, product = ShowFactory(items=0), ProductFactory()
    made = operator.post("/api/v1/run-items/", {"show": show.pk, "product": product.pk}, format="json")
    assert made.status_code == 201, made.json()
    line = made.json()
    url = f"/api/v1/run-items/{line['id']}/"

    noted = operator.patch(url, {"note": "先试吃"}, format="json", HTTP_IF_MATCH="*")
    offer = f"/api/v1/offers/{line['offers'][0]['id']}/"
    promised = operator.patch(offer, {"spot": 12}, format="json", HTTP_IF_MATCH="*")
    undated = operator.patch(offer, {"presale": 5}, format="json", HTTP_IF_MATCH="*")

    assert (noted.json()["note"], promised.json()["spot"]) == ("先试吃", 12)
    assert undated.status_code == 400
    assert operator.get(f"/api/v1/offers/?show={show.pk}").json()["results"][0]["spot"] == 12


def test_a_merchant_on_a_shared_show_learns_nothing_of_the_others():
    show = ShowFactory(items=2)
    own, other = show.items.select_related("product__merchant")
    Product.objects.update(state=Product.State.DELISTED)
    merchant = client_of(MerchantUserFactory(merchant=own.product.merchant))

    told = merchant.get(f"/api/v1/shows/{show.pk}/blockers/").json()
    asked = {
        product: merchant.get(f"/api/v1/shows/?product={product}").json()["results"]
        for product in (own.product_id, other.product_id)
    }

    assert [row["id"] for row in merchant.get("/api/v1/run-items/").json()["results"]] == [own.pk]
    assert merchant.get(f"/api/v1/run-items/{other.pk}/").status_code == 404
    assert (len(asked[own.product_id]), asked[other.product_id]) == (1, [])
    assert (told["blocked"], {party["id"] for party in told["parties"]}) == (True, {own.product.merchant_id})


def test_who_is_cast_reads_the_whole_run_sheet_and_what_they_have_to_mend_themselves():
    show = ShowFactory(items=2)
    Product.objects.update(state=Product.State.DELISTED)
    cast = show.cast.get().streamer
    Streamer.objects.filter(pk=cast.pk).update(user=UserFactory())
    streamer = client_of(User.objects.get(streamer=cast))

    assert len(streamer.get("/api/v1/run-items/").json()["results"]) == 2
    told = streamer.get(f"/api/v1/shows/{show.pk}/blockers/").json()
    assert (told["blocked"], told["parties"]) == (True, [])
