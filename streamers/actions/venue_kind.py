"""The shipped kinds of places; staff add others, and end a ban with a day."""

import csv
import datetime
from pathlib import Path

from mcn.kit import records
from streamers.models import VenueKind

DATA = Path(__file__).parent.parent / "data" / "venue_kinds.csv"
START = datetime.date(2000, 1, 1)


def sync_venue_kinds(*, at):
    """Add the shipped kinds of places that are not there; what staff changed stays."""
    known = set(VenueKind.objects.values_list("code", flat=True))
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code"] not in known]
    made = [
        VenueKind(
            code=row["code"],
            name=row["name"],
            needs_lease=row["needs_lease"] == "yes",
            forbidden_from=START if row["ground"] else None,
            clause=row["ground"],
            source=row["ground"],
        )
        for row in rows
    ]
    records.save_many(made, by=None, at=at, verb="ship")
