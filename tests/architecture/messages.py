"""What the product says to people, as read from its code, its templates and its catalogues."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from mcn.kit.locale_compile import catalogues
from run import ROOT
from tests.architecture.code import nodes, source_files

# Where the message and its context stand among a function's arguments.
FUNCTIONS = {
    "gettext": (None, 0),
    "gettext_lazy": (None, 0),
    "gettext_noop": (None, 0),
    "ngettext": (None, 0),
    "ngettext_lazy": (None, 0),
    "pgettext": (0, 1),
    "pgettext_lazy": (0, 1),
    "npgettext": (0, 1),
    "npgettext_lazy": (0, 1),
}
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL)

Message = tuple[str, str]  # context, msgid


def in_python(path: Path) -> Iterator[tuple[str, Message | None]]:
    """Each translated string of a file with its place; None where it is put together on the spot.

    A name is let through: its text was marked where it was written.
    """
    names = {
        alias.asname or alias.name: alias.name
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in FUNCTIONS
    }
    for node in nodes(path):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        function = names.get(name)
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).endswith("translation"):
            function = name if name in FUNCTIONS else None
        if function is None:
            continue
        context, text = FUNCTIONS[function]
        parts = [node.args[place] for place in (context, text) if place is not None]
        if all(isinstance(part, ast.Constant) for part in parts):
            yield f"{path}:{node.lineno}", ("", *(part.value for part in parts))[-2:]
        elif any(isinstance(part, ast.JoinedStr | ast.BinOp | ast.Call) for part in parts):
            yield f"{path}:{node.lineno}", None


def in_template(path: Path) -> Iterator[tuple[str, Message]]:
    """Each translated string of a template with its place, as Django's own makemessages reads it."""
    source = templatize((ROOT / path).read_text(encoding="utf-8"))
    for found in IN_TEMPLATE.finditer(source):
        values = [ast.literal_eval(text) for text in re.findall(LITERAL, found[2], re.DOTALL)]
        line = source.count("\n", 0, found.start()) + 1
        yield f"{path}:{line}", (values[0], values[1]) if "pgettext" in found[1] else ("", values[0])


def templates() -> list[Path]:
    """Every template of the product, relative to the project."""
    return sorted(path.relative_to(ROOT) for path in (ROOT / "templates").rglob("*.html"))


def said() -> Iterator[tuple[str, Message | None]]:
    """Everything the product says, with its place."""
    for path in source_files():
        yield from in_python(path)
    for path in templates():
        yield from in_template(path)


def told() -> dict[Path, list[polib.POEntry]]:
    """The entries of every catalogue of the project."""
    return {path.relative_to(ROOT): list(polib.pofile(str(path))) for path in catalogues(ROOT)}
