"""How a text sounds by the words of the lexicon: praise and blame, turned round, made stronger, outweighed.

A text is cut into clauses; in each the longest words of the lexicon are found. A negation turns round the
words that follow it closely, degrees weigh them, and what comes after a "but" counts more than what came
before. Alarming words blame as well; where they are negated ("no allergy") they alarm nobody.
"""

import csv
import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from aftersales.models import Sentiment, SentimentWord
from mcn.kit.identity import normalise

Kind = SentimentWord.Kind

DATA = Path(__file__).parent.parent / "data"
# Who asks does not praise yet.
ASKING = re.compile(r"吗|请问|多少|哪里|哪儿|什么时候|怎么样|能不能|可不可以|有没有|是不是|几点|多久|想问")
CLAUSES = re.compile(r"[。！？!?；;，,、\n\r…~～]+|\s{2,}")
# Within so many characters a negation or a degree reaches the word that it is about.
REACH = 4
STRONGER, WEAKER, AFTER_TURN, BEFORE_TURN = 1.6, 0.6, 1.5, 0.5
# "Not good" is plain blame, "not bad" is faint praise.
PRAISE_TURNED, BLAME_TURNED = -1.5, -0.6
# From so many points on a text says more than nothing.
LOUD = 0.7
# Where praise and blame stand side by side, people mean the blame.
BLAME = 1.25
MOST_WORDS = 20


@dataclass
class Verdict:
    """How a text sounds, by how many points, and which words told so."""

    points: Any = 0.0
    words: list = field(default_factory=list)
    alarms: list = field(default_factory=list)
    lexicon: str = ""

    @property
    def sentiment(self):
        """Positive or negative where the words are loud enough, else neutral."""
        if abs(self.points) < LOUD:
            return Sentiment.NEUTRAL
        return Sentiment.POSITIVE if self.points > 0 else Sentiment.NEGATIVE


class Lexicon:
    """The words that count on a day, ready to judge many texts."""

    def __init__(self, words):
        """``words`` are triples of word, kind and weight."""
        self.words = {word: (kind, weight) for word, kind, weight in words}
        told = "\n".join(f"{word},{kind},{weight}" for word, (kind, weight) in sorted(self.words.items()))
        self.version = hashlib.sha256(told.encode()).hexdigest()[:12]
        longest_first = sorted(self.words, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def judge(self, text):
        """The verdict on a text."""
        verdict = Verdict(lexicon=self.version)
        turned = 1.0
        for clause in CLAUSES.split(normalise(text).lower()):
            turned = self._clause(clause, turned, verdict)
        verdict.words = verdict.words[:MOST_WORDS]
        verdict.points = Decimal(str(round(verdict.points, 1)))
        return verdict

    def _clause(self, clause, turned, verdict):
        """Add what one clause says; return the weight of what follows it."""
        sign, degree, since = 1.0, 1.0, 0
        asking = bool(ASKING.search(clause))
        for found in self.pattern.finditer(clause):
            word, place = found.group(), found.start()
            kind, weight = self.words[word]
            if place - since > REACH:
                sign, degree = 1.0, 1.0
            since = found.end()
            if kind == Kind.NEGATION:
                sign = -1.0 if sign > 0 else 1.0
            elif kind == Kind.STRONG:
                degree = STRONGER
            elif kind == Kind.WEAK:
                degree = WEAKER
            elif kind == Kind.TURN:
                # What came before a "but" was only said to be fair.
                verdict.points *= BEFORE_TURN
                turned, sign, degree = AFTER_TURN, 1.0, 1.0
            elif kind != Kind.NEITHER and not (asking and kind == Kind.POSITIVE):
                self._count(word, kind, weight * degree * turned, sign, verdict)
                sign, degree = 1.0, 1.0
        return turned

    def _count(self, word, kind, weight, sign, verdict):
        points = weight if kind == Kind.POSITIVE else -BLAME * weight
        if sign < 0:
            points *= PRAISE_TURNED if kind == Kind.POSITIVE else BLAME_TURNED
        elif kind == Kind.ALARM and word not in verdict.alarms:
            verdict.alarms.append(word)
        verdict.points += points
        verdict.words.append([word, round(points, 1)])


def lexicon(on):
    """The lexicon in force on a day, by one query; of a word with several lines the newest counts."""
    rows = SentimentWord.objects.in_force(on).order_by("valid_from")
    return _made(tuple(rows.values_list("word", "kind", "weight")))


def shipped():
    """The words that the product ships with, as they are stored: normalised and in small letters."""
    with (DATA / "sentiment_words.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return [(normalise(row["word"]).lower(), row["kind"], int(row["weight"])) for row in rows]


@lru_cache(maxsize=4)
def _made(words):
    return Lexicon(words)
