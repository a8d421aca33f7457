"""Streamers' figures as platforms give them in spreadsheets: one row for each streamer, platform and day."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.agency.models import Platform
from mcn.kit.identity import compact
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from streamers.actions import figures as figures_actions
from streamers.filters.tier import StreamerFiguresFilter
from streamers.models import Streamer, StreamerFigures
from streamers.rules.figures import COLUMNS as SET

COLUMNS = [
    Column(
        "streamer",
        gettext_lazy("streamer code"),
        Kind.CODE,
        ("主播编码", "主播编号", "编码", "streamer"),
        required=True,
        example="S0001",
        extract=lambda row: row.streamer.code,
    ),
    Column(
        "platform",
        gettext_lazy("platform"),
        synonyms=("平台名称", "直播平台", "platform"),
        required=True,
        help=gettext_lazy("Its name or its code."),
        example="抖音",
        extract=lambda row: row.platform.name,
    ),
    Column(
        "day",
        gettext_lazy("as of"),
        Kind.DATE,
        ("日期", "统计日期", "截至日期", "day", "date"),
        required=True,
        example="2026-02-28",
    ),
    Column(
        "followers",
        gettext_lazy("followers"),
        Kind.INTEGER,
        ("粉丝量", "粉丝", "粉丝总数", "followers"),
        example=125000,
    ),
    Column(
        "sales",
        gettext_lazy("sales of 30 days (yuan)"),
        Kind.PRICE,
        ("近30天销售额", "近30天成交额", "成交额", "销售额", "GMV", "sales"),
        example="1860000.00",
    ),
    Column(
        "orientation",
        gettext_lazy("content orientation"),
        Kind.INTEGER,
        ("内容导向评分", "内容评分", "内容分", "orientation"),
        help=gettext_lazy("0 to 100, as the platform or the reviewer scores the contents."),
        example=86,
    ),
]


class FigureSheet(Sheet):
    """One row for each streamer, platform and day; an empty cell leaves the stored figure alone."""

    name = "streamer-figures"
    label = gettext_lazy("streamers' figures")
    model = StreamerFigures
    columns = COLUMNS
    needed = [["streamer"], ["platform"], ["day"], SET]
    title = ["streamer", "platform", "day"]

    def open(self, run):
        platforms = list(Platform.objects.all())
        run.known["platforms"] = {row.name: row for row in platforms} | {row.code: row for row in platforms}

    def identity(self, row, run):
        platform = run.known["platforms"].get(row.get("platform"))
        key = (compact(row.get("streamer") or ""), platform and platform.pk, row.get("day"))
        return key if all(key) else None

    def plan(self, rows, run):
        codes = {compact(row.get("streamer") or "") for row in rows}
        streamers = {row.code: row for row in Streamer.objects.filter(code__in=codes)}
        days = {row.get("day") for row in rows} - {None}
        stored = StreamerFigures.objects.filter(streamer__code__in=codes, day__in=days)
        known = {(row.streamer_id, row.platform_id, row.day): row for row in stored}
        plans = [self._plan(row, streamers, known, run) for row in rows]
        run.validate([(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems])
        return plans

    def _plan(self, row, streamers, known, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        streamer = streamers.get(compact(row.get("streamer")))
        platform = run.known["platforms"].get(row.get("platform"))
        if streamer is None:
            run.refuse(row, "streamer", _("There is no streamer with this code."))
        if platform is None:
            run.refuse(row, "platform", _("There is no such platform."))
        if row.get("day") > run.on:
            run.refuse(row, "day", _("This lies in the future."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        figures = known.get((streamer.pk, platform.pk, row.get("day")))
        figures = figures or StreamerFigures(platform=platform, day=row.get("day"))
        # The one in hand, so that naming a row asks no query.
        figures.streamer, figures.platform = streamer, platform
        changes = {}
        for name in SET:
            old, new = getattr(figures, name), row.get(name)
            if new is not None and new != old:
                changes[name] = [old, new]
                setattr(figures, name, new)
        if figures.pk is None:
            return Plan(row, Outcome.CREATED, figures, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, figures, changes)

    def write(self, plans, run):
        figures_actions.bring([plan.target for plan in plans], by=run.by, at=run.at)

    def export_queryset(self, user, params):
        rows = StreamerFigures.objects.all() if user is None else StreamerFigures.objects.visible_to(user)
        rows = rows.select_related("streamer", "platform").order_by("id")
        return StreamerFiguresFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("streamer", "platform")
