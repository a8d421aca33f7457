"""The claim scan: which listed terms a text holds, what excuses them, and what the text comes to."""

import operator
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

from mcn.claims.contexts import GATES, tiers_of
from mcn.claims.excuses import Outcome, Reading, Tier
from mcn.claims.normalise import Normalised, normalise
from mcn.claims.terms import Pattern, Regime, TermRow, by_regime, variants


class Hit(NamedTuple):
    """One stretch of a text that is banned or needs evidence; offsets count characters of the original."""

    start: int
    end: int
    term: str
    matched: str
    outcome: Outcome
    kind: str
    severity: int
    reason: str
    clause: str
    suggestion: str

    def as_dict(self) -> dict[str, object]:
        """The hit as doors show it."""
        return {**self._asdict(), "outcome": self.outcome.value}


class Scan(NamedTuple):
    """What a text came to, by which version of the terms."""

    outcome: Outcome
    hits: list[Hit]
    version: str


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a term, ready to be looked for."""

    text: str
    pattern: Pattern
    term: TermRow
    tiers: list[Tier]


class Scanner:
    """One version of the terms, built once and shared by every scan of the process."""

    def __init__(self, terms: Iterable[TermRow], version: str = "") -> None:
        self.version = version
        self._terms = list(terms)
        wordings = {wording for term in self._terms for wording in variants(term.text)}
        self._patterns = {wording: Pattern.of(wording) for wording in wordings}
        self._anchors = sorted({pattern.anchor for pattern in self._patterns.values()})
        # Every match is asked for, overlapping: a longer term may not count for the regime or may lack its
        # other parts, and then the shorter one inside it stands. The choice is leftmost, then longest.
        self._automaton = ahocorasick_rs.AhoCorasick(
            self._anchors,
            matchkind=ahocorasick_rs.MatchKind.Standard,
            implementation=ahocorasick_rs.Implementation.DFA,
        )
        self._tables: dict[Regime, list[list[Wording]]] = {}

    def scan(self, text: str, regime: Regime = Regime.GENERAL) -> Scan:
        """The outcome of a text for a kind of product, with every hit."""
        ready = normalise(text)
        found = self._automaton.find_matches_as_indexes(ready.text, overlapping=True)
        if not found:
            return Scan(Outcome.PASS, [], self.version)
        standing = leftmost_longest(ready.text, found, self._table(regime))
        reading = Reading(ready.text, text, GATES)
        hits = [hit for place in standing if (hit := judge(reading, ready, *place)) is not None]
        banned = any(hit.outcome is Outcome.BANNED for hit in hits)
        outcome = Outcome.BANNED if banned else Outcome.NEEDS_EVIDENCE if hits else Outcome.PASS
        return Scan(outcome, hits, self.version)

    def _table(self, regime: Regime) -> list[list[Wording]]:
        """For each anchor, the wordings that it may belong to under a regime."""
        if regime not in self._tables:
            places = {anchor: place for place, anchor in enumerate(self._anchors)}
            table: list[list[Wording]] = [[] for _ in self._anchors]
            for text, term in by_regime(self._terms, regime).items():
                pattern = self._patterns[text]
                wording = Wording(
                    text, pattern, term, tiers_of(term.excuses, banned=term.outcome is Outcome.BANNED)
                )
                table[places[pattern.anchor]].append(wording)
            self._tables[regime] = table
        return self._tables[regime]


def leftmost_longest(
    text: str, found: list[tuple[int, int, int]], table: list[list[Wording]]
) -> list[tuple[int, int, Wording]]:
    """The wordings that stand, none overlapping another; of two of one length the literal one."""
    candidates = []
    for place, start, end in found:
        for wording in table[place]:
            pattern = wording.pattern
            if pattern.literal:
                candidates.append((start, -end, 0, wording))
            elif (span := pattern.span(text, start, end)) is not None:
                candidates.append((span[0], -span[1], 1, wording))
    candidates.sort(key=operator.itemgetter(0, 1, 2))
    standing = []
    reach = 0
    for start, end, _, wording in candidates:
        if start >= reach:
            standing.append((start, -end, wording))
            reach = -end
    return standing


def judge(reading: Reading, ready: Normalised, start: int, end: int, wording: Wording) -> Hit | None:
    """The hit of a wording where it stands, unless it is a harmless word or excused."""
    term = wording.term
    if term.outcome is Outcome.PASS:
        return None
    text = reading.original
    span = ready.span(start, end)
    if wording.pattern.latin and cuts_a_word(text, span):
        return None
    outcome: Outcome = term.outcome
    reason = term.reason
    excuse = reading.excuse(wording.tiers, start, end, span)
    if excuse is not None and excuse.outcome is Outcome.PASS:
        return None
    if excuse is not None:
        outcome, reason = excuse.outcome, f"{excuse.reason}（{excuse.source}）"
    matched = text[span[0] : span[1]]
    return Hit(
        *span, wording.text, matched, outcome, term.kind, term.severity, reason, term.clause, term.suggestion
    )


def cuts_a_word(text: str, span: tuple[int, int]) -> bool:
    """Whether a stretch begins or ends inside a Latin word or a number, as top1 in laptop100 would."""
    start, end = span
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (is_latin(first) and is_latin(before)) or (is_latin(last) and is_latin(after))


def is_latin(character: str) -> bool:
    """Whether a character belongs to Latin words and numbers, of either width."""
    return character.isalnum() and (character < "\u0250" or "\uff10" <= character <= "\uff5a")
