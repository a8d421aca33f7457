"""What must be so of a room, and of who runs it, before a show goes out from there: one thing wrong each."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mcn.kit import records
from streamers.actions.venue_kind import sync_venue_kinds
from streamers.models import EntityPaper, EntityRequirement, LiveEntity, Room, RoomNotice, VenueKind
from streamers.rules import go_live
from streamers.rules.live_entity import ENTITY
from streamers.rules.room import OPENING, ROOM
from tests.factories import AT, DAY
from tests.factories.products import SnackCategoryFactory
from tests.factories.rooms import (
    EntityPaperFactory,
    EntityRequirementFactory,
    LiveEntityFactory,
    RoomFactory,
    RoomHoldFactory,
    RoomLeaseFactory,
    RoomNoticeFactory,
    permit,
    venue_kind,
)
from tests.factories.shows import ShowFactory
from tests.factories.streamers import StreamerFactory

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
Notice = RoomNotice.Kind


def blockers(room, on=DAY):
    """What blocks a room, as clause and message."""
    return [(row.clause, row.message) for row in ROOM.inspect(room, on=on).blockers]


def warnings(room, on=DAY):
    """What a room is warned of."""
    return [(row.clause, row.message) for row in ROOM.inspect(room, on=on).warnings]


@pytest.mark.clause("LSMS 4.1", "LSMS 4.2", "DB4401 5.1.1 a", "DB4401 5.1.1 b", "DB4401 5.1.1 d")
@pytest.mark.parametrize("natural", [False, True])
@pytest.mark.parametrize("operation", LiveEntity.Operation.values)
def test_the_default_room_breaks_nothing_whoever_runs_it(natural, operation):
    """Firms and people, selling their own goods or run by an agency: both ways of telling them apart."""
    room = RoomFactory(entity=LiveEntityFactory(natural=natural, operation=operation))

    assert (blockers(room), warnings(room)) == ([], [])
    assert room.entity.is_natural == natural


@pytest.mark.clause("LSEC 2")
@pytest.mark.parametrize("operation", LiveEntity.Operation.values)
def test_an_agency_that_runs_a_room_answers_for_it_like_its_owner(operation):
    room = RoomFactory(entity=LiveEntityFactory(operation=operation))
    room.entity.papers.filter(kind="business_licence").update(valid_to=DAY - ONE)

    assert [clause for clause, _said in blockers(room)] == ["DB4401 5.1.1 b"]


@pytest.mark.clause("LSEC 43")
def test_who_runs_rooms_of_their_own_has_agreed_on_who_looks_after_what():
    room = RoomFactory(entity=LiveEntityFactory(operation="self"))
    agreement = room.entity.papers.get(kind="agreement")

    EntityPaper.objects.filter(pk=agreement.pk).update(verified_digest="")
    assert [clause for clause, _said in blockers(room)] == ["LSEC 43"]

    agreement.settles_duties = False
    EntityPaper.objects.filter(pk=agreement.pk).update(settles_duties=False, verified_digest=agreement.digest)
    assert [clause for clause, _said in blockers(room)] == ["LSEC 43"]

    EntityPaper.objects.filter(pk=agreement.pk).update(valid_to=DAY - ONE)
    assert [clause for clause, _said in blockers(room)] == ["LSEC 43"]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param(
            {"state": Room.State.SUSPENDED},
            ("DB4401 5.1.2.6", "直播间已暂停，须先开放。"),
            marks=pytest.mark.clause("DB4401 5.1.2.6"),
        ),
        pytest.param(
            {"virtual": True, "scene_label": ""},
            ("DB4401 5.1.3.2", "使用虚拟场景：请填写全程展示的标识。"),
            marks=pytest.mark.clause("DB4401 5.1.3.2", "DB4401 5.1.4.5"),
        ),
        pytest.param(
            {"virtual": True, "technician_name": ""},
            ("DB4401 5.1.3.2", "使用虚拟场景：请指定技术人员。"),
            marks=pytest.mark.clause("DB4401 5.1.3.2"),
        ),
        pytest.param(
            {"title": "全国第一直播间"},
            ("DB4401 5.1.5.1", "标题：“全国第一”。"),
            marks=pytest.mark.clause("DB4401 5.1.5.1", "DB4401 5.1.2.6"),
        ),
        pytest.param(
            {"cover_text": "国家级好物"},
            ("DB4401 5.1.5.1", "封面文字：“国家级”。"),
            marks=pytest.mark.clause("DB4401 5.1.5.1"),
        ),
    ],
)
def test_one_thing_wrong_of_a_room_blocks_it(values, found):
    [(clause, message)] = blockers(RoomFactory(**values))

    assert clause == found[0]
    assert message.startswith(found[1])


@pytest.mark.clause(*(f"DB4401 5.1.3.4 {letter}" for letter in "abcdef"))
@pytest.mark.parametrize("ground", VenueKind.Ground.values)
def test_no_show_goes_out_from_a_forbidden_kind_of_place_while_the_ban_lasts(ground):
    kind = venue_kind(
        "banned", "禁播场所", forbidden_from=DAY + ONE, forbidden_to=DAY + 2 * ONE, clause=ground
    )
    room = RoomFactory(venue_kind=kind)

    assert blockers(room, DAY + ONE) == [(ground, "禁止在此类场所直播：禁播场所。")]
    assert [bool(blockers(room, DAY + days * ONE)) for days in range(4)] == [False, True, True, False]


@pytest.mark.clause("DB4401 5.1.3.4 a", "DB4401 5.1.3.4 e")
def test_the_shipped_kinds_of_places_hold_each_ground_and_come_once():
    sync_venue_kinds(at=AT)
    before = VenueKind.objects.count()
    sync_venue_kinds(at=AT)

    assert VenueKind.objects.count() == before > 20
    banned = VenueKind.objects.exclude(forbidden_from=None)
    assert set(banned.values_list("clause", flat=True)) == set(VenueKind.Ground.values)
    assert not VenueKind.objects.get(code="studio").is_forbidden(DAY)


@pytest.mark.clause("DB4401 5.1.3.1", "DB4401 5.1.3.3 a", "DB4401 5.1.3.3 b", "DB4401 5.1.2.6")
def test_what_a_room_only_should_have_warns_and_does_not_block():
    room = RoomFactory(lease=False, sound="", equipment="", title="独家配方直播间")

    assert blockers(room) == []
    assert [clause for clause, _message in warnings(room)] == [
        "DB4401 5.1.3.1",
        "DB4401 5.1.3.3 a",
        "DB4401 5.1.3.3 b",
        "DB4401 5.1.2.6",
    ]
    assert warnings(RoomFactory(lease=False, sound="", virtual=True)) == []


@pytest.mark.clause("DB4401 5.1.3.3 a")
def test_a_lease_counts_once_verified_and_until_its_last_day():
    room = RoomFactory(lease=False)
    lease = RoomLeaseFactory(room=room, verified=False, valid_to=DAY)
    assert warnings(room) == [("DB4401 5.1.3.3 a", f"{lease}尚未核验，或核验后有变更。")]

    RoomLeaseFactory(room=room, valid_to=DAY)
    assert warnings(room) == []
    assert [clause for clause, _message in warnings(room, DAY + ONE)] == ["DB4401 5.1.3.3 a"]


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        pytest.param(Notice.LICENCES, "DB4401 5.1.1 d", marks=pytest.mark.clause("DB4401 5.1.1 d")),
        pytest.param(Notice.SELLERS, "DB4401 5.6.3.3", marks=pytest.mark.clause("DB4401 5.6.3.3")),
        pytest.param(Notice.AFTER_SALES, "DB4401 6.3.3", marks=pytest.mark.clause("DB4401 6.3.3")),
        pytest.param(Notice.REPORTING, "DB4401 6.3.3", marks=pytest.mark.clause("DB4401 6.3.3")),
        pytest.param(Notice.VIRTUAL, "DB4401 5.6.3.4", marks=pytest.mark.clause("DB4401 5.6.3.4")),
    ],
)
def test_what_viewers_cannot_read_any_more_blocks_from_that_day(kind, clause):
    room = RoomFactory(virtual=True)
    row = room.notices.get(kind=kind)
    row.ended_on = DAY + ONE
    records.save(row, by=None, at=AT)

    assert blockers(room) == []
    assert blockers(room, DAY + ONE) == [(clause, f"直播间未公示：{kind.label}。")]


@pytest.mark.clause("DB4401 5.1.1 d", "DB4401 5.1.1 e")
def test_licences_shown_are_looked_at_again_after_a_new_one_was_verified():
    room = RoomFactory()
    paper = EntityPaperFactory(entity=room.entity, kind="permit", permit=permit(), number="粤网文〔2026〕1号")
    paper.verified_on = DAY + ONE
    records.save(paper, by=None, at=AT)

    [(clause, message)] = blockers(room, DAY + ONE)
    assert (clause, str(paper) in message) == ("DB4401 5.1.1 d", True)

    RoomNoticeFactory(room=room, seen_on=DAY + ONE)
    assert blockers(room, DAY + ONE) == []


@pytest.mark.clause("DB4401 5.1.5.2 c")
def test_a_held_room_is_blocked_while_it_is_opening_too():
    hold = RoomHoldFactory()

    found = [row.clause for row in OPENING.inspect(hold.room, on=DAY).blockers]
    assert found == [clause for clause, _message in blockers(hold.room)] == ["DB4401 5.1.5.2 c"]


@pytest.mark.clause("DB4401 5.1.1 a", "DB4401 5.1.1 b")
@pytest.mark.parametrize(
    ("natural", "clause", "name"),
    [(True, "DB4401 5.1.1 a", "身份证件"), (False, "DB4401 5.1.1 b", "营业执照")],
)
def test_who_runs_a_room_is_proven_by_a_verified_paper_of_their_own(natural, clause, name):
    entity = LiveEntityFactory(natural=natural, papers=False)
    room = RoomFactory(entity=entity)
    assert blockers(room) == [(clause, f"当日没有有效的{name}：请上传。")]

    kind = "identity" if natural else "business_licence"
    paper = EntityPaperFactory(entity=entity, kind=kind, verified=False, valid_to=DAY)
    assert blockers(room) == [(clause, f"{paper}尚未核验，或核验后有变更。")]

    EntityPaperFactory(entity=entity, kind=kind, number="副本", valid_from=DAY, valid_to=DAY)
    assert blockers(room) == ([] if natural else [(clause, "执照号码与统一社会信用代码不一致。")])
    assert blockers(room, DAY + ONE) == [(clause, f"当日没有有效的{name}：请上传。")]


@pytest.mark.clause("DB4401 5.1.1 a", "DB4401 5.1.1 b")
def test_rooms_of_who_runs_them_no_more_are_blocked():
    room = RoomFactory(entity=LiveEntityFactory(ended_on=DAY + ONE))

    assert blockers(room) == []
    assert blockers(room, DAY + ONE) == [("DB4401 5.1.1 a", "自 2026-03-17 起已不再运营直播间。")]


@pytest.mark.clause("DB4401 5.1.1 d")
def test_what_its_business_needs_is_asked_with_effect_from_a_day():
    needed = EntityRequirementFactory(valid_from=DAY + ONE)

    assert ENTITY.inspect(needed.entity, on=DAY).blockers == []
    [found] = ENTITY.inspect(needed.entity, on=DAY + ONE).blockers
    assert (found.clause, found.message) == ("DB4401 5.1.1 d", "当日没有有效的网络文化经营许可证：请上传。")
    assert found.mend_url.endswith(f"/admin/streamers/entitypaper/add/?entity={needed.entity.pk}")


def test_a_thousand_rooms_take_as_many_queries_as_one(django_assert_num_queries):
    entity = LiveEntityFactory()
    RoomFactory.create_batch(5, entity=entity)
    ROOM.inspect_many(Room.objects.all()[:1], on=DAY)

    with django_assert_num_queries(9):
        found = ROOM.inspect_many(Room.objects.all(), on=DAY)
    assert len(found) == 5
    with django_assert_num_queries(9):
        ROOM.inspect_many(Room.objects.all()[:1], on=DAY)


def of_show(show):
    """What blocks a show."""
    return [(row.clause, row.message) for row in go_live.report(show).blockers]


@pytest.mark.clause("DB4401 5.1.1 e")
def test_goods_ask_for_a_licence_of_who_runs_the_room():
    """What lies below the category is asked too; other goods are not."""
    show = ShowFactory()
    category = show.items.get().product.category
    needed = EntityRequirementFactory(entity=show.room.entity, category=category.parent or category)
    told = f"当日没有有效的网络文化经营许可证：请上传。（品类：{needed.category}）"
    assert of_show(show) == [("DB4401 5.1.1 e", told)]

    EntityPaperFactory(
        entity=show.room.entity, kind="permit", permit=needed.permit, number="粤网文〔2026〕2号"
    )
    assert of_show(show) == []
    other = ShowFactory(room=show.room, items=0, ads=False)
    assert [clause for clause, _message in of_show(other)] == ["DB4401 5.3.3 b"]


@pytest.mark.clause("DB4401 5.6.3.4", "DB4401 5.1.4.5")
def test_a_virtual_streamer_is_labelled_in_whatever_room():
    show = ShowFactory(cast=StreamerFactory(virtual=True))
    [(clause, message)] = of_show(show)
    assert (clause, message.endswith("是虚拟主播，直播间未公示虚拟标识。")) == ("DB4401 5.6.3.4", True)

    RoomNoticeFactory(room=show.room, kind=Notice.VIRTUAL)
    assert of_show(show) == []


@pytest.mark.clause("DB4401 5.1.5.1", "DB4401 5.1.2.6")
def test_a_show_is_announced_in_words_that_pass_the_claim_scan():
    [(clause, message)] = of_show(ShowFactory(title="全国第一年货节"))
    assert (clause, "全国第一" in message) == ("DB4401 5.1.5.1", True)

    report = go_live.report(ShowFactory(cover_text="独家配方零食"))
    assert [row.clause for row in report.warnings if "独家配方" in row.message] == ["DB4401 5.1.2.6"]
    assert report.blockers == []


@pytest.mark.parametrize("category", [False, True], ids=["for-all-goods", "for-some"])
def test_a_licence_is_asked_of_an_entity_once_a_day(db, category):
    given = {"category": SnackCategoryFactory()} if category else {}
    row = EntityRequirementFactory(**given)
    again = EntityRequirement(
        entity=row.entity, permit=row.permit, valid_from=row.valid_from, source=row.source, **given
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        EntityRequirement.objects.bulk_create([again])
    with pytest.raises(ValidationError):
        records.save(again, by=None, at=AT)
