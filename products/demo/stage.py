"""What all stories share: the calendar, the data, and the people and firms that are there so far."""

import tomllib
from decimal import Decimal
from pathlib import Path

from merchants.models import Category, CredentialKind

DATA = Path(__file__).parent / "data"


def read(name):
    """One file of the demo's data."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def read_all(folder):
    """The data of every file in a folder, in the order of their names."""
    return [read(f"{folder}/{path.stem}") for path in sorted((DATA / folder).glob("*.toml"))]


def yuan(amount):
    """An amount of the data as money; none for 0, which stands for no price."""
    return Decimal(f"{amount:.2f}") if amount else None


class Stage:
    """Who and what is there: each is found by the key that the data gives it."""

    def __init__(self, calendar):
        self.calendar = calendar
        self.agency = read("merchants")["agency"]["name"]
        self.users = {}
        self.merchants = {}
        self.products = {}
        self.categories = {row.code: row for row in Category.objects.prefetch_related("requirements__kind")}
        self.kinds = {row.code: row for row in CredentialKind.objects.all()}
        self.places = {}

    def staff(self, role):
        """The demo's member of staff for a role."""
        return self.users[role]

    def owner(self, merchant_key):
        """Who answers for a merchant."""
        return self.places[merchant_key, "owner"]

    def editor(self, merchant_key):
        """Who writes for a merchant: its editor, else its owner."""
        return self.places.get((merchant_key, "editor")) or self.owner(merchant_key)

    def span(self, days):
        """What two days, or a day and ``"long"``, make of ``valid_from``, ``valid_to`` and ``long_term``."""
        first, last = days
        long_term = last == "long"
        until = None if long_term else self.calendar.on(last)
        return {"valid_from": self.calendar.on(first), "valid_to": until, "long_term": long_term}
