"""Every clause with a check is asked of every night, so that an inspector is shown how it stands."""

import importlib
from collections.abc import Iterator

from mcn.standards.checks import Rulebook
from mcn.standards.coverage import rulebooks
from tests.architecture.code import source_files


def declared_in_rules() -> Iterator[object]:
    """What the files of rules of every app hold."""
    for path in source_files():
        if "rules" in path.parts:
            yield from vars(importlib.import_module(".".join(path.with_suffix("").parts))).values()


def clauses(checks: list) -> set[str]:
    """The clauses that checks answer for."""
    return {code for check in checks for code in check.clauses}


def test_every_rulebook_of_the_standards_looks_at_rows_and_is_named_once():
    names = [rulebook.name for rulebook in rulebooks()]
    assert [rulebook.name for rulebook in rulebooks() if rulebook.subjects is None] == []
    assert sorted(names) == sorted(set(names))


def test_every_rulebook_that_looks_at_rows_is_asked_every_night():
    asked = {rulebook.name for rulebook in rulebooks()}
    found = [item for item in declared_in_rules() if isinstance(item, Rulebook) and item.subjects]
    assert {rulebook.name for rulebook in found} - asked == set()


def test_every_clause_with_a_check_is_asked_of_every_night():
    checks = [item for item in declared_in_rules() if callable(item) and hasattr(item, "clauses")]
    nightly = [check for rulebook in rulebooks() for check in rulebook.all_checks]
    assert clauses(checks) - clauses(nightly) == set()
    assert len(clauses(checks)) > 200
