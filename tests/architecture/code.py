"""The product's own code, as the architecture tests read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from run import ROOT

APPS = [
    name for name in ("mcn", "merchants", "products", "streamers", "aftersales") if (ROOT / name).is_dir()
]
DOORS = {"admin", "api", "portal", "tasks", "management", "middleware", "adapter"}


@cache
def source_files() -> list[Path]:
    """Every Python file of the product but migrations, relative to the project."""
    files = [path.relative_to(ROOT) for app in APPS for path in (ROOT / app).rglob("*.py")]
    return sorted(path for path in files if "migrations" not in path.parts)


@cache
def nodes(path: Path) -> list[ast.AST]:
    """All that a file says, parsed."""
    return list(ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))))


def floors(path: Path) -> set[str]:
    """The names of the floors that a file stands on: its folders below the app, and its own."""
    return {*path.with_suffix("").parts[1:]}


def below_the_doors() -> list[Path]:
    """The files that no person, program or clock calls directly."""
    return [path for path in source_files() if not floors(path) & DOORS]


def attributes(path: Path, names: set[str]) -> Iterator[ast.Attribute]:
    """Every ``a.b.c`` of a file that ends in one of these names."""
    return (node for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr in names)
