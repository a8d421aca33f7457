"""Figures of shows, and of the products in them, as platforms give them in spreadsheets."""

from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import compact
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from streamers.actions import show_metrics as metrics_actions
from streamers.filters.show_event import ItemMetricsFilter, ShowMetricsFilter
from streamers.models import ItemMetrics, RunItem, Show, ShowMetrics

SHOW = Column(
    "show",
    gettext_lazy("show number"),
    Kind.CODE,
    ("场次编号", "直播场次", "场次", "show"),
    required=True,
    example="L00001",
    extract=lambda row: row.show.code,
)
PRODUCT = Column(
    "product",
    gettext_lazy("product number"),
    Kind.CODE,
    ("商品编号", "商品编码", "商品ID", "product"),
    required=True,
    help=gettext_lazy("With the merchant's before it (M0001/P001) where two merchants use the same."),
    example="P001",
    extract=lambda row: f"{row.item.product.merchant.code}/{row.item.product.code}",
)
DAY = Column(
    "day",
    gettext_lazy("as of"),
    Kind.DATE,
    ("日期", "统计日期", "截至日期", "day", "date"),
    required=True,
    example="2026-03-17",
)
AUDIENCE = [
    Column("viewers", gettext_lazy("viewers"), Kind.INTEGER, ("观看人数", "累计观看人数"), example=52_000),
    Column("peak", gettext_lazy("most viewers at once"), Kind.INTEGER, ("最高在线人数", "在线峰值")),
    Column("new_followers", gettext_lazy("new followers"), Kind.INTEGER, ("新增粉丝", "涨粉数")),
]
COUNTS = [
    Column("exposures", gettext_lazy("product exposures"), Kind.INTEGER, ("曝光次数", "商品曝光")),
    Column("clicks", gettext_lazy("clicks on products"), Kind.INTEGER, ("点击次数", "商品点击")),
    Column("orders", gettext_lazy("orders"), Kind.INTEGER, ("订单数", "成交订单数")),
    Column("units", gettext_lazy("pieces sold"), Kind.INTEGER, ("销量", "成交件数"), example=860),
    Column("amount", gettext_lazy("sales (yuan)"), Kind.PRICE, ("成交金额", "GMV"), example="34314.00"),
    Column("returned_units", gettext_lazy("pieces returned"), Kind.INTEGER, ("退货件数", "退款件数")),
    Column("returned_amount", gettext_lazy("refunded (yuan)"), Kind.PRICE, ("退款金额",)),
]


class MetricsSheet(Sheet):
    """One row for each thing counted and day; an empty cell leaves the stored figure alone."""

    chunk_rows = 500
    counts: ClassVar[list[str]] = []  # the columns of the model that a row fills
    points_at: ClassVar[str] = ""  # the field of the model that says what is counted
    counted: ClassVar[str] = ""  # the column that names it, and what to say where there is none
    unknown: ClassVar[Any] = ""

    def identity(self, row, run):
        key = tuple(compact(str(row.get(name) or "")) for name in self.title)
        return key if all(key) else None

    def plan(self, rows, run):
        things, stored = self.look_up(rows, run)
        plans = [self._plan(row, things, stored, run) for row in rows]
        run.validate([(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems])
        return plans

    def look_up(self, rows, run):
        """What the rows count, by the key of a row, and the stored lines by that thing's id and the day."""
        raise NotImplementedError

    def key(self, row):
        """What a row counts, as ``look_up`` keeps it."""
        raise NotImplementedError

    def _plan(self, row, things, stored, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        thing = things.get(self.key(row))
        day = row.get("day")
        if thing is None:
            run.refuse(row, self.counted, self.unknown)
        if day > run.on:
            run.refuse(row, "day", _("This lies in the future."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        metrics = stored.get((thing.pk, day)) or self.model(day=day)
        # The one in hand, so that naming a row asks no query.
        setattr(metrics, self.points_at, thing)
        try:
            metrics_actions.require_after(metrics, at=run.at)
        except ValidationError as error:
            run.refuse(row, "day", "；".join(error.messages))
            return Plan(row, Outcome.REFUSED)
        changes = {}
        for name in self.counts:
            old, new = getattr(metrics, name), row.get(name)
            if new is not None and new != old:
                changes[name] = [old, new]
                setattr(metrics, name, new)
        if metrics.pk is None:
            return Plan(row, Outcome.CREATED, metrics, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, metrics, changes)

    def write(self, plans, run):
        metrics_actions.bring([plan.target for plan in plans], by=run.by, at=run.at)


class ShowMetricsSheet(MetricsSheet):
    """One row for each show and day."""

    name = "show-metrics"
    label = gettext_lazy("figures of shows")
    model = ShowMetrics
    columns = [SHOW, DAY, *AUDIENCE, *COUNTS]
    needed = [["show"], ["day"], ShowMetrics.COUNTS]
    title = ["show", "day"]
    counts = ShowMetrics.COUNTS
    points_at, counted = "show", "show"
    unknown = gettext_lazy("There is no show with this number.")

    def key(self, row):
        return compact(row.get("show"))

    def look_up(self, rows, run):
        codes = {compact(row.get("show") or "") for row in rows}
        days = {row.get("day") for row in rows} - {None}
        stored = ShowMetrics.objects.filter(show__code__in=codes, day__in=days)
        shows = {show.code: show for show in Show.objects.filter(code__in=codes)}
        return shows, {(row.show_id, row.day): row for row in stored}

    def export_queryset(self, user, params):
        rows = ShowMetrics.objects.all() if user is None else ShowMetrics.objects.visible_to(user)
        rows = rows.select_related("show").order_by("id")
        return ShowMetricsFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("show")


class ItemMetricsSheet(MetricsSheet):
    """One row for each product in a show and day."""

    name = "item-metrics"
    label = gettext_lazy("figures of products in shows")
    model = ItemMetrics
    columns = [replace(SHOW, extract=lambda row: row.item.show.code), PRODUCT, DAY, *COUNTS]
    needed = [["show"], ["product"], ["day"], ItemMetrics.COUNTS]
    title = ["show", "product", "day"]
    counts = ItemMetrics.COUNTS
    points_at, counted = "item", "product"
    unknown = gettext_lazy("This product is not on the run sheet of this show, or stands there twice.")

    def key(self, row):
        return compact(row.get("show")), compact(row.get("product"))

    def look_up(self, rows, run):
        codes = {compact(row.get("show") or "") for row in rows}
        items = RunItem.objects.standing().filter(show__code__in=codes)
        things = {}
        for item in items.select_related("show", "product__merchant"):
            product = item.product
            things[item.show.code, f"{product.merchant.code}/{product.code}"] = item
            plain = (item.show.code, product.code)
            # A number that two merchants use is nobody's alone.
            things[plain] = None if plain in things else item
        days = {row.get("day") for row in rows} - {None}
        stored = ItemMetrics.objects.filter(item__show__code__in=codes, day__in=days)
        return things, {(row.item_id, row.day): row for row in stored}

    def export_queryset(self, user, params):
        rows = ItemMetrics.objects.all() if user is None else ItemMetrics.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return ItemMetricsFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("item__show", "item__product__merchant")
