"""Search of Chinese text, pinyin and codes by one column of tokens.

``SearchField(sources=["name", "code"])`` keeps, on every write, the single characters and pairs of characters
of its sources, and the same of the pinyin and of the initials. Trigram indexes do not help words of two
characters, which most product words are; pairs do. ``filter(search__tokens="辣条")`` asks for all tokens of
the query: through a GIN index on PostgreSQL, by LIKE on SQLite.
"""

import re
from functools import lru_cache
from operator import add

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.backends.ddl_references import Statement
from django.db.models import F, Func, Lookup
from pypinyin import lazy_pinyin

from mcn.kit.identity import normalise

WORDS = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"\d")
HAN = re.compile(r"[一-鿿]")
PARTS = re.compile(r"[一-鿿]+|[^一-鿿]+")
LONGEST = 200
# A statement that does nothing, where a schema editor must have one.
NOTHING = Statement("SELECT 1")


def tokens_of(text):
    """The tokens that find a text: the characters and pairs of it, of its pinyin and of its initials."""
    words = {*WORDS.findall(normalise(text)[:LONGEST].lower())}
    return set().union(*[_tokens_of_words(word) if HAN.search(word) else _grams(word) for word in words])


@lru_cache(maxsize=2_000)
def _tokens_of_words(word):
    """The tokens of Chinese words; brands and kinds of goods come again and again in a catalogue."""
    spoken, initials = _spoken(word)
    return _grams(word) | _grams(spoken) | _grams(initials)


def _spoken(word):
    """A word in pinyin and by its initials; what is not Chinese in it stands as it is."""
    parts = [_syllables(part) if HAN.match(part) else [*part] for part in PARTS.findall(word)]
    syllables = [syllable for part in parts for syllable in part]
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


@lru_cache(maxsize=50_000)
def _syllables(words):
    """The pinyin of a run of Chinese characters, a syllable each; the same runs come again in a catalogue."""
    return [syllable for syllable in lazy_pinyin(words) if syllable]


def tokens_asked(query):
    """The tokens a query asks for: the longest grams that are kept of each of its words."""
    asked = set()
    for word in WORDS.findall(normalise(query)[:LONGEST].lower()):
        asked |= _runs(word, min(len(word), _longest_run(word)))
    return sorted(asked)


def _grams(word):
    """The runs of a word that are kept: single characters, pairs, and of a word with digits up to four."""
    runs, found = word, {*word}
    for size in range(1, _longest_run(word)):
        runs = [*map(add, runs, word[size:])]
        found.update(runs)
    return found


def _longest_run(word):
    # Pairs alone would find 401 in every code that has a 40 and a 01 somewhere.
    return 4 if DIGIT.search(word) else 2


def _runs(word, size):
    return {word[place : place + size] for place in range(len(word) - size + 1)}


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
