"""Compile the project's translations: ``python -m mcn.kit.locale_compile``, with no need for GNU gettext."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def catalogues(root=ROOT):
    """Every catalogue of the project's own apps."""
    return sorted([*root.glob("*/locale/*/LC_MESSAGES/*.po"), *root.glob("mcn/*/locale/*/LC_MESSAGES/*.po")])


def compile_all(root=ROOT):
    """Write the .mo beside every .po that says something new; return the files written."""
    written = []
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        binary = polib.pofile(str(source)).to_binary()
        if not target.exists() or target.read_bytes() != binary:
            target.write_bytes(binary)
            written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
