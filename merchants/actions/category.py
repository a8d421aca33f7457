"""The category tree: brought in step with the shipped files, and changed by staff."""

import csv
from pathlib import Path

from django.db import transaction

from mcn.audit.models import Entry
from mcn.kit import moves, records
from merchants.models import Category, CategoryRequirement, CredentialKind

DATA = Path(__file__).parent.parent / "data"
LISTS = ["merchant_credentials", "product_credentials"]


def read(name):
    """The rows of one shipped file as dicts."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inherited(rows):
    """The shipped categories with what their parents say written out: ``{code: row}``, parents first.

    An empty cell takes the parent's; a list of credentials adds to it; ``-`` says that there is none.
    """
    full = {}
    for row in rows:
        above = full.get(row["parent"], {})
        whole = dict(row)
        for key, value in row.items():
            if key in LISTS:
                whole[key] = [] if value == "-" else [*above.get(key, []), *value.split()]
            elif key not in ("code", "parent", "name", "note", "source"):
                whole[key] = "" if value == "-" else value or above.get(key, "")
        full[row["code"]] = whole
    return full


@transaction.atomic
def sync_categories(*, at):
    """Bring kinds, categories and what they ask for in step with the files; what staff changed stays."""
    kinds = _sync(CredentialKind, read("credential_kinds"), _kind_values, at)
    rows = inherited(read("categories"))
    for depth in sorted({code.count(".") for code in rows}):
        level = [row for code, row in rows.items() if code.count(".") == depth]
        categories = _sync(Category, level, _category_values, at)
    _sync_requirements(rows, categories, kinds, at)


def _sync(model, rows, values_of, at):
    known = {row.code: row for row in model.objects.all()}
    theirs = _changed_by_staff(model)
    touched = []
    for row in rows:
        stored = known.setdefault(row["code"], model(code=row["code"]))
        if str(stored.pk) not in theirs:
            for name, value in values_of(row, known).items():
                setattr(stored, name, value)
            touched.append(stored)
    records.save_many(touched, by=None, at=at, verb="ship")
    return known


def _changed_by_staff(model):
    """The ids of the rows that a person ever changed."""
    entries = Entry.objects.filter(model=model._meta.label_lower, by__isnull=False)
    return set(entries.values_list("row", flat=True))


def _kind_values(row, _kinds):
    return {
        "holder": row["holder"],
        "name": row["name"],
        "issuer": row["issuer"],
        "number_hint": row["number_hint"],
        "long_term_possible": row["long_term_possible"] == "yes",
        "source": row["source"],
    }


def _category_values(row, categories):
    parent = categories.get(row["parent"])
    return {
        "parent": parent,
        "name": row["name"],
        "full_name": f"{parent.full_name} / {row['name']}" if parent else row["name"],
        "regime": row["regime"],
        "streamer_qualification": row["streamer_qualification"],
        "seven_day_return": row["seven_day_return"],
        "price_protection_days": int(row["price_protection_days"] or 0),
        "three_guarantees": row["three_guarantees"],
        "contact_rate": row["contact_rate"] or "0",
        "claim_regime": row["claim_regime"],
        "note": row["note"],
        "source": row["source"],
    }


def _sync_requirements(rows, categories, kinds, at):
    theirs = _changed_by_staff(CategoryRequirement)
    touched_by_staff = {row.category_id for row in CategoryRequirement.objects.all() if str(row.pk) in theirs}
    there = set(CategoryRequirement.objects.values_list("category_id", "kind_id"))
    wanted = [
        CategoryRequirement(category=categories[code], kind=kinds[kind])
        for code, row in rows.items()
        for kind in dict.fromkeys([*row["merchant_credentials"], *row["product_credentials"]])
        if categories[code].pk not in touched_by_staff and (categories[code].pk, kinds[kind].pk) not in there
    ]
    records.save_many(wanted, by=None, at=at, verb="ship")


def change(category, *, by, at, why=""):
    """Change a category; the names of those below follow its own."""
    moves.require_may(by, "change" if category.pk else "add", category)
    with transaction.atomic():
        records.save(category, by=by, at=at, why=why)
        for child in category.children.all():
            change(child, by=by, at=at, why=why)
    return category
