"""Merchants as people keep them in spreadsheets: one row for each merchant, entered as a draft."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mcn.kit.identity import compact, normalise
from mcn.kit.privacy import mask
from mcn.sheets.columns import Column, Kind
from mcn.sheets.sheet import Outcome, Plan, Sheet
from merchants.actions import merchant as merchant_actions
from merchants.filters import MerchantFilter
from merchants.models import Merchant

PRIVATE = ["legal_representative", "phone", "address"]


def _hidden(name):
    """Personal data leaves masked; a mask that comes back unchanged leaves the stored value alone."""
    return lambda merchant: mask(getattr(merchant, name))


COLUMNS = [
    Column(
        "code", gettext_lazy("merchant code"), Kind.CODE, ("商家编码", "商家代码", "merchant code", "code")
    ),
    Column(
        "uscc",
        gettext_lazy("unified social credit code"),
        Kind.CODE,
        ("统一社会信用代码", "信用代码", "营业执照号", "uscc"),
        required=True,
        help=gettext_lazy("18 places; a merchant is found by it."),
        example="91440101MA5D00001X",
        width=22,
    ),
    Column(
        "name",
        gettext_lazy("legal name"),
        synonyms=("商家名称", "企业名称", "公司名称", "名称", "name", "company"),
        required=True,
        help=gettext_lazy("As the business licence has it."),
        example="广州示例食品有限公司",
        width=30,
    ),
    Column(
        "short_name",
        gettext_lazy("short name"),
        synonyms=("简称", "店铺名称", "品牌名", "short name", "shop"),
    ),
    Column(
        "kind",
        gettext_lazy("kind"),
        Kind.CHOICE,
        ("主体类型", "商家类型", "kind", "type"),
        choices=[choice for choice in Merchant.Kind.choices if choice[0] != Merchant.Kind.NATURAL_PERSON],
    ),
    Column(
        "legal_representative",
        gettext_lazy("legal representative"),
        synonyms=("法定代表人", "法人", "经营者", "legal representative"),
        private=True,
        extract=_hidden("legal_representative"),
    ),
    Column(
        "phone",
        gettext_lazy("phone"),
        Kind.CODE,
        ("电话", "联系电话", "手机", "phone"),
        private=True,
        extract=_hidden("phone"),
    ),
    Column("region", gettext_lazy("region"), synonyms=("地区", "所在地区", "省市区", "region")),
    Column(
        "address",
        gettext_lazy("business address"),
        synonyms=("地址", "经营地址", "注册地址", "address"),
        private=True,
        extract=_hidden("address"),
        width=30,
    ),
]
SET = [column.name for column in COLUMNS if column.name not in ("code", "uscc")]


class MerchantSheet(Sheet):
    """One row for each merchant, found by its unified social credit code; a new one begins as a draft."""

    name = "merchants"
    label = gettext_lazy("merchants")
    model = Merchant
    columns = COLUMNS
    needed = [["uscc"], ["name"]]
    title = ["name"]
    chunk_rows = 500

    def identity(self, row, run):
        return compact(row.get("uscc")) or None

    def plan(self, rows, run):
        codes = [compact(row.get("uscc")) for row in rows]
        known = {merchant.uscc: merchant for merchant in Merchant.objects.filter(uscc__in=codes)}
        plans = [self._plan(row, known, run) for row in rows]
        run.validate(
            [(plan.row, plan.target) for plan in plans if plan.target and not plan.row.problems],
            exclude=["code"],
        )
        return plans

    def _plan(self, row, known, run):
        if row.problems:
            return Plan(row, Outcome.REFUSED)
        uscc = compact(row.get("uscc"))
        merchant = known.get(uscc) or Merchant(uscc=uscc)
        changes = dict(_differences(merchant, row))
        if merchant.pk and changes and not merchant_actions.may_change(merchant, run.by):
            message = _("%(row)s is %(state)s and cannot be changed now.")
            run.refuse(row, "uscc", message % {"row": merchant, "state": merchant.get_state_display()})
        for name, (_old, new) in changes.items():
            setattr(merchant, name, new)
        shown = {name: _shown(name, pair) for name, pair in changes.items()}
        if merchant.pk is None:
            return Plan(row, Outcome.CREATED, merchant, shown)
        return Plan(row, Outcome.UPDATED if changes else Outcome.UNCHANGED, merchant, shown)

    def write(self, plans, run):
        for plan in plans:
            verb = merchant_actions.change if plan.target.pk else merchant_actions.add
            verb(plan.target, by=run.by, at=run.at)

    def export_queryset(self, user, params):
        merchants = Merchant.objects.all() if user is None else Merchant.objects.visible_to(user)
        companies = self.seen_by(user, merchants).order_by("id")
        return MerchantFilter(params, companies).qs if params else companies

    def seen_by(self, user, queryset):
        """A natural person has no credit code to be found by, and so does not go out."""
        return queryset.exclude(uscc=None)


def _differences(merchant, row):
    for name in SET:
        value = row.get(name)
        if value in ("", None) or (name in PRIVATE and value == mask(getattr(merchant, name))):
            continue
        value = normalise(value)
        if value != getattr(merchant, name):
            yield name, [getattr(merchant, name), value]


def _shown(name, pair):
    return [mask(value) for value in pair] if name in PRIVATE else pair
