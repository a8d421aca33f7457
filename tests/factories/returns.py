"""Returns and repairs: the default return is asked for a day after the receipt, without reason."""

import datetime
from decimal import Decimal

import factory

from aftersales.actions import return_request as returns
from aftersales.models import GuaranteeTerm, OrderLine, Repair, RepairProvider, ReturnRequest
from tests.factories import AT, DAY, RecordFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import PAID, OrderFactory

RECEIVED = PAID + datetime.timedelta(days=3)
ASKED = RECEIVED + datetime.timedelta(days=1)


class GuaranteeTermFactory(RecordFactory):
    """Terms of a category from long ago."""

    class Meta:
        model = GuaranteeTerm

    category = factory.SubFactory("tests.factories.merchants.CategoryFactory")
    valid_from = DAY - datetime.timedelta(days=365)
    depreciation = Decimal("0.500")
    source = "EJAS 6.5.2"


class ReturnFactory(factory.Factory):
    """A request as a buyer makes it: ``order_state="shipped"`` or ``"paid"`` for one not received yet."""

    class Meta:
        model = ReturnRequest

    kind = ReturnRequest.Kind.RETURN
    reason = "no_reason"
    words = ""

    @classmethod
    def _create(cls, model_class, *args, order=None, order_state="received", at=ASKED, by=None, **kwargs):
        order = order or OrderFactory(state=order_state, merchant=MerchantFactory(papers=False))
        line = (
            kwargs.pop("line", None) or OrderLine.objects.select_related("order").filter(order=order).first()
        )
        return returns.ask(model_class(line=line, **kwargs), by=by, at=at)


class RepairProviderFactory(RecordFactory):
    """An admitted workshop for everybody."""

    class Meta:
        model = RepairProvider

    name = factory.Sequence(lambda number: f"广州第{number}维修中心")
    kind = RepairProvider.Kind.BRAND
    covers = "小家电"
    address = "广州市天河区测试路2号"
    phone = "020-12345678"
    qualification = "品牌授权书 S-2026-01"
    skill = "持证维修工 6 名"
    norms = "收修登记、修前报价、修后试机"
    state = RepairProvider.State.ADMITTED
    assessed_at = AT


class RepairFactory(RecordFactory):
    """A repair taken in: ``state="asked"`` for one that waits."""

    class Meta:
        model = Repair

    line = factory.LazyAttribute(
        lambda one: OrderFactory(state="received", merchant=MerchantFactory(papers=False)).lines.get()
    )
    order = factory.SelfAttribute("line.order")
    merchant = factory.SelfAttribute("line.order.merchant")
    provider = factory.SubFactory(RepairProviderFactory)
    code = factory.Sequence(lambda number: f"W{number + 1:06d}")
    fault = "开机后几分钟自动断电"
    asked_at = ASKED
    taken_in_on = ASKED.date()
    state = Repair.State.IN_REPAIR
