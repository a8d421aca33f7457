"""Violations as people list them in spreadsheets: one row for each."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.clock import business_day, to_the_second
from mcn.kit.identity import compact
from mcn.sheets import values
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from streamers.actions import violation as violation_actions
from streamers.filters.violation import ViolationFilter
from streamers.models import Severity, Streamer, Violation, ViolationAction, ViolationCode, ViolationTariff

SET = ["place", "recording_second", "description", *violation_actions.TARIFF]
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
        "clause",
        gettext_lazy("clause"),
        synonyms=("违规条目", "违规条款", "违规代码", "clause", "code"),
        required=True,
        help=gettext_lazy("The code of the violation, as the catalogue of codes has it."),
        example="DB4401 5.2.3.3 d",
        extract=lambda row: row.code.clause,
        width=22,
    ),
    Column(
        "happened_at",
        gettext_lazy("happened at"),
        synonyms=("违规时间", "时间", "happened at"),
        required=True,
        parse=values.moment,
        example="2026-03-16 20:15:30",
        extract=lambda row: to_the_second(row.happened_at),
        width=22,
    ),
    Column("place", gettext_lazy("where"), synonyms=("平台", "直播间", "场次", "place"), width=22),
    Column(
        "recording_second",
        gettext_lazy("second of the recording"),
        Kind.INTEGER,
        ("录像秒", "秒数", "recording second"),
    ),
    Column(
        "description",
        gettext_lazy("what happened"),
        synonyms=("违规描述", "描述", "情况说明", "description"),
        required=True,
        example="口播称“七天见效”，无依据",
        width=40,
    ),
    Column(
        "severity",
        gettext_lazy("severity"),
        Kind.CHOICE,
        ("严重程度", "等级", "severity"),
        choices=Severity.choices,
        help=gettext_lazy("Empty for what the tariff says."),
    ),
    Column("points", gettext_lazy("points"), Kind.INTEGER, ("扣分", "points")),
    Column(
        "action",
        gettext_lazy("measure"),
        Kind.CHOICE,
        ("处置", "处理措施", "measure", "action"),
        choices=ViolationAction.choices,
    ),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        ("状态", "state"),
        choices=Violation.State.choices,
        help=gettext_lazy("Only for reading: a violation is confirmed in the back office."),
    ),
]


class ViolationSheet(Sheet):
    """One row for each violation, found by streamer, clause and moment; a new one is reported."""

    name = "violations"
    label = gettext_lazy("violations")
    model = Violation
    columns = COLUMNS
    needed = [["streamer"], ["clause"], ["happened_at"], ["description"]]
    title = ["streamer", "clause", "happened_at"]
    chunk_rows = 500

    def open(self, run):
        run.known["codes"] = {row.clause: row for row in ViolationCode.objects.all()}
        run.known["tariffs"] = {}
        for row in ViolationTariff.objects.order_by("valid_from"):
            run.known["tariffs"].setdefault(row.code_id, []).append(row)

    def identity(self, row, run):
        key = (compact(row.get("streamer") or ""), row.get("clause"), row.get("happened_at"))
        return key if all(key) else None

    def plan(self, rows, run):
        codes = {compact(row.get("streamer") or "") for row in rows}
        streamers = {row.code: row for row in Streamer.objects.filter(code__in=codes)}
        moments = {row.get("happened_at") for row in rows} - {None, ""}
        rows_then = Violation.objects.filter(streamer__code__in=codes, happened_at__in=moments)
        # One that stands wins over one that was dismissed.
        stored = sorted(rows_then, key=lambda row: row.state != Violation.State.DISMISSED)
        known = {(row.streamer_id, row.code_id, row.happened_at): row for row in stored}
        plans = [self._plan(row, streamers, known, run) for row in rows]
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems],
            {"code": "clause"},
        )
        return plans

    def _plan(self, row, streamers, known, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        streamer = streamers.get(compact(row.get("streamer")))
        code = run.known["codes"].get(row.get("clause"))
        if streamer is None:
            run.refuse(row, "streamer", _("There is no streamer with this code."))
        if code is None:
            run.refuse(row, "clause", _("There is no such code of violations."))
        if row.get("happened_at") > run.at:
            run.refuse(row, "happened_at", _("This lies in the future."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        violation = known.get((streamer.pk, code.pk, row.get("happened_at")))
        violation = violation or Violation(happened_at=row.get("happened_at"))
        violation.streamer, violation.code = streamer, code
        changes = dict(_differences(violation, row))
        if violation.pk and changes and violation.state != Violation.State.REPORTED:
            message = _("%(row)s is %(state)s and cannot be changed now.")
            run.refuse(row, "state", message % {"row": violation, "state": violation.get_state_display()})
        if violation.pk and changes and not violation_actions.may_change(violation, run.by):
            message = _("Only who reported it mends the report: confirm it with other weights, and why.")
            run.refuse(row, "state", message)
        for name, (_old, new) in changes.items():
            setattr(violation, name, new)
        if violation.pk is None:
            self._weigh(violation, run)
            return Plan(row, Outcome.CREATED, violation, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, violation, changes)

    def _weigh(self, violation, run):
        """What the row leaves out comes from the tariff of the day, as for a report by hand."""
        on = business_day(violation.happened_at)
        in_force = [row for row in run.known["tariffs"].get(violation.code_id, []) if row.valid_from <= on]
        violation_actions.weigh(violation, in_force[-1] if in_force else None)

    def write(self, plans, run):
        for plan in plans:
            verb = violation_actions.change if plan.target.pk else violation_actions.report
            verb(plan.target, by=run.by, at=run.at)

    def export_queryset(self, user, params):
        rows = Violation.objects.all() if user is None else Violation.objects.visible_to(user)
        rows = rows.select_related("streamer", "code").order_by("id")
        return ViolationFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("streamer", "code")


def _differences(violation, row):
    for name in SET:
        value = row.get(name)
        if value in ("", None):
            continue
        old = getattr(violation, name)
        if isinstance(value, str) and isinstance(old, str) and _plain(value) == _plain(old):
            continue
        if value != old:
            yield name, [old, value]


def _plain(text):
    """A text as a cell gives it back: line ends alike, nothing around it."""
    return text.replace("\r\n", "\n").strip()
