"""Orders as platforms give them out in spreadsheets: a row for each line, the order's cells repeated."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import order as order_actions
from aftersales.actions.order import Arrival, line_number
from aftersales.filters.order import OrderFilter
from aftersales.models import Order, OrderLine, Parcel
from aftersales.resources.columns import BUYER, ORDER_COLUMNS
from aftersales.resources.places import merchants_by_word, place_of, read_scope, scopes_of
from mcn.kit import records
from mcn.kit.bulk import loaded
from mcn.kit.clock import to_the_second
from mcn.kit.identity import normalise
from mcn.kit.privacy import mask
from mcn.sheets.sheet import Outcome, Plan, Sheet
from products.models import Sku
from streamers.models import Show

State = Order.State
OWN = ["state", "paid_at", "promised_on", "shipped_at", "received_at"]
PRIVATE = [column.name for column in BUYER]
BOUGHT = ["sku_code", "title", "spec", "quantity", "price", "paid"]
EXPORTED = [
    "order__number",
    "order__merchant__code",
    "order__show__code",
    "order__state",
    *[f"order__{name}" for name in OWN[1:]],
    *[f"order__{name}" for name in PRIVATE],
    "number",
    *BOUGHT,
]


class OrderSheet(Sheet):
    """One row for each line of an order; rows with the same order number are one order."""

    name = "orders"
    label = pgettext_lazy("order", "orders")
    model = Order
    columns = ORDER_COLUMNS
    needed = [["number"], ["paid_at"], ["title"], ["paid", "price"]]
    title = ["number", "title"]
    price = "paid"
    scope_label = gettext_lazy("platform and merchant")
    max_rows = 1_000_000

    def scopes(self, user):
        return scopes_of(user)

    def place(self, scope):
        return place_of(scope)

    def open(self, run):
        run.known["platform"], merchants = read_scope(run)
        run.known["merchants"] = merchants_by_word(merchants)
        run.known["only"] = merchants[0].pk if len(merchants) == 1 else None

    def identity(self, row, run):
        number = row.get("number")
        row.keys = line = row.get("line") or line_number(
            row.get("sku_code") or "", row.get("title") or "", row.get("spec") or ""
        )
        return (number, line) if number else None

    def plan(self, rows, run):
        chunk = Chunk(rows, run)
        plans = [chunk.plan(row) for row in rows]
        _refuse_wrong(plans, run)
        return plans

    def write(self, plans, run):
        arrivals = {id(plan.target[0]): plan.target[0] for plan in plans}
        order_actions.bring(list(arrivals.values()), by=run.by, at=run.at)

    def export_queryset(self, user, params):
        orders = Order.objects.all() if user is None else Order.objects.visible_to(user)
        return OrderFilter(params, orders).qs if params else orders

    def lines(self, queryset):
        """A row for each line, read as plain values; who bought goes out masked, whoever asks."""
        lines = OrderLine.objects.filter(order__in=queryset.order_by().values("pk"))
        labels = {state.value: str(state.label) for state in State}
        for cells in lines.order_by("pk").values_list(*EXPORTED).iterator(chunk_size=2_000):
            number, merchant, show, state, paid_at, promised_on, shipped_at, received_at, *rest = cells
            paid, shipped, received = map(to_the_second, [paid_at, shipped_at, received_at])
            told = [labels[state], paid, promised_on, shipped, received]
            yield [number, merchant, show, *told, *map(mask, rest[:3]), *rest[3:]]

    def export_columns(self):
        """All but the parcel, which has a sheet of its own."""
        return self.columns[: len(EXPORTED)]


class Chunk:
    """The orders that a chunk of rows is about, each one object however many rows name it."""

    def __init__(self, rows, run):
        self.run = run
        places = run.reader.places
        self.own = [name for name in OWN if name in places]
        self.private = [name for name in PRIVATE if name in places]
        self.bought = [name for name in BOUGHT if name in places]
        numbers = {number for row in rows if (number := row.get("number"))}
        stored = loaded(Order.objects.filter(platform=run.known["platform"], number__among=numbers))
        by_id = {order.pk: Arrival(order) for order in stored}
        for line in loaded(OrderLine.objects.filter(order__among=[*by_id]).order_by("pk")):
            by_id[line.order_id].lines.append(line)
        self.arrivals = {arrival.order.number: arrival for arrival in by_id.values()}
        self.lines = {
            (arrival.order.number, line.number): line for arrival in by_id.values() for line in arrival.lines
        }
        parcels = (
            Parcel.objects.filter(order__among=[*by_id]) if "waybill" in places else Parcel.objects.none()
        )
        self.parcels = {
            (by_id[parcel.order_id].order.number, parcel.number): parcel for parcel in loaded(parcels)
        }
        codes = {code for row in rows if (code := row.get("sku_code"))}
        skus = Sku.objects.filter(merchant__in=run.known["merchants"].values(), code__among=codes)
        self.skus = {
            (sku[0], sku[1]): sku[2:] for sku in skus.values_list("merchant_id", "code", "pk", "product_id")
        }
        shows = {code for row in rows if (code := row.get("show"))}
        self.shows = dict(Show.objects.filter(code__in=shows).values_list("code", "pk")) if shows else {}

    def plan(self, row):
        """What a row means, with the values it brings set on its order, line and parcel."""
        merchant = self._merchant(row)
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        arrival = self.arrivals.get(row.values["number"]) or self._new(row, merchant)
        if arrival.order.merchant_id != merchant:
            self.run.refuse(row, "merchant", _("This order belongs to another merchant."))
            return Plan(row, Outcome.REFUSED)
        changes = {}
        self._set_order(arrival.order, row, changes)
        line, is_new = self._line(arrival, row, changes)
        self._parcel(arrival, row, changes)
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        outcome = Outcome.CREATED if is_new else Outcome.UPDATED if changes else Outcome.UNCHANGED
        return Plan(row, outcome, (arrival, line), changes)

    def _merchant(self, row):
        word = normalise(row.get("merchant"))
        found = self.run.known["merchants"].get(word.casefold()) if word else self.run.known["only"]
        if found is None and not row.problems:
            said = _("There is no such merchant, or you may not import for it.")
            self.run.refuse(row, "merchant", said if word else _("Say whose order this is."))
        return found

    def _new(self, row, merchant):
        arrival = Arrival(
            records.new(
                Order,
                platform_id=self.run.known["platform"],
                number=row.values["number"],
                merchant_id=merchant,
                created_at=self.run.at,
            )
        )
        self.arrivals[row.values["number"]] = arrival
        return arrival

    def _set_order(self, order, row, changes):
        told = {name: row.values[name] for name in self.own if row.values[name] not in ("", None)}
        told.setdefault("state", _state_of(told, row))
        told = order_actions.news(order, told)
        if word := row.get("show"):
            if word not in self.shows:
                self.run.refuse(row, "show", _("There is no show with this number."))
            else:
                told["show_id"] = self.shows[word]
        for name in self.private if order.purged_at is None else []:
            if _says_more(row.values[name], getattr(order, name)):
                told[name] = normalise(row.values[name])
        set_news(order, told, changes)
        for state, name in ((State.SHIPPED, "shipped_at"), (State.RECEIVED, "received_at")):
            if order.state == state and getattr(order, name) is None:
                self.run.refuse(
                    row, name, _("Say when: the order is told to be %(state)s.") % {"state": state.label}
                )
        if order.state == State.CLOSED and order.closed_at is None:
            order.closed_at = self.run.at

    def _line(self, arrival, row, changes):
        key = (row.values["number"], row.keys)
        is_new = key not in self.lines
        if is_new:
            self.lines[key] = records.new(OrderLine, number=row.keys, created_at=self.run.at)
            arrival.lines.append(self.lines[key])
        line = self.lines[key]
        told = {name: row.values[name] for name in self.bought if row.values[name] not in ("", None)}
        pieces = told.get("quantity", line.quantity)
        if is_new and not {"paid", "price"} & told.keys():
            self.run.refuse(row, "paid", _("Say what was paid for it."))
            return line, is_new
        if "paid" not in told and is_new:
            told["paid"] = told["price"] * pieces
        if "price" not in told and is_new:
            told["price"] = (told["paid"] / (pieces or 1)).quantize(told["paid"])
        if found := self.skus.get((arrival.order.merchant_id, told.get("sku_code", ""))):
            told |= {"sku_id": found[0], "product_id": found[1]}
        set_news(line, told, changes)
        return line, is_new

    def _parcel(self, arrival, row, changes):
        number = row.get("waybill")
        if not number or (row.values["number"], number) in self.parcels:
            return
        order = arrival.order
        if order.shipped_at is None:
            self.run.refuse(row, "waybill", _("There is a waybill, but no word of when it was shipped."))
            return
        parcel = records.new(
            Parcel,
            carrier=row.get("carrier") or _("unknown carrier"),
            number=number,
            shipped_at=order.shipped_at,
            heard_at=order.shipped_at,
            created_at=self.run.at,
        )
        self.parcels[row.values["number"], number] = parcel
        arrival.parcels.append(parcel)
        changes["waybill"] = ["", number]


def _state_of(told, row):
    """The state that moments tell of where no column says it."""
    if "received_at" in told:
        return State.RECEIVED.value
    return State.SHIPPED.value if "shipped_at" in told or row.get("waybill") else State.PAID.value


def _says_more(new, old):
    """Whether a buyer's cell is news: what a platform, or our own export, has masked says nothing new."""
    return bool(new) and not (old and "*" in new) and normalise(new) != old


def set_news(row, told, changes):
    """Set values that differ, and tell old and new; of a new row there is no old to tell."""
    if row._state.adding:
        vars(row).update(told)
        return
    for name, value in told.items():
        old = getattr(row, name)
        if old != value:
            changes[name] = [old, value]
            setattr(row, name, value)


def _refuse_wrong(plans, run):
    """Refuse rows whose order, line or parcel the one write would not take; a wrong order takes all rows."""
    sound = [plan for plan in plans if plan.target and not plan.row.problems]
    rows_of = {}
    for plan in sound:
        rows_of.setdefault(id(plan.target[0]), []).append(plan)
    leaders = [same[0] for same in rows_of.values()]
    names = {"__all__": "number", "amount": "paid"}
    run.validate([(plan.row, plan.target[0].order) for plan in leaders], names, exclude=["amount"])
    for plan in leaders:
        for other in rows_of[id(plan.target[0])][1:]:
            if plan.row.problems and not other.row.problems:
                message = _("It belongs to row %(row)s, which is refused.") % {"row": plan.row.number}
                run.refuse(other.row, "number", message)
    good = [plan for plan in sound if not plan.row.problems]
    run.validate([(plan.row, plan.target[1]) for plan in good], {"number": "line"}, exclude=["order"])
