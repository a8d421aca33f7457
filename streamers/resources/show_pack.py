"""An evidence pack as a download, at every door."""

from mcn.evidence.files import hand_out
from streamers.actions import show_pack


def download(show, *, by, at, with_recordings=False):
    """The pack of a show as an answer."""

    def write(out):
        show_pack.pack(show, out, by=by, at=at, with_recordings=with_recordings)

    return hand_out(write, f"{show.code}.zip")
