"""Which wording rules a category stands for, whether it is named by code, by name or by a word in it."""

import csv
import functools
import re
from pathlib import Path

from django.apps import apps

from mcn.claims.terms import DATA, Regime

LEVELS = re.compile(r"\s*[/>＞|、,，\\]+\s*")


@functools.lru_cache(maxsize=1024)
def regime_of(category):
    """The regime of a category; the general one where nothing is known of it."""
    named = str(category or "").strip()
    if named in list(Regime):
        return Regime(named)
    known = known_categories()
    for name in [named, *reversed(LEVELS.split(named))]:
        if name in known:
            return known[name]
    # The word that ends last tells what the goods are, and of two such words the longer: 消毒柜 is a cabinet.
    words = [
        (named.rfind(word) + len(word), len(word), regime) for word, regime in known_words() if word in named
    ]
    return max(words)[2] if words else Regime.GENERAL


@functools.cache
def known_categories():
    """Codes and names of the categories that the product's apps ship in ``data/categories.csv``."""
    known = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "data" / "categories.csv"
        if path.is_file():
            known.update(_regimes_in(path))
    return known


@functools.cache
def known_words():
    """Words in a category's name that tell its regime."""
    with (DATA / "regimes.csv").open(encoding="utf-8", newline="") as lines:
        return [
            (word, Regime(row["regime"])) for row in csv.DictReader(lines) for word in row["words"].split()
        ]


def _regimes_in(path):
    """The regime of each code and name in a file; a category without one has its parent's."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines) if "claim_regime" in row}
    for code, row in rows.items():
        holder = row
        while not holder["claim_regime"] and holder["parent"] in rows:
            holder = rows[holder["parent"]]
        if holder["claim_regime"] in list(Regime):
            yield code, Regime(holder["claim_regime"])
            yield row["name"], Regime(holder["claim_regime"])
