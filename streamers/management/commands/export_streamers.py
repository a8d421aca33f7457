"""Export streamers to a spreadsheet."""

from mcn.sheets.management.base import ExportCommand


class Command(ExportCommand):
    """All streamers, one a row, personal data masked."""

    help = "Export streamers to a spreadsheet: xlsx or csv; personal data go out masked."
    sheet_name = "streamers"
