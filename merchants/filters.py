"""Which merchants a list may be narrowed to."""

from django_filters import MultipleChoiceFilter
from django_filters.rest_framework import IsoDateTimeFilter

from mcn.kit.filters import RecordFilterSet, SearchFilter
from merchants.models import Merchant


class MerchantFilter(RecordFilterSet):
    """Merchants by words or codes, state and kind."""

    q = SearchFilter()
    state = MultipleChoiceFilter(choices=Merchant.State.choices)
    changed_since = IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte")

    class Meta:
        model = Merchant
        fields = ["kind", "code", "uscc"]
