"""About what notices are: the kinds declared in ``settings.MCN_NOTICES``, and how urgent each is."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Kind:
    """One kind of notice: an urgent one comes at once, also in the quiet hours and to whom wants a digest."""

    name: str
    label: Any
    urgent: bool = False


@cache
def kinds():
    """The declared kinds by name."""
    return {name: Kind(name, label, urgent) for name, label, urgent in settings.MCN_NOTICES}


def kind_named(name):
    """A declared kind; any other word is a slip of whoever tells."""
    try:
        return kinds()[name]
    except KeyError as error:
        raise ImproperlyConfigured(f"settings.MCN_NOTICES declares no kind of notice {name!r}") from error


def choices():
    """The kinds as forms and lists offer them."""
    return [(kind.name, kind.label) for kind in kinds().values()]
