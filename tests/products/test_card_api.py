"""Selling-point cards at the API's door."""

import pytest
import time_machine

from products.models import CardVersion
from tests.factories import AT, pdf
from tests.factories.accounts import MerchantUserFactory
from tests.factories.cards import CardVersionFactory, SellingPointFactory
from tests.factories.products import ProductCredentialFactory, ProductFactory
from tests.kit.api_suite import ResourceSuite, client_of

VERSIONS = "/api/v1/card-versions/"
POINTS = "/api/v1/selling-points/"
State = CardVersion.State


@pytest.fixture(autouse=True)
def on_the_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def staff(reviewer):
    return client_of(reviewer)


def owner_of(version):
    return client_of(MerchantUserFactory(merchant=version.card.product.merchant))


class TestCardApi(ResourceSuite):
    path = "/api/v1/cards/"
    role = "reviewer"

    def make(self):
        return CardVersionFactory().card


class TestCardVersionApi(ResourceSuite):
    path = VERSIONS
    role = "reviewer"
    change = {"hazards": "罐口锋利。", "promotion_to": "2026-03-31", "compared_price": "45.00"}
    wrong = {"hazards": "长" * 1001, "compared_price": "0.00"}
    list_queries = 4

    def make(self):
        return CardVersionFactory()

    def fresh(self):
        return {"product": ProductFactory(parts=False).pk, "hazards": "含花生碎粒，注意噎呛。"}


class TestSellingPointApi(ResourceSuite):
    path = POINTS
    role = "reviewer"
    change = {"claim": "每根手工现卷", "beyond_papers": True, "source": "某平台年度榜单"}
    wrong = {"claim": "长" * 1001, "source": "长" * 301}

    def make(self):
        return CardVersionFactory().points.get()

    def fresh(self):
        return {"card_version": CardVersionFactory().pk, "claim": "独立小包装"}


def test_a_card_goes_its_way_by_the_api_alone(staff):
    product = ProductFactory()
    owner = client_of(MerchantUserFactory(merchant=product.merchant))
    draft = CardVersionFactory()
    words = {name: getattr(draft, name) for name in CardVersion.CONTENT}

    made = owner.post(VERSIONS, {"product": product.pk, **words}, format="json")
    assert made.status_code == 201, made.json()
    url = made["Location"]
    point = owner.post(
        POINTS,
        {"card_version": made.json()["id"], "claim": "配料只有四样", "file": pdf()},
        format="multipart",
    )
    assert point.status_code == 201, point.json()
    assert point.json()["file_sha256"]
    assert owner.get(f"{url}blockers/").json()["blocked"] is False

    submitted = owner.post(f"{url}submit/", {}, format="json")
    assert (submitted.status_code, submitted.json()["state"]) == (200, State.SUBMITTED)
    assert submitted.json()["scans"][0]["outcome"] == "pass"
    assert owner.post(f"{url}approve/", {}, format="json").status_code == 403
    approved = staff.post(f"{url}approve/", {"note": "可以"}, format="json")
    assert (approved.status_code, approved.json()["state"]) == (200, State.APPROVED)
    assert approved.json()["open_moves"] == []


def test_submit_is_422_with_the_findings_and_where_they_are_mended():
    version = CardVersionFactory(hazards="")

    answer = owner_of(version).post(f"{VERSIONS}{version.pk}/submit/", {}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (422, "blocked")
    (finding,) = answer.json()["findings"]
    assert finding["clause"] == "DB4401 5.2.3.4 a"
    assert finding["mend_url"] == f"/portal/cards/{version.pk}/#hazards"
    assert owner_of(version).get(f"{VERSIONS}{version.pk}/blockers/").json()["findings"] == [finding]


def test_an_approved_version_takes_no_change_at_this_door(staff):
    version = CardVersionFactory(state=State.APPROVED)
    point = version.points.get()
    answers = [
        staff.patch(f"{VERSIONS}{version.pk}/", {"hazards": "改了"}, format="json", HTTP_IF_MATCH="*"),
        staff.patch(f"{POINTS}{point.pk}/", {"claim": "改了"}, format="json", HTTP_IF_MATCH="*"),
        staff.post(POINTS, {"card_version": version.pk, "claim": "新的"}, format="json"),
        staff.post(f"{VERSIONS}{version.pk}/reorder/", {"order": [point.pk]}, format="json"),
        *(
            staff.post(f"{POINTS}{point.pk}/{verb}/", {}, format="json")
            for verb in ("remove", "restore", "detach")
        ),
    ]

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(409, "wrong_state")}
    assert version.points.get().claim == point.claim


def test_a_second_version_is_not_opened_while_one_is_open(staff):
    version = CardVersionFactory()

    answer = staff.post(VERSIONS, {"product": version.card.product_id}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_send_back_takes_comments_on_parts_and_points(staff):
    version = CardVersionFactory(state=State.SUBMITTED)
    point = version.points.get()
    said = [
        {"part": "warnings", "text": "请写明过敏原"},
        {"part": "points", "point": point.pk, "text": "请附照片"},
    ]

    answer = staff.post(f"{VERSIONS}{version.pk}/send_back/", {"comments": said}, format="json")

    assert (answer.status_code, answer.json()["state"]) == (200, State.RETURNED)
    assert [(row["part"], row["point"]) for row in answer.json()["comments"]] == [
        ("warnings", None),
        ("points", point.pk),
    ]


def test_a_comment_on_another_versions_point_is_refused(staff):
    version, other = CardVersionFactory(state=State.SUBMITTED), CardVersionFactory()
    said = [{"part": "points", "point": other.points.get().pk, "text": "?"}]

    answer = staff.post(f"{VERSIONS}{version.pk}/send_back/", {"comments": said}, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["point"])
    assert CardVersion.objects.get(pk=version.pk).state == State.SUBMITTED


def test_a_point_is_proved_by_its_own_products_papers_alone(staff):
    version = CardVersionFactory()
    url = f"{POINTS}{version.points.get().pk}/"
    own, foreign = ProductCredentialFactory(product=version.card.product), ProductCredentialFactory()

    good = staff.patch(url, {"credential": own.pk}, format="json", HTTP_IF_MATCH="*")
    bad = staff.patch(url, {"credential": foreign.pk}, format="json", HTTP_IF_MATCH="*")

    assert (good.status_code, good.json()["credential"]) == (200, own.pk)
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["credential"])


def test_the_queue_is_narrowed_by_state_merchant_and_hits(staff):
    waiting = CardVersionFactory(state=State.SUBMITTED)
    CardVersionFactory()
    merchant = waiting.card.product.merchant_id

    def ids(**asked):
        return [row["id"] for row in staff.get(VERSIONS, asked).json()["results"]]

    assert ids(state="submitted") == [waiting.pk]
    assert ids(merchant=merchant) == [waiting.pk]
    assert ids(state="submitted", hits_min=1) == []
    assert ids(q=waiting.card.product.code) == [waiting.pk]


def test_removed_points_are_left_out_of_the_version(staff):
    version = CardVersionFactory()
    SellingPointFactory(card_version=version, removed_at=AT)

    assert len(staff.get(f"{VERSIONS}{version.pk}/").json()["points"]) == 1
    assert len(staff.get(VERSIONS).json()["results"][0]["points"]) == 1
