"""Merchants: the default one is admitted, with every paper, verification and agreement good on ``DAY``."""

import datetime

import factory

from mcn.evidence.actions import attach
from mcn.kit import records
from mcn.kit.clock import add_months
from merchants.models import (
    Agreement,
    Application,
    BusinessLine,
    Category,
    CategoryRequirement,
    Contact,
    CredentialKind,
    Invitation,
    Membership,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)
from merchants.rules.facts import digest
from tests.factories import AT, DAY, RecordFactory, pdf

YEAR = datetime.timedelta(days=365)
PLACES = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def uscc(number):
    """The unified social credit code of a made-up firm in Guangzhou, with both its check digits right."""
    body = f"{number:08d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(body, [3, 7, 9, 10, 5, 8, 4, 2], strict=True))
    code = "91440101" + body + "0123456789X0"[11 - weighed % 11]
    total = sum(PLACES.index(char) * 3**place % 31 for place, char in enumerate(code))
    return code + PLACES[-total % 31]


class CredentialKindFactory(RecordFactory):
    """A permit that merchants hold: ``CredentialKindFactory(code="food_licence")``; made once a code."""

    code = "food_licence"
    holder = CredentialKind.Holder.MERCHANT
    name = factory.LazyAttribute(
        lambda kind: {"business_licence": "营业执照"}.get(kind.code, f"证照 {kind.code}")
    )
    issuer = "市场监督管理局"
    long_term_possible = True
    source = "测试"

    class Meta:
        model = CredentialKind

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return CredentialKind.objects.filter(code=kwargs["code"]).first() or super()._create(
            model_class, *args, **kwargs
        )


class CategoryFactory(RecordFactory):
    """An open category that asks for nothing: ``CategoryFactory(requires=["food_licence"])``."""

    code = factory.Sequence(lambda number: f"category{number}")
    name = factory.Sequence(lambda number: f"类目{number}")
    full_name = factory.SelfAttribute("name")
    source = "测试"

    class Meta:
        model = Category

    @factory.post_generation
    def requires(self, create, extracted, **kwargs):
        """Ask for the kinds of papers with these codes, made where missing as a merchant's."""
        for code in extracted or []:
            CategoryRequirementFactory(category=self, kind=CredentialKindFactory(code=code))


class CategoryRequirementFactory(RecordFactory):
    category = factory.SubFactory(CategoryFactory)
    kind = factory.SubFactory(CredentialKindFactory)

    class Meta:
        model = CategoryRequirement


class MerchantFactory(RecordFactory):
    """An admitted merchant: ``state="draft"`` for another state, ``papers=False`` without any."""

    code = factory.Sequence(lambda number: f"M{number + 1:04d}")
    name = factory.Sequence(lambda number: f"广州测试商贸{number}有限公司")
    short_name = factory.Sequence(lambda number: f"测试{number}")
    uscc = factory.Sequence(lambda number: uscc(number + 1))
    legal_representative = "王小明"
    phone = "13800138000"
    region = "广东省广州市天河区"
    address = "体育西路103号维多利广场A座1001"
    state = Merchant.State.ADMITTED

    class Meta:
        model = Merchant

    @factory.post_generation
    def papers(self, create, extracted, **kwargs):
        """Give it a licence, a contact, the verifications and the agreements; ``papers=False`` gives none."""
        if extracted is False:
            return
        ContactFactory(merchant=self)
        BusinessLineFactory(merchant=self)
        licence = MerchantCredentialFactory(merchant=self)
        items = MerchantVerification.Item.values
        agreed = {"state": Agreement.State.SIGNED, "signed_on": DAY, "document": licence.document}
        for rows in (
            [MerchantVerificationFactory.build(merchant=self, item=item) for item in items],
            [AgreementFactory.build(merchant=self, kind=kind, **agreed) for kind in Agreement.Kind],
        ):
            records.save_many(rows, by=None, at=AT)


class BusinessLineFactory(RecordFactory):
    merchant = factory.SubFactory(MerchantFactory)
    category = factory.SubFactory(CategoryFactory)

    class Meta:
        model = BusinessLine


class ContactFactory(RecordFactory):
    merchant = factory.SubFactory(MerchantFactory, papers=False)
    name = "李经理"
    position = "商务经理"
    phone = "13900139000"
    email = "shangwu@example.com"

    class Meta:
        model = Contact


class MembershipFactory(RecordFactory):
    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    merchant = factory.SubFactory(MerchantFactory)
    role = Membership.Role.OWNER
    started_on = DAY

    class Meta:
        model = Membership


class MerchantCredentialFactory(RecordFactory):
    """A verified paper with its file, by default the business licence: ``kind__code="food_licence"``."""

    merchant = factory.SubFactory(MerchantFactory, papers=False)
    kind = factory.SubFactory(CredentialKindFactory, code=CredentialKind.BUSINESS_LICENCE)
    number = factory.Maybe(
        factory.LazyAttribute(lambda paper: paper.kind.code == CredentialKind.BUSINESS_LICENCE),
        factory.SelfAttribute("merchant.uscc"),
        factory.Sequence(lambda number: f"JY1440106{number:07d}"),
    )
    issuer = "广州市天河区市场监督管理局"
    valid_from = DAY - YEAR
    valid_to = DAY + YEAR

    class Meta:
        model = MerchantCredential

    @classmethod
    def _create(cls, model_class, *args, verified=True, **kwargs):
        paper = super()._create(model_class, *args, **kwargs)
        paper.document = attach(paper, pdf(body=paper.number.encode()), title=str(paper), by=None, at=AT)
        paper.file_sha256 = paper.document.latest.sha256
        paper.verified_digest = paper.digest if verified else ""
        return records.save(paper, by=None, at=AT)


class MerchantVerificationFactory(RecordFactory):
    merchant = factory.SubFactory(MerchantFactory, papers=False)
    item = MerchantVerification.Item.LICENCE
    outcome = MerchantVerification.Outcome.GOOD
    method = MerchantVerification.Method.REGISTER
    note = "国家企业信用信息公示系统查询一致"
    verified_on = DAY
    next_due_on = add_months(DAY, 6)
    digest = factory.LazyAttribute(lambda row: digest(row.merchant, row.item))

    class Meta:
        model = MerchantVerification


class AgreementFactory(RecordFactory):
    """A signed agreement in force; ``state="draft"`` for one that is not signed yet."""

    merchant = factory.SubFactory(MerchantFactory, papers=False)
    kind = Agreement.Kind.COOPERATION
    number = factory.Sequence(lambda number: f"HZ-2026-{number:04d}")
    agency_party = "广州测试文化传媒有限公司"
    merchant_party = factory.SelfAttribute("merchant.name")
    valid_from = DAY - YEAR
    valid_to = DAY + YEAR
    wording = "双方就直播带货合作约定如下。"
    as_advertiser = as_publisher = on_delivery = on_attendance = on_lawful_trade = True

    class Meta:
        model = Agreement

    @classmethod
    def _create(cls, model_class, *args, state=Agreement.State.SIGNED, **kwargs):
        agreement = super()._create(model_class, *args, **kwargs)
        if state == Agreement.State.DRAFT:
            return agreement
        agreement.document = attach(agreement, pdf(), title=str(agreement), by=None, at=AT)
        agreement.state, agreement.signed_on = state, agreement.valid_from
        return records.save(agreement, by=None, at=AT)


class MerchantHoldFactory(RecordFactory):
    merchant = factory.SubFactory(MerchantFactory)
    reason = "抽检不合格，整改前暂停合作"
    valid_from = DAY

    class Meta:
        model = MerchantHold


class ApplicationFactory(RecordFactory):
    name = "佛山测试食品有限公司"
    uscc = factory.Sequence(lambda number: uscc(number + 50_000))
    contact_name = "陈经理"
    phone = "13700137000"
    message = "做休闲零食，希望合作。"

    class Meta:
        model = Application


class InvitationFactory(RecordFactory):
    """An open link to a new merchant, good for a week: ``merchant=merchant`` for one to join."""

    name = "佛山测试食品有限公司"
    expires_at = AT + datetime.timedelta(days=7)

    class Meta:
        model = Invitation
