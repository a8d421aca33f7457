"""Promises, price claims and invoices: the default promise is in force and breaks no clause."""

from decimal import Decimal

import factory

from aftersales.models import Breach, Invoice, PriceClaim, PromiseKind, ServicePromise
from tests.factories import AT, DAY, RecordFactory
from tests.factories.merchants import MerchantFactory
from tests.factories.orders import OrderFactory, OrderLineFactory

State = ServicePromise.State


class PromiseKindFactory(RecordFactory):
    """Late shipping is compensated; made once a code."""

    class Meta:
        model = PromiseKind

    code = "late_shipping"
    name = "延时交付必赔"
    description = "超过承诺时间未发货的，按约定比例赔付。"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        there = PromiseKind.objects.filter(code=kwargs["code"]).first()
        return there or super()._create(model_class, *args, **kwargs)


class ServicePromiseFactory(RecordFactory):
    """A promise in force: ``ServicePromiseFactory(state="draft")`` for one being written."""

    class Meta:
        model = ServicePromise

    merchant = factory.SubFactory(MerchantFactory, papers=False)
    kind = factory.SubFactory(PromiseKindFactory)
    state = State.IN_FORCE
    wording = "付款后 48 小时内未发出的，按实付金额的 5% 赔付。"
    compensation = "实付金额的 5%，最低 1 元、最高 100 元。"
    percent = Decimal("5.00")
    least = Decimal("1.00")
    most = Decimal("100.00")
    resources = "仓库两班各 6 人，日发货能力 8000 单；订单系统每小时提示超时订单。"
    valid_from = DAY
    submitted_at = factory.LazyAttribute(lambda row: AT if row.state in ServicePromise.FROZEN else None)
    decided_at = factory.SelfAttribute("submitted_at")


class BreachFactory(RecordFactory):
    """A breach that a buyer told of."""

    class Meta:
        model = Breach

    code = factory.Sequence(lambda number: f"B{900_000 + number}")
    promise = factory.SubFactory(ServicePromiseFactory)
    order = factory.LazyAttribute(lambda row: OrderFactory(merchant=row.promise.merchant))
    source = Breach.Source.BUYER
    text = "三天了还没有发货"
    reported_at = AT


class PriceClaimFactory(RecordFactory):
    """A granted claim that waits for its payment."""

    class Meta:
        model = PriceClaim

    code = factory.Sequence(lambda number: f"P{900_000 + number}")
    line = factory.SubFactory(OrderLineFactory, order__merchant__papers=False)
    state = PriceClaim.State.GRANTED
    reason = PriceClaim.Reason.OWED
    applied_at = AT
    unit_paid = Decimal("39.90")
    lowest = Decimal("29.90")
    amount = Decimal("10.00")
    due_at = AT


class InvoiceFactory(RecordFactory):
    """A request that waits; ``state="issued"`` has its number."""

    class Meta:
        model = Invoice

    code = factory.Sequence(lambda number: f"F{900_000 + number}")
    order = factory.SubFactory(OrderFactory, merchant__papers=False)
    title = "林小满"
    amount = Decimal("39.90")
    requested_at = AT
    due_at = AT
    number = factory.LazyAttribute(
        lambda row: "" if row.state in ("requested", "cancelled") else "26442000000000000001"
    )
    issued_on = factory.LazyAttribute(lambda row: DAY if row.number else None)
    state = Invoice.State.REQUESTED
