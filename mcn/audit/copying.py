"""Many rows into a table of PostgreSQL by COPY, their text made column by column.

psycopg's own writer asks anew what each cell is; a column is mostly of one kind, or one value throughout.
"""

import datetime
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import repeat
from operator import is_
from types import NoneType
from typing import Any

from django.db import connection

# An installation on SQLite has no psycopg, and copies nothing.
with suppress(ModuleNotFoundError):
    from psycopg.adapt import PyFormat, Transformer

# So many rows are made ready while the database takes the ones before.
BLOCK = 250
SPECIAL = re.compile(r"[\\\t\n\r]")
ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
WRITERS: dict[type, Any] = {
    NoneType: lambda value: r"\N",
    bool: "ft".__getitem__,
    int: str,
    Decimal: str,
    datetime.datetime: str,
    datetime.date: str,
    str: lambda value: value.translate(ESCAPED),
}


def cut(rows: Sequence) -> Iterable[Sequence]:
    """Many rows in blocks, each to be made into columns for ``copy`` when its turn comes."""
    for start in range(0, len(rows), BLOCK):
        yield rows[start : start + BLOCK]


def copy(table: str, names: Sequence[str], blocks: Iterable[Sequence[Sequence]]):
    """Stream blocks of rows, each a list of columns; the database takes one while the next is made."""
    into = f"COPY {_quoted(table)} ({', '.join(map(_quoted, names))}) FROM STDIN"
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(into) as stream:
        for columns in blocks:
            lines = map("\t".join, zip(*[_texts(column, cursor) for column in columns], strict=True))
            stream.write("\n".join([*lines, ""]))


def _texts(values, cursor):
    """The values of a column as COPY reads them."""
    if all(map(is_, values, repeat(values[0]))):
        return [_writer(type(values[0]), cursor)(values[0])] * len(values)
    kinds = {*map(type, values)}
    if kinds == {str} and not SPECIAL.search("".join(values)):
        return values
    writers = {kind: _writer(kind, cursor) for kind in kinds}
    return [writers[type(value)](value) for value in values]


def _writer(kind, cursor):
    """What makes text of a value; of the rarer kinds psycopg itself does."""
    if kind in WRITERS:
        return WRITERS[kind]
    if issubclass(kind, str):
        return WRITERS[str]
    dumped = Transformer(cursor.cursor).get_dumper
    return lambda value: bytes(dumped(value, PyFormat.TEXT).dump(value) or b"").decode().translate(ESCAPED)


def _quoted(name):
    return connection.ops.quote_name(name)
