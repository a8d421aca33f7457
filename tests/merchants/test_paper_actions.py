"""Papers, verifications, agreements and holds: who may record what, and what counts afterwards."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from mcn.kit.clock import add_months
from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from merchants.actions import agreement as agreement_actions
from merchants.actions import credential as credential_actions
from merchants.actions import hold as hold_actions
from merchants.actions.verification import Answer, verify
from merchants.models import Agreement, Merchant, MerchantCredential, MerchantHold, MerchantVerification
from merchants.rules.admission import ADMISSION
from tests.factories import AT, DAY, pdf
from tests.factories.accounts import MerchantUserFactory, StaffFactory
from tests.factories.merchants import (
    AgreementFactory,
    CredentialKindFactory,
    MerchantCredentialFactory,
    MerchantFactory,
    MerchantHoldFactory,
    MerchantVerificationFactory,
)

Item = MerchantVerification.Item


@pytest.fixture
def desk():
    return StaffFactory(role="merchant_desk")


@pytest.fixture
def compliance():
    return StaffFactory(role="compliance")


@pytest.fixture
def merchant():
    return MerchantFactory(papers=False)


@pytest.fixture
def owner(merchant):
    return MerchantUserFactory(merchant=merchant)


def licence(merchant, kind=None, **values):
    """A food licence that is not uploaded yet."""
    given = {"number": "JY14401060000001", "issuer": "天河区市场监管局", "valid_from": DAY, "long_term": True}
    kind = kind or CredentialKindFactory(code="food_licence")
    return MerchantCredential(merchant=merchant, kind=kind, **given | values)


@pytest.mark.clause("LSEC 45", "LSEC 27")
def test_an_uploaded_paper_keeps_its_file_and_hash(merchant, owner):
    paper = credential_actions.add(licence(merchant), pdf(), by=owner, at=AT, evidence_on=DAY)

    revision = paper.document.latest
    assert (paper.file_sha256, revision.uploaded_by, revision.uploaded_at) == (revision.sha256, owner, AT)
    assert paper.document.evidence_on == DAY
    assert not paper.is_verified


@pytest.mark.parametrize(
    ("values", "file", "field"),
    [
        ({}, None, "file"),
        ({"number": ""}, pdf(), "number"),
        ({"valid_to": DAY}, pdf(), "__all__"),
        ({"long_term": False}, pdf(), "__all__"),
        ({"long_term": False, "valid_to": DAY - datetime.timedelta(days=1)}, pdf(), "__all__"),
    ],
)
def test_a_paper_that_says_nonsense_is_refused(merchant, owner, values, file, field):
    with pytest.raises(ValidationError) as no:
        credential_actions.add(licence(merchant, **values), file, by=owner, at=AT)
    assert field in no.value.message_dict
    assert not MerchantCredential.objects.exists()


def test_a_file_that_is_no_picture_and_no_pdf_leaves_no_paper(merchant, owner):
    file = pdf()
    file.file.write(b"MZ")
    file.seek(0)
    with pytest.raises(ValidationError):
        credential_actions.add(licence(merchant), file, by=owner, at=AT)
    assert not MerchantCredential.objects.exists()


def test_a_kind_of_product_is_no_merchants_paper(merchant, owner):
    kind = CredentialKindFactory(code="test_report", holder="product")
    with pytest.raises(ValidationError, match="属于商品"):
        credential_actions.add(licence(merchant, kind=kind), pdf(), by=owner, at=AT)


def test_a_kind_that_always_ends_is_not_long_term(merchant, owner):
    kind = CredentialKindFactory(code="drug_licence", long_term_possible=False)
    with pytest.raises(ValidationError) as no:
        credential_actions.add(licence(merchant, kind=kind), pdf(), by=owner, at=AT)
    assert "long_term" in no.value.message_dict


def test_the_same_paper_is_there_once(merchant, owner):
    credential_actions.add(licence(merchant), pdf(), by=owner, at=AT)
    with pytest.raises(ValidationError, match="已"):
        credential_actions.add(licence(merchant), pdf(), by=owner, at=AT)


def test_strangers_and_service_staff_upload_nothing(merchant):
    others = [MerchantUserFactory(), MerchantUserFactory(merchant=merchant, role="customer_service")]
    for other in others:
        with pytest.raises(Denied):
            credential_actions.add(licence(merchant), pdf(), by=other, at=AT)


def test_a_better_file_is_a_revision_and_must_be_verified_anew(merchant, owner):
    paper = MerchantCredentialFactory(merchant=merchant)
    assert paper.is_verified

    credential_actions.change(paper, pdf(body=b"sharper"), by=owner, at=AT)

    assert paper.document.revisions.count() == 2
    assert not MerchantCredential.objects.get(pk=paper.pk).is_verified


def test_a_withdrawn_paper_counts_no_more_and_is_not_touched(merchant, owner):
    paper = MerchantCredentialFactory(merchant=merchant)
    credential_actions.withdraw(paper, by=owner, at=AT, note="上传错误")
    paper.refresh_from_db()

    assert not paper.covers(DAY)
    assert paper.covers(DAY - datetime.timedelta(days=1))
    for again in (credential_actions.withdraw, credential_actions.change):
        with pytest.raises(Refused, match="作废"):
            again(paper, by=owner, at=AT)


@pytest.mark.clause("DB4401 5.1.2.4", "LSEC 8", "LSEC 27", "LSEC 45")
def test_answers_are_recorded_with_who_how_and_when_next(merchant, desk):
    made = verify(
        merchant,
        answers=[Answer(item, note="公示系统查询一致", method="register") for item in Item],
        by=desk,
        at=AT,
    )
    assert {row.item for row in made} == set(Item)
    assert {(row.verified_by, row.verified_on, row.next_due_on) for row in made} == {
        (desk, DAY, add_months(DAY, 6))
    }


def test_a_later_answer_supersedes_and_keeps_the_earlier(merchant, desk):
    earlier = MerchantVerificationFactory(merchant=merchant, item=Item.CREDIT)

    verify(merchant, answers=[Answer(Item.CREDIT, outcome="bad", note="列入经营异常名录")], by=desk, at=AT)

    earlier.refresh_from_db()
    assert (earlier.outcome, earlier.superseded_at) == ("good", AT)
    assert merchant.verifications.get(superseded_at=None).outcome == "bad"


def test_evidence_belongs_to_its_verification(merchant, desk):
    (row,) = verify(merchant, answers=[Answer(Item.CREDIT, file=pdf())], by=desk, at=AT)
    assert row.document.owner_model == "merchants.merchantverification"
    assert row.document.owner_id == row.pk


def test_verifying_licence_and_permits_marks_the_papers_seen(merchant, desk):
    licence_paper = MerchantCredentialFactory(merchant=merchant, verified=False)
    permit = MerchantCredentialFactory(merchant=merchant, kind=CredentialKindFactory(), verified=False)

    verify(merchant, answers=[Answer(Item.LICENCE, note="一致")], by=desk, at=AT)
    for paper in (licence_paper, permit):
        paper.refresh_from_db()
    assert (licence_paper.is_verified, permit.is_verified) == (True, False)

    verify(merchant, answers=[Answer(Item.PERMITS, note="一致")], by=desk, at=AT)
    verify(merchant, answers=[Answer(Item.LICENCE, outcome="bad", note="照片模糊")], by=desk, at=AT)
    for paper in (licence_paper, permit):
        paper.refresh_from_db()
    assert (licence_paper.is_verified, permit.is_verified) == (False, True)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([], "至少"),
        ([Answer(Item.CREDIT)], "核验了什么"),
        ([Answer(Item.CREDIT, outcome="bad", file=pdf())], "核验了什么"),
        ([Answer(Item.CREDIT, outcome="not_applicable", note="无")], "不适用"),
        ([Answer(Item.CREDIT, outcome="perhaps", note="无")], "perhaps"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(merchant, desk, answers, message):
    with pytest.raises(ValidationError, match=message):
        verify(merchant, answers=answers, by=desk, at=AT)
    assert not MerchantVerification.objects.exists()


def test_a_merchant_does_not_verify_itself(merchant, owner):
    with pytest.raises(Denied):
        verify(merchant, answers=[Answer(Item.CREDIT, note="很好")], by=owner, at=AT)


def test_a_merchant_that_has_left_is_not_verified(desk):
    gone = MerchantFactory(state=Merchant.State.EXITED, papers=False)
    with pytest.raises(WrongState):
        verify(gone, answers=[Answer(Item.CREDIT, note="一致")], by=desk, at=AT)


@pytest.mark.clause("LSEC 43", "DB4401 5.4.2.4")
def test_an_agreement_is_drafted_signed_and_ended(merchant, desk):
    agreement = AgreementFactory.build(merchant=merchant)
    agreement_actions.add(agreement, by=desk, at=AT)
    assert not agreement.covers(DAY)

    agreement_actions.sign(agreement, pdf(), signed_on=DAY, by=desk, at=AT)
    assert agreement.covers(DAY)
    assert agreement.document.evidence_on == DAY

    agreement_actions.end(agreement, by=desk, at=AT, note="协商一致")
    assert (agreement.state, agreement.ended_on) == (Agreement.State.ENDED, DAY)
    assert not agreement.covers(DAY)


@pytest.mark.parametrize("state", ["signed", "ended"])
def test_an_agreement_is_signed_only_as_a_draft(desk, state):
    agreement = AgreementFactory(state=state)
    with pytest.raises(WrongState):
        agreement_actions.sign(agreement, pdf(), signed_on=DAY, by=desk, at=AT)


def test_an_agreement_ends_once(desk):
    with pytest.raises(WrongState):
        agreement_actions.end(AgreementFactory(state="ended"), by=desk, at=AT)


def test_a_signed_agreement_is_not_changed(desk):
    agreement = AgreementFactory()
    agreement.valid_to = DAY
    with pytest.raises(WrongState, match="不能修改"):
        agreement_actions.change(agreement, by=desk, at=AT)


def test_an_agreement_is_not_signed_tomorrow_nor_without_its_file(desk):
    agreement = AgreementFactory(state="draft")
    with pytest.raises(ValidationError, match="晚于今天"):
        agreement_actions.sign(agreement, pdf(), signed_on=DAY + datetime.timedelta(days=1), by=desk, at=AT)
    with pytest.raises(ValidationError, match="协议文件"):
        agreement_actions.sign(agreement, None, signed_on=DAY, by=desk, at=AT)


@pytest.mark.clause("DB4401 5.4.3.1 b")
def test_an_agreement_that_promises_results_is_not_signed(desk):
    wording = "甲方每月安排四场专场直播，并保证销售额不低于 100 万元。"
    agreement = AgreementFactory(state="draft", wording=wording)

    with pytest.raises(Blocked, match="第 15–19 字：“保证销售额”") as no:
        agreement_actions.sign(agreement, pdf(), signed_on=DAY, by=desk, at=AT)

    assert [finding.clause for finding in no.value.findings] == ["DB4401 5.4.3.1 b"]
    agreement.refresh_from_db()
    agreement.wording = "甲方每月安排四场专场直播；任何一方均不得对销量、收益作出保证性承诺。"
    agreement_actions.change(agreement, by=desk, at=AT)
    agreement_actions.sign(agreement, pdf(), signed_on=DAY, by=desk, at=AT)
    assert agreement.covers(DAY)


def test_a_merchant_signs_nothing_for_the_agency(merchant, owner):
    agreement = AgreementFactory(merchant=merchant, state="draft")
    with pytest.raises(Denied):
        agreement_actions.sign(agreement, pdf(), signed_on=DAY, by=owner, at=AT)


@pytest.mark.clause("DB4401 5.1.5.2 c")
def test_a_hold_is_placed_appealed_upheld_and_lifted(merchant, owner, desk, compliance):
    hold = hold_actions.hold(merchant, reason="虚假发货", by=desk, at=AT, file=pdf())
    assert (hold.placed_by, hold.valid_from, hold.kind) == (desk, DAY, MerchantHold.Kind.HOLD)
    assert hold.document

    hold_actions.appeal(hold, appeal="物流延误，已补发", by=owner, at=AT)
    assert hold.state == "appealed"
    assert hold.holds(DAY), "an appeal alone lifts nothing"

    hold_actions.uphold(hold, note="无物流凭证", by=compliance, at=AT)
    assert (hold.state, hold.answer) == ("active", "无物流凭证")

    hold_actions.lift(hold, note="已整改", by=compliance, at=AT)
    assert not hold.holds(DAY)


def test_who_placed_a_hold_does_not_judge_the_appeal(merchant, owner, desk):
    hold = hold_actions.hold(merchant, reason="虚假发货", by=desk, at=AT)
    hold_actions.appeal(hold, appeal="不属实", by=owner, at=AT)
    with pytest.raises(Denied, match="同事"):
        hold_actions.uphold(hold, note="维持", by=desk, at=AT)


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("appeal", "appealed"),
        ("appeal", "lifted"),
        ("uphold", "active"),
        ("uphold", "lifted"),
        ("lift", "lifted"),
    ],
)
def test_a_hold_moves_only_from_the_right_state(compliance, verb, state):
    hold = MerchantHoldFactory(state=state, merchant__papers=False)
    by = MerchantUserFactory(merchant=hold.merchant) if verb == "appeal" else compliance
    given = {"appeal": "不属实"} if verb == "appeal" else {"note": "原因"}
    with pytest.raises(WrongState):
        getattr(hold_actions, verb)(hold, by=by, at=AT, **given)


def test_the_blacklist_is_the_compliance_officers(merchant, desk, compliance):
    with pytest.raises(Denied):
        hold_actions.blacklist(merchant, reason="售假", by=desk, at=AT)

    hold = hold_actions.blacklist(merchant, reason="售假", by=compliance, at=AT)
    assert hold.kind == MerchantHold.Kind.BLACKLIST
    with pytest.raises(Denied):
        hold_actions.lift(hold, note="误判", by=desk, at=AT)
    with pytest.raises(Denied, match="同事"):
        hold_actions.lift(hold, note="误判", by=compliance, at=AT)
    hold_actions.lift(hold, note="误判", by=StaffFactory(role="compliance"), at=AT)


def test_a_merchant_does_not_hold_or_lift(merchant, owner):
    with pytest.raises(Denied):
        hold_actions.hold(merchant, reason="竞品", by=owner, at=AT)
    with pytest.raises(Denied):
        hold_actions.lift(MerchantHoldFactory(merchant=merchant), note="请解除", by=owner, at=AT)


def test_a_hold_that_ends_before_it_begins_is_refused(merchant, desk):
    with pytest.raises(ValidationError):
        hold_actions.hold(
            merchant, reason="复查", by=desk, at=AT, valid_from=DAY, valid_to=DAY - datetime.timedelta(days=1)
        )


def test_after_a_whole_verification_nothing_is_unverified(desk):
    merchant = MerchantFactory()
    merchant.address = "天河路385号"
    merchant.save()
    assert ADMISSION.inspect(merchant, on=DAY).blockers

    verify(merchant, answers=[Answer(Item.ADDRESS, note="实地走访")], by=desk, at=AT)

    assert not ADMISSION.inspect(merchant, on=DAY).findings
