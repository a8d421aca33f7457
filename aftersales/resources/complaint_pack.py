"""The evidence pack of a complaint as a download."""

from aftersales.actions import complaint_pack
from mcn.evidence.files import hand_out


def download(complaint, *, by, at):
    """The pack of a complaint as an answer."""
    return hand_out(lambda out: complaint_pack.pack(complaint, out, by=by, at=at), f"{complaint.code}.zip")
