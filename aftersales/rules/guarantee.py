"""Which terms of the three guarantees hold for goods on a day: their category's, else its parents'."""

from aftersales.models import GuaranteeTerm
from aftersales.rules.entitlement import Terms

# Goods of which the catalogue says nothing: a fault within seven days, the general law after that.
NONE = Terms(months=0)
COLUMNS = [
    "return_days",
    "exchange_days",
    "months",
    "repairs",
    "parts_days",
    "repairer_days",
    "depreciation",
    "perishable",
    "claim_days",
]


class Catalogue:
    """The lines in force on a day, read once by one query."""

    def __init__(self, on):
        rows = GuaranteeTerm.objects.filter(valid_from__lte=on).order_by("valid_from")
        self.rows = {row.category.code: row for row in rows.select_related("category")}

    def line(self, category):
        """The line of a category, or of the nearest one above it that has any; None where nobody has."""
        code = category.code if category else ""
        while code:
            if code in self.rows:
                return self.rows[code]
            code = code.rpartition(".")[0]
        return None

    def terms(self, category):
        """The same as plain figures."""
        row = self.line(category)
        return Terms(**{name: getattr(row, name) for name in COLUMNS}) if row else NONE
