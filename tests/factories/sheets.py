"""Files on their way in, and a sheet to take them: the days of the working calendar, each with a price."""

from django.core.files.uploadedfile import SimpleUploadedFile

from mcn.agency.models import CalendarDay
from mcn.kit import records
from mcn.kit.refusal import Refused
from mcn.sheets import actions
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from tests.factories import AT

DAYS, WARY_DAYS = "tests.factories.sheets.DaySheet", "tests.factories.sheets.WaryDaySheet"


class DaySheet(Sheet):
    """Days of the calendar; a further note of the same day stands in a row without a day."""

    name = "days"
    label = "工作日"
    model = CalendarDay
    columns = [
        Column("day", "日期", Kind.DATE, synonyms=("day",), required=True, example="2026-01-31"),
        Column("worked", "上班", Kind.YES_NO, synonyms=("worked",)),
        Column("note", "备注", synonyms=("note",)),
        Column("price", "价格", Kind.PRICE, synonyms=("price",)),
    ]
    needed = [["day"], ["worked", "note"]]
    leading = ["day"]
    title = ["day", "note"]
    price = "price"
    chunk_rows = 2

    def identity(self, row, run):
        return row.values["day"]

    def plan(self, rows, run):
        days = [row.values["day"] for row in rows]
        known = {day.day: day for day in CalendarDay.objects.filter(day__in=days)}
        plans = [self._plan(row, known.get(row.values["day"])) for row in rows]
        run.validate([(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems])
        return plans

    def _plan(self, row, known):
        if row.continues or row.values["day"] is None:
            return Plan(row, Outcome.UNCHANGED)
        values = {name: row.values[name] for name in ("worked", "note") if name in row.values}
        if known is None:
            return Plan(row, Outcome.CREATED, CalendarDay(day=row.values["day"], **{"worked": True} | values))
        changes = {name: [getattr(known, name), value] for name, value in values.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        for name, (_old, new) in changes.items():
            setattr(known, name, new)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, known, changes)

    def write(self, plans, run):
        records.save_many([plan.target for plan in plans], by=run.by, at=run.at)

    def export_queryset(self, user, params):
        return CalendarDay.objects.order_by("day")

    def export_columns(self):
        return self.columns[:3]


class WaryDaySheet(DaySheet):
    """Days of which only the write finds out that some cannot be: those that are called so."""

    name = "wary-days"

    def write(self, plans, run):
        super().write(plans, run)
        for plan in plans:
            if "不可" in plan.target.note:
                raise Refused(f"{plan.target.note}：不能写入。")


def upload(content, *, by=None, name="days.csv", sheet="days", scope=""):
    """Take a file in as a door does."""
    if isinstance(content, str):
        content = content.encode()
    return actions.upload(sheet, SimpleUploadedFile(name, content), scope=scope, by=by, at=AT)
