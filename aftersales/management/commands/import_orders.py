"""Import the orders of a platform from its own export."""

from mcn.sheets.management.base import ImportCommand


class Command(ImportCommand):
    """Rows of the file become lines of orders; the place is a platform, or a platform and a merchant."""

    help = "Import orders from a platform's export, such as --place douyin/M0001 orders.csv."
    sheet_name = "orders"
    scope_option = "place"
