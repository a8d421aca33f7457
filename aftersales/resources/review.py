"""Reviews as platforms give them in spreadsheets: one row for each."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from aftersales.actions import review as review_actions
from aftersales.filters.opinion import ReviewFilter
from aftersales.models import Review, Service
from mcn.agency.models import Platform
from mcn.kit.clock import to_the_second
from mcn.kit.identity import compact, normalise
from mcn.sheets import values
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.models import Merchant
from products.models import Product

COLUMNS = [
    Column(
        "platform",
        gettext_lazy("platform"),
        synonyms=("平台名称", "平台", "platform"),
        required=True,
        help=gettext_lazy("Its name or its code."),
        example="抖音",
        extract=lambda row: row.platform.name if row.platform else "",
    ),
    Column(
        "number",
        gettext_lazy("number"),
        synonyms=("评价编号", "评价id", "订单号", "订单编号", "number"),
        required=True,
        example="P20260316001",
        width=22,
    ),
    Column(
        "service",
        gettext_lazy("kind of service"),
        Kind.CHOICE,
        ("服务类型", "service"),
        choices=Service.choices,
        help=gettext_lazy("Empty for a purchase in a show."),
    ),
    Column(
        "score",
        pgettext_lazy("review", "score"),
        Kind.NUMBER,
        ("评分", "星级", "分数", "score"),
        required=True,
        help=gettext_lazy("1 to 5."),
        example=5,
    ),
    Column(
        "text",
        gettext_lazy("what was said"),
        synonyms=("评价内容", "内容", "评论", "text"),
        example="质量很好，会回购",
        width=40,
    ),
    Column(
        "given_at",
        gettext_lazy("given at"),
        synonyms=("评价时间", "时间", "given at"),
        required=True,
        parse=values.moment,
        example="2026-03-16 20:15:30",
        extract=lambda row: to_the_second(row.given_at),
        width=22,
    ),
    Column(
        "merchant",
        gettext_lazy("merchant code"),
        Kind.CODE,
        ("商家编码", "商家编号", "merchant"),
        required=True,
        example="M000001",
        extract=lambda row: row.merchant.code if row.merchant else "",
    ),
    Column(
        "product",
        gettext_lazy("product code"),
        Kind.CODE,
        ("商品编码", "商品编号", "货号", "product"),
        extract=lambda row: row.product.code if row.product else "",
    ),
]


class ReviewSheet(Sheet):
    """One row for each review, found by platform, service and number; what was said stays as it came."""

    name = "reviews"
    label = gettext_lazy("reviews")
    model = Review
    columns = COLUMNS
    needed = [["platform"], ["number"], ["score"], ["given_at"], ["merchant"]]
    title = ["platform", "number"]

    def may(self, user, verb, scope=""):
        """Reviews are added and never changed, so that adding is all that an import needs."""
        codename = "add_review" if verb == "import" else "view_review"
        return user.has_perm(f"aftersales.{codename}")

    def open(self, run):
        platforms = list(Platform.objects.all())
        run.known["platforms"] = {row.name: row for row in platforms} | {row.code: row for row in platforms}

    def identity(self, row, run):
        platform = run.known["platforms"].get(row.get("platform"))
        number = normalise(row.get("number") or "")
        return (platform.pk, row.get("service") or Service.PURCHASE, number) if platform and number else None

    def plan(self, rows, run):
        numbers = {normalise(row.get("number") or "") for row in rows}
        stored = Review.objects.filter(number__in=numbers)
        known = {(row.platform_id, row.service, row.number): row for row in stored}
        merchants = {compact(row.get("merchant") or "") for row in rows}
        found = {row.code: row for row in Merchant.objects.filter(code__in=merchants)}
        codes = {compact(row.get("product") or "") for row in rows} - {""}
        goods = Product.objects.filter(merchant__code__in=merchants, code__in=codes).select_related(
            "merchant"
        )
        products = {(row.merchant.code, row.code): row for row in goods}
        plans = [self._plan(row, known, found, products, run) for row in rows]
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.outcome == Outcome.CREATED],
            exclude=["given_on"],
        )
        return plans

    def _plan(self, row, known, merchants, products, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        platform = run.known["platforms"].get(row.get("platform"))
        merchant = merchants.get(compact(row.get("merchant")))
        code = compact(row.get("product") or "")
        product = products.get((merchant.code, code)) if merchant and code else None
        if platform is None:
            run.refuse(row, "platform", _("There is no such platform."))
        if merchant is None:
            run.refuse(row, "merchant", _("There is no merchant with this code."))
        elif code and product is None:
            run.refuse(row, "product", _("This merchant has no product with this code."))
        if row.get("given_at") > run.at:
            run.refuse(row, "given_at", _("This lies in the future."))
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        key = (platform.pk, row.get("service") or Service.PURCHASE, normalise(row.get("number")))
        if key in known:
            return Plan(row, Outcome.UNCHANGED, known[key])
        review = Review(
            platform=platform,
            service=key[1],
            number=key[2],
            score=Decimal(row.get("score")),
            text=row.get("text") or "",
            given_at=row.get("given_at"),
            merchant=merchant,
            product=product,
        )
        return Plan(row, Outcome.CREATED, review)

    def write(self, plans, run):
        review_actions.bring(
            [(plan.target, {}) for plan in plans], by=run.by, at=run.at, source=Review.Source.SHEET
        )

    def export_queryset(self, user, params):
        rows = Review.objects.all() if user is None else Review.objects.visible_to(user)
        rows = self.seen_by(user, rows).order_by("id")
        return ReviewFilter(params, rows).qs if params else rows

    def seen_by(self, user, queryset):
        """With the names that the cells show, in the same query."""
        return queryset.select_related("platform", "merchant", "product")
