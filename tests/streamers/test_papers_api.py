"""Streamers' papers for programs: what every resource promises, and the verbs' own refusals."""

import pytest

from streamers.models import Contract, Qualification
from tests.factories import pdf
from tests.factories.accounts import StaffFactory, UserFactory
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
from tests.factories.streamers import PlatformAccountFactory, StreamerFactory, id_number
from tests.kit.api_suite import ResourceSuite, client_of

PERSON = id_number(700)


class TestContractApi(ResourceSuite):
    path = "/api/v1/streamer-contracts/"
    role = "streamer_manager"
    change = {"agency_party": "广州新文化传媒有限公司"}
    wrong = {"kind": "nonsense"}
    secrets = ["林晓鹿"]

    def make(self):
        return ContractFactory(state=Contract.State.DRAFT)

    def fresh(self):
        return {
            "streamer": StreamerFactory(contract=False).pk,
            "kind": "signing",
            "number": "QY-2026-API",
            "agency_party": "广州测试文化传媒有限公司",
            "streamer_party": "林晓鹿",
            "valid_from": "2026-03-16",
            "valid_to": "2027-03-15",
            "obligations": "每月不少于 12 场直播。",
        }


class TestQualificationApi(ResourceSuite):
    path = "/api/v1/qualifications/"
    role = "streamer_manager"
    change = {"issuer": "广州市司法局"}
    wrong = {"field": "astrology"}

    def make(self):
        return QualificationFactory()


class TestQualificationReportApi(ResourceSuite):
    path = "/api/v1/qualification-reports/"
    role = "streamer_manager"

    def make(self):
        return QualificationReportFactory(platform=platform("douyin", "抖音"))


class TestSpecialismApi(ResourceSuite):
    path = "/api/v1/specialisms/"
    role = "streamer_manager"

    def make(self):
        return SpecialismFactory()

    def fresh(self):
        return {"streamer": StreamerFactory().pk, "field": "law"}


class TestAdPenaltyApi(ResourceSuite):
    path = "/api/v1/ad-penalties/"
    role = "compliance"
    secrets = [PERSON, "周某"]

    def make(self):
        return AdPenaltyFactory(id_number=PERSON)

    def fresh(self):
        return {
            "party": "person",
            "name": "周某",
            "id_number": PERSON,
            "number": "穗市监处罚〔2026〕API号",
            "authority": "广州市市场监督管理局",
            "decided_on": "2026-03-16",
            "source": "公示系统",
        }


class TestVirtualProfileApi(ResourceSuite):
    path = "/api/v1/virtual-profiles/"
    role = "streamer_manager"
    change = {"label": "虚拟主播 · AI 生成"}
    wrong = {"label": ""}

    def make(self):
        return VirtualProfileFactory()

    def fresh(self):
        return {"streamer": StreamerFactory(virtual=True, persona=False).pk, "label": "AI 虚拟主播"}


class TestVirtualRightApi(ResourceSuite):
    path = "/api/v1/virtual-rights/"
    role = "streamer_manager"
    change = {"holder": "另一动漫有限公司"}
    wrong = {"basis": "nonsense"}

    def make(self):
        return VirtualRightFactory()


class TestLikenessConsentApi(ResourceSuite):
    path = "/api/v1/likeness-consents/"
    role = "streamer_manager"
    secrets = ["赵小声", PERSON]

    def make(self):
        return LikenessConsentFactory(owner_id_number=PERSON)

    def fresh(self):
        streamer = StreamerFactory(virtual=True)
        return {"streamer": streamer.pk, "kind": "voice", "owner_name": "赵小声", "scope": "配音"}


class TestDesignApi(ResourceSuite):
    path = "/api/v1/designs/"
    role = "streamer_manager"

    def make(self):
        return DesignFactory(state="submitted")

    def fresh(self):
        streamer = StreamerFactory(virtual=True, persona=False)
        return {"streamer": streamer.pk, "part": "image", "title": "国风少女", "description": "汉服"}


@pytest.fixture
def manager(db):
    return client_of(StaffFactory(role="streamer_manager"))


def post(client, path, body, status, **options):
    answer = client.post(f"/api/v1/{path}", body, format=options.get("format", "json"))
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def test_a_qualification_comes_with_its_file_and_is_verified_and_reported(manager):
    streamer = StreamerFactory(user=UserFactory())
    body = {
        "streamer": streamer.pk,
        "field": "law",
        "name": "律师执业证",
        "number": "1440",
        "issuer": "省司法厅",
    }
    body |= {"valid_from": "2026-03-16", "long_term": "true"}
    own = client_of(streamer.user)
    assert list(post(own, "qualifications/", body, 400, format="multipart")["errors"]) == ["file"]
    made = post(own, "qualifications/", body | {"file": pdf()}, 201, format="multipart")

    post(own, f"qualifications/{made['id']}/verify/", {}, 403)
    assert post(manager, f"qualifications/{made['id']}/verify/", {}, 200)["verified_on"]
    told = {"platform": platform("douyin", "抖音").pk, "reported_on": "2026-03-16", "receipt": "BB-7"}
    post(manager, f"qualifications/{made['id']}/report/", told, 200)

    assert Qualification.objects.get().reports.get().receipt == "BB-7"
    assert own.get("/api/v1/qualification-reports/").json()["results"][0]["receipt"] == "BB-7"


def test_a_streamer_uploads_nothing_for_another(manager):
    stranger = client_of(StreamerFactory(user=UserFactory()).user)
    body = {"streamer": StreamerFactory().pk, "field": "law", "name": "证", "number": "1", "issuer": "厅"}
    answer = post(
        stranger,
        "qualifications/",
        body | {"valid_from": "2026-03-16", "long_term": "true", "file": pdf()},
        400,
        format="multipart",
    )
    assert list(answer["errors"]) == ["streamer"]


@pytest.mark.clause("DB4401 5.4.3.1 b")
def test_a_promise_is_told_as_a_finding(manager):
    draft = ContractFactory(state="draft", wording="甲方保证销售额不低于 100 万元。")
    body = {"file": pdf(), "signed_on": "2026-03-16"}

    refused = post(manager, f"streamer-contracts/{draft.pk}/sign/", body, 422, format="multipart")

    assert [row["clause"] for row in refused["findings"]] == ["DB4401 5.4.3.1 b"]
    assert "“保证销售额”" in refused["findings"][0]["message"]


def test_a_contract_is_put_in_anothers_place(manager):
    old = ContractFactory()
    new = ContractFactory(streamer=old.streamer, kind="renewal", renews=old)
    foreign = ContractFactory()

    path = f"streamer-contracts/{old.pk}/supersede/"
    assert list(post(manager, path, {"successor": foreign.pk}, 400)["errors"]) == ["successor"]
    assert list(post(manager, path, {"successor": 10**9}, 400)["errors"]) == ["successor"]
    answer = manager.post(f"/api/v1/{path}", {"successor": new.pk}, format="json")
    assert answer.status_code in (200, 409), answer.content.decode()


def test_a_penalty_is_looked_up_by_the_full_number_and_revoked_with_a_reason(manager):
    penalty = AdPenaltyFactory(id_number=PERSON)
    AdPenaltyFactory(id_number=id_number(701))
    compliance = client_of(StaffFactory(role="compliance"))

    def found(number):
        rows = compliance.get("/api/v1/ad-penalties/", {"party_number": number}).json()["results"]
        return [row["id"] for row in rows]

    assert (found(PERSON), found(PERSON.lower()), found(PERSON[:10])) == ([penalty.pk], [penalty.pk], [])
    assert list(post(compliance, f"ad-penalties/{penalty.pk}/revoke/", {}, 400)["errors"]) == ["note"]
    assert post(compliance, f"ad-penalties/{penalty.pk}/revoke/", {"note": "复议撤销"}, 200)["revoked_on"]


def test_a_decision_is_never_changed():
    client = client_of(UserFactory(is_staff=True, is_superuser=True))
    penalty = AdPenaltyFactory(id_number=PERSON)

    answer = client.patch(
        f"/api/v1/ad-penalties/{penalty.pk}/", {"number": "x"}, format="json", HTTP_IF_MATCH="*"
    )

    assert answer.status_code == 405


def test_a_streamer_reads_their_own_contracts_alone():
    streamer = StreamerFactory(user=UserFactory())
    PlatformAccountFactory(streamer=streamer)
    ContractFactory()

    rows = client_of(streamer.user).get("/api/v1/streamer-contracts/").json()["results"]

    assert [row["streamer"] for row in rows] == [streamer.pk]
