"""The evidence pack of a complaint as a download."""

import tempfile

from django.http import FileResponse

from aftersales.actions import complaint_pack


def download(complaint, *, by, at):
    """The pack of a complaint as an answer; written to a file first, for it may hold many pictures."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    complaint_pack.pack(complaint, out, by=by, at=at)
    out.seek(0)
    answer = FileResponse(
        out, as_attachment=True, filename=f"{complaint.code}.zip", content_type="application/zip"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
