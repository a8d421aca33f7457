"""How imports are narrowed down."""

from django_filters import FilterSet

from mcn.sheets.models import ImportJob


class ImportFilter(FilterSet):
    """Imports by sheet, state and day."""

    class Meta:
        model = ImportJob
        fields = {"sheet": ["exact"], "state": ["exact"], "scope": ["exact"], "created_at": ["gte", "lte"]}
