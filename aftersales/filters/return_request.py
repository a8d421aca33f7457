"""Which returns and repairs a list may be narrowed to."""

from django_filters import MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from aftersales.models import GuaranteeTerm, Repair, RepairProvider, ReturnRequest
from mcn.kit.filters import RecordFilterSet


class ReturnRequestFilter(RecordFilterSet):
    """Returns by merchant, order, kind, reason and state."""

    state = MultipleChoiceFilter(choices=ReturnRequest.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = ReturnRequest
        fields = ["merchant", "order", "kind", "reason", "code"]


class RepairFilter(RecordFilterSet):
    """Repairs by merchant, order, repairer and state."""

    state = MultipleChoiceFilter(choices=Repair.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Repair
        fields = ["merchant", "order", "provider", "code"]


class RepairProviderFilter(RecordFilterSet):
    """Repairers by state, kind and merchant."""

    class Meta:
        model = RepairProvider
        fields = ["state", "kind", "merchant"]


class GuaranteeTermFilter(RecordFilterSet):
    """Lines of the catalogue by category."""

    class Meta:
        model = GuaranteeTerm
        fields = ["category"]
