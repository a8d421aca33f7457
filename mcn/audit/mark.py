"""The mark that only the product can put on an entry: a hash keyed by the secret key.

What somebody writes into the trail by SQL alone has none, and a copy of an entry has one that is there
already.
"""

import datetime
import hashlib
import hmac
import os

import orjson
from django.conf import settings

SALT = 16
MARKED = ["at", "by_id", "verb", "model", "row", "label", "changes", "why", "request_id"]


def keys():
    """The secret key, then those that it took the place of."""
    return [key.encode() for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def mark(values):
    """A mark for the values of ``MARKED``; no two are alike, even of two entries that say the same."""
    salt = os.urandom(SALT // 2).hex()
    return salt + _keyed(salt, values, keys()[0])


def mark_many(rows):
    """A mark for each of many rows."""
    key, salts = keys()[0], os.urandom(len(rows) * SALT // 2).hex()
    cut = [salts[start : start + SALT] for start in range(0, len(salts), SALT)]
    return [salt + _keyed(salt, values, key) for salt, values in zip(cut, rows, strict=True)]


def is_ours(given, values, known):
    """Whether a mark is that of these values, by any of the known keys."""
    salt, told = given[:SALT], given[SALT:]
    return any(hmac.compare_digest(told, _keyed(salt, values, key)) for key in known)


def _keyed(salt, values, key):
    at, *rest = values
    told = orjson.dumps([salt, at.astimezone(datetime.UTC), *rest])
    return hmac.digest(key, told, hashlib.sha256).hex()
