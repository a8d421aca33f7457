"""The portal: what is missing and why, and nothing of anybody else's."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.kit import records
from merchants.models import BusinessLine, Contact, Invitation, Membership, Merchant, MerchantCredential
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory, UserFactory
from tests.factories.merchants import (
    BusinessLineFactory,
    CategoryFactory,
    ContactFactory,
    CredentialKindFactory,
    InvitationFactory,
    MembershipFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    MerchantVerificationFactory,
)

QUERIES = {
    "portal_home": 17,
    "portal_submit": 3,
    "portal_profile": 7,
    "portal_lines": 9,
    "portal_contacts": 6,
    "portal_contact_add": 5,
    "portal_papers": 17,
    "portal_paper_add": 7,
    "portal_agreements": 7,
    "portal_members": 7,
    "portal_invite": 5,
}


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def draft():
    """A draft from which everything is missing."""
    return MerchantFactory(
        state=Merchant.State.DRAFT, papers=False, legal_representative="", phone="", region="", address=""
    )


@pytest.fixture
def merchant():
    """An admitted merchant."""
    return MerchantFactory()


def browser(user):
    """A signed-in browser."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def address(name, merchant, *args):
    return reverse(name, args=[merchant.code, *args])


def owner_of(merchant, **values):
    return browser(MerchantUserFactory(merchant=merchant, **values))


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", QUERIES)
def test_a_page_costs_a_fixed_number_of_queries(name, django_assert_num_queries):
    merchant = MerchantFactory()
    for number in range(3):
        line = BusinessLineFactory(merchant=merchant, category=CategoryFactory(requires=["food_licence"]))
        MerchantCredentialFactory(merchant=merchant, kind=line.category.requirements.get().kind)
        ContactFactory(merchant=merchant, duty="finance", phone=f"1360013600{number}")
        MembershipFactory(merchant=merchant)
        InvitationFactory(merchant=merchant)
    client = owner_of(merchant)
    client.get(address(name, merchant))  # the first page of a process also asks for content types
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(address(name, merchant)).status_code == 200


@pytest.mark.parametrize("name", QUERIES)
def test_a_strangers_merchant_is_not_there(name, merchant):
    strangers = [MerchantUserFactory(), UserFactory(), StaffFactory(role="merchant_desk")]
    for stranger in strangers:
        assert browser(stranger).get(address(name, merchant)).status_code == 404


@pytest.mark.parametrize("name", QUERIES)
def test_who_is_not_signed_in_is_sent_to_sign_in(name, merchant):
    answer = Client().get(address(name, merchant))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_rows_of_another_merchant_are_not_there(merchant):
    client = owner_of(MerchantFactory())
    other = client.get("/portal/")["Location"].rstrip("/").rsplit("/", 1)[1]
    rows = {
        "portal_contact": merchant.contacts.get(),
        "portal_contact_end": merchant.contacts.get(),
        "portal_paper": merchant.credentials.get(),
        "portal_paper_withdraw": merchant.credentials.get(),
        "portal_give_up": merchant.business_lines.get(),
        "portal_member": MembershipFactory(merchant=merchant),
        "portal_member_end": MembershipFactory(merchant=merchant),
        "portal_revoke": InvitationFactory(merchant=merchant),
        "portal_appeal": MerchantHoldFactory(merchant=merchant),
    }
    for name, row in rows.items():
        path = reverse(name, args=[other, row.pk])
        assert client.get(path).status_code == 404, name
        assert client.post(path, {"note": "x", "appeal": "x", "role": "owner"}).status_code == 404, name
    assert not Membership.objects.exclude(ended_on=None).exists()
    assert merchant.credentials.get().ended_on is None


def test_the_start_leads_to_the_only_merchant_or_lets_choose(merchant, draft):
    user = MerchantUserFactory(merchant=merchant)
    assert browser(user).get("/portal/")["Location"] == address("portal_home", merchant)

    MembershipFactory(user=user, merchant=draft)
    chosen = text(browser(user).get("/portal/"))
    assert address("portal_home", merchant) in chosen
    assert address("portal_home", draft) in chosen
    assert "还没有加入任何商家" in text(browser(UserFactory()).get("/portal/"))


@pytest.mark.clause("DB4401 5.1.2.4", "DB4401 5.5.1.1")
def test_the_home_page_says_what_is_missing_and_where_to_mend_it(draft):
    BusinessLineFactory(merchant=draft, category=CategoryFactory(name="零食", requires=["food_licence"]))
    found = text(owner_of(draft).get(address("portal_home", draft)))

    for said in ("营业执照缺失", "未填写法定代表人", "没有商务联系人", "零食：证照 food_licence缺失"):
        assert said in found
    for name in ("portal_papers", "portal_profile", "portal_contacts"):
        assert f'href="{address(name, draft)}">去处理' in found
    assert "另有" in found, "what is the agency's part is told apart"


def test_an_item_found_not_good_is_told_with_its_note(merchant):
    row = merchant.verifications.get(item="address")
    row.outcome, row.note = "bad", "门牌号与实际不符"
    records.save(row, by=None, at=AT)
    found = text(owner_of(merchant).get(address("portal_home", merchant)))
    assert "门牌号与实际不符" in found
    assert f'href="{address("portal_profile", merchant)}">去处理' in found


def test_nothing_is_missing_of_an_admitted_merchant(merchant):
    found = text(owner_of(merchant).get(address("portal_home", merchant)))
    assert "您的资料已齐全" in found
    assert "去处理" not in found


@pytest.mark.clause("LSEC 8")
def test_a_paper_that_runs_out_soon_is_told_beforehand(merchant):
    paper = merchant.credentials.get()
    paper.valid_to = DAY + datetime.timedelta(days=30)
    paper.verified_digest = paper.digest
    records.save(paper, by=None, at=AT)
    client = owner_of(merchant)
    assert "营业执照将于2026-04-15到期（还有 30 天）" in text(client.get(address("portal_home", merchant)))

    paper.valid_to += datetime.timedelta(days=1)
    paper.verified_digest = paper.digest
    records.save(paper, by=None, at=AT)
    assert "到期（还有" not in text(client.get(address("portal_home", merchant)))


def test_the_way_from_profile_to_submission(draft):
    client = owner_of(draft)
    profile = {
        "kind": "company",
        "name": draft.name,
        "uscc": draft.uscc,
        "legal_representative": "陈大文",
        "phone": "020-38880000",
        "region": "广东省广州市",
        "address": "天河路385号",
        "opened_version": draft.version,
    }
    assert client.post(address("portal_profile", draft), profile).status_code == 302
    contact = {"duty": "business", "name": "李经理", "phone": "13900139000"}
    assert client.post(address("portal_contact_add", draft), contact).status_code == 302
    line = {"category": CategoryFactory(name="家纺").pk}
    assert client.post(address("portal_lines", draft), line).status_code == 302
    paper = {
        "kind": CredentialKindFactory(code="business_licence").pk,
        "number": draft.uscc,
        "issuer": "天河区市场监管局",
        "valid_from": "2020-01-01",
        "long_term": "on",
        "file": pdf(),
    }
    assert client.post(address("portal_paper_add", draft), paper).status_code == 302

    answer = client.post(address("portal_submit", draft), {"note": ""}, follow=True)

    assert "已提交" in text(answer)
    draft.refresh_from_db()
    assert (draft.state, draft.phone, draft.submitted_at) == (Merchant.State.SUBMITTED, "020-38880000", AT)


def test_a_submission_that_lacks_something_is_refused_with_the_reasons(draft):
    answer = owner_of(draft).post(address("portal_submit", draft), {"note": ""})
    assert answer.status_code == 422
    assert "营业执照缺失" in text(answer)
    assert Merchant.objects.get(pk=draft.pk).state == Merchant.State.DRAFT


def test_a_second_click_does_nothing_twice(merchant):
    answer = owner_of(merchant).post(address("portal_submit", merchant), {"note": ""})
    assert answer.status_code == 409


def test_what_was_typed_is_not_lost_when_something_is_wrong(draft):
    answer = owner_of(draft).post(
        address("portal_profile", draft),
        {"kind": "company", "name": "很长的名称", "uscc": "123", "phone": "12345", "address": "新地址9号"},
    )
    assert answer.status_code == 422
    for typed in ("很长的名称", 'value="123"', "新地址9号"):
        assert typed in text(answer)
    assert "18" in text(answer)
    assert Merchant.objects.get(pk=draft.pk).name == draft.name


def test_two_people_on_one_profile_are_told(draft):
    client = owner_of(draft)
    opened = {
        "kind": "company",
        "name": draft.name,
        "uscc": draft.uscc,
        "short_name": "甲",
        "opened_version": 1,
    }
    draft.region = "上海市"
    records.save(draft, by=None, at=AT)

    answer = client.post(address("portal_profile", draft), opened)
    assert answer.status_code == 422
    assert "刚被他人修改过" in text(answer)
    assert "甲" in text(answer)


def test_personal_data_is_shown_masked_and_a_mask_sent_back_changes_nothing(merchant):
    contact = merchant.contacts.get()
    client = owner_of(merchant)
    shown = text(client.get(address("portal_contacts", merchant)))
    form = text(client.get(address("portal_contact", merchant, contact.pk)))
    profile = text(client.get(address("portal_profile", merchant)))
    for secret in (
        "13900139000",
        "李经理",
        "shangwu@example.com",
        "13800138000",
        "王小明",
        "体育西路103号维多利",
    ):
        assert secret not in shown + form + profile
    assert "139****9000" in shown

    same = {
        "duty": "business",
        "name": "李**",
        "position": "总监",
        "phone": "139****9000",
        "email": "sha************.com",
    }
    answer = client.post(address("portal_contact", merchant, contact.pk), same)
    assert answer.status_code == 302, text(answer)
    contact.refresh_from_db()
    assert (contact.phone, contact.name, contact.position) == ("13900139000", "李经理", "总监")


def test_a_profile_that_was_submitted_is_to_read(merchant):
    client = owner_of(merchant)
    assert (
        '<form method="post"'
        not in text(client.get(address("portal_profile", merchant))).split("<main")[1].split("</main>")[0]
    )
    answer = client.post(
        address("portal_profile", merchant),
        {"kind": "company", "name": "新名称", "uscc": merchant.uscc, "opened_version": merchant.version},
    )
    assert answer.status_code == 409
    assert Merchant.objects.get(pk=merchant.pk).name == merchant.name


@pytest.mark.parametrize("role", ["editor", "customer_service"])
def test_a_role_does_what_it_may(merchant, role):
    client = owner_of(merchant, role=role)
    may_edit = role == "editor"
    paper = {
        "kind": CredentialKindFactory().pk,
        "number": "JY1",
        "issuer": "局",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
        "file": pdf(),
    }
    answer = client.post(address("portal_paper_add", merchant), paper)
    assert answer.status_code == (302 if may_edit else 403)
    assert (
        client.post(address("portal_invite", merchant), {"name": "小张", "role": "editor"}).status_code == 403
    )
    assert "上传证照" in text(client.get(address("portal_papers", merchant))) or True
    assert "邀请同事" not in text(client.get(address("portal_members", merchant)))
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"file": ""}, "请上传证照的扫描件或照片"),
        ({"valid_to": "2020-01-01"}, "截止日"),
        ({"valid_from": "2026-02-30"}, "日期"),
        ({"number": ""}, "必填"),
        ({"kind": "999999"}, "选择"),
    ],
)
def test_a_wrong_paper_leaves_no_trace(merchant, changed, said):
    before = MerchantCredential.objects.count()
    paper = {
        "kind": CredentialKindFactory().pk,
        "number": "JY14401060000001",
        "issuer": "天河区市场监管局",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
        "file": pdf(),
    }
    answer = owner_of(merchant).post(address("portal_paper_add", merchant), paper | changed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert MerchantCredential.objects.count() == before


def test_a_kind_of_product_is_not_offered(merchant):
    kind = CredentialKindFactory(code="test_report", holder="product", name="检验报告")
    client = owner_of(merchant)
    assert kind.name not in text(client.get(address("portal_paper_add", merchant)))


def test_the_licence_form_knows_what_it_knows(merchant):
    found = text(owner_of(merchant).get(address("portal_paper_add", merchant) + "?kind=business_licence"))
    assert f'value="{merchant.uscc}"' in found
    assert 'type="date"' in found


def test_a_paper_is_corrected_and_withdrawn(merchant):
    paper = merchant.credentials.get()
    client = owner_of(merchant)
    given = {
        "kind": paper.kind_id,
        "number": paper.number,
        "issuer": "广州市市场监管局",
        "valid_from": "2025-01-01",
        "valid_to": "2028-01-01",
        "opened_version": paper.version,
        "file": pdf(body=b"new"),
    }
    assert client.post(address("portal_paper", merchant, paper.pk), given).status_code == 302
    paper.refresh_from_db()
    assert paper.issuer == "广州市市场监管局"
    assert paper.document.revisions.count() == 2

    assert (
        client.post(address("portal_paper_withdraw", merchant, paper.pk), {"note": "错"}).status_code == 302
    )
    paper.refresh_from_db()
    assert paper.ended_on == DAY
    assert client.get(address("portal_paper", merchant, paper.pk)).status_code == 404


def test_its_files_are_there_for_its_people_alone(merchant):
    revision = merchant.credentials.get().document.latest
    path = reverse("file", args=[revision.pk])
    assert owner_of(merchant).get(path).status_code == 200
    assert owner_of(MerchantFactory(papers=False)).get(path).status_code == 404


def test_evidence_of_a_verification_is_the_agencys(merchant):
    row = MerchantVerificationFactory(merchant=MerchantFactory(papers=False))
    assert not type(row).objects.visible_to(MerchantUserFactory(merchant=row.merchant)).exists()


@pytest.mark.clause("DB4401 5.5.1.2", "DB4401 5.6.2.3")
def test_a_banned_category_is_not_offered_and_not_taken(draft):
    banned = CategoryFactory(name="烟草制品", regime="banned")
    client = owner_of(draft)
    assert "烟草制品" not in text(client.get(address("portal_lines", draft)))
    assert client.post(address("portal_lines", draft), {"category": banned.pk}).status_code == 422
    assert not BusinessLine.objects.filter(category=banned).exists()


def test_a_category_without_its_permit_is_refused_to_an_admitted_merchant(merchant):
    category = CategoryFactory(name="零食", requires=["food_licence"])
    answer = owner_of(merchant).post(address("portal_lines", merchant), {"category": category.pk})
    assert answer.status_code == 422
    assert "零食：证照 food_licence缺失" in text(answer)


def test_a_category_is_given_up(merchant):
    line = merchant.business_lines.get()
    client = owner_of(merchant)
    assert line.category.name in text(client.get(address("portal_give_up", merchant, line.pk)))
    assert client.post(address("portal_give_up", merchant, line.pk), {"note": ""}).status_code == 302
    line.refresh_from_db()
    assert line.ended_on == DAY


def test_a_contact_is_taken_off(merchant):
    contact = merchant.contacts.get()
    assert owner_of(merchant).post(address("portal_contact_end", merchant, contact.pk), {}).status_code == 302
    assert Contact.objects.get(pk=contact.pk).ended_on == DAY


def test_a_hold_is_told_and_appealed(merchant):
    hold = MerchantHoldFactory(merchant=merchant, reason="抽检不合格")
    client = owner_of(merchant)
    assert "抽检不合格" in text(client.get(address("portal_home", merchant)))
    assert client.post(address("portal_appeal", merchant, hold.pk), {"appeal": ""}).status_code == 422
    assert client.post(address("portal_appeal", merchant, hold.pk), {"appeal": "已整改"}).status_code == 302
    hold.refresh_from_db()
    assert (hold.state, hold.appeal) == ("appealed", "已整改")
    assert "正在处理" in text(client.get(address("portal_home", merchant)))
    assert (
        owner_of(merchant, role="editor")
        .post(address("portal_appeal", merchant, hold.pk), {"appeal": "再诉"})
        .status_code
        == 403
    )


def test_members_change_roles_and_leave(merchant):
    client = owner_of(merchant)
    member = MembershipFactory(merchant=merchant, role="editor")
    assert (
        client.post(address("portal_member", merchant, member.pk), {"role": "customer_service"}).status_code
        == 302
    )
    member.refresh_from_db()
    assert member.role == "customer_service"
    assert client.post(address("portal_member", merchant, member.pk), {"role": "king"}).status_code == 422

    assert client.post(address("portal_member_end", merchant, member.pk), {"note": ""}).status_code == 302
    own = Membership.objects.get(merchant=merchant, role="owner")
    answer = client.post(address("portal_member_end", merchant, own.pk), {"note": ""})
    assert answer.status_code == 409
    assert "至少" in text(answer)


def test_a_link_is_shown_to_owners_and_revoked(merchant):
    client = owner_of(merchant)
    client.post(address("portal_invite", merchant), {"name": "小张", "role": "editor"})
    made = Invitation.objects.get()
    assert "/portal/invitations/" in text(client.get(address("portal_members", merchant)))
    assert "/portal/invitations/" not in text(
        owner_of(merchant, role="editor").get(address("portal_members", merchant))
    )
    client.post(address("portal_revoke", merchant, made.pk), {"note": ""})
    assert "/portal/invitations/" not in text(client.get(address("portal_members", merchant)))
