"""Complaints as platforms and hotlines list them in spreadsheets: one row for each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import complaint_intake as intake
from aftersales.filters.complaint import ComplaintFilter
from aftersales.models import Channel, Complaint, Nature, Urgency
from mcn.agency.models import Platform
from mcn.kit.clock import to_the_second
from mcn.kit.identity import normalise
from mcn.kit.privacy import mask
from mcn.sheets import values
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet

SET = ["nature", "urgency", "wish", "amount", "order_number", "name", "phone", "contact"]

COLUMNS = [
    Column(
        "reference",
        gettext_lazy("number at the channel"),
        synonyms=("投诉单号", "工单号", "单号", "reference"),
        required=True,
        help=gettext_lazy("A number that came already is left alone."),
        example="DY20260316001",
        width=22,
    ),
    Column(
        "channel",
        gettext_lazy("channel"),
        Kind.CHOICE,
        ("渠道", "来源", "channel"),
        choices=Channel.choices,
        required=True,
        example="平台转来",
    ),
    Column(
        "platform",
        gettext_lazy("platform"),
        synonyms=("平台", "platform"),
        example="抖音",
        extract=lambda row: row.platform.name if row.platform else "",
    ),
    Column(
        "nature",
        gettext_lazy("nature"),
        Kind.CHOICE,
        ("投诉类型", "类型", "性质", "nature"),
        choices=Nature.choices,
        required=True,
        example="商品质量",
    ),
    Column(
        "urgency",
        pgettext_lazy("complaint sheet", "urgency"),
        Kind.CHOICE,
        ("紧急程度", "urgency"),
        choices=Urgency.choices,
    ),
    Column(
        "text",
        pgettext_lazy("complaint", "what happened"),
        synonyms=("投诉内容", "内容", "描述", "text"),
        required=True,
        example="收到的商品有破损，要求退款",
        width=40,
    ),
    Column(
        "received_at",
        gettext_lazy("received at"),
        synonyms=("投诉时间", "创建时间", "received at"),
        required=True,
        parse=values.moment,
        example="2026-03-16 20:15:30",
        extract=lambda row: to_the_second(row.received_at),
        width=22,
    ),
    Column("order_number", gettext_lazy("order number"), synonyms=("订单号", "order number"), width=24),
    Column(
        "wish",
        gettext_lazy("what the consumer asks for"),
        Kind.CHOICE,
        ("诉求", "wish"),
        choices=Complaint.Wish.choices,
    ),
    Column("amount", gettext_lazy("amount claimed"), Kind.PRICE, ("要求金额", "amount")),
    Column(
        "name",
        gettext_lazy("consumer's name"),
        synonyms=("姓名", "消费者", "name"),
        extract=lambda row: mask(row.name),
    ),
    Column(
        "phone",
        gettext_lazy("consumer's phone"),
        synonyms=("电话", "手机号", "phone"),
        extract=lambda row: mask(row.phone),
    ),
    Column(
        "contact",
        gettext_lazy("other contact"),
        synonyms=("昵称", "其他联系方式", "contact"),
        extract=lambda row: mask(row.contact),
    ),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        ("状态", "state"),
        choices=Complaint.State.choices,
        help=gettext_lazy("Only for reading: complaints are dealt with in the back office."),
    ),
]


class ComplaintSheet(Sheet):
    """One row for each complaint, found by the channel's own number; a new one is taken in."""

    name = "complaints"
    label = gettext_lazy("complaints")
    model = Complaint
    columns = COLUMNS
    needed = [["reference"], ["channel"], ["nature"], ["text"], ["received_at"]]
    title = ["reference", "nature", "received_at"]
    chunk_rows = 500

    def open(self, run):
        run.known["platforms"] = {row.name: row for row in Platform.objects.all()}

    def identity(self, row, run):
        key = (row.get("channel"), normalise(row.get("reference") or ""))
        return key if all(key) else None

    def plan(self, rows, run):
        numbers = {normalise(row.get("reference") or "") for row in rows}
        stored = Complaint.objects.filter(reference__in=numbers - {""})
        known = {(row.channel, row.reference): row for row in stored}
        plans = [self._plan(row, known, run) for row in rows]
        fresh = [(plan.row, plan.target) for plan in plans if plan.outcome == Outcome.CREATED]
        run.validate(fresh, exclude=["code", "tracking", "pin"])
        return plans

    def _plan(self, row, known, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        found = known.get(self.identity(row, run))
        if found:
            return Plan(row, Outcome.UNCHANGED, found)
        if row.get("received_at") > run.at:
            run.refuse(row, "received_at", _("This lies in the future."))
        platform = run.known["platforms"].get(row.get("platform") or "")
        if row.get("platform") and platform is None:
            run.refuse(row, "platform", _("There is no platform of this name."))
        made = Complaint(
            channel=row.get("channel"),
            reference=normalise(row.get("reference")),
            text=row.get("text"),
            received_at=row.get("received_at"),
            platform=platform,
        )
        for name in SET:
            if row.get(name) not in (None, ""):
                setattr(made, name, row.get(name))
        changes = {name: ["", row.get(name)] for name in ("nature", "text", "received_at")}
        return Plan(row, Outcome.CREATED, made, changes)

    def write(self, plans, run):
        intake.receive_many([plan.target for plan in plans], by=run.by, at=run.at)

    def export_queryset(self, user, params):
        rows = Complaint.objects.all() if user is None else Complaint.objects.visible_to(user)
        rows = rows.select_related("platform").order_by("id")
        return ComplaintFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("platform")
