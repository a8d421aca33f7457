"""Who runs the demo's rooms, and the rooms themselves: set up by one, looked over and opened by another."""

from mcn.agency.models import Platform
from mcn.kit.clock import business_day
from products.demo.codes import uscc
from products.demo.papers import scan
from streamers.actions import credential, entity_requirement, live_entity, room, room_notice
from streamers.models import (
    EntityPaper,
    EntityRequirement,
    LiveEntity,
    Room,
    RoomLease,
    RoomNotice,
    VenueKind,
)

SET_UP, OPENED = -60, -58
COMPANY, GUANGZHOU = "91", "440106"
TOLD = ["account", "title", "cover_text", "venue", "sound", "equipment"]
SCENE = ["is_virtual", "scene_label", "technician_name"]
WHERE = {
    RoomNotice.Kind.LICENCES: "直播间主页“证照信息”",
    RoomNotice.Kind.SELLERS: "购物车商品页“商家信息”",
    RoomNotice.Kind.AFTER_SALES: "直播间右上角“售后与投诉”",
    RoomNotice.Kind.REPORTING: "直播间“举报”入口，另附监督电话",
    RoomNotice.Kind.VIRTUAL: "画面左上角常驻标识",
}


class RoomStories:
    """One story for who runs rooms, and one for each room."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data
        self.entities = {}
        self.rooms = {}

    def stories(self):
        """The entities first: a room is set up for one that is there."""
        yield self._entities()
        for place, row in enumerate(self.data["room"], 1):
            yield self._room(place, row)

    def _entities(self):
        at = self.stage.calendar.at(SET_UP - 1)
        yield at
        for number, row in enumerate(self.data["entity"], 901):
            made = LiveEntity(
                operation=row["operation"],
                name=row.get("name", self.stage.agency),
                uscc=uscc(COMPANY, GUANGZHOU, number),
            )
            live_entity.add(made, by=self.manager, at=at)
            self.entities[row["key"]] = made
            self._licences(row, made, at=at)

    def _licences(self, row, entity, *, at):
        on = self.stage.calendar.on
        licence = EntityPaper(
            entity=entity,
            number=entity.uscc,
            issuer="广州市天河区市场监督管理局",
            valid_from=on(row["licence_since"]),
            long_term=True,
        )
        self._keep(licence, at=at)
        if "agreement" in row:
            name, first, last = row["agreement"]
            agreement = EntityPaper(
                entity=entity,
                kind=EntityPaper.Kind.AGREEMENT,
                settles_duties=True,
                number=f"HZ-{entity.uscc[-6:]}",
                issuer=name,
                valid_from=on(first),
                valid_to=on(last),
            )
            self._keep(agreement, at=at)
        for code, number, first, last, issuer in row["permits"]:
            permit = EntityPaper(
                entity=entity,
                kind=EntityPaper.Kind.PERMIT,
                permit=self.stage.kinds[code],
                number=number,
                issuer=issuer,
                valid_from=on(first),
                valid_to=on(last),
            )
            self._keep(permit, at=at)
        for code, source in row["needs"]:
            needed = EntityRequirement(
                entity=entity, permit=self.stage.kinds[code], valid_from=on(SET_UP - 1), source=source
            )
            entity_requirement.add(needed, by=self.lawyer, at=at)

    def _keep(self, paper, *, at):
        file = scan(str(paper), [f"编号：{paper.number}", f"发证：{paper.issuer}"])
        credential.add(paper, file, by=self.manager, at=at)
        credential.verify(paper, by=self.lawyer, at=at, note="与公示系统一致")

    def _room(self, place, row):
        at = self.stage.calendar.at(SET_UP, place)
        yield at
        made = Room(
            platform=Platform.objects.get(code=row["platform"]),
            entity=self.entities[row["entity"]],
            venue_kind=VenueKind.objects.get(code=row["venue_kind"]),
            **{name: row[name] for name in TOLD},
            **{name: row[name] for name in SCENE if name in row},
        )
        room.add(made, scan("封面", [row["title"], row["cover_text"]]), by=self.manager, at=at)
        self.rooms[row["account"]] = made
        if "lease" in row:
            self._lease(made, *row["lease"], at=at)
        if not row["opened"]:
            return
        at = self.stage.calendar.at(OPENED, place)
        yield at
        self._show_notices(made, at=at)
        room.approve(made, by=self.lawyer, at=at, note="场地、标题、封面与公示均已查看")

    def _lease(self, made, name, first, last, *, at):
        lease = RoomLease(
            room=made,
            number=f"ZL{business_day(at):%Y}-{made.pk:03d}",
            issuer="出租方（存档）",
            valid_from=self.stage.calendar.on(first),
            valid_to=self.stage.calendar.on(last),
        )
        credential.add(lease, scan(name, [f"地点：{made.venue}"]), by=self.manager, at=at)
        credential.verify(lease, by=self.lawyer, at=at, note="与原件核对")

    def _show_notices(self, made, *, at):
        for kind, where in WHERE.items():
            if kind != RoomNotice.Kind.VIRTUAL or made.is_virtual:
                notice = RoomNotice(room=made, kind=kind, where=where)
                picture = scan(str(kind.label), [made.title, where])
                room_notice.add(notice, picture, by=self.stage.staff("operator"), at=at)

    @property
    def manager(self):
        """Who sets rooms up."""
        return self.stage.staff("streamer_manager")

    @property
    def lawyer(self):
        """Who verifies papers and opens rooms."""
        return self.stage.staff("compliance")
