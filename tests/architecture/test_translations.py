"""Everything that a person reads is there in Simplified Chinese, and what is compiled is what was written."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils import translation
from django.utils.translation.template import templatize

from run import ROOT
from tests.architecture.code import APPS, source_files, tree

CATALOGUES = sorted(
    path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("zh_Hans/**/django.po")
)
PAGES = sorted(
    path.relative_to(ROOT) for top in [*APPS, "templates"] for path in (ROOT / top).rglob("*.html")
)
MARKS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
}
IN_PAGES = re.compile(r"""\bn?p?gettext\((?:u?(?P<quote>['"])(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote))""")
SAME_IN_BOTH_LANGUAGES = {"SHA-256", "SKU", "GTIN", "ID", "URL", "%(field)s: %(message)s"}


def said_in_code(path: Path) -> set[str]:
    """The messages that a Python file marks for translation."""
    calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and node.args]
    marked = [call for call in calls if ast.unparse(call.func).rpartition(".")[2] in MARKS]
    texts = [call.args["pgettext" in ast.unparse(call.func)] for call in marked]
    return {text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)}


def said_in_page(path: Path) -> set[str]:
    """The messages that a template marks for translation."""
    code = templatize((ROOT / path).read_text(encoding="utf-8"))
    return {ast.literal_eval(f'"""{match["text"]}"""') for match in IN_PAGES.finditer(code)}


def untranslated(messages: set[str]) -> list[str]:
    """The messages that a Chinese reader would get in English."""
    with translation.override("zh-hans"):
        left = [
            text for text in messages if translation.gettext(text) == text and re.search(r"[A-Za-z]", text)
        ]
    return sorted(text for text in left if text not in SAME_IN_BOTH_LANGUAGES)


@pytest.mark.parametrize("path", [path for path in source_files() if path.suffix == ".py"], ids=str)
def test_code_speaks_chinese(path: Path):
    assert untranslated(said_in_code(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_page_speaks_chinese(path: Path):
    assert untranslated(said_in_page(path)) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_a_catalogue_is_complete_and_compiled(path: Path):
    written = polib.pofile(str(ROOT / path))
    assert [entry.msgid for entry in written if entry.fuzzy or not entry.translated()] == []
    compiled = polib.mofile(str((ROOT / path).with_suffix(".mo")))
    assert {(entry.msgctxt, entry.msgid): entry.msgstr for entry in compiled} == {
        (entry.msgctxt, entry.msgid): entry.msgstr for entry in written if not entry.obsolete
    }
