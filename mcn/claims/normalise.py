"""Text as terms are looked for in it: one script, width and case, no tricks, and the way back to the text."""

import functools
import html
import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

TRADITIONAL = Path(__file__).parent / "data" / "traditional.txt"

# Letters that look Latin. A text is lowered first: Greek capital nu, which looks like N, comes as ν.
LOOKALIKES = dict(zip("аеорстмнквхуѕіαβεηικνορτυχ", "aeopctmhkbxysiabehiknoptux", strict=True))
# Digits and characters that live rooms write to slip past a filter.
DISGUISES = dict(zip("壹弌㊀ー貳贰叁零蕞朂㝡囯", "一一一一二二三〇最最最国", strict=True))
DISGUISES.update({chr(base + i): str(i + 1) for base in (0x2776, 0x2780, 0x278A, 0x24F5) for i in range(9)})

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
)
# Marks set between the characters of a word to hide it. No mark that ends a sentence is among them.
SEPARATORS = (
    " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000._*~+|/\\\\^&=#@'\"`\\-‐-―·•‧・･()（）\\[\\]【】{}"
    "「」『』〈〉《》<>…‥“”‘’"
    "\u02b0-\u02ff\u2190-\u21ff\u2500-\u2775\u2794-\u27bf\u2b00-\u2bff\u00d7\u328a-\u32b0\uff0e\uff0f\uff0a\uff0b\uff5e\uff5c\uff3f\uff0d\ufe4f"
    "\U0001f000-\U0001f0ff\U0001f1e6-\U0001f1ff\U0001f200-\U0001faff"
)
SENTENCE_ENDS = "。！？；!?;\n\r\u2028\u2029"

TAG = re.compile(r"<(?:!--.{0,400}?--|/?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?)>", re.DOTALL)
BLOCKS = frozenset(
    ["br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"]
)
ENTITY = re.compile(r"&(?:amp;)*(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
MARKUP = re.compile(f"{TAG.pattern}|{ENTITY.pattern}", re.DOTALL)
# A comma hides a word only where it fences off each character, or stands right behind a superlative.
COMMA = re.compile(r"[，、,：:](?:(?=[一-鿿][，、,：:])|(?<=[，、,：:][一-鿿].)|(?<=[最第顶].)(?=[一-鿿]))")
HIDDEN = re.compile(f"[{INVISIBLE}]+")
DASHES = "-‐‑‒–—―－"


@dataclass(slots=True)
class Shift:
    """Where each piece of a rewritten text stood in the text before."""

    at: list[int] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)  # of a piece that was replaced as a whole, else -1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the text before; a replaced piece counts as a whole."""
        first = bisect_right(self.at, start) - 1
        last = bisect_right(self.at, end - 1) - 1
        began = self.origin[first] if self.end[first] >= 0 else self.origin[first] + start - self.at[first]
        ended = self.end[last] if self.end[last] >= 0 else self.origin[last] + end - self.at[last]
        return began, ended


@dataclass(slots=True)
class Normalised:
    """A text made ready for the scan, with its shifts in the order in which they were made."""

    text: str
    shifts: list[Shift]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of a stretch of the normalised text."""
        for shift in reversed(self.shifts):
            start, end = shift.span(start, end)
        return start, end


def decoration(code: int) -> bool:
    """Whether a character is a seal such as ㊙, set between others to part them rather than to be read."""
    return 0x328A <= code <= 0x32B0


@functools.cache
def single_characters() -> dict[str, str]:
    """Every character that is read as one other character."""
    singles = {}
    blocks = [(0xA0, 0x3400), (0xF900, 0xFAFF), (0xFF01, 0xFFE0), (0x1D400, 0x1D800), (0x1F130, 0x1F150)]
    for code in itertools.chain.from_iterable(range(*block) for block in blocks):
        read = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(read) == 1 and not decoration(code) and read != chr(code) and (read.isalnum() or read == "%"):
            singles[chr(code)] = read
    for line in TRADITIONAL.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            singles.update({pair[0]: pair[1] for pair in line.split()})
    return singles | LOOKALIKES | DISGUISES


@functools.cache
def expanding_characters() -> dict[str, str]:
    """Every character that is read as several, such as ⑩ and ㎏; brackets around them are dropped."""
    several = {}
    for code in [*range(0xA0, 0x3400), *range(0xFB00, 0xFB07), *range(0x1F100, 0x1F130)]:
        read = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", chr(code)).lower()))
        if read and read != chr(code) and not decoration(code) and chr(code) not in single_characters():
            several[chr(code)] = read
    return several


def charset(characters: Iterable[str]) -> str:
    """A regular expression's set of the characters, and above U+FFFF of their near neighbours too.

    Up there the engine compares every character of a text with each range in turn: the fewer, the faster.
    """
    ranges: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        near = 0x800 if code > 0xFFFF else 1
        if ranges and code <= ranges[-1][1] + near:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


@functools.cache
def singles_pattern() -> re.Pattern[str]:
    """Finds what is read as one other character."""
    return re.compile(f"[{charset(single_characters())}]")


@functools.cache
def gaps_pattern() -> re.Pattern[str]:
    """Finds runs of what may be dropped or expanded."""
    return re.compile(f"[{INVISIBLE}{SEPARATORS}{charset(expanding_characters())}]+")


def normalise(text: str) -> Normalised:
    """One script, width and case; markup, invisible marks and gaps in words gone; sentences kept apart."""
    shifts: list[Shift] = []
    if "<" in text or "&" in text:
        text = rewrite(text, MARKUP, plain_markup, shifts)
    # Lower case of İ alone is two characters long, which would shift all behind it.
    text = text.replace("İ", "I").lower()
    singles = single_characters()
    text = singles_pattern().sub(lambda found: singles.get(found[0], found[0]), text)
    text = rewrite(text, gaps_pattern(), closed_gap, shifts)
    if COMMA.search(text):
        text = rewrite(text, COMMA, lambda found: "", shifts)
    return Normalised(text, shifts)


def rewrite(
    text: str, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], shifts: list[Shift]
) -> str:
    """The text with each match replaced; what moved is remembered in a further shift."""
    pieces: list[str] = []
    shift = Shift([0], [0], [-1])
    read = length = 0
    for found in pattern.finditer(text):
        old, new = found[0], replace(found)
        if new == old:
            continue
        start, end = found.span()
        pieces += (text[read:start], new)
        length += start - read
        if new:
            shift.at.append(length)
            shift.origin.append(start)
            shift.end.append(end)
            length += len(new)
        shift.at.append(length)
        shift.origin.append(end)
        shift.end.append(-1)
        read = end
    if not pieces:
        return text
    shifts.append(shift)
    pieces.append(text[read:])
    return "".join(pieces)


def plain_markup(found: re.Match[str]) -> str:
    """A tag's worth: a line's end for a block, else nothing; an entity's character."""
    if entity := found[2]:
        return html.unescape(f"&{entity};")
    return "\n" if (found[1] or "").lower() in BLOCKS else ""


def closed_gap(found: re.Match[str]) -> str:
    """Nothing where a gap may hide a word, the gap itself where it parts two numbers or ends a word."""
    seen, read = visible(found[0])
    if read or not seen:
        return read
    text = found.string
    before = text[found.start() - 1 : found.start()]
    after = text[found.end() : found.end() + 1]
    if before in ("第", "唯") and seen[0] in DASHES and not after.isdigit():
        return "一"  # a dash drawn for the character 一
    if not (before.isalnum() and after.isalnum()) or (before.isdecimal() and after.isdecimal()):
        return seen
    return ""


@functools.lru_cache(maxsize=4096)
def visible(gap: str) -> tuple[str, str]:
    """What a reader sees of a gap, and the letters and digits that it stands for."""
    several = expanding_characters()
    return HIDDEN.sub("", gap), "".join(several.get(mark, "") for mark in gap)
