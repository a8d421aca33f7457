"""Import products from a spreadsheet."""

from mcn.sheets.management.base import ImportCommand


class Command(ImportCommand):
    """Rows of the file become products and SKUs of one merchant, or of those that it names."""

    help = "Import products and SKUs from a spreadsheet: xlsx, xls, ods or csv."
    sheet_name = "products"
    scope_option = "merchant"
