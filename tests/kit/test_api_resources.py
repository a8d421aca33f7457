"""The base of the API's resources, on a small one: verbs, refusals, nested lists, masks, tenants."""

import datetime
import json

import pytest
from django.core import exceptions as django
from django.db import IntegrityError
from django.urls import include, path
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from mcn.audit import trail
from mcn.kit import moves, records
from mcn.kit.api.errors import handle_exception
from mcn.kit.api.rows import rows_of
from mcn.kit.api.serializers import ChildSerializer, Input, ReasonInput, RecordSerializer
from mcn.kit.api.viewsets import RecordViewSet, Verb
from mcn.kit.refusal import Blocked, Finding
from merchants.models import Contact, Merchant
from tests.factories import DAY
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import ContactFactory, MerchantFactory
from tests.kit.api_suite import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def suspend(merchant, *, by, at, note=""):
    """Stop working with a merchant for a while."""
    with moves.move(merchant, "suspend", by=by, at=at, note=note) as merchant:
        pass
    return merchant


def admit(merchant, *, by, at, note=""):
    """Never: a clause forbids it, after something was written."""
    merchant.region = "写了一半"
    records.save(merchant, by=by, at=at)
    raise Blocked([Finding("DB4401 5.1.2.4", "shall", merchant, "没有有效的营业执照", "/mend/")])


def hand_over(merchant, *, contact, by, at):
    """Name the contact who answers from now on."""
    merchant.region = str(contact.pk)
    return records.save(merchant, by=by, at=at)


class HandOverInput(Input):
    contact = ChildSerializer.serializer_related_field(queryset=Contact.objects.all())


class ContactSerializer(ChildSerializer):
    class Meta:
        model = Contact
        fields = ["id", "duty", "name", "phone"]
        only = {"ended_on": None}


class MerchantSerializer(RecordSerializer):
    contacts = ContactSerializer(many=True, read_only=True)
    sender = serializers.CharField(source="submitted_by.username", read_only=True)
    licence_kind = serializers.ReadOnlyField()

    class Meta:
        model = Merchant
        fields = [
            "id",
            "code",
            "name",
            "kind",
            "uscc",
            "phone",
            "region",
            "state",
            "created_at",
            "contacts",
            "sender",
            "licence_kind",
        ]
        fixed = ["kind"]


class MerchantViewSet(RecordViewSet):
    """Merchants, as this test needs them."""

    queryset = Merchant.objects.prefetch_related("contacts")
    serializer_class = MerchantSerializer
    ordering_fields = ["code", "created_at", "state"]
    verbs = [
        Verb("suspend", suspend, ReasonInput),
        Verb("admit", admit),
        Verb("hand_over", hand_over, HandOverInput),
    ]


router = SimpleRouter()
router.register("merchants", MerchantViewSet)
urlpatterns = [path("", include(router.urls))]


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def desk():
    return client_of(StaffFactory(role="merchant_desk"))


def url(merchant, verb=""):
    return f"/merchants/{merchant.pk}/{verb and f'{verb}/'}"


def patch(client, merchant, **body):
    return client.patch(url(merchant), body, format="json", HTTP_IF_MATCH="*")


def test_a_list_holds_columns_relations_and_nested_lists_but_nothing_that_needs_the_row():
    rows = rows_of(MerchantSerializer)

    assert rows.names == [*MerchantSerializer.Meta.fields[:9], "sender", "version", "contacts"]


def test_a_nested_list_is_read_in_one_more_query(desk, django_assert_num_queries):
    for _ in range(3):
        ContactFactory(merchant=ContactFactory().merchant, phone="13700137000")

    with django_assert_num_queries(4):  # two of them ask for the role's permissions
        rows = desk.get("/merchants/").json()["results"]

    assert [len(row["contacts"]) for row in rows] == [2, 2, 2]


def test_a_nested_list_holds_only_what_its_serializer_says(desk, merchant):
    ContactFactory(merchant=merchant, ended_on=DAY)

    assert desk.get("/merchants/").json()["results"][0]["contacts"] == []


def test_a_serializer_that_decides_row_by_row_has_to_name_what_lists_show():
    class Wary(MerchantSerializer):
        def to_representation(self, instance):
            return {}

    with pytest.raises(django.ImproperlyConfigured):
        rows_of(Wary)
    assert rows_of(Wary, ("id", "code")).names == ["id", "code"]


def test_what_is_fixed_is_set_once(desk, merchant):
    same = patch(desk, merchant, kind=merchant.kind, region="佛山")
    other = patch(desk, merchant, kind="cooperative")

    assert same.status_code == 200
    assert (other.status_code, list(other.json()["errors"])) == (400, ["kind"])


def test_personal_data_is_masked_in_lists_and_details_and_below(desk, merchant):
    ContactFactory(merchant=merchant, phone="13900139000", name="李经理")

    for shown in (desk.get(url(merchant)).json(), desk.get("/merchants/").json()["results"][0]):
        assert shown["phone"] == "138****8000"
        assert shown["contacts"][0]["phone"] == "139****9000"
        assert shown["contacts"][0]["name"] == "李**"


def test_a_mask_sent_back_changes_nothing(desk, merchant):
    answer = patch(desk, merchant, phone="138****8000", region="佛山")

    merchant.refresh_from_db()
    assert (answer.status_code, merchant.phone, merchant.region) == (200, "13800138000", "佛山")


def test_the_model_judges_in_its_own_words(desk, merchant):
    merchant.uscc, merchant.name = "91440101X", "长" * 121
    with pytest.raises(django.ValidationError) as said:
        merchant.full_clean()

    answer = patch(desk, merchant, uscc="91440101X", name="长" * 121)

    assert answer.json()["errors"] == said.value.message_dict


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_what_no_column_can_hold_is_refused(desk, merchant, text):
    body = json.dumps({"region": text})

    answer = desk.patch(url(merchant), body, content_type="application/json", HTTP_IF_MATCH="*")

    assert answer.status_code == 400


def test_what_the_model_normalises_is_not_judged_before(desk, merchant):
    spaced = f"{merchant.uscc[:8]} {merchant.uscc[8:]}  "

    answer = patch(desk, merchant, uscc=spaced)

    assert (answer.status_code, answer.json()["uscc"]) == (200, merchant.uscc)


def test_pages_go_through_equal_values(desk):
    for _ in range(5):
        MerchantFactory(papers=False)
    seen, address = [], "/merchants/?ordering=-state&page_size=2"
    while address:
        page = desk.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5


def test_a_cursor_is_good_for_its_own_list_and_order_only(desk):
    for _ in range(2):
        MerchantFactory(papers=False)
    cursor = desk.get("/merchants/?page_size=1").json()["next"].partition("cursor=")[2]

    for query in (f"cursor={cursor}&ordering=code&page_size=1", f"cursor=x{cursor}"):
        assert desk.get(f"/merchants/?{query}").status_code == 400


def test_a_verb_acts_and_answers_with_the_row(desk, merchant):
    answer = desk.post(url(merchant, "suspend"), {"note": "抽检不合格"}, format="json")

    assert (answer.status_code, answer.json()["state"]) == (200, "suspended")
    assert answer.json()["open_moves"] == ["resume", "exit"]
    assert answer["ETag"] == desk.get(url(merchant))["ETag"]
    entry = trail.history(merchant).first()
    assert (entry.verb, entry.why) == ("suspend", "抽检不合格")


def test_a_verb_that_must_say_why_is_refused_without(desk, merchant):
    answer = desk.post(url(merchant, "suspend"), {}, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["note"])


def test_a_verb_takes_no_unknown_input(desk, merchant):
    answer = desk.post(url(merchant, "suspend"), {"note": "x", "force": True}, format="json")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["force"])


def test_a_verb_from_the_wrong_state_is_409(desk):
    merchant = MerchantFactory(papers=False, state="draft")

    answer = desk.post(url(merchant, "suspend"), {"note": "x"}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_verb_without_the_permission_is_403(merchant):
    reviewer = client_of(StaffFactory(role="reviewer"))

    answer = reviewer.post(url(merchant, "suspend"), {"note": "x"}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (403, "denied")
    assert reviewer.get(url(merchant)).json()["open_moves"] == []


def test_a_clause_that_forbids_is_422_with_findings_and_nothing_stays_written(desk, merchant):
    answer = desk.post(url(merchant, "admit"), {}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (422, "blocked")
    assert answer.json()["findings"] == [
        {
            "clause": "DB4401 5.1.2.4",
            "level": "shall",
            "subject": {"model": "merchants.merchant", "id": merchant.pk, "label": str(merchant)},
            "message": "没有有效的营业执照",
            "mend_url": "/mend/",
        }
    ]
    assert Merchant.objects.get().version == merchant.version


def test_a_verb_on_an_older_version_is_412(desk, merchant):
    tag = desk.get(url(merchant))["ETag"]
    patch(desk, merchant, region="佛山")

    answer = desk.post(url(merchant, "suspend"), {"note": "x"}, format="json", HTTP_IF_MATCH=tag)

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


@pytest.mark.parametrize("tag", ['"{}"', 'W/"{}"', '"9999", "{}"', "*"])
def test_a_version_may_be_named_as_proxies_and_lists_give_it(desk, merchant, tag):
    named = tag.format(merchant.version)

    answer = desk.patch(url(merchant), {"region": "佛山"}, format="json", HTTP_IF_MATCH=named)

    assert answer.status_code == 200


def test_the_tag_changes_when_a_nested_row_does(desk, merchant):
    tag = desk.get(url(merchant))["ETag"]

    ContactFactory(merchant=merchant)

    assert desk.get(url(merchant), HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert desk.patch(url(merchant), {"region": "佛山"}, format="json", HTTP_IF_MATCH=tag).status_code == 200


def test_a_merchants_person_sees_their_own_and_changes_what_their_role_may(merchant):
    MerchantFactory(papers=False)
    owner = client_of(MerchantUserFactory(merchant=merchant))
    service = client_of(MerchantUserFactory(merchant=merchant, role="customer_service"))

    assert [row["id"] for row in owner.get("/merchants/").json()["results"]] == [merchant.pk]
    assert owner.get(f"{url(merchant)}history/").status_code == 403
    assert patch(owner, merchant, region="佛山").status_code == 200
    assert patch(service, merchant, region="深圳").status_code == 403
    assert owner.post("/merchants/", {"name": "另一家", "uscc": None}, format="json").status_code == 403


def test_a_related_row_of_a_stranger_does_not_exist(merchant):
    owner = client_of(MerchantUserFactory(merchant=merchant))
    own, foreign = ContactFactory(merchant=merchant), ContactFactory()

    refused = owner.post(url(merchant, "hand_over"), {"contact": foreign.pk}, format="json")
    unknown = owner.post(url(merchant, "hand_over"), {"contact": 10**30}, format="json")
    done = owner.post(url(merchant, "hand_over"), {"contact": own.pk}, format="json")

    assert (refused.status_code, unknown.status_code, done.status_code) == (400, 400, 200)
    assert str(foreign.pk) in refused.json()["errors"]["contact"][0]


def test_a_body_that_is_too_large_is_413(desk, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    answer = desk.post("/merchants/", {"name": "长" * 1_000}, format="json")

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_a_form_is_not_taken_for_json(desk):
    answer = desk.post("/merchants/", "name=x", content_type="application/x-www-form-urlencoded")

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (IntegrityError("UNIQUE constraint failed"), 409, "conflict"),
        (django.PermissionDenied("secret"), 403, "permission_denied"),
        (django.TooManyFieldsSent("1000"), 400, "bad_request"),
        (OverflowError("date value out of range"), 400, "bad_request"),
    ],
)
def test_what_django_raises_is_told_in_the_same_shape(error, status, code):
    answer = handle_exception(error, {})

    assert (answer.status_code, answer.data["code"]) == (status, code)
    assert str(error) not in answer.data["message"]


def test_a_fault_of_ours_is_not_hidden():
    assert handle_exception(ZeroDivisionError(), {}) is None


def test_moments_are_utc_in_lists_and_details(desk, merchant):
    moment = desk.get(url(merchant)).json()["created_at"]

    assert moment == desk.get("/merchants/").json()["results"][0]["created_at"]
    assert moment.endswith("Z")
    assert datetime.datetime.fromisoformat(moment) == merchant.created_at
