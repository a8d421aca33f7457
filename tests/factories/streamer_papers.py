"""What streamers hold in writing: each is good on ``DAY``, with its file, verified where that is asked."""

import datetime

import factory

from mcn.evidence.actions import attach
from mcn.kit import records
from streamers.actions import ad_penalty as ad_penalty_actions
from streamers.models import (
    AdPenalty,
    Contract,
    Design,
    LikenessConsent,
    Qualification,
    QualificationReport,
    Specialism,
    VirtualProfile,
    VirtualRight,
)
from tests.factories import AT, DAY, RecordFactory, pdf
from tests.factories.agency import platform

STREAMER = "tests.factories.streamers.StreamerFactory"
YEAR = datetime.timedelta(days=364)


class ContractFactory(RecordFactory):
    """A signed contract for a year around ``DAY``; ``state="draft"`` for one that is not signed yet."""

    class Meta:
        model = Contract

    streamer = factory.SubFactory(STREAMER, contract=False)
    number = factory.Sequence(lambda number: f"QY-2026-{number:05d}")
    agency_party = "广州测试文化传媒有限公司"
    streamer_party = "林晓鹿"
    valid_from = DAY - YEAR / 2
    valid_to = DAY + YEAR / 2
    obligations = "乙方每月完成不少于 12 场直播，按甲方制度参加培训；甲方提供场地、选品与运营支持。"

    @classmethod
    def _create(cls, model_class, *args, state=Contract.State.SIGNED, **kwargs):
        contract = super()._create(model_class, *args, **kwargs)
        if state == Contract.State.DRAFT:
            return contract
        contract.document = attach(contract, pdf(), title=str(contract), by=None, at=AT)
        contract.state, contract.signed_on = state, contract.valid_from
        return records.save(contract, by=None, at=AT)


class SpecialismFactory(RecordFactory):
    """That a streamer works in law."""

    class Meta:
        model = Specialism

    streamer = factory.SubFactory(STREAMER)
    field = "law"


class CredentialFactory(RecordFactory):
    """A verified paper with its file; ``verified=False`` for one that nobody has looked at."""

    class Meta:
        abstract = True

    valid_from = DAY - YEAR
    valid_to = DAY + YEAR

    @classmethod
    def _create(cls, model_class, *args, verified=True, **kwargs):
        paper = super()._create(model_class, *args, **kwargs)
        paper.document = attach(paper, pdf(body=paper.number.encode()), title=str(paper), by=None, at=AT)
        paper.file_sha256 = paper.document.latest.sha256
        if verified:
            paper.verified_digest, paper.verified_on = paper.digest, DAY
        return records.save(paper, by=None, at=AT)


class QualificationFactory(CredentialFactory):
    """A lawyer's licence to practise."""

    class Meta:
        model = Qualification

    streamer = factory.SubFactory(STREAMER)
    field = "law"
    name = "律师执业证"
    number = factory.Sequence(lambda number: f"1440120261{number:07d}")
    issuer = "广东省司法厅"


class QualificationReportFactory(RecordFactory):
    """That a platform was told on ``DAY``."""

    class Meta:
        model = QualificationReport

    qualification = factory.SubFactory(QualificationFactory)
    platform = factory.LazyFunction(lambda: platform("douyin", "抖音"))
    reported_on = DAY
    receipt = factory.Sequence(lambda number: f"BB-{number:06d}")


class AdPenaltyFactory(RecordFactory):
    """A decision of ``DAY`` against a person: ``id_number=...``, or ``party="organisation", uscc=...``."""

    class Meta:
        model = AdPenalty

    name = "周某"
    number = factory.Sequence(lambda number: f"穗市监处罚〔2026〕{number}号")
    authority = "广州市市场监督管理局"
    decided_on = DAY
    source = "国家企业信用信息公示系统"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return ad_penalty_actions.add(model_class(*args, **kwargs), by=None, at=AT)


class VirtualProfileFactory(RecordFactory):
    """A figure that copies nobody."""

    class Meta:
        model = VirtualProfile

    streamer = factory.SubFactory(STREAMER, virtual=True, persona=False)
    label = "AI 虚拟主播"
    technician_name = "陈工"
    equipment = "动作捕捉棚 2 号，专线 200M"
    likeness_of_a_person = False
    voice_of_a_person = False


class VirtualRightFactory(CredentialFactory):
    """A verified licence to an image."""

    class Meta:
        model = VirtualRight

    streamer = factory.SubFactory(STREAMER, virtual=True, persona=False)
    holder = "广州某某动漫有限公司"
    number = factory.Sequence(lambda number: f"XX-SQ-{number:05d}")
    issuer = "广东省版权局"


class LikenessConsentFactory(RecordFactory):
    """A voice owner's consent for a year around ``DAY``; ``state="declared"`` for one that is missing."""

    class Meta:
        model = LikenessConsent

    streamer = factory.SubFactory(STREAMER, virtual=True)
    kind = LikenessConsent.Kind.VOICE
    owner_name = "赵小声"
    scope = "仅用于本机构抖音直播间的虚拟主播配音"

    @classmethod
    def _create(cls, model_class, *args, state=LikenessConsent.State.GIVEN, **kwargs):
        span = {name: kwargs.pop(name, None) for name in ("valid_from", "valid_to")}
        consent = super()._create(model_class, *args, **kwargs)
        if state == LikenessConsent.State.DECLARED:
            return consent
        consent.document = attach(consent, pdf(), title=str(consent), by=None, at=AT)
        consent.valid_from = span["valid_from"] or DAY - YEAR / 2
        consent.valid_to = span["valid_to"] or DAY + YEAR / 2
        consent.state = state
        return records.save(consent, by=None, at=AT)


class DesignFactory(RecordFactory):
    """An approved image; ``state="submitted"`` for one that waits."""

    class Meta:
        model = Design

    streamer = factory.SubFactory(STREAMER, virtual=True, persona=False)
    part = Design.Part.IMAGE
    title = "国风少女形象"
    description = "黑发，汉服，衣着得体"
    state = Design.State.APPROVED
