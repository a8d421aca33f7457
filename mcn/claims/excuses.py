"""What an excuse is: a context in which a listed term says nothing unlawful, or may be said with evidence."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mcn.claims.normalise import SENTENCE_ENDS


class Outcome(StrEnum):
    """What the scan says of a term, and of a text: the worst of its terms."""

    PASS = "pass"  # noqa: S105 an outcome, no password
    NEEDS_EVIDENCE = "needs_evidence"
    BANNED = "banned"


NEAR = 28
SENTENCE = 70
ENDS = re.compile(f"[{SENTENCE_ENDS}]")


@dataclass(frozen=True, slots=True)
class Excuse:
    """One context: each of `before` is tried on what stands before a term, `after` on what stands behind it.

    One of these suffices unless `both` is set. All of `around`, where given, is looked for in the sentence
    instead. Two savings of time: `gate` holds characters, in every script, and a text without any of them is
    not tried at all; `hint` is a quick search of what stands behind, without which `after` is not tried.
    """

    code: str
    outcome: Outcome
    source: str
    reason: str
    before: tuple[re.Pattern[str], ...] = ()
    after: re.Pattern[str] | None = None
    around: tuple[re.Pattern[str], ...] = ()
    both: bool = False
    as_written: bool = False
    gate: str = ""
    hint: re.Pattern[str] | None = None

    def holds(self, near: "Surroundings") -> bool:
        """Whether the context is there."""
        if self.around:
            return all(pattern.search(near.sentence) for pattern in self.around)
        before, after = near.before, near.after
        if self.as_written:
            before, after = near.written_before, near.written_after
        for pattern in self.before:
            if pattern.search(before):
                return not self.both or self._follows(after)
        return not self.both and self._follows(after)

    def _follows(self, after: str) -> bool:
        return self.after is not None and self.after.match(after) is not None


class Tier:
    """Excuses of one outcome, sorted by what it takes to try them: this is where a scan spends its time."""

    def __init__(self, excuses: Iterable[Excuse]) -> None:
        excuses = list(excuses)
        at_once = [excuse for excuse in excuses if not excuse.gate]
        single = [excuse for excuse in at_once if not excuse.both and not excuse.hint]
        self.before = [(pattern.search, excuse) for excuse in single for pattern in excuse.before]
        self.after = [(excuse.after.match, excuse) for excuse in single if excuse.after]
        self.hinted = [(e.hint.search, e.after.match, e) for e in at_once if e.hint and e.after]
        self.pairs = [
            (excuse.after.match, pattern.search, excuse)
            for excuse in at_once
            if excuse.both and excuse.after
            for pattern in excuse.before
        ]
        self.gated = [excuse for excuse in excuses if excuse.gate]
        self._open: dict[frozenset[str], list[Excuse]] = {}

    def at_once(self, before: str, after: str) -> Excuse | None:
        """The first excuse without a gate that holds between these surroundings."""
        for search, excuse in self.before:
            if search(before):
                return excuse
        for match, excuse in self.after:
            if match(after):
                return excuse
        for search, match, excuse in self.hinted:
            if search(after) and match(after):
                return excuse
        for match, search, excuse in self.pairs:
            if match(after) and search(before):
                return excuse
        return None

    def open(self, present: frozenset[str]) -> list[Excuse]:
        """The gated excuses that a text with these characters may hold."""
        if present not in self._open:
            self._open[present] = [excuse for excuse in self.gated if not present.isdisjoint(excuse.gate)]
        return self._open[present]


class Reading:
    """A text while it is scanned: where its sentences end, and which excuses it could hold at all."""

    def __init__(self, text: str, original: str, gates: re.Pattern[str]) -> None:
        self.text = text
        self.original = original
        self.ends = [found.start() for found in ENDS.finditer(text)]
        self.present = frozenset(gates.findall(original))

    def excuse(self, tiers: list[Tier], start: int, end: int, span: tuple[int, int]) -> Excuse | None:
        """The first excuse that holds around a stretch of the text, which stood at a span of the original."""
        place = bisect_right(self.ends, start)
        opened = self.ends[place - 1] + 1 if place else 0
        closed = self.ends[place] if place < len(self.ends) else len(self.text)
        before = self.text[max(opened, start - NEAR) : start]
        after = self.text[end : min(closed, end + NEAR)]
        for tier in tiers:
            if (excuse := tier.at_once(before, after)) is not None:
                return excuse
            if may_hold := tier.open(self.present):
                near = self._surroundings(start, end, opened, closed, span)
                for excuse in may_hold:
                    if excuse.holds(near):
                        return excuse
        return None

    def _surroundings(
        self, start: int, end: int, opened: int, closed: int, span: tuple[int, int]
    ) -> "Surroundings":
        before = self.text[max(opened, start - SENTENCE) : start]
        after = self.text[end : min(closed, end + SENTENCE)]
        return Surroundings(before, after, self.original, span)


class Surroundings:
    """The sentence around a hit: what stands before it and behind it."""

    def __init__(self, before: str, after: str, original: str, span: tuple[int, int]) -> None:
        self.sentence = f"{before}\x00{after}"  # with a mark in the place of the hit
        self.before = before[-NEAR:]
        self.after = after[:NEAR]
        start, end = span
        self.written_before = original[max(0, start - NEAR) : start]
        self.written_after = original[end : end + NEAR]
