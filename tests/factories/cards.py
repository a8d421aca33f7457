"""Selling-point cards: the default version is a draft that breaks no clause on ``DAY``."""

import datetime
from decimal import Decimal

import factory

from mcn.evidence.actions import attach
from mcn.kit import records
from products.models import Card, CardVersion, SellingPoint
from tests.factories import AT, DAY, RecordFactory, pdf
from tests.factories.accounts import MerchantUserFactory
from tests.factories.products import ProductFactory


class CardFactory(RecordFactory):
    """The card of a product that may be listed; it has no version yet."""

    product = factory.SubFactory(ProductFactory)

    class Meta:
        model = Card


class CardVersionFactory(RecordFactory):
    """A draft ready to submit: ``state="approved"`` for another state, ``points=False`` for no points."""

    card = factory.SubFactory(CardFactory)
    number = 1
    hazards = "罐口边缘锋利，开启时留意割手；儿童进食须有成人看护，以防噎呛。"
    warnings = "含小麦、鸡蛋、乳制品，对其过敏者不宜食用；糖尿病人请留意含糖量。"
    accident = "如有噎呛或过敏，停止食用并及时就医，保留商品与订单，拨打客服热线处理。"
    after_sales = "破损包赔，签收后七天无理由退货，48小时内发货。"
    production_date = "2026年2月起的批次，见罐底喷码"
    shelf_life = "270天，开罐后7天内食用"
    promotion_scope = "直播间下单的原味454克装"
    promotion_rules = "每罐立减10元，两罐再减5元"
    promotion_from = DAY
    promotion_to = DAY + datetime.timedelta(days=3)
    promotion_limits = "每个账号限购6罐，不与店铺券同用"
    compared_price = Decimal("39.90")
    price_basis = "划线价为本店3月1日至15日的成交价"
    not_applicable = factory.LazyFunction(dict)

    class Meta:
        model = CardVersion

    @classmethod
    def _create(cls, model_class, *args, state=CardVersion.State.DRAFT, points=True, **kwargs):
        version = super()._create(model_class, *args, **kwargs)
        if points:
            SellingPointFactory(card_version=version)
        if state == CardVersion.State.DRAFT:
            return version
        version.state = state
        version.submitted_by = MerchantUserFactory(merchant=version.card.product.merchant)
        version.submitted_at = AT
        if state != CardVersion.State.SUBMITTED:
            version.decided_at = AT
        return records.save(version, by=None, at=AT)


class SellingPointFactory(RecordFactory):
    """A selling point proved by a file."""

    card_version = factory.SubFactory(CardVersionFactory, points=False)
    place = factory.LazyAttribute(lambda point: point.card_version.points.count() + 1)
    claim = "配料只有小麦粉、鸡蛋、白砂糖、黄油四样"

    class Meta:
        model = SellingPoint

    @classmethod
    def _create(cls, model_class, *args, proved=True, **kwargs):
        point = super()._create(model_class, *args, **kwargs)
        if proved:
            body = f"the label {point.pk}".encode()
            point.document = attach(point, pdf("配料表.pdf", body), title="配料表.pdf", by=None, at=AT)
            point.file_sha256 = point.document.latest.sha256
            records.save(point, by=None, at=AT)
        return point
