"""Every clause with a check is asked of every night, and every other that is served leads to its records."""

import importlib
import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib import admin

from mcn.standards.catalogue import levels
from mcn.standards.checks import Rulebook
from mcn.standards.coverage import rulebooks
from run import ROOT
from tests.architecture.code import source_files

SHOWN = re.compile(r"mark\.clause\(([^)]*)\)")
CODE = re.compile(r'"([^"]+)"')


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
    assert clauses(checks) - nightly() == set()
    assert len(clauses(checks)) > 200


def nightly() -> set[str]:
    """The clauses that are asked of every night."""
    return clauses([check for rulebook in rulebooks() for check in rulebook.all_checks])


def recorded() -> set[str]:
    """The clauses that lead to their records."""
    return {code for codes in settings.MCN_RECORDS.values() for code in codes}


def test_what_leads_to_records_is_a_clause_without_a_check_and_a_list_of_the_admin():
    assert recorded() - levels().keys() == set()
    assert recorded() & nightly() == set()
    assert [name for name in settings.MCN_RECORDS if not admin.site.is_registered(apps.get_model(name))] == []


def test_every_clause_that_a_test_shows_stands_on_the_pages_of_the_standards():
    shown = {
        code
        for path in (ROOT / "tests").rglob("test_*.py")
        for named in SHOWN.findall(path.read_text(encoding="utf-8"))
        for code in CODE.findall(named)
    }
    assert (shown & levels().keys()) - nightly() - recorded() == set()
