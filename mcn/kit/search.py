"""Search of Chinese text, pinyin and codes by one column of tokens.

``SearchField(sources=["name", "code"])`` keeps, on every write, what its sources are found by: of Chinese the
characters and pairs, and the pairs of the pinyin and of its initials; of letters the pairs; of digits every
four in a row, and how they start and end. Trigram indexes do not help words of two characters, which most
product words are; pairs do. ``filter(search__tokens="辣条")`` asks for all tokens of the query: through a GIN
index on PostgreSQL, by LIKE on SQLite.
"""

import re
from functools import lru_cache

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.ddl_references import Statement
from django.db.models import F, Func, Lookup
from pypinyin import lazy_pinyin

from mcn.kit.identity import normalise

RUNS = re.compile(r"[一-鿿]+|\d+|[^\W\d_一-鿿]+")
FIRST_HAN, LAST_HAN = "一", "鿿"
LONGEST = 200
# A statement that does nothing, where a schema editor must have one.
NOTHING = Statement("SELECT 1")


def tokens_of(text):
    """The tokens that find a text."""
    return set().union(*[_of_digits(run) if run.isdecimal() else _of_word(run) for run in _runs(text)])


def tokens_asked(query):
    """The tokens a query asks for: the longest that are kept of each of its runs."""
    return sorted(set().union(*[_slices(run, 4 if run.isdecimal() else 2) for run in _runs(query)]))


def _runs(text):
    return {*RUNS.findall(normalise(text)[:LONGEST].lower())}


def _of_digits(run):
    # Pairs alone would find 401 in every code that has a 40 and a 01 somewhere.
    return {*_slices(run, 4), run[:1], run[:2], run[:3], run[-3:], run[-2:]}


@lru_cache(maxsize=2_000)
def _of_word(run):
    """The tokens of a run of Chinese or of letters; brands and kinds of goods come again and again."""
    if not FIRST_HAN <= run[0] <= LAST_HAN:
        return _slices(run, 2)
    syllables = [syllable for syllable in lazy_pinyin(run) if syllable]
    initials = "".join(syllable[0] for syllable in syllables)
    return {*run} | _slices(run, 2) | _slices("".join(syllables), 2) | _slices(initials, 2)


def _slices(run, size):
    """All slices of that size; a shorter run is its own only one."""
    return {run[place : place + size] for place in range(max(len(run) - size, 0) + 1)}


class SearchField(models.TextField):
    """A column of space-separated tokens of other fields of the same row, kept in step on every write."""

    audited = False

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = list(sources)
        kwargs |= {"editable": False, "blank": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "blank", "default"):
            kwargs.pop(key, None)
        return name, path, args, kwargs | {"sources": self.sources}

    def pre_save(self, model_instance, add):
        text = " ".join(str(getattr(model_instance, source) or "") for source in self.sources)
        value = f" {' '.join(sorted(tokens_of(text)))} "
        setattr(model_instance, self.attname, value)
        return value


class TokenArray(Func):
    """The tokens of a search column as an array, so that a GIN index can serve them.

    They are kept sorted by their bytes: under the collation "C", and without an empty text at the end, the
    index finds them in order already, which halves what a new row costs it.
    """

    template = """string_to_array(btrim(%(expressions)s COLLATE "C"), ' ')"""

    def __init__(self, name):
        super().__init__(F(name))


class TokenIndex(GinIndex):
    """A GIN index over the tokens of a search column; on other databases than PostgreSQL it is not made."""

    def __init__(self, *expressions, field="search", name=None, **kwargs):
        self.field = field
        super().__init__(*(expressions or [TokenArray(field)]), name=name, **kwargs)

    def deconstruct(self):
        path, _args, kwargs = super().deconstruct()
        kwargs.pop("fields", None)
        return path, (), kwargs | {"field": self.field}

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return NOTHING
        return super().create_sql(model, schema_editor, using=using, **kwargs)

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return NOTHING
        return super().remove_sql(model, schema_editor, **kwargs)


@SearchField.register_lookup
class Tokens(Lookup):
    """All tokens of the query stand in the column."""

    lookup_name = "tokens"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        asked = tokens_asked(self.rhs)
        if not asked:
            return "1=0", []
        clause = " AND ".join([f"{left} LIKE %s"] * len(asked))
        return f"({clause})", [*params * len(asked), *[f"% {token} %" for token in asked]]

    def as_postgresql(self, compiler, connection):
        left, params = self.process_lhs(compiler, connection)
        return f"{TokenArray.template % {'expressions': left}} @> %s::text[]", [
            *params,
            tokens_asked(self.rhs),
        ]
