"""Streamers: the default one is a grown-up signed with the agency who breaks no clause on ``DAY``."""

import datetime

import factory
from stdnum.cn import ric

from mcn.evidence.actions import attach
from mcn.kit import records
from mcn.kit.clock import add_months
from streamers.models import (
    CapacityRecord,
    Consent,
    Design,
    IdentityPaper,
    PlatformAccount,
    SatisfactionSurvey,
    Streamer,
    StreamerHold,
    StreamerInvitation,
    StreamerVerification,
)
from streamers.rules.verification import digest, guardians, needed_items
from tests.factories import AT, DAY, RecordFactory, pdf, png
from tests.factories.agency import platform
from tests.factories.streamer_papers import (
    ContractFactory,
    DesignFactory,
    VirtualProfileFactory,
    VirtualRightFactory,
)
from tests.factories.training import train

ADULT = datetime.date(1998, 5, 20)
PARENT = datetime.date(1980, 3, 8)
YEAR = datetime.timedelta(days=364)
WEEK = datetime.timedelta(days=7)
MINOR = datetime.date(2009, 1, 10)  # seventeen on DAY
CHILD = datetime.date(2010, 6, 1)  # fifteen on DAY


def id_number(number=1, *, born_on=ADULT, region="440106"):
    """The resident ID of a made-up person of Tianhe in Guangzhou, with its check digit right."""
    body = f"{region}{born_on:%Y%m%d}{number % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


class StreamerFactory(RecordFactory):
    """A streamer; ``born_on=...`` has the ID number of somebody born that day; ``virtual=True`` is nobody.

    ``contract=False`` leaves the contract out, ``persona=False`` what stands behind a virtual one.
    """

    class Meta:
        model = Streamer

    class Params:
        number = factory.Sequence(lambda count: count + 1)
        born_on = ADULT
        virtual = factory.Trait(kind="virtual", name="", id_number="", phone="", address="")

    code = factory.LazyAttribute(lambda streamer: f"S{streamer.number:04d}")
    stage_name = factory.LazyAttribute(lambda streamer: f"小鹿{streamer.number}")
    name = "林晓鹿"
    id_number = factory.LazyAttribute(lambda streamer: id_number(streamer.number, born_on=streamer.born_on))
    phone = factory.LazyAttribute(lambda streamer: f"138{streamer.number:08d}")
    address = "广州市天河区体育西路 1 号"
    state = Streamer.State.ACTIVE
    activated_on = DAY - datetime.timedelta(days=60)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        """Verify it in every item; ``verified=False`` leaves it unverified."""
        if create and extracted is not False:
            rows = [
                StreamerVerificationFactory.build(streamer=self, item=item)
                for item in needed_items(self, DAY)
            ]
            records.save_many(rows, by=None, at=AT)

    @factory.post_generation
    def contract(self, create, extracted, **kwargs):
        """Bind it by a signed contract."""
        if create and extracted is not False:
            ContractFactory(streamer=self)

    @factory.post_generation
    def persona(self, create, extracted, **kwargs):
        """Give a virtual one its profile, the right to its image and approved designs."""
        if create and extracted is not False and not self.is_natural:
            VirtualProfileFactory(streamer=self)
            VirtualRightFactory(streamer=self)
            for part in Design.Part:
                DesignFactory(streamer=self, part=part)

    @factory.post_generation
    def trained(self, create, extracted, **kwargs):
        """Have it pass what a streamer has to know; ``trained=False`` leaves it without any training."""
        if create and extracted is not False:
            train(self)


class StreamerVerificationFactory(RecordFactory):
    """An item found good on ``DAY``, of the streamer's facts as they stand."""

    class Meta:
        model = StreamerVerification

    streamer = factory.SubFactory(StreamerFactory, verified=False)
    item = StreamerVerification.Item.IDENTITY
    outcome = StreamerVerification.Outcome.GOOD
    method = StreamerVerification.Method.DOCUMENT
    note = "原件与本人核对一致"
    verified_on = DAY
    next_due_on = add_months(DAY, 6)
    digest = factory.LazyAttribute(lambda row: digest(row.streamer, row.item, DAY))


class ConsentFactory(RecordFactory):
    """A father's signed consent good for a year around ``DAY``: ``state="asked"`` for one not signed.

    Where it is in force the agency has spoken to the father; ``known=False`` leaves that out.
    """

    class Meta:
        model = Consent

    streamer = factory.SubFactory(StreamerFactory)
    guardian_name = "林大山"
    relation = Consent.Relation.FATHER
    guardian_phone = "13700137000"
    guardian_id_number = factory.LazyFunction(lambda: id_number(900, born_on=PARENT))
    scope = "每周不超过三场，每场不超过三小时，限食品与服饰类直播"
    valid_from = DAY - YEAR / 2
    valid_to = DAY + YEAR / 2
    expires_at = AT + WEEK

    @classmethod
    def _create(cls, model_class, *args, state=Consent.State.SIGNED, known=True, **kwargs):
        consent = super()._create(model_class, *args, **kwargs)
        if state == Consent.State.ASKED:
            return consent
        if state != Consent.State.CANCELLED:
            consent.signature = attach(consent, png(), title=str(consent), by=None, at=AT)
            consent.signed_at = AT
        consent.state = state
        records.save(consent, by=None, at=AT)
        if known and guardians(consent.streamer, DAY):
            speak_to_the_guardian(consent.streamer)
        return consent


def speak_to_the_guardian(streamer):
    """Verify on ``DAY`` who signed for a minor, where nobody did yet."""
    if not streamer.verifications.filter(item="guardian", superseded_at=None).exists():
        said = "回拨监护人电话，核对身份证与户口簿"
        StreamerVerificationFactory(streamer=streamer, item="guardian", method="call", note=said)


class CapacityRecordFactory(RecordFactory):
    """The proof, with its evidence, that a minor lives on their own labour, for a year around ``DAY``."""

    class Meta:
        model = CapacityRecord

    streamer = factory.SubFactory(StreamerFactory)
    grounds = "与某餐饮公司签有劳动合同，近六个月月均收入 4200 元，为主要生活来源"
    valid_from = DAY - YEAR / 2
    valid_to = DAY + YEAR / 2

    @classmethod
    def _create(cls, model_class, *args, evidence=True, **kwargs):
        record = super()._create(model_class, *args, **kwargs)
        if evidence:
            record.document = attach(record, pdf(), title=str(record), by=None, at=AT)
        return records.save(record, by=None, at=AT)


class StreamerHoldFactory(RecordFactory):
    """A hold on a streamer that stands on ``DAY``."""

    class Meta:
        model = StreamerHold

    streamer = factory.SubFactory(StreamerFactory)
    reason = "直播中虚假宣传，停播整改"
    valid_from = DAY


class PlatformAccountFactory(RecordFactory):
    """An account on Douyin."""

    class Meta:
        model = PlatformAccount

    streamer = factory.SubFactory(StreamerFactory)
    platform = factory.LazyFunction(lambda: platform("douyin", "抖音"))
    account = factory.Sequence(lambda count: f"xiaolu{count}")
    real_name_on = DAY


class SatisfactionSurveyFactory(RecordFactory):
    """A survey of streamers together with Douyin that ended on ``DAY``."""

    class Meta:
        model = SatisfactionSurvey

    audience = SatisfactionSurvey.Audience.STREAMERS
    platform = factory.LazyFunction(lambda: platform("douyin", "抖音"))
    held_from = DAY - WEEK
    held_to = DAY
    asked = 60
    answered = 48
    satisfied = 91
    findings = "对选品与排期满意，希望结算更快。"


class StreamerInvitationFactory(RecordFactory):
    """A link for a new streamer that works for a week from ``AT``."""

    class Meta:
        model = StreamerInvitation

    name = "小鹿"
    expires_at = AT + WEEK


class IdentityPaperFactory(RecordFactory):
    """A picture of the identity card's front."""

    class Meta:
        model = IdentityPaper

    streamer = factory.SubFactory(StreamerFactory)
    kind = IdentityPaper.Kind.FRONT
    received_at = AT

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        paper = super()._create(model_class, *args, **kwargs)
        paper.document = attach(paper, png(), title=str(paper), by=None, at=AT)
        return records.save(paper, by=None, at=AT)


class DraftFactory(StreamerFactory):
    """An application that lacks nothing: ``DraftFactory(born_on=MINOR)`` lacks the guardian alone."""

    state = Streamer.State.DRAFT
    activated_on = None
    experience = "做过半年零食直播"

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        """Nothing of an application was verified yet."""

    @factory.post_generation
    def contract(self, create, extracted, **kwargs):
        """No contract was made yet."""

    @factory.post_generation
    def trained(self, create, extracted, **kwargs):
        """Nothing was learnt yet."""

    @factory.post_generation
    def given(self, create, extracted, **kwargs):
        """Name an account and send the pictures; ``given=False`` leaves both out."""
        if extracted is not False:
            PlatformAccountFactory(streamer=self, real_name_on=None)
            for kind in IdentityPaper.Kind:
                IdentityPaperFactory(streamer=self, kind=kind)
