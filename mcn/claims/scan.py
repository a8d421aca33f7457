"""The claim scan: which listed terms a text holds, what excuses them, and what the text comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

import ahocorasick_rs

from mcn.claims.excuses import Outcome, Surroundings, excuse_of
from mcn.claims.normalise import Normalised, normalise
from mcn.claims.terms import Pattern, Regime, Term, by_regime, variants

Table = list[list[tuple[str, Pattern, Term]]]  # for each anchor, the wordings that it may belong to
Candidate = tuple[int, int, str, Term]  # start, end, wording, term


@dataclass(frozen=True, slots=True)
class Hit:
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
        return {
            "start": self.start,
            "end": self.end,
            "term": self.term,
            "matched": self.matched,
            "outcome": self.outcome.value,
            "kind": self.kind,
            "severity": self.severity,
            "reason": self.reason,
            "clause": self.clause,
            "suggestion": self.suggestion,
        }


@dataclass(frozen=True, slots=True)
class Scan:
    """What a text came to, by which version of the terms."""

    outcome: Outcome
    hits: list[Hit]
    version: str


class Scanner:
    """One version of the terms, built once and shared by every scan of the process."""

    def __init__(self, terms: Iterable[Term], version: str = "") -> None:
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
        self._tables: dict[Regime, Table] = {}

    def scan(self, text: str, regime: Regime = Regime.GENERAL) -> Scan:
        """The outcome of a text for a kind of product, with every hit."""
        ready = normalise(text)
        found = self._automaton.find_matches_as_indexes(ready.text, overlapping=True)
        hits: list[Hit] = []
        if found:
            for candidate in self._leftmost_longest(ready.text, found, regime):
                hit = judge(text, ready, *candidate)
                if hit is not None:
                    hits.append(hit)
        outcome = max((hit.outcome for hit in hits), key=lambda o: o.rank, default=Outcome.PASS)
        return Scan(outcome, hits, self.version)

    def _table(self, regime: Regime) -> Table:
        """For each anchor, the terms that it may belong to under a regime."""
        if regime not in self._tables:
            places = {anchor: place for place, anchor in enumerate(self._anchors)}
            table: Table = [[] for _ in self._anchors]
            for wording, term in by_regime(self._terms, regime).items():
                pattern = self._patterns[wording]
                table[places[pattern.anchor]].append((wording, pattern, term))
            self._tables[regime] = table
        return self._tables[regime]

    def _leftmost_longest(
        self, text: str, found: list[tuple[int, int, int]], regime: Regime
    ) -> list[Candidate]:
        """The terms that stand, none overlapping another."""
        table = self._table(regime)
        candidates: list[Candidate] = []
        for place, start, end in found:
            for wording, pattern, term in table[place]:
                span = pattern.span(text, start, end)
                if span is not None:
                    candidates.append((*span, wording, term))
        candidates.sort(key=lambda candidate: (candidate[0], -candidate[1]))
        standing = []
        reach = 0
        for candidate in candidates:
            if candidate[0] >= reach:
                standing.append(candidate)
                reach = candidate[1]
        return standing


def judge(text: str, ready: Normalised, start: int, end: int, wording: str, term: Term) -> Hit | None:
    """The hit of a term where it stands, unless it is a harmless word or excused."""
    if term.outcome is Outcome.PASS:
        return None
    span = ready.span(start, end)
    if cuts_a_word(text, span):
        return None
    outcome, reason = term.outcome, term.reason
    if term.excuses:
        near = Surroundings.of(ready.text, start, end, text, span)
        excuse = excuse_of(term.excuses, near)
        if excuse is not None and excuse.outcome is Outcome.PASS:
            return None
        if excuse is not None and outcome is Outcome.BANNED:
            outcome, reason = excuse.outcome, f"{excuse.reason}（{excuse.source}）"
    return Hit(
        start=span[0],
        end=span[1],
        term=wording,
        matched=text[span[0] : span[1]],
        outcome=outcome,
        kind=term.kind,
        severity=term.severity,
        reason=reason,
        clause=term.clause,
        suggestion=term.suggestion,
    )


def cuts_a_word(text: str, span: tuple[int, int]) -> bool:
    """Whether a stretch begins or ends inside a Latin word or a number, as top1 in laptop100 would."""
    start, end = span
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    return (latin(first) and latin(before)) or (latin(last) and latin(after))


def latin(character: str) -> bool:
    """Whether a character belongs to Latin words and numbers, of either width."""
    return character.isalnum() and (character < "\u0250" or "\uff10" <= character <= "\uff5a")
