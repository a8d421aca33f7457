"""What is taken as a film, at every door."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LOOKED_AT = 16


def validate_film(file):
    """Accept MP4, MOV, FLV, MKV, WebM and MPEG-TS by their first bytes, up to ``MCN_RECORDING_MAX_BYTES``."""
    if file.size > settings.MCN_RECORDING_MAX_BYTES:
        limit = settings.MCN_RECORDING_MAX_BYTES // 1024**2
        raise ValidationError(
            _("The film is larger than %(limit)s MB: name its path."), "size", {"limit": limit}
        )
    head = file.read(LOOKED_AT)
    file.seek(0)
    if not is_film(head):
        raise ValidationError(_("Send a film (MP4, MOV, FLV, MKV, WebM, TS)."), "type")


def is_film(head):
    """Whether a file that begins like this is a film."""
    return head[4:8] == b"ftyp" or head.startswith((b"FLV\x01", b"\x1aE\xdf\xa3", b"G@", b"\x00\x00\x01\xba"))
