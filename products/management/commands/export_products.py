"""Export products to a spreadsheet."""

from mcn.sheets.management.base import ExportCommand


class Command(ExportCommand):
    """Every product with its SKUs, in a file that comes in again without a change."""

    help = "Export all products and SKUs; the ending of the name says the format, .xlsx or .csv."
    sheet_name = "products"
