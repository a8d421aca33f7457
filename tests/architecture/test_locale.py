"""Everything a person sees speaks Chinese, says it one way, and is compiled."""

import re

import polib
import pytest
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from mcn.kit.locale_compile import catalogues
from run import ROOT
from tests.architecture.messages import said, told

PLACES = re.compile(r"%\((\w+)\)|\{(\w*)\}")


def texts(entry: polib.POEntry) -> tuple[str, ...]:
    """The translation of an entry, one text per plural form."""
    return tuple(entry.msgstr_plural.values()) if entry.msgid_plural else (entry.msgstr,)


def done(entry: polib.POEntry) -> bool:
    """Whether an entry is translated by a person."""
    return not entry.obsolete and "fuzzy" not in entry.flags and all(texts(entry))


def test_every_message_has_a_chinese_translation():
    known = {
        (entry.msgctxt or "", entry.msgid) for entries in told().values() for entry in entries if done(entry)
    }
    missing = {message: place for place, message in said() if message is not None and message not in known}
    assert sorted(f"{place} {text!r}" for (_context, text), place in missing.items()) == []


def test_no_message_is_put_together_before_it_is_translated():
    assert [place for place, message in said() if message is None] == []


def test_no_translation_is_a_guess():
    guesses = [
        f"{path}: {entry.msgid}"
        for path, entries in told().items()
        for entry in entries
        if not entry.obsolete and not done(entry)
    ]
    assert guesses == []


def test_a_message_is_told_one_way_in_all_catalogues():
    """Django merges the catalogues, so of two translations one would be shown for both."""
    ways: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
    for path, entries in told().items():
        for entry in entries:
            ways.setdefault((entry.msgctxt or "", entry.msgid), {}).setdefault(texts(entry), str(path))
    assert {message: list(found.values()) for message, found in ways.items() if len(found) > 1} == {}


def test_our_words_win_over_those_of_the_libraries():
    """Else a page would say what Django or a library means by the same English word."""
    other = {}
    for entries in told().values():
        for entry in entries:
            context = (pgettext, npgettext) if entry.msgctxt else (gettext, ngettext)
            asked = [entry.msgctxt] if entry.msgctxt else []
            plural = [entry.msgid, entry.msgid_plural, 2]
            shown = context[1](*asked, *plural) if entry.msgid_plural else context[0](*asked, entry.msgid)
            if shown not in texts(entry):
                other[entry.msgid] = (shown, *texts(entry))
    assert other == {}


def test_a_translation_names_the_same_variables():
    """A lost or misspelt %(name)s would be an error at the moment it is shown."""
    checked = [
        f"{path}: {entry.msgid!r}"
        for path, entries in told().items()
        for entry in entries
        if any(variables(text) - variables(entry.msgid, entry.msgid_plural) for text in texts(entry))
    ]
    assert checked == []


def variables(*messages: str) -> set[str]:
    """The names in ``%(name)s`` and ``{name}`` places."""
    found = set()
    for message in messages:
        found |= set(PLACES.findall(message))
    return found


@pytest.mark.parametrize("source", catalogues(ROOT), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_catalogue_is_compiled_as_it_stands(source):
    assert source.with_suffix(".mo").read_bytes() == polib.pofile(str(source)).to_binary(), (
        "run: python -m mcn.kit.locale_compile"
    )
