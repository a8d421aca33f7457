"""Whether a drawn signature is one: a PNG of the canvas with something on it."""

import struct
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 512 * 1024
MOST_PIXELS = 2000
BYTES_A_PIXEL = {2: 3, 6: 4}  # by the colour type of 8-bit pictures: RGB, RGBA


def require_drawn(data):
    """Refuse what is no picture of a drawing: another file, one too large, an empty canvas."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The signature is too large: clear it and sign again."), "size")
    try:
        drawn = _is_drawn(data)
    except (struct.error, zlib.error, KeyError, ValueError):
        raise ValidationError(_("The signature did not arrive whole: sign again."), "format") from None
    if not drawn:
        raise ValidationError(_("The signature is empty: sign with your finger in the frame."), "empty")


def _is_drawn(data):
    if not data.startswith(PNG):
        raise ValueError
    chunks = dict(_chunks(data))
    width, height, depth, colour, _packing, _filter, interlace = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS) or depth != 8 or interlace:
        raise ValueError
    row = 1 + width * BYTES_A_PIXEL[colour]
    pixels = zlib.decompressobj().decompress(chunks[b"IDAT"], row * height)
    if len(pixels) != row * height:
        raise ValueError
    # A canvas that nobody touched is transparent: zeros, whatever filter its rows went through.
    return any(any(pixels[start + 1 : start + row]) for start in range(0, len(pixels), row))


def _chunks(data):
    """The chunks of a PNG, the picture's data in one."""
    body, place = b"", len(PNG)
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place)
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        if zlib.crc32(kind + content) != struct.unpack_from(">I", data, place + 8 + length)[0]:
            raise ValueError
        if kind == b"IDAT":
            body += content
        else:
            yield kind, content
        place += 12 + length
    yield b"IDAT", body
