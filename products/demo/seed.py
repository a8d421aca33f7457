"""The merchants' part of the demo: who works here, and what became of firms, goods and cards."""

from typing import Any

from mcn.accounts.models import User
from products.demo.cards import CardStories
from products.demo.imports import ImportStories
from products.demo.merchants import MerchantStories
from products.demo.people import hire, open_accounts
from products.demo.products import ProductStories
from products.demo.stage import Stage, read, read_all
from products.demo.timeline import Calendar

FIRST_DAY = -180


def people():
    """Everybody who logs in, as the data has them: staff first."""
    data = read("people")
    return data["staff"], data["member"]


def is_there():
    """Whether the demo's people are there already, and so the demo."""
    names = [row["username"] for rows in people() for row in rows]
    return User.objects.filter(username__in=names).exists()


def begin(*, now, password):
    """The stage with the people on it, as of a moment; ``password`` is the hash that all of them share."""
    calendar = Calendar(now)
    stage = Stage(calendar)
    staff, members = people()
    hire(stage, staff, password, at=calendar.at(FIRST_DAY))
    open_accounts(stage, members, password, at=calendar.at(FIRST_DAY, 1))
    return stage


def acts(stage) -> list[Any]:
    """The stories of merchants, products, cards and imports."""
    return [
        MerchantStories(stage, read("merchants")),
        ProductStories(stage, read_all("goods"), read("papers")),
        CardStories(stage, read_all("cards")),
        ImportStories(stage, read("imports")["import"]),
    ]
