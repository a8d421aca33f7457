"""The catalogue of three guarantees: shipped with the product, changed by staff with effect from a day."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from aftersales.models import GuaranteeTerm
from mcn.agency.figures import START
from mcn.kit import moves, records
from mcn.kit.clock import business_day
from mcn.kit.refusal import Refused
from merchants.models import Category

DATA = Path(__file__).parent.parent / "data" / "guarantee_terms.csv"


def sync_guarantees(*, at):
    """Add the shipped lines whose category has none; what staff added stays."""
    categories = {row.code: row for row in Category.objects.all()}
    known = set(GuaranteeTerm.objects.values_list("category__code", flat=True))
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["category"] in categories]
    made = []
    for row in rows:
        code = row.pop("category")
        if code not in known:
            given = {name: value for name, value in row.items() if value != ""}
            given["perishable"] = given.get("perishable") == "yes"
            made.append(GuaranteeTerm(category=categories[code], valid_from=START, **given))
    records.save_many(made, by=None, at=at, verb="ship")


def set_terms(term, *, by, at):
    """Put a line into the catalogue; it holds from a day to come, so that past answers stay as they were."""
    moves.require_may(by, "change" if term.pk else "add", term)
    if term.valid_from < business_day(at):
        raise Refused(_("Terms change from today or later: add a new line with its own day."))
    return records.save(term, by=by, at=at)
