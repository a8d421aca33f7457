"""Columns that models of every app have."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models


class FixedKey(models.ForeignKey):
    """A foreign key of which each place chooses only the label: all else is fixed by its class."""

    FIXED: ClassVar[dict[str, Any]] = {}

    def __init__(self, verbose_name=None, **kwargs):
        super().__init__(**kwargs | self.FIXED, verbose_name=verbose_name)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: value for key, value in kwargs.items() if key not in self.FIXED}


class ActorField(FixedKey):
    """Who did it: a person, or nobody where it was the system; set by verbs, never typed into a form."""

    FIXED = {
        "to": settings.AUTH_USER_MODEL,
        "on_delete": models.PROTECT,
        "null": True,
        "blank": True,
        "editable": False,
        "related_name": "+",
    }
