"""What carriers tell of parcels, as spreadsheets bring it: one row for each event."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import parcel as parcel_actions
from aftersales.filters.order import ParcelFilter
from aftersales.models import Parcel, TrackingEvent
from aftersales.resources.columns import CARRIER, WAYBILL, step
from mcn.kit import records
from mcn.kit.clock import to_the_second
from mcn.kit.identity import normalise
from mcn.sheets import values
from mcn.sheets.columns import Column
from mcn.sheets.sheet import Outcome, Plan, Sheet

COLUMNS = [
    WAYBILL,
    CARRIER,
    Column(
        "happened_at",
        gettext_lazy("when"),
        synonyms=("时间", "轨迹时间", "更新时间", "操作时间", "happened at", "time"),
        parse=values.moment_or_day,
        required=True,
        example="2026-03-17 14:30:00",
        width=20,
    ),
    Column(
        "kind",
        pgettext_lazy("tracking", "what"),
        synonyms=("状态", "物流状态", "轨迹状态", "节点", "kind", "status"),
        parse=step,
        required=True,
        example="已揽收",
    ),
    Column(
        "place",
        pgettext_lazy("tracking", "where"),
        synonyms=("地点", "网点", "所在地", "城市", "place"),
    ),
    Column(
        "text",
        gettext_lazy("carrier's words"),
        synonyms=("描述", "轨迹描述", "物流描述", "轨迹", "内容", "text"),
        width=40,
    ),
]


class TrackingSheet(Sheet):
    """One row for each event of a waybill; a waybill of several orders tells them all."""

    name = "tracking"
    label = gettext_lazy("tracking events")
    model = Parcel
    columns = COLUMNS
    needed = [["waybill"], ["happened_at"], ["kind"]]
    title = ["waybill", "kind"]
    max_rows = 1_000_000

    def identity(self, row, run):
        number, happened_at = row.get("waybill"), row.get("happened_at")
        return (number, happened_at, row.get("kind")) if number and happened_at else None

    def plan(self, rows, run):
        numbers = {number for row in rows if (number := row.get("waybill"))}
        parcels = Parcel.objects.filter(number__among=numbers)
        if run.by is not None:
            parcels = parcels.visible_to(run.by)
        by_number = {}
        for parcel in parcels.select_related("order").order_by("pk"):
            by_number.setdefault(parcel.number, []).append(parcel)
        known = TrackingEvent.objects.filter(
            parcel__in=[one.pk for same in by_number.values() for one in same]
        )
        told = set(known.values_list("parcel_id", "happened_at", "kind"))
        plans = [self._plan(row, by_number, told, run) for row in rows]
        pairs = [(plan.row, event) for plan in plans for _parcel, event in plan.target or []]
        run.validate(pairs, {"__all__": "happened_at"}, exclude=["parcel"])
        return plans

    def _plan(self, row, by_number, told, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        same = by_number.get(row.values["waybill"], [])
        if carrier := normalise(row.get("carrier")):
            same = parcel_actions.of_carrier(same, carrier)
        if not same:
            run.refuse(row, "waybill", _("No parcel has this waybill number."))
        if row.values["happened_at"] > run.at:
            run.refuse(row, "happened_at", _("This lies in the future."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        kind, happened_at = row.values["kind"], row.values["happened_at"]
        target = [
            (parcel, self._event(row, kind, happened_at, run))
            for parcel in same
            if (parcel.pk, happened_at, kind) not in told
        ]
        return Plan(row, Outcome.CREATED if target else Outcome.UNCHANGED, target)

    def _event(self, row, kind, happened_at, run):
        return records.new(
            TrackingEvent,
            kind=kind,
            happened_at=happened_at,
            place=row.get("place") or "",
            text=row.get("text") or "",
            created_at=run.at,
        )

    def write(self, plans, run):
        parcel_actions.track([pair for plan in plans for pair in plan.target], by=run.by, at=run.at)

    def export_queryset(self, user, params):
        parcels = Parcel.objects.all() if user is None else Parcel.objects.visible_to(user)
        return ParcelFilter(params, parcels).qs if params else parcels

    def lines(self, queryset):
        """A row for each event of the parcels."""
        events = TrackingEvent.objects.filter(parcel__in=queryset.order_by().values("pk")).order_by("pk")
        columns = ["parcel__number", "parcel__carrier", "happened_at", "kind", "place", "text"]
        labels = {kind.value: str(kind.label) for kind in TrackingEvent.Kind}
        for number, carrier, at, kind, place, text in events.values_list(*columns).iterator(chunk_size=2_000):
            yield [number, carrier, to_the_second(at), labels[kind], place, text]
