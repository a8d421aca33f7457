"""Live rooms and who runs them: the default room is open and breaks no clause on ``DAY``."""

import factory

from mcn.kit import records
from mcn.kit.privacy import mask
from merchants.models import CredentialKind
from streamers.models import (
    EntityPaper,
    EntityRequirement,
    LiveEntity,
    Room,
    RoomHold,
    RoomLease,
    RoomNotice,
    VenueKind,
)
from tests.factories import AT, DAY, RecordFactory
from tests.factories.agency import platform
from tests.factories.merchants import uscc
from tests.factories.streamer_papers import CredentialFactory
from tests.factories.streamers import PARENT, id_number


def permit(code="network_culture", name="网络文化经营许可证"):
    """The kind of licence of a code, made where it is not there."""
    found = CredentialKind.objects.filter(code=code).first()
    made = CredentialKind(code=code, name=name, holder="merchant", issuer="文化和旅游主管部门", source="法规")
    return found or records.save(made, by=None, at=AT)


def venue_kind(code="studio", name="专业直播间（影棚）", **told):
    """The kind of place of a code, made where it is not there."""
    found = VenueKind.objects.filter(code=code).first()
    return found or records.save(VenueKind(code=code, name=name, **told), by=None, at=AT)


class LiveEntityFactory(RecordFactory):
    """A firm with its licence; ``natural=True`` for a person, ``papers=False`` for one without papers.

    One that sells its own goods has its agreement with the agency.
    """

    class Meta:
        model = LiveEntity

    class Params:
        natural = factory.Trait(
            kind=LiveEntity.Kind.NATURAL,
            uscc="",
            person_name="陈小满",
            id_number=factory.Sequence(lambda number: id_number(number, born_on=PARENT)),
        )

    name = factory.Sequence(lambda number: f"广州测试直播{number}有限公司")
    uscc = factory.Sequence(lambda number: uscc(number + 7000))

    @factory.post_generation
    def papers(self, create, wanted, **kwargs):
        if wanted is not False:
            natural = self.kind == LiveEntity.Kind.NATURAL
            kind = EntityPaper.Kind.IDENTITY if natural else EntityPaper.Kind.BUSINESS_LICENCE
            EntityPaperFactory(entity=self, kind=kind)
            if self.operation == LiveEntity.Operation.SELF:
                EntityPaperFactory(entity=self, kind=EntityPaper.Kind.AGREEMENT, settles_duties=True)


class EntityPaperFactory(CredentialFactory):
    """A verified business licence; ``kind="permit", permit=...`` for another licence."""

    class Meta:
        model = EntityPaper

    entity = factory.SubFactory(LiveEntityFactory, papers=False)
    number = factory.LazyAttribute(lambda made: made.entity.uscc or mask(made.entity.id_number))
    issuer = "广州市天河区市场监督管理局"


class EntityRequirementFactory(RecordFactory):
    """That an entity needs a licence for its whole business since ``DAY``."""

    class Meta:
        model = EntityRequirement

    entity = factory.SubFactory(LiveEntityFactory)
    permit = factory.LazyFunction(permit)
    valid_from = DAY
    source = "《网络表演经营活动管理办法》"


class RoomFactory(RecordFactory):
    """An open room with a verified lease and all notices.

    ``virtual=True`` has a virtual scene; ``lease=False`` and ``notices=False`` leave those out.
    """

    class Meta:
        model = Room

    class Params:
        virtual = factory.Trait(is_virtual=True, scene_label="虚拟场景", technician_name="陈工")

    platform = factory.LazyFunction(lambda: platform("douyin", "抖音"))
    entity = factory.SubFactory(LiveEntityFactory)
    account = factory.Sequence(lambda number: f"zhibo{number:05d}")
    title = "有据生活馆"
    cover_text = "每晚八点 等你来"
    venue = "天河影棚 3 号间"
    venue_kind = factory.LazyFunction(venue_kind)
    sound = Room.Sound.QUIET
    equipment = "摄像机 2 台、无线麦 4 支、UPS 1 台"
    state = Room.State.OPEN

    @factory.post_generation
    def lease(self, create, wanted, **kwargs):
        if wanted is not False:
            RoomLeaseFactory(room=self)

    @factory.post_generation
    def notices(self, create, wanted, **kwargs):
        if wanted is not False:
            kinds = [kind for kind in RoomNotice.Kind if self.is_virtual or kind != RoomNotice.Kind.VIRTUAL]
            made = [RoomNoticeFactory.build(room=self, kind=kind) for kind in kinds]
            records.save_many(made, by=None, at=AT)


class RoomLeaseFactory(CredentialFactory):
    """A verified lease."""

    class Meta:
        model = RoomLease

    room = factory.SubFactory(RoomFactory, lease=False)
    number = factory.Sequence(lambda number: f"ZL-2026-{number:04d}")
    issuer = "广州某某物业管理有限公司"


class RoomNoticeFactory(RecordFactory):
    """Licences shown, seen on ``DAY``."""

    class Meta:
        model = RoomNotice

    room = factory.SubFactory(RoomFactory, notices=False)
    kind = RoomNotice.Kind.LICENCES
    where = "直播间主页“证照”图标"
    link = "https://live.example.com/licences"
    seen_on = DAY


class RoomHoldFactory(RecordFactory):
    """A standing hold since ``DAY``."""

    class Meta:
        model = RoomHold

    room = factory.SubFactory(RoomFactory)
    reason = "画面出现无关广告，整改中"
    valid_from = DAY
