"""Rooms and who runs them at every door: set up, opened by another, stopped; nobody's identity in clear."""

import pytest
from django.urls import reverse

from mcn.kit.refusal import Blocked, Denied, Refused, WrongState
from streamers.actions import ad_entry as ad_actions
from streamers.actions import credential as credential_actions
from streamers.actions import live_entity as entity_actions
from streamers.actions import room as room_actions
from streamers.actions import room_notice as notice_actions
from streamers.admin.room_start import work
from streamers.models import EntityPaper, LiveEntity, Room, RoomHold, RoomNotice
from tests.factories import AT, DAY, pdf, png
from tests.factories.accounts import StaffFactory, UserFactory
from tests.factories.agency import platform
from tests.factories.merchants import uscc
from tests.factories.rooms import (
    EntityPaperFactory,
    EntityRequirementFactory,
    LiveEntityFactory,
    RoomFactory,
    RoomHoldFactory,
    RoomLeaseFactory,
    RoomNoticeFactory,
    venue_kind,
)
from tests.factories.shows import ShowFactory
from tests.factories.streamers import id_number
from tests.kit.api_suite import ResourceSuite, client_of
from tests.streamers.portal import browser, text

pytestmark = pytest.mark.django_db
PERSON = id_number(888)
API = "/api/v1/"
ROWS = {
    "liveentity": lambda: LiveEntityFactory(natural=True, id_number=PERSON, papers=False),
    "entitypaper": lambda: EntityPaperFactory(entity=ROWS["liveentity"](), kind="identity"),
    "entityrequirement": EntityRequirementFactory,
    "room": RoomFactory,
    "roomlease": RoomLeaseFactory,
    "roomnotice": RoomNoticeFactory,
    "roomhold": RoomHoldFactory,
    "venuekind": venue_kind,
}
PATHS = {
    "entity-papers": "entitypaper",
    "entity-requirements": "entityrequirement",
    "room-leases": "roomlease",
    "room-notices": "roomnotice",
    "room-holds": "roomhold",
    "venue-kinds": "venuekind",
}


@pytest.fixture
def manager():
    return StaffFactory(role="streamer_manager")


@pytest.fixture
def colleague():
    return StaffFactory(role="streamer_manager")


def url(model, page="changelist", *args):
    return reverse(f"admin:streamers_{model}_{page}", args=args)


def do(client, row, verb, **given):
    """What a verb's page answers."""
    return client.post(url(row._meta.model_name, "verb", row.pk, verb), given)


class TestLiveEntityApi(ResourceSuite):
    path = f"{API}live-entities/"
    role = "streamer_manager"
    change = {"name": "陈小满的小店"}
    wrong = {"operation": "nonsense"}
    secrets = [PERSON, "陈小满"]

    def make(self):
        one = {} if LiveEntity.objects.exists() else {"id_number": PERSON}
        return LiveEntityFactory(natural=True, name="小满直播", **one)

    def fresh(self):
        return {"kind": "legal", "operation": "mcn", "name": "广州某某传媒有限公司", "uscc": uscc(4321)}


class TestRoomApi(ResourceSuite):
    path = f"{API}rooms/"
    role = "streamer_manager"
    change = {"title": "有据好物间"}
    wrong = {"sound": "nonsense"}

    def make(self):
        return RoomFactory()

    def fresh(self):
        return {
            "platform": platform("douyin", "抖音").pk,
            "entity": LiveEntityFactory().pk,
            "account": "api-room",
            "title": "有据生活馆",
            "venue": "天河影棚",
            "venue_kind": venue_kind().pk,
        }


@pytest.mark.parametrize("path", PATHS)
def test_what_belongs_to_rooms_is_read_by_staff_alone(manager, path):
    row = ROWS[PATHS[path]]()

    listed = client_of(manager).get(f"{API}{path}/").json()["results"]
    assert row.pk in [shown["id"] for shown in listed]
    assert PERSON not in str(listed)
    assert client_of(UserFactory()).get(f"{API}{path}/{row.pk}/").status_code == 404


def test_programs_open_stop_and_ask_about_a_room(manager, colleague):
    staff, room = client_of(manager), RoomFactory(state="draft", notices=False)

    refused = staff.post(f"{API}rooms/{room.pk}/approve/", {}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (422, "blocked")
    told = staff.get(f"{API}rooms/{room.pk}/blockers/").json()
    assert told["blocked"]
    assert {row["clause"] for row in told["findings"]} >= {"DB4401 5.1.1 d", "DB4401 6.3.3"}
    held = staff.post(f"{API}rooms/{room.pk}/hold/", {"reason": "整改"}, format="json")
    assert (held.status_code, room.holds.count()) == (200, 1)
    hold = f"{API}room-holds/{room.holds.get().pk}/"
    lifted = client_of(colleague).post(f"{hold}lift/", {"note": "已整改"}, format="json")
    assert (lifted.status_code, lifted.json().get("state")) == (200, "lifted"), lifted.json()


@pytest.mark.parametrize("model", ROWS)
def test_every_page_of_the_back_office_opens_and_shows_nobody_in_clear(manager, model):
    client, row = browser(manager), ROWS[model]()
    pages = [url(model), url(model, "change", row.pk), url(model, "history", row.pk)]
    pages += [url(model, "add")] if model != "roomhold" else []

    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert [value for value in (PERSON, "陈小满") for page in answers if value in text(page)] == []


@pytest.mark.parametrize("model", ["room", "liveentity", "entitypaper", "roomnotice"])
def test_a_list_of_many_asks_as_many_queries_as_of_one(manager, model, django_assert_max_num_queries):
    make = {"liveentity": LiveEntityFactory, "entitypaper": EntityPaperFactory}.get(model, ROWS[model])
    client = browser(manager)
    make()
    with django_assert_max_num_queries(25) as one:
        client.get(url(model))
    for _ in range(4):
        make()

    with django_assert_max_num_queries(len(one)):
        client.get(url(model))


def test_a_room_is_set_up_in_the_back_office_and_opened_by_another(manager, colleague):
    client, entity = browser(manager), LiveEntityFactory()
    given = {"platform": platform("douyin", "抖音").pk, "entity": entity.pk, "account": "yjshg"}
    given |= {"title": "有据生活馆", "venue": "天河影棚", "venue_kind": venue_kind().pk, "file": png()}
    client.post(url("room", "add"), given)
    room = Room.objects.get()
    assert (room.state, room.cover.latest.content_type) == ("draft", "image/png")
    for kind in ["licences", "sellers", "after_sales", "reporting"]:
        notice = {"room": room.pk, "kind": kind, "where": "直播间主页"}
        assert client.post(url("roomnotice", "add"), notice | {"file": png()}).status_code == 302
    RoomNotice.objects.update(seen_on=DAY)

    assert "未填写隔音情况" in text(client.get(url("room", "change", room.pk)))
    assert do(client, room, "approve", note="可用").status_code == 403
    assert do(browser(colleague), room, "approve", note="可用").status_code == 302
    assert do(client, room, "suspend").status_code == 200
    assert do(client, room, "suspend", note="装修").status_code == 302
    assert do(client, room, "close", note="停用").status_code == 302
    room.refresh_from_db()
    assert room.state == Room.State.CLOSED


def test_an_identity_document_needs_no_number_and_shows_none(manager, colleague):
    entity = LiveEntityFactory(natural=True, id_number=PERSON, papers=False)
    given = {"entity": entity.pk, "kind": "identity", "issuer": "天河公安", "valid_from": "2020-01-01"}
    assert browser(manager).post(url("entitypaper", "add"), given | {"long_term": "on"}).status_code == 200
    browser(manager).post(url("entitypaper", "add"), given | {"long_term": "on", "file": pdf()})
    paper = EntityPaper.objects.get()

    assert PERSON not in paper.number
    assert do(browser(manager), paper, "verify", note="看过").status_code == 403
    assert do(browser(colleague), paper, "verify", note="与本人一致").status_code == 302
    file = reverse("file", args=[paper.document.latest.pk])
    assert browser(colleague).get(file).status_code == 200
    assert browser(StaffFactory(role="operator")).get(file).status_code == 404


@pytest.mark.clause("DB4401 5.1.1 a", "DB4401 5.1.1 b")
def test_a_paper_is_verified_anew_once_the_firm_behind_it_changed(manager):
    entity = LiveEntityFactory()
    assert entity.papers.get().is_verified

    entity.uscc = uscc(9999)
    entity_actions.change(entity, by=manager, at=AT)

    assert not entity.papers.get().is_verified


def test_each_verb_refuses_what_makes_no_sense(manager, colleague):
    room = RoomFactory(state="draft", notices=False)
    with pytest.raises(Blocked, match=r"DB4401 6\.3\.3"):
        room_actions.approve(room, by=manager, at=AT)
    with pytest.raises(WrongState):
        room_actions.suspend(room, note="装修", by=manager, at=AT)
    room_actions.close(room, note="停用", by=manager, at=AT)
    with pytest.raises(WrongState, match="请另建一个"):
        room_actions.change(room, by=manager, at=AT)
    again = RoomFactory(account=room.account)
    with pytest.raises(Denied):
        room_actions.hold(again, reason="整改", by=StaffFactory(role="auditor"), at=AT)
    held = room_actions.blacklist(again, reason="涉赌", by=manager, at=AT)
    assert (held.kind, RoomHold.objects.count()) == ("blacklist", 1)

    notice = again.notices.first()
    notice_actions.withdraw(notice, by=manager, at=AT)
    with pytest.raises(Refused, match="已登记为撤下"):
        notice_actions.withdraw(notice, by=manager, at=AT)
    entity_actions.end(again.entity, note="注销", by=manager, at=AT)
    with pytest.raises(Refused, match="请重新登记"):
        entity_actions.change(again.entity, by=manager, at=AT)
    lease = again.leases.get()
    credential_actions.withdraw(lease, by=colleague, at=AT)
    with pytest.raises(Denied):
        credential_actions.verify(RoomLeaseFactory(), by=StaffFactory(role="operator"), at=AT)


def test_the_start_page_tells_what_waits_runs_out_and_is_stopped(colleague):
    officer = StaffFactory(role="compliance")
    RoomFactory(state="draft", lease=False, notices=False)
    EntityPaperFactory(verified=False)
    hold = RoomHoldFactory(room=RoomFactory(lease=False))
    RoomLeaseFactory(room=hold.room, valid_to=DAY)
    ad_actions.register(ShowFactory(ads=False), by=colleague, at=AT)

    found = list(work(officer, DAY))

    piles = {str(pile.label): pile.count for pile in found if pile.count}
    assert piles == {
        "待开放的直播间": 1,
        "待核验的直播主体证照": 1,
        "待审核的广告业务": 1,
        "30 天内到期的场地凭证": 1,
        "管控中的直播间": 1,
    }
    assert {browser(officer).get(pile.url).status_code for pile in found} == {200}


@pytest.mark.parametrize(
    "wrong",
    [
        {"uscc": ""},
        {"kind": "natural"},
        {"kind": "natural", "uscc": "", "person_name": "陈小满", "id_number": "440106199805200011"},
    ],
    ids=["no code", "a person with a code", "a check digit"],
)
def test_an_entity_that_says_nonsense_is_refused(manager, wrong):
    given = {
        "kind": "legal",
        "operation": "mcn",
        "name": "某某公司",
        "uscc": uscc(5),
        "document_type": "resident_id",
    }

    assert browser(manager).post(url("liveentity", "add"), given | wrong).status_code == 200
    assert not LiveEntity.objects.exists()
