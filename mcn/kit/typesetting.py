"""How Chinese is set: the fonts, the characters that they have, and where a line may end."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF

FONTS = Path(__file__).resolve().parent / "fonts"
# A line never starts with the first set nor ends with the second: the rule of Chinese typesetting.
NEVER_FIRST = set("，。、；：？！）》」』】〉〕”’…—％℃,.;:?!)]}%")
NEVER_LAST = set("（《「『【〈〔“‘([{￥¥$")
MISSING = "〓"  # the printer's mark for a character that no font has


def pieces(paragraph):
    """A paragraph in the parts between which a line may end: Chinese anywhere, Latin at spaces."""
    parts = []
    for character in paragraph:
        if parts and _stays_with(parts[-1], character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def readable(text):
    """The text as the fonts can show it: no invisible characters, and a mark where no font has one."""
    clean = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\t", " ")
    return "".join(_shown(character) for character in clean)


def _shown(character):
    if character == "\n":
        return character
    if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me") or character == "\r":
        return ""
    known = ord(character) in points_of("Regular") or ord(character) in points_of("Rare")
    return character if known else MISSING


def _stays_with(before, character):
    if character in NEVER_FIRST or before[-1] in NEVER_LAST:
        return True
    return not (_is_wide(character) or _is_wide(before[-1])) and before[-1] != " "


def _is_wide(character):
    return unicodedata.east_asian_width(character) in "WF"


@cache
def points_of(name):
    """The code points that one of our fonts has."""
    with TTFont(_file(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def font_of(family, style, name):
    """A font as fpdf reads it, which takes longer than to write most documents."""
    pdf = FPDF()
    pdf.add_font(family, style, _file(name))
    return pdf.fonts[family + style]


def _file(name):
    return FONTS / f"NotoSansSC-{name}.ttf"
