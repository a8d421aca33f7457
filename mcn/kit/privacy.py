"""Personal data: encrypted at rest, found by keyed hash, masked wherever shown, unmasked with a reason.

A model that holds a phone number declares::

    phone = EncryptedField(_("phone"))
    phone_hash = KeyedHashField(source="phone")

and is searched by ``Contact.objects.filter(phone_hash=keyed_hash("13800138000"))``.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django import forms
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.utils.translation import gettext as _

from mcn.audit import trail
from mcn.kit.identity import normalise
from mcn.kit.refusal import Denied

NONCE_BYTES = 12


class Undecipherable(ValueError):
    """A stored value cannot be read with any configured key, or was moved to another column."""


@lru_cache(maxsize=4)
def _keys(declared):
    keys = {}
    for item in declared:
        name, separator, digits = item.partition(":")
        if not separator or len(digits) != 64:
            raise ImproperlyConfigured("MCN_FIELD_KEYS takes id:64-hex-digits items")
        keys[name] = bytes.fromhex(digits)
    return keys


def _all_keys():
    return _keys(tuple(settings.MCN_FIELD_KEYS))


def seal(data, context):
    """AES-256-GCM of bytes with the first key, bound to a context: in another one they are unreadable."""
    name, key = next(iter(_all_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    return name.encode() + b"$" + nonce + AESGCM(key).encrypt(nonce, data, context.encode())


def unseal(sealed, context):
    """The bytes that ``seal`` was given with the same context."""
    name, _separator, body = sealed.partition(b"$")
    try:
        return AESGCM(_all_keys()[name.decode()]).decrypt(
            body[:NONCE_BYTES], body[NONCE_BYTES:], context.encode()
        )
    except (KeyError, ValueError, InvalidTag) as error:
        raise Undecipherable(context) from error


def encrypt(text, column):
    """A text sealed for its column, as text: ``key's name$base64``."""
    name, _separator, body = seal(text.encode(), column).partition(b"$")
    return f"{name.decode()}${base64.b64encode(body).decode()}"


def decrypt(token, column):
    """The clear text of a token made by ``encrypt`` for the same column."""
    name, _separator, body = token.partition("$")
    try:
        sealed = base64.b64decode(body, validate=True)
    except ValueError as error:
        raise Undecipherable(column) from error
    return unseal(name.encode() + b"$" + sealed, column).decode()


def keyed_hash(value):
    """HMAC-SHA-256 of the normalised, upper-case value under the last (oldest) key; empty stays empty."""
    text = normalise(value).upper().replace(" ", "")
    if not text:
        return ""
    key = hashlib.sha256(b"index:" + list(_all_keys().values())[-1]).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def mask(value):
    """The first three and last two to four characters, stars between; a name keeps its first character."""
    text = str(value or "")
    if len(text) <= 4:
        return text[:1] + "*" * (len(text) - 1)
    tail = 4 if len(text) > 8 else 2
    return text[:3] + "*" * max(len(text) - 3 - tail, 1) + text[-tail:]


class EncryptedField(models.TextField):
    """Text that lies encrypted in its column and is clear only in the object in hand."""

    secret = True

    @property
    def _column(self):
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value, self._column) if value else value

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": forms.TextInput} | kwargs)

    def from_db_value(self, value, expression, connection):
        return decrypt(value, self._column) if value else value


class PersonalDateField(models.DateField):
    """A day that tells of a person, such as a birth date: the trail says that it changed, not what it is."""

    secret = True


class ConcealedTextField(models.TextField):
    """Text that is no personal data but not for every reader of the trail, such as why an answer is right."""

    secret = True


class ConcealedJSONField(models.JSONField):
    """Structured data that the trail says changed, without telling it, such as the right answers of exams."""

    secret = True


class KeyedHashField(models.CharField):
    """The keyed hash of another field of the same row, kept in step on every write; what look-ups use."""

    audited = False

    def __init__(self, *args, source="", **kwargs):
        self.source = source
        kwargs |= {"max_length": 64, "editable": False, "blank": True, "default": ""}
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "editable", "blank", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance, add):
        value = keyed_hash(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value


def reveal(obj, field, *, by, at, why):
    """The clear value of an encrypted field, for whoever has ``reveal_<model>`` and a reason; audited."""
    if not by.has_perm(f"{obj._meta.app_label}.reveal_{obj._meta.model_name}"):
        raise Denied(_("You may not see this in clear."))
    if not why.strip():
        raise Denied(_("Say why you need to see it."))
    with transaction.atomic():
        trail.note(obj, by=by, at=at, verb="reveal", changes={field: [trail.CHANGED, trail.CHANGED]}, why=why)
    return getattr(obj, field)
