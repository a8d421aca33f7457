"""The merchant desk's pages: what they show, what they mask, and that they do no more than verbs allow."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mcn.audit.models import Entry
from mcn.kit.start import BLOCKED, EXPIRES, WAITS, Work
from merchants.admin.work import work
from merchants.models import (
    Application,
    Contact,
    CredentialKind,
    Invitation,
    Merchant,
    MerchantCredential,
    MerchantHold,
)
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import (
    AgreementFactory,
    ApplicationFactory,
    BusinessLineFactory,
    CategoryFactory,
    CategoryRequirementFactory,
    ContactFactory,
    CredentialKindFactory,
    InvitationFactory,
    MembershipFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    MerchantVerificationFactory,
    uscc,
)

MAKE = {
    "agreement": AgreementFactory,
    "application": ApplicationFactory,
    "businessline": lambda: BusinessLineFactory(merchant=MerchantFactory(papers=False)),
    "category": CategoryFactory,
    "categoryrequirement": CategoryRequirementFactory,
    "contact": ContactFactory,
    "credentialkind": lambda: CredentialKindFactory(code=f"kind{CredentialKind.objects.count()}"),
    "invitation": InvitationFactory,
    "membership": lambda: MembershipFactory(merchant=MerchantFactory(papers=False)),
    "merchant": lambda: MerchantFactory(papers=False),
    "merchantcredential": MerchantCredentialFactory,
    "merchanthold": lambda: MerchantHoldFactory(merchant=MerchantFactory(papers=False)),
    "merchantverification": MerchantVerificationFactory,
}
SECRETS = ["13800138000", "13900139000", "13700137000", "王小明", "李经理", "陈经理", "体育西路103号维多利"]
MOST_QUERIES = 6
every_model = pytest.mark.parametrize("name", MAKE)


@pytest.fixture(autouse=True)
def morning():
    """The pages read the clock: it stands at the factories' moment."""
    with time_machine.travel(AT, tick=False):
        yield


def browser(role):
    """A signed-in browser of a member of staff."""
    client = Client()
    client.force_login(StaffFactory(role=role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def desk():
    return browser("merchant_desk")


def page(name, kind, *args):
    return reverse(f"admin:merchants_{name}_{kind}", args=args)


def text(answer):
    return answer.content.decode()


def form_of(answer):
    """What the page's form holds, as a browser would send it back."""
    admin_form = answer.context["adminform"].form
    data = {name: admin_form[name].value() for name in admin_form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False, "")}
    for formset in answer.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        data |= {f"{management.prefix}-{name}": management[name].value() for name in management.fields}
        for form in formset.formset.initial_forms:
            data |= {form.add_prefix(field): form[field].value() or "" for field in form.fields}
    return data


@every_model
def test_a_list_takes_few_queries_whatever_its_length(desk, name, django_assert_max_num_queries):
    for _number in range(4):
        MAKE[name]()
    desk.get(page(name, "changelist"))
    with django_assert_max_num_queries(MOST_QUERIES + 3):  # the session, the person and their rights
        answer = desk.get(page(name, "changelist"))
    assert answer.status_code == 200
    assert not [secret for secret in SECRETS if secret in text(answer)]


@every_model
@pytest.mark.parametrize("role", ["merchant_desk", "auditor"])
def test_a_rows_page_is_there_and_masks_personal_data(name, role):
    row = MAKE[name]()
    answer = browser(role).get(page(name, "change", row.pk))
    assert answer.status_code == 200
    assert not [secret for secret in SECRETS if secret in text(answer)]


@every_model
def test_a_merchants_user_does_not_enter(name):
    client = Client()
    client.force_login(MerchantUserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in (page(name, "changelist"), page(name, "change", MAKE[name]().pk)):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize("asked", ["测试", "csmsl", "M0001", "cs"])
def test_merchants_are_found_by_words_initials_and_codes(desk, asked):
    MerchantFactory(papers=False, code="M0001", name="测试美食林有限公司", short_name="测试美食林")
    # Its credit code is fixed: one of a sequence may hold the digits asked for.
    other = {"code": "M7777", "name": "佛山家电厂", "short_name": "家电", "uscc": uscc(77_777)}
    MerchantFactory(papers=False, **other)
    found = text(desk.get(page("merchant", "changelist"), {"q": asked}))
    assert "测试美食林有限公司" in found
    assert "佛山家电厂" not in found


def test_a_merchants_page_shows_at_a_glance_what_is_missing(desk):
    merchant = MerchantFactory(papers=False, state=Merchant.State.SUBMITTED)
    BusinessLineFactory(merchant=merchant, category=CategoryFactory(name="零食", requires=["food_licence"]))
    found = text(desk.get(page("merchant", "change", merchant.pk)))
    for said in (
        "营业执照缺失，请上传",
        "零食：证照 food_licence缺失",
        "信用情况：尚未核验",
        "没有生效中的合作协议",
    ):
        assert said in found
    for verb in ("verify", "admit", "send_back", "hold", "exit"):
        assert page("merchant", "verb", merchant.pk, verb) in found
    assert page("merchant", "verb", merchant.pk, "resume") not in found
    assert page("merchant", "verb", merchant.pk, "blacklist") not in found


def test_an_auditor_sees_no_verb():
    merchant = MerchantFactory(papers=False)
    assert "/do/" not in text(browser("auditor").get(page("merchant", "change", merchant.pk)))


def test_a_merchant_is_entered_with_its_contact_and_line(desk):
    category = CategoryFactory(name="家纺")
    data = form_of(desk.get(page("merchant", "add"))) | {
        "kind": "company",
        "name": "广州新商家有限公司",
        "uscc": uscc(95_001),
        "phone": "020-38880000",
        "contacts-TOTAL_FORMS": "1",
        "contacts-0-duty": "business",
        "contacts-0-name": "李经理",
        "contacts-0-phone": "13900139000",
        "business_lines-TOTAL_FORMS": "1",
        "business_lines-0-category": category.pk,
    }
    answer = desk.post(page("merchant", "add"), data)
    assert answer.status_code == 302, answer.context and answer.context["errors"]
    merchant = Merchant.objects.get()
    assert (merchant.code, merchant.state) == ("M0001", Merchant.State.DRAFT)
    assert merchant.contacts.get().phone == "13900139000"
    assert merchant.business_lines.get().category == category


def test_saving_a_page_untouched_changes_nothing(desk):
    merchant = MerchantFactory()
    path = page("merchant", "change", merchant.pk)
    before = Entry.objects.count()
    assert desk.post(path, form_of(desk.get(path))).status_code == 302
    stored = Merchant.objects.get()
    assert (stored.phone, stored.legal_representative) == ("13800138000", "王小明")
    assert Contact.objects.get().phone == "13900139000"
    assert Entry.objects.count() == before


def test_a_wrong_credit_code_is_told_beside_its_field(desk):
    data = form_of(desk.get(page("merchant", "add"))) | {"kind": "company", "name": "甲", "uscc": "123"}
    answer = desk.post(page("merchant", "add"), data)
    assert answer.status_code == 200
    assert "uscc" in answer.context["adminform"].form.errors
    assert not Merchant.objects.exists()


def answers(**given):
    empty = {f"{item}_method": "register" for item in ("licence", "address", "contact", "permits", "credit")}
    return empty | given


@pytest.mark.clause("DB4401 5.1.2.4")
def test_five_items_are_answered_in_one_form(desk):
    merchant = MerchantFactory(state=Merchant.State.SUBMITTED)
    path = page("merchant", "verb", merchant.pk, "verify")
    given = answers(
        credit_outcome="bad", credit_note="列入异常名录", address_outcome="good", address_file=pdf()
    )
    assert desk.post(path, given).status_code == 302
    assert merchant.verifications.get(item="credit", superseded_at=None).outcome == "bad"
    assert merchant.verifications.get(item="address", superseded_at=None).document
    assert merchant.verifications.filter(item="permits").count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "至少"),
        ({"credit_outcome": "good"}, "核验了什么"),
        ({"credit_outcome": "bad"}, "核验了什么"),
        ({"credit_outcome": "not_applicable", "credit_note": "无"}, "not_applicable"),
    ],
)
def test_a_form_without_an_answer_is_refused_and_kept(desk, given, said):
    merchant = MerchantFactory(papers=False)
    answer = desk.post(page("merchant", "verb", merchant.pk, "verify"), answers(**given))
    assert answer.status_code == 200
    assert said in text(answer)
    assert not merchant.verifications.exists()


def test_an_admission_is_refused_with_the_findings(desk):
    merchant = MerchantFactory(state=Merchant.State.SUBMITTED, papers=False)
    answer = desk.post(page("merchant", "verb", merchant.pk, "admit"), {"note": ""})
    assert answer.status_code == 422
    assert "营业执照缺失" in text(answer)
    assert Merchant.objects.get().state == Merchant.State.SUBMITTED


def test_several_merchants_are_admitted_at_once_and_refusals_are_told(desk):
    good, bad = MerchantFactory(state="submitted"), MerchantFactory(state="submitted", papers=False)
    data = {"action": "admit", "_selected_action": [good.pk, bad.pk]}
    answer = desk.post(page("merchant", "changelist"), data, follow=True)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == ("admitted", "submitted")
    assert "营业执照缺失" in text(answer)


def test_a_merchant_is_put_on_hold(desk):
    merchant = MerchantFactory(papers=False)
    path = page("merchant", "verb", merchant.pk, "hold")
    assert desk.post(path, {"reason": ""}).status_code == 200
    assert desk.post(path, {"reason": "虚假发货", "valid_to": "2026-04-01"}).status_code == 302
    hold = MerchantHold.objects.get()
    assert (hold.reason, hold.valid_from, f"{hold.valid_to}") == ("虚假发货", DAY, "2026-04-01")


def test_the_desk_does_not_blacklist(desk):
    merchant = MerchantFactory(papers=False)
    answer = desk.post(page("merchant", "verb", merchant.pk, "blacklist"), {"reason": "售假"})
    assert answer.status_code == 403
    assert not MerchantHold.objects.exists()


def test_a_paper_is_uploaded_and_shown_with_its_files(desk):
    merchant = MerchantFactory(papers=False)
    data = {
        "merchant": merchant.pk,
        "kind": CredentialKindFactory().pk,
        "number": "JY1",
        "issuer": "天河区市场监管局",
        "valid_from": "2026-01-01",
        "valid_to": "2027-01-01",
    }
    without = desk.post(page("merchantcredential", "add"), data)
    assert without.status_code == 200
    assert "file" in without.context["adminform"].form.errors

    assert desk.post(page("merchantcredential", "add"), data | {"file": pdf()}).status_code == 302
    paper = MerchantCredential.objects.get()
    assert reverse("file", args=[paper.document.latest.pk]) in text(
        desk.get(page("merchantcredential", "change", paper.pk))
    )


def test_an_agreement_is_signed_and_then_stands_still(desk):
    agreement = AgreementFactory(state="draft")
    path = page("agreement", "verb", agreement.pk, "sign")
    assert desk.post(path, {"signed_on": "2026-03-16"}).status_code == 200
    assert desk.post(path, {"signed_on": "2026-03-16", "file": pdf()}).status_code == 302
    shown = desk.get(page("agreement", "change", agreement.pk))
    assert not shown.context["has_change_permission"]


def test_one_field_is_seen_in_clear_for_a_reason(desk):
    application = ApplicationFactory()
    path = page("application", "reveal", application.pk)
    assert "13700137000" not in text(desk.get(path))
    assert "13700137000" not in text(desk.post(path, {"field": "phone", "why": ""}))

    answer = desk.post(path, {"field": "phone", "why": "回访申请人"})

    assert "13700137000" in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.get(verb="reveal").why == "回访申请人"
    assert browser("auditor").get(path).status_code == 404


def test_an_applicant_is_invited_and_the_link_is_shown_until_it_is_used(desk):
    application = ApplicationFactory()
    assert desk.post(page("application", "verb", application.pk, "invite"), {"note": ""}).status_code == 302
    assert Application.objects.get().state == "invited"
    invitation = Invitation.objects.get()
    path = page("invitation", "change", invitation.pk)
    assert "http://testserver/portal/invitations/" in text(desk.get(path))
    assert "/portal/invitations/" not in text(browser("auditor").get(path)), "a link is for who may invite"

    desk.post(page("invitation", "verb", invitation.pk, "revoke"), {"note": ""})
    assert "/portal/invitations/" not in text(desk.get(path))


def test_the_start_page_tells_the_desk_its_piles():
    by_kind = {WAITS: set(), EXPIRES: set(), BLOCKED: set()}
    ApplicationFactory()
    MerchantFactory(state="submitted", papers=False)
    merchant = MerchantFactory(papers=False)
    MerchantCredentialFactory(merchant=merchant, valid_to=DAY)
    AgreementFactory(merchant=merchant, valid_to=DAY.replace(month=2))
    MerchantHoldFactory(merchant=merchant)
    user = StaffFactory(role="merchant_desk")
    for item in work(user, DAY):
        if isinstance(item, Work) and item.count:
            by_kind[item.kind].add(str(item.label))
            client = Client()
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
            assert client.get(item.url).context["cl"].result_count == item.count

    assert by_kind[WAITS] == {"待答复的入驻申请", "待核验准入的商家"}
    assert by_kind[EXPIRES] == {f"{days} 天内到期的商家资质" for days in (1, 7, 30)}
    assert by_kind[BLOCKED] == {"已到期的协议", "管控中的商家"}


def test_a_paper_that_was_renewed_does_not_run_out():
    merchant = MerchantFactory(papers=False)
    MerchantCredentialFactory(merchant=merchant, valid_to=DAY)
    MerchantCredentialFactory(merchant=merchant, valid_from=DAY)
    piles = [item for item in work(StaffFactory(role="merchant_desk"), DAY) if isinstance(item, Work)]
    assert not [pile for pile in piles if pile.kind == EXPIRES and pile.count]
