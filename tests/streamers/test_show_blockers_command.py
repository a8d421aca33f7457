"""`manage.py show_blockers`: the gate for scripts."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories.products import ProductHoldFactory
from tests.factories.shows import ShowFactory


def told(capsys, *arguments):
    call_command("show_blockers", *arguments)
    return capsys.readouterr().out


def test_a_right_show_is_not_blocked(db, capsys):
    show = ShowFactory()

    assert "没有" in told(capsys, show.code)
    assert json.loads(told(capsys, show.code, "--json")) == {
        "show": show.code,
        "blocked": False,
        "findings": [],
    }


def test_a_blocked_show_ends_with_one_and_names_the_clause(db, capsys):
    show = ShowFactory()
    ProductHoldFactory(product=show.items.get().product)

    with pytest.raises(SystemExit, match="1"):
        call_command("show_blockers", show.code, "--json")

    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert finding["clause"] == "DB4401 5.1.5.2 b"
    assert finding["mend_url"].startswith("/admin/")


def test_on_another_day_other_papers_are_good(db):
    with pytest.raises(SystemExit, match="1"):
        call_command("show_blockers", ShowFactory().code, "--on", "2036-01-01")


def test_an_unknown_number_is_refused(db):
    with pytest.raises(CommandError) as refusal:
        call_command("show_blockers", "L99999")

    assert refusal.value.returncode == 2
