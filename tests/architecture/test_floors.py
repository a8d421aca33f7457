"""What keeps the floors apart beyond imports: one place writes, doors read the clock, files can be read."""

import ast
import re
from pathlib import Path

import pytest

from run import ROOT
from tests.architecture.code import attributes, below_the_doors, nodes, source_files

MOST_LINES = 300
WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}
SQL_WRITES = re.compile(
    r"\b(INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|COPY\s+\S+.*\bFROM)\b", re.IGNORECASE
)
NOW = {"now", "localtime", "localdate", "today", "utcnow"}
CLOCKS = re.compile(
    r"\b(timezone\.(now|localtime|localdate)|(date|datetime)\.(today|now|utcnow)|clock\.now)$"
)
MAY_WRITE = {
    "mcn/kit/records.py": "the one write",
    "mcn/kit/bulk.py": "the hand of the one write for many rows",
    "mcn/audit/trail.py": "writes the entries of the one write",
    "mcn/audit/chain.py": "seals the entries into blocks",
    "aftersales/actions/clock_sweep.py": "lets a million deadlines climb by one statement",
    "streamers/actions/recording.py": "puts films, which are no rows, into their storage and takes them away",
    "mcn/evidence/actions.py": "takes files of documents, which are no rows, out of their storage",
    "mcn/sheets/retention.py": "takes files of imports, which are no rows, out of their storage",
    "mcn/accounts/adapter.py": "takes the tokens of knox, no rows of ours, back with the password",
    "mcn/accounts/api/views.py": "gives and takes back the tokens of knox, which are no rows of ours",
    "mcn/accounts/roles.py": "brings Django's own groups in step with the roles",
}
MAY_READ_THE_CLOCK = {
    "mcn/evidence/files.py": "the door at which files are given out, by a page and by the API alike",
    "mcn/kit/clock.py": "the clock",
    "mcn/kit/records.py": "created_at and updated_at say when the row was written, not when it happened",
}
QUERYSET = re.compile(
    r"objects|_base_manager|_default_manager|\.filter\(|\.exclude\(|\.all\(\)|_set\b|queryset"
)


def builds_only(call: ast.Call) -> bool:
    """Whether a form is asked for its rows without writing them."""
    return any(word.arg == "commit" and ast.unparse(word.value) == "False" for word in call.keywords)


def writes_of(path: Path) -> list[str]:
    """The places of a file that change rows by any way but ``records``."""
    calls = {node.func: node for node in nodes(path) if isinstance(node, ast.Call)}
    found = []
    for node in attributes(path, {*WRITES, "update"}):
        owner = ast.unparse(node.value)
        if node not in calls or owner in ("records", "super()") or builds_only(calls[node]):
            continue
        if node.attr in WRITES or QUERYSET.search(owner):
            found.append(f"{path}:{node.lineno} {owner}.{node.attr}")
    return found + [
        f"{path}:{node.lineno} {node.value[:60]}"
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_WRITES.search(node.value)
    ]


def clocks_of(path: Path) -> list[str]:
    """The places of a file that ask what time it is."""
    told = [(node.lineno, ast.unparse(node)) for node in attributes(path, NOW)]
    return [f"{path}:{line} {text}" for line, text in told if CLOCKS.search(text)]


def test_only_records_writes():
    paths = [path for path in source_files() if str(path) not in MAY_WRITE]
    assert [place for path in paths for place in writes_of(path)] == []


def test_nobody_below_the_doors_reads_the_clock():
    paths = [path for path in below_the_doors() if str(path) not in MAY_READ_THE_CLOCK]
    assert [place for path in paths for place in clocks_of(path)] == []


@pytest.mark.parametrize("name", MAY_WRITE)
def test_every_exception_from_the_one_write_is_needed(name: str):
    assert writes_of(Path(name)) != []


@pytest.mark.parametrize("name", MAY_READ_THE_CLOCK)
def test_every_exception_from_the_clock_is_needed(name: str):
    assert clocks_of(Path(name)) != []


def test_no_file_is_too_long_to_read():
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in source_files()
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_file_has_a_name_that_says_nothing():
    empty_names = {"utils", "helpers", "services", "enums", "constants", "signals", "common", "misc"}
    assert [str(path) for path in source_files() if {path.stem, path.parent.name} & empty_names] == []


def test_no_model_overrides_save():
    definitions = [
        f"{path}:{node.lineno}"
        for path in source_files()
        if "models" in {path.stem, *path.parts}
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete", "full_clean")
    ]
    assert definitions == []
