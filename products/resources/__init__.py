"""Products and their SKUs as people keep them in spreadsheets: one row for each SKU."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit import records
from mcn.kit.bulk import loaded
from mcn.kit.identity import compact, normalise
from mcn.kit.refusal import Refused
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.models import Category, Merchant
from products.actions.sku import foresee_sums, write_skus
from products.filters import ProductFilter
from products.models import Product, Sku
from products.resources.columns import COLUMNS, FACTS, PRICED

EXPORTED = [
    "merchant__code",
    "code",
    "name",
    "category__full_name",
    "category_text",
    *FACTS[1:],
    "skus__code",
    *[f"skus__{name}" for name in PRICED],
]
COST = "skus__cost_price"


@dataclass
class Item:
    """What a row means: its product, the SKU if it names one, and what it changes of both."""

    product: Product
    sku: Sku | None
    changes: dict = field(default_factory=dict)


class ProductSheet(Sheet):
    """One row for each SKU; a row without a product number goes on about the product above it."""

    name = "products"
    label = gettext_lazy("products")
    model = Product
    columns = COLUMNS
    needed = [["name"], ["sku", "gtin", "code"]]
    leading = ["code", "name"]
    title = ["code", "name", "sku"]
    price = "price"
    scope_label = gettext_lazy("merchant")

    def scopes(self, user):
        merchants = Merchant.objects.exclude(state=Merchant.State.EXITED)
        return [(merchant.code, str(merchant)) for merchant in merchants.visible_to(user).order_by("id")]

    def place(self, scope):
        return Merchant.objects.filter(code=scope).first()

    def open(self, run):
        if not run.scope and "merchant" not in run.reader.places:
            raise Refused(_("The file does not say whose products these are: choose the merchant."))
        allowed = [run.scope] if run.scope else [code for code, _label in self._scopes_of(run.by)]
        merchants = Merchant.objects.filter(code__in=allowed)
        run.known["merchants"] = {merchant.code: merchant for merchant in merchants}
        run.known["categories"] = _category_names()
        places = run.known["merchants"].values()
        run.known["sees_costs"] = {place.pk for place in places if _sees_costs(run.by, place)}

    def _scopes_of(self, user):
        return self.scopes(user) if user else Merchant.objects.values_list("code", "name")

    def identity(self, row, run):
        row.keys = merchant, product, sku = keys_of(row, run)
        return (merchant, sku or product, bool(sku)) if product else None

    def plan(self, rows, run):
        chunk = Chunk(rows, run)
        plans = [self._plan(row, keys, chunk, run) for row, keys in zip(rows, chunk.named, strict=True)]
        _refuse_wrong(plans, run)
        return plans

    def _plan(self, row, keys, chunk, run):
        if row.problems or row.leader.problems:
            return Plan(row, Outcome.REFUSED)
        merchant = run.known["merchants"].get(keys[0])
        if merchant is None:
            run.refuse(row, "merchant", _("There is no such merchant, or you may not import for it."))
            return Plan(row, Outcome.REFUSED)
        item = chunk.item(row, keys, merchant)
        if item.product is None:
            run.refuse(
                row, "code", _("The row names no product: give a product number, a SKU code or a barcode.")
            )
            return Plan(row, Outcome.REFUSED)
        target = item.sku or item.product
        if target._state.adding:
            return Plan(row, Outcome.CREATED, item, item.changes)
        return Plan(row, Outcome.UPDATED if item.changes else Outcome.UNCHANGED, item, item.changes)

    def write(self, plans, run):
        items = [plan.target for plan in plans]
        products = list({id(item.product): item.product for item in items}.values())
        skus = [item.sku for item in items if item.sku is not None]
        foresee_sums(products, skus)
        records.save_many(products, by=run.by, at=run.at, verb="import")
        for sku in skus:
            sku.product = sku.product  # now that it has a number
        write_skus(skus, by=run.by, at=run.at)

    def export_queryset(self, user, params):
        products = Product.objects.all() if user is None else Product.objects.visible_to(user)
        narrowed = ProductFilter(params, products).qs if params else products
        return self.seen_by(user, narrowed)

    def seen_by(self, user, queryset):
        """Cost prices go out only to who may see them, whichever list the rows come from."""
        queryset.sees_costs = _sees_costs(user)
        return queryset

    def lines(self, queryset):
        """A line for each SKU, read as plain values, and one for a product that has none."""
        costs = getattr(queryset, "sees_costs", False)
        rows = queryset.order_by("id", "skus__id").values_list(*EXPORTED)
        place = EXPORTED.index(COST) - 1
        for merchant, code, name, category, own_words, *rest in rows.iterator(chunk_size=5_000):
            cells = [merchant, code, name, category or own_words, *rest]
            if not costs:
                cells[place] = None
            yield cells


class Chunk:
    """The products and SKUs that a chunk of rows is about: each one object, however many rows name it."""

    def __init__(self, rows, run):
        self.run = run
        self.named = [row.keys for row in rows]
        places = run.reader.places
        self.facts = [name for name in FACTS if name in places]
        self.priced = [name for name in PRICED if name in places]
        known = run.known["categories"]
        texts = {text for row in rows if (text := row.get("category"))}
        self.categories = {text: known.get(normalise(text).casefold()) for text in texts}
        merchants = run.known["merchants"].values()
        skus = Sku.objects.filter(
            merchant__in=merchants, code__among={sku for _merchant, _code, sku in self.named if sku}
        )
        self.skus = {(sku.merchant_id, sku.code): sku for sku in loaded(skus)}
        codes = {code for _merchant, code, _sku in self.named if code}
        known = Product.objects.filter(merchant__in=merchants, code__among=codes)
        by_id = {product.id: product for product in loaded(known)}
        owners = {sku.product_id for sku in self.skus.values()} - by_id.keys()
        by_id |= {product.id: product for product in loaded(Product.objects.filter(pk__among=owners))}
        self.products = {(product.merchant_id, product.code): product for product in by_id.values()}
        for sku in self.skus.values():
            sku.product = by_id[sku.product_id]

    def item(self, row, keys, merchant):
        """What a row means, with the values it brings set on its objects."""
        _merchant, code, sku_code = keys
        sku = self.skus.get((merchant.pk, sku_code)) if sku_code else None
        product = sku.product if sku else self._product(merchant, code)
        item = Item(product, sku)
        if product is None:
            return item
        if not row.continues:
            self._set_facts(item, row)
        if sku_code:
            self._set_sku(item, row, sku_code)
        return item

    def _product(self, merchant, code):
        if code and (merchant.pk, code) not in self.products:
            self.products[merchant.pk, code] = records.new(
                Product, merchant_id=merchant.pk, code=code, created_at=self.run.at
            )
        return self.products.get((merchant.pk, code))

    def _set_facts(self, item, row):
        given = {name: row.values[name] for name in self.facts}
        if text := row.get("category"):
            category = self.categories[text]
            given |= {"category_id": category} if category else {"category_text": text}
        if row.extra:
            given["extra"] = item.product.extra | row.extra
        _set(item.product, given, item.changes)

    def _set_sku(self, item, row, code):
        product = item.product
        if item.sku is None:
            item.sku = records.new(
                Sku, code=code, product=product, merchant_id=product.merchant_id, created_at=self.run.at
            )
            self.skus[product.merchant_id, code] = item.sku
        given = {name: row.values[name] for name in self.priced}
        if product.merchant_id not in self.run.known["sees_costs"]:
            given.pop("cost_price", None)
        if "gtin" in given:
            given["gtin"] = compact(given["gtin"])
        if given.get("on_sale", True) is None:
            del given["on_sale"]
        _set(item.sku, given, item.changes)


def keys_of(row, run):
    """What a row names: merchant, number, SKU code; a barcode or number stands for what is missing."""
    leader = row.leader
    merchant = run.scope or normalise(leader.get("merchant"))
    sku = _sku_code(row)
    code = normalise(leader.get("code")) or _sku_code(leader)
    if not sku and not row.continues and row.get("price") is not None:
        sku = code
    return merchant, code, sku


def _sku_code(row):
    return normalise(row.get("sku")) or compact(row.get("gtin"))


def _set(obj, given, changes):
    """Set values that differ, and tell old and new; of a new row there is no old to tell."""
    if obj._state.adding:
        vars(obj).update(given)
        return
    for name, value in given.items():
        old = getattr(obj, name)
        if old != value:
            changes[name] = [old, value]
            setattr(obj, name, value)


def _category_names():
    """Category ids by every word a sheet may call them by: full name, name, code; a name of two is none."""
    found, doubled = {}, set()
    for pk, code, name, full_name in Category.objects.values_list("pk", "code", "name", "full_name"):
        for word in {code, full_name}:
            found[normalise(word).casefold()] = pk
        plain = normalise(name).casefold()
        if found.setdefault(plain, pk) != pk:
            doubled.add(plain)
    return {word: pk for word, pk in found.items() if word and word not in doubled}


def _sees_costs(user, merchant=None):
    name = "products.cost_product"
    return user is None or user.has_perm(name) or (merchant is not None and user.has_perm(name, merchant))


def _refuse_wrong(plans, run):
    """Refuse rows whose product or SKU the one write would not take; a wrong product takes all its rows."""
    sound = [plan for plan in plans if isinstance(plan.target, Item)]
    rows_of = {}
    for plan in sound:
        rows_of.setdefault(id(plan.target.product), []).append(plan)
    leaders = [same[0] for same in rows_of.values()]
    run.validate([(plan.row, plan.target.product) for plan in leaders])
    for plan in leaders:
        for other in rows_of[id(plan.target.product)][1:]:
            if plan.row.problems and not other.row.problems:
                message = _("It belongs to row %(row)s, which is refused.") % {"row": plan.row.number}
                run.refuse(other.row, "code", message)
    skus = [(plan.row, plan.target.sku) for plan in sound if plan.target.sku and not plan.row.problems]
    run.validate(skus, {"code": "sku"}, exclude=["product"])
