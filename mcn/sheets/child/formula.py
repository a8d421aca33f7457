"""Which texts a spreadsheet program would run as a formula when it opens a csv file, and the escape for them.

The escape is one apostrophe in front. It is put only before a text that would really be evaluated, so that
`-5℃` and `+维生素C` stay as they are, and taken off again by the reader: a round trip gives the same value.
"""

import re

# A function or a cell stands alone: in 维生素B12 and 维生素C(500mg) it ends a Chinese word.
_SIGNED = r"""
    \b[A-Za-z_][\w.]*\(             # a call: +SUM(A1)
  | \|                              # a DDE link: +cmd|' /C calc'!A0
  | \b[A-Za-z]{1,3}\$?[0-9]+\b     # a reference: -B2
  | ^['\s]*[-+][-+]                 # a doubled sign: --1
"""
_ARITHMETIC = re.compile(r"['\s]*[-+][-+*/^%().\s\d]*\d\s*[-+*/^]\s*[-+(.\d][-+*/^%().\s\d]*\Z")
_SIGNED_FORMULA = re.compile(_SIGNED, re.VERBOSE)
_RISKY_START = frozenset("=@\uff1d\uff20+-\t\r\n '")


def is_formula(text):
    """Tell whether the text, with any apostrophes before it, would be evaluated on opening a csv file."""
    if not text or text[0] not in _RISKY_START:
        return False
    bare = text.lstrip("'")
    if bare[:1] in {"\t", "\r", "\n"}:
        return True
    start = bare.lstrip()[:1]
    if start in {"=", "@", "\uff1d", "\uff20"}:
        return True
    if start in {"+", "-"}:
        return bool(_SIGNED_FORMULA.search(bare) or _ARITHMETIC.match(bare))
    return False


def escape(text):
    """Put one apostrophe before a text that would be evaluated."""
    return "'" + text if is_formula(text) else text


def unescape(text):
    """Take off exactly what `escape` has put on."""
    return text[1:] if text[:1] == "'" and is_formula(text[1:]) else text
