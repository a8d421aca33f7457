"""How terms are narrowed down."""

from django_filters import CharFilter

from mcn.claims.models import Term
from mcn.kit.filters import RecordFilterSet


class TermFilter(RecordFilterSet):
    """Terms by what they say, kind, verdict and whether they are in use."""

    q = CharFilter(field_name="text", lookup_expr="icontains")

    class Meta:
        model = Term
        fields = ["kind", "outcome", "severity", "in_use"]
