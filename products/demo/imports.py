"""Spreadsheets that merchants sent: one matched by hand and imported, one that waits to be confirmed."""

from django.core.files.base import ContentFile

from mcn.sheets import actions as imports
from mcn.sheets import runs
from products.demo.stage import DATA

SHEET = "products"


class ImportStories:
    """The stories of the spreadsheets."""

    def __init__(self, stage, rows):
        self.stage = stage
        self.rows = rows

    def stories(self):
        """One story for each file."""
        for place, row in enumerate(self.rows, 1):
            yield self._story(place, row)

    def _story(self, place, row):
        at = self.stage.calendar.at(row["day"], place)
        yield at
        by = self.stage.editor(row["merchant"])
        job = imports.upload(
            SHEET, self._file(row), by=by, at=at, scope=self.stage.merchants[row["merchant"]].code
        )
        runs.preview(job, at=at)
        if "columns" not in row:
            return
        job.refresh_from_db()
        names = [row["columns"].get(title, name) for title, name in zip(job.titles, job.names, strict=True)]
        imports.match(job, names, by=by, at=at)
        runs.preview(job, at=at)
        job.refresh_from_db()
        imports.confirm(job, by=by, at=at)
        runs.carry_out(job, at=at)

    def _file(self, row):
        """The file as an office program on a Chinese desk saves it."""
        text = (DATA / row["file"]).read_text(encoding="utf-8")
        return ContentFile(text.encode("gb18030"), name=row["name"])
