"""The terms that a text is scanned for: their rows, and how each is looked for."""

import csv
import functools
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mcn.claims.excuses import Outcome
from mcn.claims.normalise import SENTENCE_ENDS, normalise

DATA = Path(__file__).parent / "data"
SHIPPED = DATA / "terms.csv"
CLASSES = DATA / "classes.csv"


class Regime(StrEnum):
    """The body of law that decides what may be claimed for a kind of product."""

    GENERAL = "general"
    ORDINARY_FOOD = "ordinary_food"
    HEALTH_FOOD = "health_food"
    INFANT_FOOD = "infant_food"
    COSMETICS = "cosmetics"
    SPECIAL_COSMETICS = "special_cosmetics"
    MEDICAL_DEVICE = "medical_device"
    DRUG = "drug"
    DISINFECTANT = "disinfectant"
    MEDICAL_FOOD = "medical_food"
    MEDICAL_SERVICE = "medical_service"
    ALCOHOL = "alcohol"
    FINANCE = "finance"
    EDUCATION = "education"
    AGRI_INPUT = "agri_input"


# Whose rows count where a term has none for the regime itself.
AKIN = {
    Regime.MEDICAL_FOOD: Regime.HEALTH_FOOD,
    Regime.MEDICAL_SERVICE: Regime.MEDICAL_DEVICE,
    Regime.ALCOHOL: Regime.ORDINARY_FOOD,
    Regime.FINANCE: Regime.GENERAL,
    Regime.EDUCATION: Regime.GENERAL,
    Regime.AGRI_INPUT: Regime.GENERAL,
}


@dataclass(frozen=True, slots=True)
class TermRow:
    """One row: what is looked for, where it counts, what it comes to and why.

    In `text`, # stands for a number, … for up to six characters of the same clause, ~ for up to twelve of the
    same sentence, [a|b] for either, {name} for any word of a class in classes.csv.
    """

    text: str
    kind: str
    outcome: Outcome
    severity: int
    regimes: frozenset[Regime]
    excuses: tuple[str, ...]
    clause: str
    source: str
    reason: str
    suggestion: str

    @classmethod
    def from_row(cls, row: dict[str, str]) -> "TermRow":
        """The row as terms.csv has it."""
        return cls(
            text=row["term"],
            kind=row["kind"],
            outcome=Outcome(row["outcome"]),
            severity=int(row["severity"]),
            regimes=frozenset(map(Regime, row["regimes"].split())),
            excuses=tuple(row["excuses"].split()),
            clause=row["clause"],
            source=row["source"],
            reason=row["reason"],
            suggestion=row["suggestion"],
        )


def shipped() -> Iterator[TermRow]:
    """The terms that come with the product."""
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield TermRow.from_row(row)


def classes() -> Iterator[tuple[str, list[str]]]:
    """The classes of words that terms may name, longer words first."""
    with CLASSES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["name"], sorted(map(re.escape, row["words"].split()), key=len, reverse=True)


WILD = {
    "#": r"(?:\d[\d.]*|[零一二两三四五六七八九十百千万几数半]+)(?:多|来|几|余)?[十百千万亿]?",
    "…": rf"[^{SENTENCE_ENDS}，,]{{0,6}}?",
    "~": rf"[^{SENTENCE_ENDS}]{{0,12}}?",
} | {f"{{{name}}}": f"(?:{'|'.join(words)})" for name, words in classes()}
WILD_MARKS = re.compile(f"({'|'.join(map(re.escape, WILD))})")
REACH = 24  # characters that a wild part may take up on either side of the anchor


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a term is looked for: a literal anchor, and what must stand on either side of it."""

    anchor: str
    literal: bool
    latin: bool  # begins or ends with a Latin letter or a digit
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """The pattern of a wording, anchored at its longest literal part."""
        parts = parts_of(text)
        anchor = max((part for part in parts if part not in WILD), key=len)
        place = parts.index(anchor)
        latin = any(end == "#" or end.isascii() for end in (parts[0][0], parts[-1][-1]))
        return cls(
            anchor,
            len(parts) == 1,
            latin,
            compiled(tuple(parts[:place]), r"%s\Z"),
            compiled(tuple(parts[place + 1 :]), r"\A%s"),
        )

    def span(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The stretch that the whole term takes up where its anchor was found."""
        if self.before is not None:
            ahead = self.before.search(text[max(0, start - REACH) : start])
            if ahead is None:
                return None
            start -= len(ahead[0])
        if self.after is not None:
            behind = self.after.match(text[end : end + REACH])
            if behind is None:
                return None
            end += behind.end()
        return start, end


def parts_of(wording: str) -> list[str]:
    """A wording's literal and wild parts, as the scan sees them; ``ValueError`` if all of it is wild."""
    read = [part if part in WILD else normalise(part).text.strip() for part in WILD_MARKS.split(wording)]
    parts = [part for part in read if part]
    if all(part in WILD for part in parts):
        raise ValueError(wording)
    return parts


@functools.cache
def compiled(parts: tuple[str, ...], frame: str) -> re.Pattern[str] | None:
    """The parts on one side of an anchor as one expression."""
    if not parts:
        return None
    return re.compile(frame % "".join(WILD.get(part) or re.escape(part) for part in parts))


MOST_VARIANTS = 500
CHOICE = re.compile(r"\[([^\[\]]*)\]")


def variants(text: str) -> list[str]:
    """Every wording that a term's text stands for, alternatives written out; ``ValueError`` if too many."""
    if math.prod(choice[1].count("|") + 1 for choice in CHOICE.finditer(text)) > MOST_VARIANTS:
        raise ValueError(text)
    choice = CHOICE.search(text)
    if choice is None:
        return [text]
    rest = variants(text[choice.end() :])
    return [f"{text[: choice.start()]}{one}{other}" for one in choice[1].split("|") for other in rest]


def by_regime(terms: Iterable[TermRow], regime: Regime) -> dict[str, TermRow]:
    """The wordings that count for a regime, each with the row that names the regime nearest."""
    chosen: dict[str, tuple[int, TermRow]] = {}
    for term in terms:
        if regime in term.regimes:
            nearness = 2
        elif not term.regimes:
            nearness = 0
        elif AKIN.get(regime) in term.regimes:
            nearness = 1
        else:
            continue
        for wording in variants(term.text):
            if wording not in chosen or nearness > chosen[wording][0]:
                chosen[wording] = nearness, term
    return {wording: term for wording, (_nearness, term) in chosen.items()}
