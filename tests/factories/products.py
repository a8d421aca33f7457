"""Products: the default one has passed review, with every paper, verification and trial good on ``DAY``."""

import datetime
from decimal import Decimal

import factory

from mcn.evidence.actions import attach
from mcn.kit import records
from mcn.kit.clock import add_months
from merchants.models import Category, CredentialKind
from products.actions.sku import sum_up, write_skus
from products.models import Product, ProductCredential, ProductHold, ProductVerification, Sample, Sku
from products.rules.facts import digest, items_of
from tests.factories import AT, DAY, RecordFactory, pdf
from tests.factories.merchants import (
    BusinessLineFactory,
    CategoryFactory,
    CategoryRequirementFactory,
    CredentialKindFactory,
    MerchantFactory,
)

YEAR = datetime.timedelta(days=365)
BEFORE = AT - datetime.timedelta(days=30)


def gtin(number):
    """A barcode of a made-up article, with its check digit right."""
    body = f"690{number:09d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return body + str(-total % 10)


class ProductKindFactory(CredentialKindFactory):
    """A paper that products carry, the test report by default."""

    code = "test_report"
    holder = CredentialKind.Holder.PRODUCT
    name = factory.LazyAttribute(
        lambda kind: {"test_report": "产品检验检测报告"}.get(kind.code, f"证书 {kind.code}")
    )


class SnackCategoryFactory(CategoryFactory):
    """An open category that asks for a test report of each product; made once a code."""

    code = "food.general.snack"
    name = "休闲零食"
    full_name = "食品饮料 / 休闲零食"
    contact_rate = 6

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        known = Category.objects.filter(code=kwargs["code"]).first()
        if known:
            return known
        made = super()._create(model_class, *args, **kwargs)
        CategoryRequirementFactory(category=made, kind=ProductKindFactory())
        return made


class ProductFactory(RecordFactory):
    """A product that may be listed: ``state="submitted"`` under review, ``parts=False`` for a bare one."""

    merchant = factory.SubFactory(MerchantFactory)
    code = factory.Sequence(lambda number: f"SP{number:05d}")
    name = factory.Sequence(lambda number: f"岭南手工鸡蛋卷{number}")
    category = factory.SubFactory(SnackCategoryFactory)
    brand = "岭南小食"
    unit = "罐"
    packaging = "马口铁罐装，内衬食品级铝箔袋"
    origin = "广东省佛山市"
    producer = "佛山测试食品有限公司"
    producer_address = "佛山市南海区狮山镇工业大道8号"
    performance = "松脆，甜度适中"
    uses = "即食"
    specification = "454克/罐"
    ingredients = "小麦粉、鸡蛋、白砂糖、黄油"
    shelf_life_days = 270
    service_promises = "破损包赔，七天无理由退货"
    standard = "GB/T 20980"
    marks = "食品生产许可证 SC10144060500001"
    net_content = "454克"
    intellectual_property = "第30类“岭南小食”注册商标"
    traceability = "罐底喷码批号，扫码查询"
    state = Product.State.VERIFIED
    submitted_at = BEFORE

    class Meta:
        model = Product

    @factory.post_generation
    def parts(self, create, extracted, **kwargs):
        """Give it a SKU, a report, the verifications and a sample, and its merchant the line of business."""
        if extracted is False:
            return
        sold_in = self.category or SnackCategoryFactory()
        if not self.merchant.business_lines.filter(category=sold_in).exists():
            BusinessLineFactory(merchant=self.merchant, category=sold_in)
        SkuFactory(product=self)
        ProductCredentialFactory(product=self)
        SampleFactory(product=self)
        verified = [ProductVerificationFactory.build(product=self, item=item) for item in items_of(self)]
        records.save_many(verified, by=None, at=AT)


class SkuFactory(RecordFactory):
    """A SKU on sale for a month, without a struck-through price."""

    product = factory.SubFactory(ProductFactory, parts=False)
    merchant = factory.SelfAttribute("product.merchant")
    code = factory.Sequence(lambda number: f"SKU{number:05d}")
    specification = "原味454克"
    gtin = factory.Sequence(gtin)
    price = Decimal("39.90")
    cost_price = Decimal("18.00")
    stock = 500

    class Meta:
        model = Sku

    @classmethod
    def _create(cls, model_class, *args, at=BEFORE, **kwargs):
        sku = model_class(*args, **kwargs)
        write_skus([sku], by=None, at=at)
        sum_up([sku.product], by=None, at=at)
        return sku


class ProductCredentialFactory(RecordFactory):
    """A test report with its file: ``kind__code="ccc"`` for another paper."""

    product = factory.SubFactory(ProductFactory, parts=False)
    kind = factory.SubFactory(ProductKindFactory)
    number = factory.Sequence(lambda number: f"GD2026-{number:05d}")
    issuer = "广东省质量监督检测中心"
    valid_from = DAY - YEAR
    valid_to = DAY + YEAR

    class Meta:
        model = ProductCredential

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        paper = super()._create(model_class, *args, **kwargs)
        paper.document = attach(paper, pdf(body=paper.number.encode()), title=str(paper), by=None, at=AT)
        paper.file_sha256 = paper.document.latest.sha256
        return records.save(paper, by=None, at=AT)


class ProductVerificationFactory(RecordFactory):
    """An item found good on ``DAY``, on the facts as they stand."""

    product = factory.SubFactory(ProductFactory, parts=False)
    item = ProductVerification.Item.ORIGIN
    outcome = ProductVerification.Outcome.GOOD
    method = ProductVerification.Method.DOCUMENT
    verified_on = DAY
    next_due_on = add_months(DAY, 6)
    digest = factory.LazyAttribute(lambda row: digest(row.product, row.item))

    class Meta:
        model = ProductVerification

    @classmethod
    def again(cls, product, item):
        """Verify an item again, on the facts as they stand now."""
        old = product.verifications.get(item=item, superseded_at=None)
        old.superseded_at = AT
        records.save(old, by=None, at=AT)
        return cls(product=Product.objects.get(pk=product.pk), item=item)


class SampleFactory(RecordFactory):
    """A sample that was tried and is what is sold."""

    product = factory.SubFactory(ProductFactory, parts=False)
    received_on = DAY - datetime.timedelta(days=5)
    tried_by = "阿May"
    tried_on = DAY - datetime.timedelta(days=2)
    impression = "连吃两天，酥脆不粘牙，甜度刚好"
    same_as_sold = True
    state = Sample.State.TRIED

    class Meta:
        model = Sample


class ProductHoldFactory(RecordFactory):
    """A hold that began on ``DAY`` and has no end yet."""

    product = factory.SubFactory(ProductFactory)
    reason = "抽检不合格，待复检"
    valid_from = DAY

    class Meta:
        model = ProductHold
