"""Import streamers from a spreadsheet."""

from mcn.sheets.management.base import ImportCommand


class Command(ImportCommand):
    """Rows of the file become streamers, new ones as drafts."""

    help = "Import streamers from a spreadsheet: xlsx, xls, ods or csv."
    sheet_name = "streamers"
