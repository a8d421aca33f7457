"""The stories of the demo's streamers: invited, verified, bound, trained, let before the camera, stopped."""

import datetime

from stdnum.cn import ric

from mcn.accounts import actions as accounts
from mcn.accounts.models import User
from mcn.agency.models import Platform
from mcn.kit.clock import business_day
from products.demo.papers import scan
from products.demo.timeline import life
from streamers.actions import account as platform_accounts
from streamers.actions import (
    application,
    capacity,
    consent,
    contract,
    hold,
    invitation,
    paper,
    trainee,
    training,
    verification,
)
from streamers.actions import streamer as streamers
from streamers.actions.verification import Answer
from streamers.models import (
    CapacityRecord,
    Consent,
    Contract,
    Course,
    IdentityPaper,
    PlatformAccount,
    Streamer,
    StreamerInvitation,
    StreamerVerification,
    TrainingRecord,
)
from streamers.rules.consent_text import words_of
from streamers.rules.verification import needed_items

Item = StreamerVerification.Item
Method = StreamerVerification.Method
BEFORE_THE_CAMERA = [
    Course.Topic.LAW,
    Course.Topic.MARKETING,
    Course.Topic.QUALITY,
    Course.Topic.EMERGENCY,
    Course.Topic.HOUSE,
    Course.Topic.SKILLS,
]
TOLD = ["name", "phone", "address", "experience", "document_type", "organisation"]
LOOKED_AT = {
    Item.CONTACT: "电话回拨接通，地址与身份证、租赁合同核对",
    Item.ACCOUNTS: "请本人登录后台截图，账号与实名页一致",
    Item.RECORD: "市场监管处罚文书网与失信名单逐项查询，无虚假广告处罚",
    Item.POST: "岗位为带货主播，不涉及金融、法律、医疗等须持证领域",
}
SPOKEN = "回拨监护人本人手机，视频核对身份证与户口簿，确认系亲笔签署"


class StreamerStories:
    """The stories of all streamers, and the verbs that they are told in."""

    def __init__(self, stage, data, password):
        self.stage = stage
        self.data = data
        self.password = password
        self.ids = {}
        self.platforms = {row.code: row for row in Platform.objects.all()}
        self.verbs = {
            "ask_consent": self.ask_consent,
            "sign_consent": self.sign_consent,
            "revoke_consent": self.revoke_consent,
            "capacity": self.capacity,
            "apply": self.apply,
            "verify": self.verify,
            "accept": self.accept,
            "contract": self.contract,
            "train": self.train,
            "graduate": self.graduate,
            "activate": self.activate,
            "hold": self.hold,
            "suspend": self.suspend,
        }

    def stories(self):
        """One story for each streamer."""
        for place, row in enumerate(self.data["streamer"], 1):
            yield self._story(place, row)

    def _story(self, place, row):
        at = self.stage.calendar.at(row["since"], place)
        yield at
        self._enter(place, row, at=at)
        yield from life(row, row["life"], self.verbs, self.stage.calendar, place)

    def _enter(self, place, row, *, at):
        """The manager invites; the person opens the file by the link and fills it in."""
        user = User(username=row["username"], name=row["name"], password=self.password)
        accounts.add(user, by=None, at=at)
        link = StreamerInvitation(
            name=row["stage_name"], engagement=row.get("engagement", Streamer.Engagement.SIGNED)
        )
        invitation.invite(link, by=self.manager, at=at)
        made = invitation.accept(link, user=user, stage_name=row["stage_name"], at=at)
        for name in TOLD:
            setattr(made, name, row.get(name, getattr(made, name)))
        made.id_number = id_number(place, row["region_code"], self._birth_day(row["age"]))
        application.change(made, by=user, at=at)
        for platform, account, followers in row["accounts"]:
            named = PlatformAccount(
                streamer=made,
                platform=self.platforms[platform],
                account=account,
                followers=followers,
            )
            platform_accounts.add(named, by=user, at=at)
            named.real_name_on = business_day(at)
            platform_accounts.change(named, by=self.manager, at=at)
        for kind in IdentityPaper.Kind:
            file = scan(str(kind.label), [f"艺名：{row['stage_name']}"])
            paper.receive(made, kind, file, by=user, at=at)
        self.ids[row["key"]] = made.pk

    def _birth_day(self, age):
        """The birthday of somebody who is so many years and days old today."""
        years, days = age
        day = self.stage.calendar.on(-days)
        return datetime.date(day.year - years, day.month, min(day.day, 28))

    def _streamer(self, row):
        return Streamer.objects.get(pk=self.ids[row["key"]])

    @property
    def manager(self):
        """Who looks after the streamers."""
        return self.stage.staff("streamer_manager")

    def ask_consent(self, row, *, at):
        name, relation, phone, _region, _age = row["guardian"]
        asked = Consent(
            streamer=self._streamer(row),
            guardian_name=name,
            relation=relation,
            guardian_phone=phone,
            scope="食品、服饰与潮玩类带货直播，每周不超过三场，每场不超过三小时，22 点前结束",
        )
        consent.ask(asked, by=self._streamer(row).user, at=at)

    def sign_consent(self, row, *, at):
        asked = self._streamer(row).consents.get()
        name, _relation, _phone, region, age = row["guardian"]
        consent.sign(
            asked,
            name=name,
            document_type=Streamer.DocumentType.RESIDENT_ID,
            id_number=id_number(self.ids[row["key"]] + 500, region, self._birth_day([age, 66])),
            text_sha256=words_of(asked).sha256,
            paper=scan("监护人签署件", [f"主播：{row['stage_name']}", f"签署日：{business_day(at)}"]),
            at=at,
        )

    def revoke_consent(self, row, note, *, at):
        consent.revoke(self._streamer(row).consents.get(), note=note, by=None, at=at)

    def capacity(self, row, *, at):
        on = business_day(at)
        made = CapacityRecord(
            streamer=self._streamer(row),
            grounds="与用人单位签有劳动合同，近六个月工资为主要生活来源，社保在缴。",
            valid_from=on,
            valid_to=on + datetime.timedelta(days=365),
        )
        capacity.record(made, scan("劳动合同与工资流水", ["近六个月"]), by=self.manager, at=at)

    def apply(self, row, *, at):
        streamer = self._streamer(row)
        application.apply(streamer, by=streamer.user, at=at)

    def verify(self, row, *, at):
        identity = Answer(Item.IDENTITY, note="证件原件、本人与活体照片一致", file=scan("身份核验记录", []))
        others = [Answer(item, note=note) for item, note in LOOKED_AT.items()]
        streamer = self._streamer(row)
        if Item.GUARDIAN in needed_items(streamer, business_day(at)):
            others.append(Answer(Item.GUARDIAN, method=Method.CALL, note=SPOKEN))
        verification.verify(streamer, answers=[identity, *others], by=self.manager, at=at)

    def accept(self, row, note="", *, at):
        streamers.accept(self._streamer(row), by=self.manager, at=at, note=note)

    def contract(self, row, kind, days, *, at):
        streamer, on = self._streamer(row), business_day(at)
        agency = self.stage.agency
        made = Contract(
            streamer=streamer,
            kind=kind,
            number=f"ZB{on:%Y%m}-{streamer.code}",
            agency_party=agency,
            streamer_party=row.get("organisation") or row["name"],
            valid_from=on,
            valid_to=on + datetime.timedelta(days=days),
            obligations="按排期直播，遵守平台规则与机构播前审核；机构提供培训、选品与售后支持；违规按制度处理。",
            wording="双方如实告知资质与账号情况，机构不对粉丝量、销售额作任何保证。",
        )
        contract.add(made, by=self.manager, at=at)
        file = scan(Contract.Kind(kind).label, [f"甲方：{agency}", f"编号：{made.number}", f"签署日：{on}"])
        contract.sign(made, file, signed_on=on, by=self.manager, at=at)

    def train(self, row, *, at):
        """Every course that streamers need before the camera, each with the list of who came."""
        streamer, on, trainer = self._streamer(row), business_day(at), self.stage.staff("trainer")
        learner = trainee.trainee_of(streamer, by=trainer, at=at)
        for course in Course.objects.filter(topic__in=BEFORE_THE_CAMERA).order_by("pk"):
            made = TrainingRecord(
                trainee=learner, course=course, trained_on=on, hours=course.hours, score=row.get("score", 90)
            )
            file = scan(f"{course.name} 签到表", [f"日期：{on}", f"参加：{row['stage_name']}"])
            training.enter(made, file, by=trainer, at=at)

    def graduate(self, row, *, at):
        streamers.graduate(self._streamer(row), by=self.manager, at=at)

    def activate(self, row, *, at):
        streamers.activate(self._streamer(row), by=self.manager, at=at)

    def hold(self, row, reason, clause, *, at):
        by = self.stage.staff("compliance")
        hold.hold(self._streamer(row), reason=reason, clause=clause, by=by, at=at)

    def suspend(self, row, note, *, at):
        streamers.suspend(self._streamer(row), note=note, by=self.manager, at=at)


def id_number(number, region, born_on):
    """The number of a made-up person, with its check digit right."""
    body = f"{region}{born_on:%Y%m%d}{number % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")
