"""Giving rows out as files: streamed, under a name that says what and when."""

from pathlib import PurePath
from urllib.parse import quote

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.translation import gettext as _

from mcn.sheets import writing

KINDS = {"xlsx": "xlsx", "csv": "csv"}


def answer(sheet, queryset, kind, *, on):
    """The rows of a queryset as a streamed download."""
    columns = sheet.export_columns()
    parts = writing.export(kind, columns, sheet.lines(queryset), name=str(sheet.label))
    response = StreamingHttpResponse(parts, content_type=writing.CONTENT_TYPES[kind])
    response.headers["Content-Disposition"] = attachment(f"{sheet.label}-{on:%Y%m%d}.{kind}")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def attachment(name):
    """The header that names a download, in any script."""
    return f"attachment; filename*=UTF-8''{quote(name)}"


def sent(job, *, to):
    """The file of an import as it was sent."""
    return _download(job, job.file, job.name, to)


def faults(job, *, to):
    """The error workbook of an import: the sheet as sent with the reasons beside its rows."""
    name = _("%(name)s-errors.xlsx") % {"name": PurePath(job.name).stem}
    return _download(job, job.faults, name, to)


def _download(job, file, name, user):
    if not job.gives_files_to(user):
        raise Http404
    try:
        return FileResponse(
            file.open(), as_attachment=True, filename=name, content_type="application/octet-stream"
        )
    except (ValueError, FileNotFoundError) as error:
        raise Http404 from error
