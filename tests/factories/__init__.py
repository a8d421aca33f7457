"""Rows for tests: the default object of each factory breaks no clause on ``DAY``."""

import datetime

import factory
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from mcn.audit import trail
from mcn.kit import records
from mcn.kit.clock import SHANGHAI
from mcn.kit.validation import relations_of

DAY = datetime.date(2026, 3, 16)
AT = datetime.datetime(2026, 3, 16, 10, 0, tzinfo=SHANGHAI)


def unasked(_row: Model, exclude: set[str] | None = None) -> None:
    """In place of what would ask the database whether a row may be written."""


class RecordFactory(factory.django.DjangoModelFactory):
    """Makes rows in as few statements as they need; that they are valid is tested once for each factory."""

    # Whether what a factory's verbs write is asked about first; if not, the database alone refuses.
    _asks_first = False

    class Meta:
        abstract = True

    @classmethod
    def _generate(cls, strategy, params):
        with pytest.MonkeyPatch.context() as patch:
            if not cls._asks_first:
                patch.setattr(Model, "validate_unique", unasked)
                patch.setattr(Model, "validate_constraints", unasked)
            return super()._generate(strategy, params)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        obj = model_class(*args, **kwargs)
        obj.clean_fields(exclude={field.name for field in relations_of(model_class)})
        obj.clean()
        obj.version = 1
        obj.save()
        if obj.audited:
            changes = records.changes_between(None, obj)
            trail.note(obj, by=None, at=AT, verb="add", changes=changes)
        return obj

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """Nothing is saved again after the row's children were made."""


def pdf(name="scan.pdf", body=b"a page"):
    """A small file that is accepted as a PDF."""
    return SimpleUploadedFile(name, b"%PDF-1.7\n" + body, content_type="application/pdf")


def png(name="photo.png", body=b"a picture"):
    """A small file that is accepted as a picture."""
    return SimpleUploadedFile(name, b"\x89PNG\r\n\x1a\n" + body, content_type="image/png")
