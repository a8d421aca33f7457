"""One call of a webhook: signed as the Standard Webhooks ask, to the address that was judged alone."""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

from django.utils.translation import gettext as _

from mcn.notices.addresses import Forbidden, parts_of, resolve

# For each step of a call, and for all of it: who answers drop by drop is cut off.
STEP_SECONDS = 5
ALL_SECONDS = 10
GONE = 410


@dataclass(frozen=True)
class Answer:
    """What came of a call: the status answered, or what went wrong; final where no further call will help."""

    status: int | None
    milliseconds: int
    error: str = ""
    final: bool = False

    @property
    def arrived(self):
        """Whether the other side took it."""
        return self.status is not None and 200 <= self.status < 300


def body_of(notice, page):
    """What is posted: JSON of the notice and the address of its page."""
    told = {
        "type": notice.kind,
        "timestamp": notice.told_at.isoformat(),
        "data": {
            "notice": notice.pk,
            "title": notice.title,
            "text": notice.text,
            "url": page,
            "subject": {"model": notice.subject_model, "id": notice.subject_id},
        },
    }
    return json.dumps(told, ensure_ascii=False).encode()


def sign(secrets, message_id, at, body):
    """The signatures of a message, one for each secret: ``v1,<base64 of HMAC-SHA-256>``."""
    signed = f"{message_id}.{int(at.timestamp())}.".encode() + body
    return " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)


def _signature(secret, signed):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers_of(secrets, message_id, at, body):
    """What the other side checks before it believes the body."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "mcn-notices/1",
        "Webhook-Id": message_id,
        "Webhook-Timestamp": str(int(at.timestamp())),
        "Webhook-Signature": sign(secrets, message_id, at, body),
    }


def post(url, body, headers):
    """Post a body to an address, and tell what came of it; never raises for what the other side does."""
    began = time.monotonic()
    status, error, final = None, "", False
    try:
        status = _post(parts_of(url), body, headers)
        if not 200 <= status < 300:
            error, final = _("answered with status %(status)s") % {"status": status}, status == GONE
    except Forbidden as no:
        error, final = str(no), True
    except (OSError, HTTPException) as failure:
        error = str(failure) or type(failure).__name__
    return Answer(status, int((time.monotonic() - began) * 1000), error[:200], final)


def _post(parts, body, headers):
    connection = HTTPConnection(parts.host, parts.port, timeout=STEP_SECONDS)
    connection.sock = _connect(parts)
    # Whatever the other side does, the call is over after this.
    cut = threading.Timer(ALL_SECONDS, connection.sock.shutdown, [socket.SHUT_RDWR])
    cut.daemon = True
    cut.start()
    try:
        if parts.scheme == "https":
            connection.sock.do_handshake()
        connection.request("POST", parts.path, body, headers)
        return connection.getresponse().status
    finally:
        cut.cancel()
        connection.close()


def _connect(parts):
    """A connection to the very address that was judged; the certificate is to be that of the name."""
    plain = socket.create_connection((resolve(parts), parts.port), timeout=STEP_SECONDS)
    if parts.scheme == "http":
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=parts.host, do_handshake_on_connect=False)
