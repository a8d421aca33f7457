"""An application on the phone: typed step by step, saved as one types, handed in when nothing is missing."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mcn.audit.models import Entry
from streamers.models import Consent, IdentityPaper, PlatformAccount, Streamer
from tests.factories import AT, png
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.streamers import (
    CHILD,
    MINOR,
    ConsentFactory,
    DraftFactory,
    PlatformAccountFactory,
    StreamerFactory,
    id_number,
    platform,
)
from tests.streamers.portal import browser, text

PAGES = [
    "streamer_home",
    "streamer_application",
    "streamer_identity",
    "streamer_accounts",
    "streamer_experience",
    "streamer_papers",
    "streamer_guardian",
]
EMPTY = {"name": "", "id_number": "", "phone": "", "address": "", "experience": ""}
GUARDIAN = {"guardian_name": "林大山", "relation": "father", "guardian_phone": "13700137000"}


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def draft():
    """An application of which nothing is filled in."""
    return DraftFactory(user=UserFactory(), given=False, **EMPTY)


@pytest.fixture
def client(draft):
    return browser(draft.user)


def identity(**values):
    given = {
        "stage_name": "小鹿",
        "name": "林晓鹿",
        "document_type": "resident_id",
        "id_number": id_number(7),
        "phone": "13800138000",
        "address": "广州市天河区体育西路1号",
    }
    return given | values


def save(client, step, data):
    return client.post(reverse("streamer_autosave", args=[step]), data)


@pytest.mark.clause("DB4401 5.1.1 a", "DB4401 5.2.1 c", "LSEC 28", "LSEC 39")
def test_everything_that_is_missing_is_told_and_stops_the_application(client, draft):
    answer = client.post(reverse("streamer_application"))
    assert answer.status_code == 422
    for said in (
        "姓名或证件号码",
        "常住地址",
        "平台账号",
        "从业经历",
        "证件人像面",
        "证件另一面",
        "本人近照",
    ):
        assert said in text(answer), said
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_steps_lead_to_an_application_that_is_handed_in(client, draft):
    assert client.post(reverse("streamer_identity"), identity())["Location"] == reverse("streamer_accounts")
    account = {"platform": platform("douyin", "抖音").pk, "account": "xiaolu777", "followers": 1200}
    client.post(reverse("streamer_accounts"), account)
    account = {"platform": platform("kuaishou", "快手").pk, "account": "xiaolu777", "followers": ""}
    client.post(reverse("streamer_accounts"), account)
    answer = client.post(reverse("streamer_experience"), {"experience": "无"})
    assert answer["Location"] == reverse("streamer_papers")
    files = {kind.value: png(f"{kind}.png") for kind in IdentityPaper.Kind}
    answer = client.post(reverse("streamer_papers"), files)
    assert answer["Location"] == reverse("streamer_application")

    summary = text(client.get(reverse("streamer_application")))
    assert "资料已齐全" in summary
    assert id_number(7) not in summary
    answer = client.post(reverse("streamer_application"))
    assert answer["Location"] == reverse("streamer_home")
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by, draft.applied_at) == ("applied", draft.user, AT)
    assert (draft.name, draft.id_number, draft.phone) == ("林晓鹿", id_number(7), "13800138000")
    assert draft.accounts.count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id_number": id_number(7)[:-1] + ("0" if id_number(7)[-1] != "0" else "1")}, "校验"),
        ({"id_number": "440106980520001"}, "15"),
        ({"id_number": "44010619980230001X"}, "证"),
        ({"id_number": "12345"}, "18"),
        ({"phone": "123"}, "电话"),
        ({"document_type": "passport"}, "passport"),
        ({"stage_name": ""}, "必填"),
        ({"stage_name": "长" * 41}, "40"),
    ],
)
def test_a_wrong_identity_is_refused_and_nothing_of_it_stored(client, draft, changed, said):
    answer = client.post(reverse("streamer_identity"), identity(**changed))
    assert answer.status_code == 422
    assert said in text(answer)
    draft.refresh_from_db()
    assert (draft.name, draft.id_number, draft.phone) == ("", "", "")


def test_typing_is_saved_as_far_as_it_is_right(client, draft):
    answer = save(client, "identity", identity(id_number="4401", opened_version=draft.version))
    assert answer.status_code == 200
    assert "已保存" in text(answer)
    assert "18" in text(answer)
    draft.refresh_from_db()
    assert (draft.name, draft.phone, draft.id_number) == ("林晓鹿", "13800138000", "")
    assert f'value="{draft.version}"' in text(answer)


def test_a_mask_that_comes_back_leaves_the_stored_number_alone(client, draft):
    client.post(reverse("streamer_identity"), identity())
    draft.refresh_from_db()
    page = text(client.get(reverse("streamer_identity")))
    masked = f"{id_number(7)[:3]}{'*' * 11}{id_number(7)[-4:]}"
    assert masked in page
    assert id_number(7) not in page
    save(client, "identity", identity(id_number=masked, address="广州市越秀区", opened_version=draft.version))
    draft.refresh_from_db()
    assert (draft.id_number, draft.address) == (id_number(7), "广州市越秀区")


def test_who_was_signed_out_is_told_so_beside_what_they_typed(draft):
    answer = save(Client(), "identity", identity())
    assert answer.status_code == 403
    assert "登录已失效" in text(answer)
    assert save(browser(draft.user), "nosuch", {}).status_code == 404


def test_an_older_page_does_not_overwrite_what_came_since(client, draft):
    opened = draft.version
    client.post(reverse("streamer_identity"), identity(opened_version=opened))
    answer = save(client, "identity", identity(name="别人", opened_version=opened))
    assert answer.status_code == 412
    draft.refresh_from_db()
    assert draft.name == "林晓鹿"


@pytest.mark.parametrize(
    "changed",
    [
        {"id_number": id_number(7, region="810000")},
        {"id_number": id_number(7, region="449999")},
        {"id_number": id_number(7), "document_type": "hmt_residence"},
    ],
)
def test_an_odd_number_warns_and_is_taken(client, draft, changed):
    answer = save(client, "identity", identity(opened_version=draft.version, **changed))
    assert answer.status_code == 200
    assert "不影响提交" in text(answer)
    assert "不影响提交" in text(client.get(reverse("streamer_identity")))
    draft.refresh_from_db()
    assert draft.id_number == changed["id_number"]


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
@pytest.mark.parametrize("how", ["submit", "autosave"])
def test_who_is_under_sixteen_is_kindly_refused_and_nothing_is_kept(client, draft, how):
    typed = identity(id_number=id_number(7, born_on=CHILD), opened_version=draft.version)
    answer = (
        client.post(reverse("streamer_identity"), typed)
        if how == "submit"
        else save(client, "identity", typed)
    )
    assert answer.status_code == 422
    assert "2026-06-02" in text(answer)  # the day after the sixteenth birthday
    assert typed["id_number"] not in text(answer)
    before = draft.version
    draft.refresh_from_db()
    assert (draft.name, draft.id_number, draft.born_on, draft.version) == ("", "", None, before)
    assert not Entry.objects.filter(verb="change").exists()


def test_a_person_who_is_a_streamer_here_already_is_told(client, draft):
    StreamerFactory(id_number=id_number(7))
    answer = client.post(reverse("streamer_identity"), identity())
    assert answer.status_code == 422
    assert save(client, "identity", identity(opened_version=draft.version)).status_code == 422
    draft.refresh_from_db()
    assert draft.id_number == ""


@pytest.mark.parametrize("changed", [{"account": ""}, {"platform": 999_999}, {"followers": "many"}])
def test_a_wrong_account_is_refused(client, draft, changed):
    given = {"platform": platform("douyin", "抖音").pk, "account": "xiaolu", "followers": ""} | changed
    assert client.post(reverse("streamer_accounts"), given).status_code == 422
    assert not PlatformAccount.objects.exists()


def test_an_account_is_named_once_and_can_be_corrected_and_taken_off(client, draft):
    row = PlatformAccountFactory(streamer=draft, account="xiaolu", real_name_on=None)
    given = {"platform": row.platform_id, "account": "xiaolu", "followers": ""}
    assert client.post(reverse("streamer_accounts"), given).status_code == 422
    client.post(reverse("streamer_account", args=[row.pk]), given | {"account": "xiaolu2"})
    row.refresh_from_db()
    assert row.account == "xiaolu2"
    client.post(reverse("streamer_account_end", args=[row.pk]))
    row.refresh_from_db()
    assert row.ended_on is not None
    assert client.post(reverse("streamer_account_end", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    "file", [None, SimpleUploadedFile("a.png", b"GIF89a"), SimpleUploadedFile("a.png", b"")], ids=str
)
def test_a_wrong_picture_is_refused(client, draft, file):
    answer = client.post(reverse("streamer_papers"), {"front": file} if file else {})
    assert answer.status_code == 422
    assert not IdentityPaper.objects.exists()


@pytest.mark.clause("DB4401 5.1.1 a", "LSEC 39")
def test_the_streamer_sees_that_a_picture_came_and_only_staff_open_it(client, draft):
    client.post(reverse("streamer_papers"), {"front": png()})
    paper = draft.papers.get()
    page = text(client.get(reverse("streamer_papers")))
    assert "2026-03-16 10:00" in page
    address = reverse("file", args=[paper.document.latest.pk])
    assert address not in page
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1{address}").status_code == 404
    assert browser(StaffFactory(role="streamer_manager")).get(address).status_code == 200
    assert browser(UserFactory()).get(address).status_code == 404


def test_a_better_picture_is_a_revision(client, draft):
    for body in (b"dark", b"bright"):
        client.post(reverse("streamer_papers"), {"front": png(body=body)})
    assert draft.papers.get().document.revisions.count() == 2


@pytest.mark.clause("DB4401 5.2.1 b", "DB4401 5.6.2.4")
def test_a_minor_names_a_guardian_before_handing_in():
    minor = DraftFactory(user=UserFactory(), born_on=MINOR)
    client = browser(minor.user)
    assert "监护人" in text(client.post(reverse("streamer_application")))
    answer = client.post(reverse("streamer_guardian"), GUARDIAN, follow=True)
    consent = Consent.objects.get()
    assert (consent.state, consent.asked_by) == ("asked", minor.user)
    assert f"{consent.valid_to}" == "2027-01-10"  # the eighteenth birthday, on which nobody is eighteen yet
    assert "/portal/guardian/" in text(answer)
    assert "data:image/svg+xml" in text(answer)
    assert "13700137000" not in text(answer)
    assert client.post(reverse("streamer_application"))["Location"] == reverse("streamer_home")


@pytest.mark.parametrize(
    "changed",
    [{"guardian_name": ""}, {"relation": "uncle"}, {"guardian_phone": "123"}, {"guardian_phone": ""}],
)
def test_a_wrong_guardian_is_refused(changed):
    minor = DraftFactory(user=UserFactory(), born_on=MINOR)
    answer = browser(minor.user).post(reverse("streamer_guardian"), GUARDIAN | changed)
    assert answer.status_code == 422
    assert not Consent.objects.exists()


def test_a_second_click_asks_once_and_a_withdrawn_link_makes_room():
    minor = DraftFactory(user=UserFactory(), born_on=MINOR)
    client = browser(minor.user)
    client.post(reverse("streamer_guardian"), GUARDIAN)
    assert client.post(reverse("streamer_guardian"), GUARDIAN).status_code == 422
    consent = Consent.objects.get()
    client.post(reverse("streamer_consent_cancel", args=[consent.pk]))
    client.post(reverse("streamer_guardian"), GUARDIAN)
    assert list(Consent.objects.values_list("state", flat=True)) == ["asked", "cancelled"]


def test_a_grown_up_is_asked_for_no_guardian(client, draft):
    client.post(reverse("streamer_identity"), identity())
    assert client.get(reverse("streamer_guardian"))["Location"] == reverse("streamer_application")
    assert client.post(reverse("streamer_guardian"), GUARDIAN).status_code == 302
    assert not Consent.objects.exists()


def test_what_was_handed_in_is_read_and_not_changed():
    applied = DraftFactory(user=UserFactory(), state=Streamer.State.APPLIED)
    client = browser(applied.user)
    for name in PAGES[2:6]:
        assert client.post(reverse(name), identity())["Location"] == reverse("streamer_application")
    refused = save(client, "identity", identity())
    assert refused.status_code == 409
    assert "请联系机构修改" in text(refused)
    assert client.post(reverse("streamer_application")).status_code == 409
    before = applied.version
    applied.refresh_from_db()
    assert applied.version == before


@pytest.mark.parametrize("name", PAGES)
def test_strangers_find_no_application(name):
    row = PlatformAccountFactory(streamer=DraftFactory(user=UserFactory(), given=False), real_name_on=None)
    for stranger in (UserFactory(), MerchantUserFactory(), StaffFactory(role="streamer_manager")):
        assert browser(stranger).get(reverse(name)).status_code == 404
    other = browser(DraftFactory(user=UserFactory(), given=False).user)
    for place in ("streamer_account", "streamer_account_end"):
        assert other.post(reverse(place, args=[row.pk]), {"account": "x"}).status_code == 404


def test_a_consent_of_somebody_else_cannot_be_withdrawn(client):
    asked = ConsentFactory(streamer=DraftFactory(born_on=MINOR), state="asked")
    assert client.post(reverse("streamer_consent_cancel", args=[asked.pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES[:6])
def test_a_page_costs_the_same_however_much_there_is(name, django_assert_max_num_queries):
    full = DraftFactory(user=UserFactory(), born_on=MINOR)
    for _number in range(5):
        PlatformAccountFactory(streamer=full, real_name_on=None)
    client = browser(full.user)
    with django_assert_max_num_queries(16):
        assert client.get(reverse(name)).status_code == 200
