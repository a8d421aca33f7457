"""Run sheets as people write them in spreadsheets: one row for each SKU that a show offers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import compact, normalise
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from products.models import Product, Sku
from products.rules.listing import LISTING
from streamers.actions import run_sheet as run_sheet_actions
from streamers.filters.show import ShowFilter
from streamers.models import Offer, RunItem, Show
from streamers.rules.go_live import days

COLUMNS = [
    Column(
        "show",
        gettext_lazy("show number"),
        Kind.CODE,
        ("场次编号", "场次", "直播场次", "show"),
        required=True,
        example="L00001",
    ),
    Column(
        "position",
        gettext_lazy("No."),
        Kind.INTEGER,
        ("排序", "顺序", "序", "position"),
        help=gettext_lazy("The place on the run sheet; new products come at the end."),
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        example="M0001",
    ),
    Column(
        "product",
        gettext_lazy("product number"),
        Kind.CODE,
        ("货号", "商品编码", "商品编号", "款号", "product"),
        required=True,
        example="GZ-001",
    ),
    Column(
        "name",
        gettext_lazy("product name"),
        synonyms=("商品名称", "品名", "name"),
        help=gettext_lazy("Only for reading."),
        width=30,
    ),
    Column(
        "sku",
        gettext_lazy("SKU code"),
        Kind.CODE,
        ("SKU", "规格编码", "sku"),
        help=gettext_lazy("Empty where the product has one SKU."),
    ),
    Column("price", gettext_lazy("price in the show"), Kind.PRICE, ("直播价", "到手价", "活动价", "price")),
    Column(
        "compared_price", gettext_lazy("compared price"), Kind.PRICE, ("划线价", "原价", "compared price")
    ),
    Column(
        "price_basis",
        gettext_lazy("basis of the compared price"),
        synonyms=("划线价依据", "价格依据", "basis"),
        width=30,
    ),
    Column("spot", gettext_lazy("spot quantity"), Kind.INTEGER, ("现货", "现货量", "现货库存", "spot")),
    Column("presale", gettext_lazy("presale quantity"), Kind.INTEGER, ("预售", "预售量", "presale")),
    Column("ships_on", gettext_lazy("presale ships by"), Kind.DATE, ("预售发货日", "发货日期", "ships by")),
    Column("link", gettext_lazy("link"), synonyms=("商品链接", "购物链接", "link"), width=30),
    Column("minutes", gettext_lazy("minutes on the table"), Kind.INTEGER, ("讲解分钟", "时长", "minutes")),
    Column("note", gettext_lazy("note"), synonyms=("备注", "note"), width=24),
]
OF_ITEM = ["minutes", "note"]
OF_OFFER = ["price", "compared_price", "price_basis", "spot", "presale", "ships_on", "link"]


@dataclass
class Wanted:
    """What a row asks for: the line of a product, new or there, and the offer of one SKU on it."""

    show: Show
    item: RunItem
    offer: Any
    place: Any = None


class RunSheetSheet(Sheet):
    """One row for each show, product and SKU; an empty cell leaves what is there alone."""

    name = "run-sheets"
    label = gettext_lazy("run sheets")
    model = Show
    columns = COLUMNS
    needed = [["show"], ["product"]]
    title = ["show", "product", "sku"]
    chunk_rows = 500

    def identity(self, row, run):
        key = (compact(row.get("show") or ""), row.get("merchant"), row.get("product"), row.get("sku"))
        return key if row.get("show") and row.get("product") else None

    def plan(self, rows, run):
        chunk = Chunk(rows, run)
        plans = [chunk.plan(row) for row in rows]
        made = [plan for plan in plans if plan.target and not plan.row.problems]
        # A line or offer that is not stored yet is judged when it is written.
        run.validate([(plan.row, plan.target.offer) for plan in made if plan.target.offer.pk])
        return plans

    def write(self, plans, run):
        by_show = {}
        for plan in plans:
            by_show.setdefault(plan.target.show.pk, []).append(plan.target)
        for wanted in by_show.values():
            write_show(wanted, by=run.by, at=run.at)

    def export_queryset(self, user, params):
        shows = Show.objects.all() if user is None else Show.objects.visible_to(user)
        return ShowFilter(params, shows).qs.order_by("id") if params else shows.order_by("id")

    def lines(self, queryset):
        offers = Offer.objects.filter(removed_at=None).select_related("sku")
        items = RunItem.objects.filter(removed_at=None).select_related("product__merchant")
        items = items.prefetch_related(Prefetch("offers", offers, to_attr="offers_now"))
        shows = queryset.prefetch_related(Prefetch("items", items, to_attr="items_now"))
        for show in shows.iterator(chunk_size=200):
            for item in show.items_now:
                for offer in item.offers_now or [None]:
                    yield _line(show, item, offer)


def _line(show, item, offer):
    merchant, product = item.product.merchant, item.product
    offered = [getattr(offer, name) for name in OF_OFFER] if offer else [None] * len(OF_OFFER)
    sku = offer.sku.code if offer else ""
    return [
        show.code,
        item.position,
        merchant.code,
        product.code,
        product.name,
        sku,
        *offered,
        item.minutes,
        item.note,
    ]


class Chunk:
    """The shows, products and SKUs that some rows name, loaded at once."""

    def __init__(self, rows, run):
        self.run = run
        shows = Show.objects.filter(code__in={normalise(row.get("show") or "").upper() for row in rows})
        shows = shows if run.by is None else shows.visible_to(run.by)
        self.shows = {show.code: show for show in shows}
        products = Product.objects.filter(code__in={normalise(row.get("product") or "") for row in rows})
        products = products if run.by is None else products.visible_to(run.by)
        self.products = {}
        for product in products.select_related("merchant"):
            self.products.setdefault(product.code, []).append(product)
        found = [product.pk for same in self.products.values() for product in same]
        self.skus = {}
        for sku in Sku.objects.filter(product__in=found):
            self.skus.setdefault(sku.product_id, []).append(sku)
        items = RunItem.objects.filter(removed_at=None, show__in=self.shows.values(), product__in=found)
        self.items = {
            (item.show_id, item.product_id): item for item in items.select_related("show", "product")
        }
        offers = Offer.objects.filter(removed_at=None, item__in=self.items.values())
        self.offers = {(offer.item_id, offer.sku_id): offer for offer in offers.select_related("item", "sku")}
        self.refusals = self._refusals(found)

    def _refusals(self, products):
        """Why products may not be listed, by show and product; asked once a day of shows."""
        by_day = {}
        for show in self.shows.values():
            by_day.setdefault(days(show)[0], []).append(show.pk)
        found = {}
        for day, shows in by_day.items():
            reports = LISTING.inspect_many(Product.objects.filter(pk__in=products), on=day)
            for pk, report in reports.items():
                found |= {(show, pk): report.blockers[0] for show in shows if report.blockers}
        return found

    def plan(self, row):
        """What becomes of a row."""
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        show = self._show(row)
        product = self._product(row)
        sku = self._sku(row, product) if product else None
        if show is None or product is None or sku is None or row.problems:
            return Plan(row, Outcome.REFUSED)
        item = self.items.get((show.pk, product.pk))
        blocker = self.refusals.get((show.pk, product.pk))
        if item is None and blocker:
            self.run.refuse(row, "product", f"{blocker.clause}：{blocker.message}")
            return Plan(row, Outcome.REFUSED)
        if item is None:
            item = RunItem(show=show, product=product)
            self.items[show.pk, product.pk] = item
        stored = self.offers.get((item.pk, sku.pk))
        offer = stored or Offer(item=item, sku=sku, price=sku.price, compared_price=sku.list_price)
        changes = _changes(row, item, OF_ITEM) | _changes(row, offer, OF_OFFER)
        place = row.get("position")
        if place and item.pk and place != item.position:
            changes["position"] = [item.position, place]
        wanted = Wanted(show, item, offer, place)
        if stored is None:
            return Plan(row, Outcome.CREATED, wanted, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, wanted, changes)

    def _show(self, row):
        show = self.shows.get(normalise(row.get("show")).upper())
        if show is None:
            self.run.refuse(row, "show", _("There is no show with this number."))
        elif show.state not in Show.EDITABLE:
            said = _("%(show)s is %(state)s: take the clearance back before you change it.")
            self.run.refuse(row, "show", said % {"show": show, "state": show.get_state_display()})
        return show

    def _product(self, row):
        merchant = compact(row.get("merchant") or "")
        same = self.products.get(normalise(row.get("product")), [])
        found = [product for product in same if not merchant or product.merchant.code == merchant]
        if len(found) == 1:
            return found[0]
        said = _("Several merchants have it: give the merchant's code.") if found else ""
        self.run.refuse(row, "product", said or _("There is no product with this number."))
        return None

    def _sku(self, row, product):
        skus = self.skus.get(product.pk, [])
        asked = normalise(row.get("sku") or "")
        found = [sku for sku in skus if not asked or sku.code == asked]
        if len(found) == 1:
            return found[0]
        said = _("The product has several SKUs: say which.") if found else _("The product has no such SKU.")
        self.run.refuse(row, "sku", said)
        return None


def _changes(row, obj, names):
    """Set what a row gives, and tell what that changes."""
    changes = {}
    for name in names:
        old, new = getattr(obj, name), row.get(name)
        if new in ("", None) or new == old:
            continue
        changes[name] = [old, new]
        setattr(obj, name, new)
    return changes


def write_show(wanted, *, by, at):
    """Bring one show's rows in: new products at the end, then lines, offers, and the order asked for."""
    show = wanted[0].show
    new = {row.item.product.pk: row.item for row in wanted if row.item.pk is None}
    if new:
        picked = run_sheet_actions.pick(show, [item.product for item in new.values()], by=by, at=at)
        _take_over(wanted, {item.product_id: item for item in picked})
    for item in {row.item.pk: row.item for row in wanted}.values():
        run_sheet_actions.change_item(item, by=by, at=at)
    run_sheet_actions.offer([row.offer for row in wanted], by=by, at=at)
    places = {row.item.pk: row.place for row in wanted if row.place}
    if places:
        items = show.items.standing()
        order = sorted(items, key=lambda item: (places.get(item.pk, item.position), item.pk not in places))
        run_sheet_actions.arrange(show, [item.pk for item in order], by=by, at=at)


def _take_over(wanted, picked):
    """Give the lines and offers that picking made what the rows say of them."""
    made = Offer.objects.filter(removed_at=None, item__in=picked.values()).select_related("item__show", "sku")
    offers = {(offer.item_id, offer.sku_id): offer for offer in made}
    for row in wanted:
        if row.item.pk is None:
            stored, given = picked[row.item.product_id], row.item
            for name in OF_ITEM:
                setattr(stored, name, getattr(given, name))
            row.item = stored
        stored = offers.get((row.item.pk, row.offer.sku_id))
        if row.offer.pk is None and stored:
            for name in OF_OFFER:
                setattr(stored, name, getattr(row.offer, name))
            row.offer = stored
        row.offer.item = row.item
