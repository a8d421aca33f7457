"""What tests of the portal's pages share: a browser that is signed in, and what a page says."""

import base64
import struct
import zlib

from django.test import Client

from streamers.rules.signature import PNG

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(user):
    """A signed-in browser."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def text(answer):
    """The words of an answer."""
    return answer.content.decode()


def drawing(*, drawn=True, width=60, height=20):
    """A canvas as a browser sends it: a transparent PNG, with a stroke on it or without."""
    pixel = b"\x10\x20\x2e\xff" if drawn else b"\0\0\0\0"
    rows = b"".join(b"\0" + b"\0\0\0\0" * (width - 1) + pixel for _row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return PNG + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")


def as_sent(picture):
    """A picture as the page's script posts it."""
    return f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
