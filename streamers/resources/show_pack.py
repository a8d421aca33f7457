"""An evidence pack as a download, at every door."""

import tempfile

from django.http import FileResponse

from streamers.actions import show_pack


def download(show, *, by, at, with_recordings=False):
    """The pack of a show as an answer; it is written to a file first, for films are large."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it was sent
    show_pack.pack(show, out, by=by, at=at, with_recordings=with_recordings)
    out.seek(0)
    answer = FileResponse(
        out, as_attachment=True, filename=f"{show.code}.zip", content_type="application/zip"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
