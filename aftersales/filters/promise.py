"""Which promises, breaches, price claims and invoices a list may be narrowed to."""

from django_filters import BooleanFilter, DateFromToRangeFilter, MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import Breach, Invoice, PriceClaim, PromiseAudit, PromiseKind, ServicePromise
from mcn.kit.filters import IdFilter, RecordFilterSet


class PromiseKindFilter(RecordFilterSet):
    """Kinds of promises by code, and whether the law owes them."""

    class Meta:
        model = PromiseKind
        fields = ["code", "by_law"]


class ServicePromiseFilter(RecordFilterSet):
    """Promises by whose they are, of which kind, about which goods, and how far they are."""

    state = MultipleChoiceFilter(choices=ServicePromise.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ServicePromise
        fields = ["merchant", "kind", "product", "capacity"]


class PromiseAuditFilter(RecordFilterSet):
    """Audits by promise, merchant, outcome and day."""

    merchant = IdFilter(field_name="promise__merchant")
    audited_on = DateFromToRangeFilter(field_name="audited_at")

    class Meta:
        model = PromiseAudit
        fields = ["promise", "outcome"]


class BreachFilter(RecordFilterSet):
    """Broken promises by promise, merchant, order and state."""

    state = MultipleChoiceFilter(choices=Breach.State.choices)
    merchant = IdFilter(field_name="promise__merchant")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Breach
        fields = ["code", "promise", "order", "source", "serious"]


class PriceClaimFilter(RecordFilterSet):
    """Price claims by merchant, order, outcome and state."""

    state = MultipleChoiceFilter(choices=PriceClaim.State.choices)
    merchant = IdFilter(field_name="line__order__merchant")
    order = IdFilter(field_name="line__order")
    applied_on = DateFromToRangeFilter(field_name="applied_at")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = PriceClaim
        fields = ["code", "line", "reason", "channel"]


class InvoiceFilter(RecordFilterSet):
    """Invoices by merchant, order, kind, number and state, and those whose goods came back."""

    state = MultipleChoiceFilter(choices=Invoice.State.choices)
    merchant = IdFilter(field_name="order__merchant")
    returned = BooleanFilter(field_name="returned_at", lookup_expr="isnull", exclude=True)
    requested_on = DateFromToRangeFilter(field_name="requested_at")
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Invoice
        fields = ["code", "order", "kind", "buyer", "number"]
