"""How each merchant came in and what became of it."""

from mcn.evidence.models import Verification
from mcn.kit.clock import business_day
from merchants.actions import agreement as agreements
from merchants.actions import contact as contacts
from merchants.actions import credential as credentials
from merchants.actions import hold as holds
from merchants.actions import invitation as invitations
from merchants.actions import merchant as merchants
from merchants.actions import verification as verifications
from merchants.actions.verification import Answer
from merchants.models import (
    Agreement,
    Application,
    Contact,
    Merchant,
    MerchantCredential,
    MerchantHold,
    MerchantVerification,
)
from products.demo.codes import uscc
from products.demo.papers import scan
from products.demo.people import bring_colleagues, bring_in
from products.demo.timeline import life

Item = MerchantVerification.Item
Method = Verification.Method
PREFIXES = {"company": "91", "individual_business": "92", "cooperative": "93"}
LOOKED_AT = [
    (Item.LICENCE, Method.REGISTER, "国家企业信用信息公示系统查询，名称、代码、法定代表人一致，存续"),
    (Item.ADDRESS, Method.VISIT, "视频看厂，门牌、仓库与登记地址一致"),
    (Item.CONTACT, Method.CALL, "回拨营业执照登记电话与商务联系人，均接通"),
    (Item.PERMITS, Method.REGISTER, "许可与备案逐项在主管部门网站核对，在有效期内"),
    (Item.CREDIT, Method.REGISTER, "未列入严重违法失信名单，近三年无虚假广告处罚"),
]
# Which duties the wording of each kind of agreement lays down.
DUTIES = {
    Agreement.Kind.COOPERATION: {"as_advertiser": True, "as_publisher": True},
    Agreement.Kind.SERVICE_QUALITY: {"on_delivery": True, "on_attendance": True, "on_lawful_trade": True},
}


class MerchantStories:
    """The stories of all merchants, and the verbs that they are told in."""

    def __init__(self, stage, data):
        self.stage = stage
        self.data = data
        self.verbs = {
            "submit": self.submit,
            "send_back": self.send_back,
            "verify": self.verify,
            "sign": self.sign,
            "admit": self.admit,
            "hold": self.hold,
            "blacklist": self.blacklist,
            "suspend": self.suspend,
            "appeal": self.appeal,
            "exit": self.exit,
        }

    def stories(self):
        """One story for each merchant, and one for each firm that would like to come."""
        for place, row in enumerate(self.data["merchant"], 1):
            yield self._story(place, row)
        for place, row in enumerate(self.data["application"], 1):
            yield self._application(place, row)

    def _story(self, place, row):
        at = self.stage.calendar.at(row["since"], place)
        yield at
        self._enter(place, row, at=at)
        yield from life(row, row["life"], self.verbs, self.stage.calendar, place)

    def _application(self, place, row):
        at = self.stage.calendar.at(row["day"], place)
        yield at
        wish = Application(
            name=row["name"],
            uscc=uscc(PREFIXES["company"], row["region_code"], row["number"]),
            category=self.stage.categories[row["category"]],
            contact_name=row["contact_name"],
            phone=row["phone"],
            message=row["message"],
        )
        invitations.apply(wish, at=at)

    def _enter(self, place, row, *, at):
        """The owner drafts the merchant by the desk's link and gives what it has."""
        names = ["kind", "name", "short_name", "legal_representative", "phone", "region", "address"]
        code = uscc(PREFIXES[row["kind"]], row["region_code"], place)
        draft = Merchant(uscc=code, **{name: row[name] for name in names})
        merchant = bring_in(self.stage, draft, row["name"], row["key"], at=at)
        self.stage.merchants[row["key"]] = merchant
        owner = self.stage.owner(row["key"])
        for duty, name, position, phone, email in row["contacts"]:
            contact = Contact(
                merchant=merchant, duty=duty, name=name, position=position, phone=phone, email=email
            )
            contacts.add(contact, by=owner, at=at)
        for category in row["lines"]:
            merchants.declare(merchant, self.stage.categories[category], by=owner, at=at)
        for kind, number, *days in row["papers"]:
            self._give(merchant, row, kind, number, days, by=owner, at=at)
        bring_colleagues(self.stage, merchant, row["key"], at=at)

    def _give(self, merchant, row, kind, number, days, *, by, at):
        paper = MerchantCredential(
            merchant=merchant,
            kind=self.stage.kinds[kind],
            number=number or merchant.uscc,
            issuer=row["issuer"],
            **self.stage.span(days),
        )
        until = "长期" if paper.long_term else f"{paper.valid_to:%Y-%m-%d}"
        said = [
            f"持有人：{merchant.name}",
            f"编号：{paper.number}",
            f"发证：{paper.issuer}",
            f"有效期：{paper.valid_from:%Y-%m-%d}至{until}",
        ]
        file = scan(paper.kind.name, said)
        credentials.add(paper, file, by=by, at=at, evidence_on=paper.valid_from)

    def _merchant(self, row):
        return Merchant.objects.get(pk=self.stage.merchants[row["key"]].pk)

    @property
    def desk(self):
        return self.stage.staff("merchant_desk")

    def submit(self, row, *, at):
        merchants.submit(self._merchant(row), by=self.stage.owner(row["key"]), at=at)

    def send_back(self, row, note, *, at):
        merchants.send_back(self._merchant(row), note=note, by=self.desk, at=at)

    def verify(self, row, *, at):
        answers = [Answer(item, method=method, note=note) for item, method, note in LOOKED_AT]
        verifications.verify(self._merchant(row), answers=answers, by=self.desk, at=at)

    def sign(self, row, *, at):
        merchant, agency = self._merchant(row), self.stage.agency
        on = business_day(at)
        for number, (kind, wording) in enumerate(self.data["agreements"].items(), 1):
            made = Agreement(
                merchant=merchant,
                kind=kind,
                number=f"HZ{on:%Y%m}-{merchant.code}-{number}",
                agency_party=agency,
                merchant_party=merchant.name,
                valid_from=on,
                valid_to=self.stage.calendar.on(row["agreements_until"]),
                wording=wording,
                **DUTIES.get(kind, {}),
            )
            agreements.add(made, by=self.desk, at=at)
            said = [f"甲方：{agency}", f"乙方：{merchant.name}", f"编号：{made.number}", f"签署日：{on}"]
            file = scan(Agreement.Kind(kind).label, said)
            agreements.sign(made, file, signed_on=on, by=self.desk, at=at)

    def admit(self, row, note="", *, at):
        merchants.admit(self._merchant(row), note=note, by=self.desk, at=at)

    def hold(self, row, reason, clause, *, at):
        holds.hold(
            self._merchant(row), reason=reason, clause=clause, by=self.stage.staff("compliance"), at=at
        )

    def blacklist(self, row, reason, clause, *, at):
        holds.blacklist(
            self._merchant(row), reason=reason, clause=clause, by=self.stage.staff("compliance"), at=at
        )

    def suspend(self, row, note, *, at):
        merchants.suspend(self._merchant(row), note=note, by=self.desk, at=at)

    def appeal(self, row, words, *, at):
        hold = MerchantHold.objects.filter(merchant=self._merchant(row)).latest("id")
        holds.appeal(hold, appeal=words, by=self.stage.owner(row["key"]), at=at)

    def exit(self, row, note, *, at):
        merchants.exit(self._merchant(row), note=note, by=self.desk, at=at)
