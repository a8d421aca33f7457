"""The back office's pages about streamers' papers: added, looked up, acted on by buttons, never in clear."""

import pytest
from django.urls import reverse

from streamers.models import AdPenalty, Contract, Design, Qualification, Specialism, VirtualProfile
from tests.factories import DAY, pdf
from tests.factories.accounts import StaffFactory
from tests.factories.agency import platform
from tests.factories.streamer_papers import (
    AdPenaltyFactory,
    ContractFactory,
    DesignFactory,
    LikenessConsentFactory,
    QualificationFactory,
    QualificationReportFactory,
    SpecialismFactory,
    VirtualProfileFactory,
    VirtualRightFactory,
)
from tests.factories.streamers import StreamerFactory, id_number
from tests.streamers.portal import browser, text

PERSON = id_number(700)
ROWS = {
    "adpenalty": lambda: AdPenaltyFactory(id_number=PERSON),
    "contract": ContractFactory,
    "design": DesignFactory,
    "likenessconsent": LikenessConsentFactory,
    "qualification": lambda: QualificationReportFactory(platform=platform("douyin", "抖音")).qualification,
    "specialism": SpecialismFactory,
    "virtualprofile": VirtualProfileFactory,
    "virtualright": VirtualRightFactory,
}


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def client(manager):
    return browser(manager)


def url(model, page="changelist", *args):
    return reverse(f"admin:streamers_{model}_{page}", args=args)


def do(client, row, verb, **given):
    """What a verb's page answers."""
    page = reverse(f"admin:streamers_{row._meta.model_name}_verb", args=[row.pk, verb])
    return client.post(page, given)


@pytest.mark.parametrize("model", ROWS)
def test_every_page_opens_and_shows_nothing_in_clear(client, model):
    row = ROWS[model]()
    pages = [url(model), url(model, "add"), url(model, "change", row.pk), url(model, "history", row.pk)]

    said = [text(client.get(page)) for page in pages]

    clear = [PERSON, "周某", "赵小声", "林晓鹿"]
    assert [value for value in clear for page in said if value in page] == []
    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]


@pytest.mark.parametrize("model", ROWS)
def test_a_list_of_many_asks_as_many_queries_as_of_one(client, model, django_assert_max_num_queries):
    ROWS[model]()
    with django_assert_max_num_queries(25) as one:
        client.get(url(model))
    for _ in range(4 if model != "adpenalty" else 0):
        ROWS[model]()

    with django_assert_max_num_queries(len(one)):
        client.get(url(model))


def test_a_streamers_page_shows_the_papers_of_their_kind(client):
    person = QualificationFactory(name="律师执业证").streamer
    figure = StreamerFactory(virtual=True)

    of_person = text(client.get(url("streamer", "change", person.pk)))
    of_figure = text(client.get(url("streamer", "change", figure.pk)))

    assert ("律师执业证" in of_person, "AI 虚拟主播" in of_person) == (True, False)
    assert "AI 虚拟主播" in of_figure


def test_a_qualification_is_uploaded_verified_by_another_and_reported(client):
    streamer = StreamerFactory()
    given = {
        "streamer": streamer.pk,
        "field": "law",
        "name": "律师执业证",
        "number": "1440",
        "issuer": "省司法厅",
    }
    given |= {"valid_from": "2026-03-16", "long_term": "on"}
    assert client.post(url("qualification", "add"), given).status_code == 200
    assert not Qualification.objects.exists()
    management = {"reports-TOTAL_FORMS": 0, "reports-INITIAL_FORMS": 0}
    client.post(url("qualification", "add"), given | management | {"file": pdf()})
    made = Qualification.objects.get()

    assert do(client, made, "verify", note="看过").status_code == 403
    colleague = browser(StaffFactory(role="streamer_manager"))
    assert do(colleague, made, "verify", note="与司法厅公示一致").status_code == 302
    douyin = platform("douyin", "抖音")
    told = {"platform": douyin.pk, "reported_on": "2026-03-16", "receipt": "BB-9"}
    assert do(client, made, "report", **told).status_code == 302

    made.refresh_from_db()
    assert (made.is_verified, made.reports.get().receipt) == (True, "BB-9")


def test_a_field_is_declared_and_given_up(client):
    client.post(url("specialism", "add"), {"streamer": StreamerFactory().pk, "field": "law"})
    row = Specialism.objects.get()

    assert do(client, row, "give_up", note="转型").status_code == 302
    row.refresh_from_db()
    assert row.ended_on is not None


@pytest.mark.clause("DB4401 5.4.3.1 b")
def test_a_contracts_promise_is_marked_and_not_signed(client):
    draft = ContractFactory(state="draft", wording="甲方保证销售额不低于 100 万元。")

    page = text(client.get(url("contract", "change", draft.pk)))
    refused = do(client, draft, "sign", file=pdf(), signed_on="2026-03-16")

    assert "<mark>保证销售额</mark>" in page
    assert "第 3–7 字" in page
    assert refused.status_code == 422
    draft.refresh_from_db()
    assert draft.state == Contract.State.DRAFT


def test_a_contract_is_drafted_signed_and_put_in_anothers_place(client):
    old = ContractFactory()
    given = {"streamer": old.streamer_id, "kind": "renewal", "number": "QY-2026-NEW", "renews": old.pk}
    given |= {"agency_party": "甲方", "streamer_party": "林晓鹿", "obligations": "每月 12 场"}
    client.post(url("contract", "add"), given | {"valid_from": "2026-01-01", "valid_to": "2030-01-01"})
    new = Contract.objects.get(number="QY-2026-NEW")

    assert do(client, new, "sign", signed_on="2026-03-16").status_code == 200
    assert do(client, new, "sign", file=pdf(), signed_on="2026-03-16").status_code == 302
    foreign = ContractFactory()
    assert do(client, old, "supersede", successor=foreign.pk).status_code == 200
    assert do(client, old, "supersede", successor=new.pk).status_code == 302
    old.refresh_from_db()
    assert old.state == Contract.State.SUPERSEDED


def test_a_penalty_is_entered_looked_up_by_its_full_number_and_revoked(client):
    given = {"party": "person", "name": "周某", "id_number": PERSON, "number": "穗市监处罚〔2026〕1号"}
    given |= {"authority": "市监局", "decided_on": "2026-03-16", "source": "公示系统"}
    client.post(url("adpenalty", "add"), given | {"file": pdf()})
    penalty = AdPenalty.objects.get()
    assert penalty.barred_to == DAY.replace(year=2029)

    def found(term):
        return client.get(url("adpenalty"), {"q": term}).context["cl"].result_count

    assert [found(term) for term in (PERSON, PERSON[:10], "〔2026〕1号")] == [1, 0, 1]
    assert do(client, penalty, "revoke").status_code == 200
    assert do(client, penalty, "revoke", note="复议撤销").status_code == 302
    penalty.refresh_from_db()
    assert penalty.state == AdPenalty.State.REVOKED


@pytest.mark.parametrize(
    "wrong",
    [
        {"id_number": ""},
        {"decided_on": "2999-01-01"},
        {"number": ""},
        {"party": "organisation", "id_number": ""},
    ],
    ids=["no number", "tomorrow", "no decision", "no code"],
)
def test_a_penalty_that_says_nonsense_is_refused(client, wrong):
    given = {"party": "person", "name": "周某", "id_number": PERSON, "number": "穗市监处罚〔2026〕1号"}
    given |= {"authority": "市监局", "decided_on": "2026-03-16", "source": "公示系统"}

    client.post(url("adpenalty", "add"), given | wrong)

    assert not AdPenalty.objects.exists()


def test_a_figure_gets_its_profile_consent_and_designs(client):
    figure = StreamerFactory(virtual=True, persona=False)
    client.post(url("virtualprofile", "add"), {"streamer": figure.pk, "label": "AI 虚拟主播"})
    assert VirtualProfile.objects.get().streamer == figure
    design = {"streamer": figure.pk, "part": "image", "title": "少女", "description": "汉服"}
    client.post(url("design", "add"), design | {"file": pdf()})
    made = Design.objects.get()

    assert do(client, made, "approve", note="好").status_code == 403
    assert do(browser(StaffFactory(role="compliance")), made, "approve", note="合规").status_code == 302
    consent = LikenessConsentFactory(streamer=figure, state="declared")
    span = {"valid_from": "2026-03-16", "valid_to": "2027-03-15"}
    assert do(client, consent, "give", **span).status_code == 200
    assert do(client, consent, "give", file=pdf(), **span).status_code == 302
    assert do(client, consent, "revoke", note="本人撤回").status_code == 302


def test_a_person_gets_no_virtual_profile(client):
    answer = client.post(
        url("virtualprofile", "add"), {"streamer": StreamerFactory().pk, "label": "AI"}, follow=True
    )

    assert "仅适用于虚拟主播" in text(answer)
    assert not VirtualProfile.objects.exists()


def test_others_read_and_act_on_nothing():
    auditor = browser(StaffFactory(role="auditor"))
    draft = ContractFactory(state="draft")

    assert auditor.get(url("contract", "change", draft.pk)).status_code == 200
    assert auditor.get(url("contract", "add")).status_code == 403
    assert do(auditor, draft, "sign", file=pdf(), signed_on="2026-03-16").status_code == 403
