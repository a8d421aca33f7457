"""Service promises by spreadsheet: one row for each, written as a draft; what is in force only goes out."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import promise as promises
from aftersales.filters.promise import ServicePromiseFilter
from aftersales.models import PromiseKind, ServicePromise
from aftersales.resources.owned import OwnedSheet, brought
from mcn.kit.identity import compact, normalise
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan
from merchants.models import Merchant
from products.models import Product

COLUMNS = [
    Column(
        "number",
        gettext_lazy("promise number"),
        Kind.CODE,
        ("承诺编号", "编号", "promise number"),
        help=gettext_lazy("Empty for a new promise; the product gives the number."),
        extract=lambda row: str(row.pk),
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        required=True,
        example="M0001",
        extract=lambda row: row.merchant.code,
    ),
    Column(
        "kind",
        gettext_lazy("kind of promise"),
        synonyms=("承诺类型", "承诺种类", "承诺", "kind"),
        required=True,
        help=gettext_lazy("Its name or its code, as the catalogue of promises has it."),
        example="延时交付必赔",
        extract=lambda row: row.kind.name,
        width=20,
    ),
    Column(
        "product",
        gettext_lazy("product code"),
        Kind.CODE,
        ("商品编码", "商品编号", "product"),
        help=gettext_lazy("Empty for all goods of the merchant."),
        extract=lambda row: row.product.code if row.product else "",
    ),
    Column(
        "state",
        gettext_lazy("state"),
        Kind.CHOICE,
        ("状态", "state"),
        choices=ServicePromise.State.choices,
        help=gettext_lazy("Only for reading: promises are submitted and reviewed on their pages."),
    ),
    Column(
        "wording",
        pgettext_lazy("promise", "wording"),
        synonyms=("承诺内容", "承诺文字", "wording"),
        required=True,
        example="付款后 48 小时内未发出的，按实付金额的 5% 赔付。",
        width=40,
    ),
    Column("days", pgettext_lazy("promise", "days"), Kind.INTEGER, ("天数", "days")),
    Column(
        "compensation",
        gettext_lazy("compensation if it is broken"),
        synonyms=("赔付方式", "赔付说明", "compensation"),
        example="实付金额的 5%，最低 1 元、最高 100 元。",
        width=30,
    ),
    Column(
        "percent",
        gettext_lazy("share of the amount paid (%)"),
        Kind.PERCENT,
        ("赔付比例", "percent"),
        example=5,
    ),
    Column("least", gettext_lazy("at least (yuan)"), Kind.PRICE, ("最低赔付", "least"), example=1),
    Column("most", gettext_lazy("at most (yuan)"), Kind.PRICE, ("最高赔付", "most"), example=100),
    Column(
        "resources",
        gettext_lazy("how it is kept"),
        synonyms=("履约保障", "保障措施", "resources"),
        help=gettext_lazy("People, stock, partners and steps by which the merchant keeps it."),
        example="仓库两班各 6 人，日发货能力 8000 单。",
        width=40,
    ),
    Column(
        "valid_from",
        gettext_lazy("valid from"),
        Kind.DATE,
        ("生效日期", "开始日期", "valid from"),
        required=True,
        example="2026-03-16",
    ),
    Column("valid_to", gettext_lazy("valid to"), Kind.DATE, ("失效日期", "结束日期", "valid to")),
]


class ServicePromiseSheet(OwnedSheet):
    """One row for each promise, found by its number, or by merchant, kind, goods and first day."""

    name = "service_promises"
    label = gettext_lazy("service promises")
    model = ServicePromise
    columns = COLUMNS
    needed = [["merchant"], ["kind"], ["wording"], ["valid_from"]]
    title = ["merchant", "kind"]
    max_rows = 20_000
    chunk_rows = 500

    def open(self, run):
        merchants = Merchant.objects.all() if run.by is None else self._merchants(run)
        kinds = PromiseKind.objects.filter(ended_on=None)
        run.known["merchants"] = {row.code: row for row in merchants}
        run.known["kinds"] = {row.name: row for row in kinds} | {row.code: row for row in kinds}

    def _merchants(self, run):
        seen = Merchant.objects.visible_to(run.by)
        return seen.filter(code=run.scope) if run.scope else seen

    def identity(self, row, run):
        if number := compact(row.get("number")):
            return number
        kind = run.known["kinds"].get(normalise(row.get("kind")))
        named = (compact(row.get("merchant")), kind and kind.pk, compact(row.get("product")))
        return (*named, row.get("valid_from")) if named[0] and kind and row.get("valid_from") else None

    def plan(self, rows, run):
        codes = {compact(row.get("merchant")) for row in rows} & run.known["merchants"].keys()
        stored = self.seen_by(run.by, self.rows_of(run)).filter(merchant__code__in=codes).order_by("id")
        known = {str(row.pk): row for row in stored} | {_named(row): row for row in stored}
        goods = {compact(row.get("product")) for row in rows} - {""}
        found = Product.objects.filter(merchant__code__in=codes, code__in=goods).select_related("merchant")
        products = {(row.merchant.code, row.code): row for row in found}
        plans = [self._plan(row, known, products, run) for row in rows]
        run.validate([(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems])
        return plans

    def _plan(self, row, known, products, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        promise = known.get(self.identity(row, run))
        if promise is None:
            promise = self._new(row, products, run)
        elif row.get("number"):
            self._refuse_another(promise, row, run)
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        changes = dict(brought(promise, row, ServicePromise.CONTENT))
        if promise.pk and changes and not promise.editable:
            message = _("%(row)s is %(state)s and cannot be changed now.")
            told = {"row": promise, "state": promise.get_state_display()}
            run.refuse(row, next(iter(changes)), message % told)
            return Plan(row, Outcome.REFUSED)
        for name, (_old, new) in changes.items():
            setattr(promise, name, new)
        if promise.pk is None:
            return Plan(row, Outcome.CREATED, promise, changes)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, promise, changes)

    def _new(self, row, products, run):
        merchant = run.known["merchants"].get(compact(row.get("merchant")))
        kind = run.known["kinds"].get(normalise(row.get("kind")))
        code = compact(row.get("product"))
        product = products.get((merchant.code, code)) if merchant and code else None
        if row.get("number"):
            run.refuse(row, "number", _("There is no row with this number."))
        if merchant is None:
            run.refuse(row, "merchant", _("There is no merchant with this code."))
        elif code and product is None:
            run.refuse(row, "product", _("This merchant has no product with this code."))
        if kind is None:
            run.refuse(row, "kind", _("There is no such kind of promise."))
        return None if row.problems else ServicePromise(merchant=merchant, kind=kind, product=product)

    def _refuse_another(self, promise, row, run):
        """A promise that a row names by its number stays whose and what it is."""
        product = promise.product.code if promise.product else ""
        same = {
            "merchant": compact(row.get("merchant")) == promise.merchant.code,
            "kind": run.known["kinds"].get(normalise(row.get("kind"))) in (promise.kind, None),
            "product": compact(row.get("product")) == product,
        }
        for name in [name for name, holds in same.items() if not holds]:
            run.refuse(row, name, _("This stays as it is: leave the number empty for another promise."))

    def write(self, plans, run):
        by, at = run.by, run.at
        for plan in plans:
            if plan.target.pk is None:
                promises.add(plan.target, by=by, at=at)
            else:
                words = {name: getattr(plan.target, name) for name in ServicePromise.CONTENT}
                promises.save_draft(plan.target, words=words, by=by, at=at)

    def export_queryset(self, user, params):
        rows = ServicePromise.objects.all() if user is None else ServicePromise.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return ServicePromiseFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("merchant", "kind", "product")


def _named(promise):
    """What else than its number tells a promise from another."""
    product = promise.product.code if promise.product else ""
    return promise.merchant.code, promise.kind_id, product, promise.valid_from
