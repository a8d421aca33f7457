"""Full text of Chinese, ranked: which rows speak of the same matter as a text, the nearest first.

``WordsField(sources={"title": "A", "body": "C"})`` keeps, on every write, the words of its sources with their
places and weights, written as PostgreSQL writes a ``tsvector``. Chinese is cut at the characters that carry
grammar and no matter, and what remains into pairs, as search engines do that know no dictionary.
``candidates`` lets the database find the rows: PostgreSQL by ``@@`` and ``ts_rank`` through a GIN index,
SQLite by LIKE. ``nearest`` puts the few that were found in order, in the same way on both: a word counts by
how rare it is and where it stands.
"""

import math
import re
from functools import lru_cache

from django.db import connections, models
from django.db.models import F, FloatField, Func, Lookup, TextField, Value

from mcn.kit.identity import normalise
from mcn.kit.search import TokenIndex

RUNS = re.compile(r"[一-鿿]+|[a-z0-9]+")
# They join words and say who and whether; without them fewer pairs are found that mean nothing.
GRAMMAR = re.compile(
    r"[的了吗呢啊吧呀嘛我你您他她它们是在和与或就都这那很太请怎什么哪谁]+|为何|为什么|如何|可以|没有"
)
LEXEME = re.compile(r"'([^']+)':([\dA-D,]+)")
WEIGHTS = {"A": 3.0, "B": 2.0, "C": 1.0, "D": 0.5}
FARTHEST = 16_000  # a tsvector knows no place beyond 16,383
MOST_ASKED = 120
MOST_FOUND = 60


def words_of(text):
    """The words of a text in their order: pairs of Chinese characters, Latin words and numbers."""
    found = []
    for run in RUNS.findall(normalise(text).lower()):
        pieces = GRAMMAR.split(run) if "一" <= run[0] <= "鿿" else [run]
        for piece in pieces:
            found += _pairs(piece) if piece and "一" <= piece[0] <= "鿿" else [piece] * bool(piece)
    return found


def _pairs(piece):
    """All pairs of a run; of a single character itself."""
    return [piece[place : place + 2] for place in range(max(len(piece) - 1, 1))]


def asked(text):
    """The different words of a text that is asked about, the first ones of a long one."""
    return list(dict.fromkeys(words_of(text)))[:MOST_ASKED]


class WordsField(models.TextField):
    """A column of the words of other fields of the same row with places and weights, kept on every write."""

    audited = False

    def __init__(self, *args, sources=None, **kwargs):
        self.sources = dict(sources or {})
        kwargs |= {"editable": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "blank", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance, add):
        value = lexemes((getattr(model_instance, name), weight) for name, weight in self.sources.items())
        setattr(model_instance, self.attname, value)
        return value


def lexemes(weighted):
    """Weighted texts as a ``tsvector`` is written, one text after the other."""
    places: dict[str, list[str]] = {}
    place = 0
    for text, weight in weighted:
        for word in words_of(str(text or "")):
            place = min(place + 1, FARTHEST)
            places.setdefault(word, []).append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(where)}" for word, where in sorted(places.items()))


class Vector(Func):
    """The words of a column as PostgreSQL's ``tsvector``, so that a GIN index can serve them."""

    template = "(%(expressions)s)::tsvector"
    output_field = TextField()

    def __init__(self, name):
        super().__init__(F(name))


class WordsIndex(TokenIndex):
    """A GIN index over the words of a column; on other databases than PostgreSQL it is not made."""

    def __init__(self, *expressions, field="words", name=None, **kwargs):
        super().__init__(*(expressions or [Vector(field)]), field=field, name=name, **kwargs)


@WordsField.register_lookup
class SpeaksOf(Lookup):
    """At least one of the words stands in the column; a single character also as the beginning of a word."""

    lookup_name = "speaks_of"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        if not self.rhs:
            return "1=0", []
        likes = " OR ".join([f"{left} LIKE %s"] * len(self.rhs))
        return f"({likes})", [*params * len(self.rhs), *[_like(word) for word in self.rhs]]

    def as_postgresql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"({left})::tsvector @@ %s::tsquery", [*params, query_of(self.rhs)]


class Query(Func):
    """Any of the words, as PostgreSQL's ``tsquery``."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, words):
        super().__init__(Value(query_of(words)))


class Rank(Func):
    """PostgreSQL's own rank of a column's words for what is asked, longer texts not before shorter ones."""

    template = "ts_rank('{0.15,0.3,0.6,1.0}', %(expressions)s, 1)"
    output_field = FloatField()

    def __init__(self, name, words):
        super().__init__(Vector(name), Query(words))


def query_of(words):
    """Words as PostgreSQL writes a ``tsquery``: any of them."""
    return " | ".join(f"'{word}'{':*' if _is_one(word) else ''}" for word in words)


def _like(word):
    return f"%'{word}%" if _is_one(word) else f"%'{word}':%"


def _is_one(word):
    return len(word) == 1 and word >= "一"


def candidates(queryset, text, *, column="words"):
    """The rows that share a word with a text, the likeliest first where the database can tell."""
    words = asked(text)
    found = queryset.filter(**{f"{column}__speaks_of": words})
    if words and connections[queryset.db].vendor == "postgresql":
        found = found.order_by(Rank(column, words).desc(), "-pk")
    return found[:MOST_FOUND]


def nearest(rows, text, *, total, column="words"):
    """Pairs of a row and its score, the nearest to the text first; ``total`` rows could have been found."""
    words = asked(text)
    stands = [(row, _standing(words, _parsed(getattr(row, column)))) for row in rows]
    spread = {word: sum(word in standing for _row, standing in stands) for word in words}
    worth = {word: math.log(1 + max(total, number) / number) for word, number in spread.items() if number}
    scored = [
        (row, sum(worth[word] * weight for word, weight in standing.items())) for row, standing in stands
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].pk))


def _standing(words, parsed):
    """How much each word that is asked for counts in a row."""
    found = {}
    for word in words:
        weight = (
            max((value for held, value in parsed.items() if held.startswith(word)), default=0)
            if _is_one(word)
            else parsed.get(word, 0)
        )
        if weight:
            found[word] = weight
    return found


@lru_cache(maxsize=2_000)
def _parsed(vector):
    """Each word of a written vector with its weight: of its best place, more where it comes again."""
    weights = {}
    for word, where in LEXEME.findall(vector):
        places = where.split(",")
        weights[word] = max(WEIGHTS[place[-1]] for place in places) * (1 + math.log(len(places)) / 4)
    return weights
