"""Mentions as monitoring services give them in spreadsheets: one row for each post."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aftersales.actions import mention as mention_actions
from aftersales.filters.opinion import MentionFilter
from aftersales.models import Mention, Outlet
from aftersales.resources.owned import plain
from aftersales.rules.numbers import without_numbers
from mcn.kit.clock import to_the_second
from mcn.kit.identity import compact, normalise
from mcn.sheets import values
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.models import Merchant
from streamers.models import Streamer

SET = ["text", "reach", "address"]
COLUMNS = [
    Column(
        "outlet",
        gettext_lazy("outlet"),
        synonyms=("平台", "渠道", "来源平台", "媒体", "outlet", "platform"),
        required=True,
        help=gettext_lazy("Its name or its code."),
        example="抖音",
        extract=lambda row: row.outlet.name,
    ),
    Column(
        "number",
        gettext_lazy("number there"),
        synonyms=("编号", "作品id", "评论id", "内容id", "id", "number"),
        required=True,
        help=gettext_lazy("What the outlet itself calls it; its address at worst."),
        example="7351200001",
        width=22,
    ),
    Column(
        "published_at",
        gettext_lazy("published at"),
        synonyms=("发布时间", "时间", "发表时间", "published at"),
        required=True,
        parse=values.moment,
        example="2026-03-16 20:15:30",
        extract=lambda row: to_the_second(row.published_at),
        width=22,
    ),
    Column(
        "text",
        gettext_lazy("what was said"),
        synonyms=("正文", "评论内容", "内容", "标题", "text"),
        required=True,
        example="收到就是坏的，联系客服没人理",
        width=40,
    ),
    Column(
        "author",
        gettext_lazy("who said it"),
        synonyms=("作者", "昵称", "用户", "author"),
        private=True,
        extract=lambda row: "",
    ),
    Column("address", gettext_lazy("web address"), synonyms=("链接", "网址", "url"), width=30),
    Column(
        "reach",
        gettext_lazy("reach"),
        Kind.INTEGER,
        ("互动数", "互动量", "点赞数", "reach"),
        example=12,
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        extract=lambda row: row.merchant.code if row.merchant else "",
    ),
    Column(
        "streamer",
        gettext_lazy("streamer code"),
        Kind.CODE,
        ("主播编码", "主播编号", "streamer"),
        extract=lambda row: row.streamer.code if row.streamer else "",
    ),
]


class MentionSheet(Sheet):
    """One row for each mention, found by outlet and number; one seen again brings its new reach."""

    name = "mentions"
    label = gettext_lazy("mentions")
    model = Mention
    columns = COLUMNS
    needed = [["outlet"], ["number"], ["published_at"], ["text"]]
    title = ["outlet", "number"]

    def open(self, run):
        outlets = list(Outlet.objects.all())
        run.known["outlets"] = {row.name: row for row in outlets} | {row.code: row for row in outlets}

    def identity(self, row, run):
        outlet = run.known["outlets"].get(row.get("outlet"))
        key = (outlet and outlet.pk, normalise(row.get("number") or ""))
        return key if all(key) else None

    def plan(self, rows, run):
        numbers = {normalise(row.get("number") or "") for row in rows}
        stored = Mention.objects.filter(number__in=numbers).select_related("outlet", "product")
        known = {(row.outlet_id, row.number): row for row in stored}
        people = {
            "merchant": _by_code(Merchant, rows, "merchant"),
            "streamer": _by_code(Streamer, rows, "streamer"),
        }
        plans = [self._plan(row, known, people, run) for row in rows]
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems],
            exclude=["published_on"],
        )
        return plans

    def _plan(self, row, known, people, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        outlet = run.known["outlets"].get(row.get("outlet"))
        if outlet is None:
            run.refuse(row, "outlet", _("There is no such outlet."))
        if row.get("published_at") > run.at:
            run.refuse(row, "published_at", _("This lies in the future."))
        found = {name: self._one(row, name, people[name], run) for name in people}
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        number = normalise(row.get("number"))
        mention = known.get((outlet.pk, number))
        fresh = mention is None
        if fresh:
            mention = Mention(outlet=outlet, number=number, published_at=row.get("published_at"))
            mention.author = row.get("author") or ""
        changes = {}
        given = {name: row.get(name) for name in SET} | found
        given["text"] = without_numbers(given["text"])
        for name, new in given.items():
            old = getattr(mention, name)
            if new not in ("", None) and plain(new) != plain(old):
                changes[name] = [str(old or ""), str(new)]
                setattr(mention, name, new)
        if fresh:
            return Plan(row, Outcome.CREATED, mention, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, mention, changes)

    def _one(self, row, name, rows, run):
        code = compact(row.get(name) or "")
        if code and code not in rows:
            run.refuse(row, name, _("There is no row with this code."))
        return rows.get(code)

    def write(self, plans, run):
        source = Mention.Source.SHEET
        mention_actions.bring([plan.target for plan in plans], by=run.by, at=run.at, source=source)

    def export_queryset(self, user, params):
        rows = Mention.objects.all() if user is None else Mention.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return MentionFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("outlet", "merchant", "streamer")


def _by_code(model, rows, name):
    codes = {compact(row.get(name) or "") for row in rows} - {""}
    return {row.code: row for row in model.objects.filter(code__in=codes)} if codes else {}
