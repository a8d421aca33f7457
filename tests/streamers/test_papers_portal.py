"""A streamer's own pages about contracts and qualifications: read, downloaded, added, corrected."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from streamers.models import Contract, Qualification
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamer_papers import ContractFactory, QualificationFactory, SpecialismFactory
from tests.factories.streamers import PlatformAccountFactory, StreamerFactory
from tests.streamers.portal import browser, text

GIVEN = {
    "field": "law",
    "name": "律师执业证",
    "number": "14401202610000001",
    "issuer": "广东省司法厅",
    "valid_from": "2026-03-16",
    "valid_to": "2027-03-15",
}


def queries(client, url):
    """How many queries a page asks."""
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def streamer():
    return StreamerFactory(user=UserFactory(), contract=False)


@pytest.fixture
def client(streamer):
    return browser(streamer.user)


def test_a_draft_is_not_the_streamers_to_see(client, streamer):
    for state in ("draft", "ended"):
        draft = ContractFactory(streamer=streamer, state="draft")
        Contract.objects.filter(pk=draft.pk).update(state=state)
        assert client.get(reverse("streamer_contract", args=[draft.pk])).status_code == 404
        assert draft.number not in text(client.get(reverse("streamer_contracts")))
        assert list(Contract.objects.visible_to(streamer.user)) == []
    assert Contract.objects.visible_to(StaffFactory(role="streamer_manager")).count() == 2


@pytest.mark.clause("LSEC 40")
def test_a_contract_is_read_and_downloaded(client, streamer):
    contract = ContractFactory(streamer=streamer, wording="第一条 双方按约履行。")

    listed = text(client.get(reverse("streamer_contracts")))
    page = text(client.get(reverse("streamer_contract", args=[contract.pk])))

    assert contract.number in listed
    assert "第一条 双方按约履行。" in page
    assert "每月完成不少于 12 场直播" in page
    assert "林晓鹿" not in page
    assert client.get(reverse("file", args=[contract.document.latest.pk])).status_code == 200


@pytest.mark.parametrize(("days", "warned"), [(31, False), (30, True), (0, True)])
def test_a_contract_that_runs_out_is_told(client, streamer, days, warned):
    ContractFactory(streamer=streamer, valid_to=DAY + datetime.timedelta(days=days))

    assert ("请与机构沟通续签" in text(client.get(reverse("streamer_contracts")))) == warned


def test_a_qualification_is_added_and_waits_to_be_verified(client, streamer):
    url = reverse("streamer_qualification_add")
    assert client.post(url, GIVEN).status_code == 422
    assert not Qualification.objects.exists()

    answer = client.post(url, GIVEN | {"file": pdf()}, follow=True)

    made = Qualification.objects.get()
    assert (made.streamer, made.submitted_by, made.is_verified) == (streamer, streamer.user, False)
    assert "待核验" in text(answer) or "尚未核验" in text(answer) or "未核验" in text(answer)


def test_a_better_file_is_a_revision_and_is_verified_anew(client, streamer):
    made = QualificationFactory(streamer=streamer)
    page = client.get(reverse("streamer_qualification", args=[made.pk]))
    stored = {name: value for name, value in page.context["form"].initial.items() if value is not None}

    client.post(reverse("streamer_qualification", args=[made.pk]), stored | {"file": pdf(body=b"sharper")})

    made.refresh_from_db()
    assert made.document.revisions.count() == 2
    assert not made.is_verified


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "astrology"},
        {"number": ""},
        {"valid_to": "2025-01-01"},
        {"valid_from": "x"},
        {"valid_to": ""},
    ],
    ids=["field", "number", "span", "day", "no end"],
)
def test_wrong_input_comes_back_and_leaves_no_paper(client, wrong):
    answer = client.post(reverse("streamer_qualification_add"), GIVEN | wrong | {"file": pdf()})

    assert answer.status_code == 422
    assert not Qualification.objects.exists()
    assert "律师执业证" in text(answer)


def test_each_field_tells_what_it_lacks(client, streamer):
    url = reverse("streamer_qualifications")
    SpecialismFactory(streamer=streamer)
    assert "没有已核验的资质" in text(client.get(url))

    PlatformAccountFactory(streamer=streamer)
    QualificationFactory(streamer=streamer)
    assert "尚未报备：" in text(client.get(url))


def test_nobody_elses_papers_are_found(client):
    paper, contract = QualificationFactory(), ContractFactory()
    gone = QualificationFactory(streamer=StreamerFactory(user=UserFactory()), ended_on=DAY)

    assert client.get(reverse("streamer_contract", args=[contract.pk])).status_code == 404
    assert client.get(reverse("streamer_qualification", args=[paper.pk])).status_code == 404
    assert client.post(reverse("streamer_qualification", args=[paper.pk]), GIVEN).status_code == 404
    assert client.get(reverse("file", args=[contract.document.latest.pk])).status_code == 404
    own = browser(gone.streamer.user)
    assert own.get(reverse("streamer_qualification", args=[gone.pk])).status_code == 404


@pytest.mark.parametrize("user", [StaffFactory, MerchantUserFactory], ids=["staff", "merchant"])
def test_who_is_no_streamer_finds_no_page(user):
    browsing = browser(user())
    for name in ("streamer_contracts", "streamer_qualifications", "streamer_qualification_add"):
        assert browsing.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", ["streamer_contracts", "streamer_qualifications"])
def test_a_page_with_many_papers_asks_as_many_queries_as_with_one(client, streamer, name):
    factory = ContractFactory if name == "streamer_contracts" else QualificationFactory
    factory(streamer=streamer)
    client.get(reverse(name))
    one = queries(client, reverse(name))
    for _ in range(4):
        factory(streamer=streamer)

    assert queries(client, reverse(name)) == one
