"""The clause catalogue as data: read from the shipped files, and brought into the tables."""

import csv
from functools import cache
from pathlib import Path

from mcn.kit import records
from mcn.standards.models import Clause, Standard

DATA = Path(__file__).parent / "data"


def read(name):
    """The rows of one shipped file as dicts."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def levels():
    """How strict each clause is: ``{"DB4401 5.1.2.4": "shall", ...}``."""
    return {
        f"{row['code']} {line['clause']}": line["level"]
        for row in read("standards")
        for line in read(row["code"])
    }


def sync_catalogue(*, at):
    """Bring the tables in step with the shipped files; rows that say the same are left alone."""
    for row in read("standards"):
        standard = Standard.objects.filter(code=row["code"]).first() or Standard(code=row["code"])
        standard.name, standard.number, standard.kind = row["name"], row["number"], row["kind"]
        standard.in_force_from, standard.source = row["in_force_from"] or None, row["source"]
        records.save(standard, by=None, at=at)
        known = {clause.code: clause for clause in standard.clauses.all()}
        records.save_many(
            [_clause(standard, place, line, known) for place, line in enumerate(read(row["code"]), start=1)],
            by=None,
            at=at,
        )


def _clause(standard, place, line, known):
    clause = known.get(line["clause"]) or Clause(standard=standard, code=line["clause"])
    clause.place = place
    for name in ("actor", "level", "title", "told", "served_by"):
        setattr(clause, name, line[name])
    return clause
