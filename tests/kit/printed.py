"""The text of a PDF of ours, read back from its bytes as a reader's search would."""

import re
import zlib

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj|( ET)", re.DOTALL)
ESCAPED = {b"\\n": b"\n", b"\\r": b"\r", b"\\t": b"\t"}


def printed(pdf: bytes) -> list[str]:
    """Each shown line, in the order it was drawn, page after page."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = {
        name.decode(): characters(objects, int(number))
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", pdf)
    }
    pages = [int(found) for found in re.findall(rb"/Contents (\d+) 0 R", pdf)]
    return [line for number in pages for line in lines(content(objects[number]), fonts)]


def lines(page: bytes, fonts: dict[str, dict[int, str]]) -> list[str]:
    """The lines of one page, each put together from its pieces."""
    shown, font, line = [], {}, ""
    for name, text, end in SHOWN.findall(page):
        if name:
            font = fonts[name.decode()]
        elif end:
            shown, line = [*shown, line] if line else shown, ""
        else:
            raw = re.sub(rb"\\(.)", lambda m: ESCAPED.get(m[0], m[1]), text, flags=re.DOTALL)
            codes = [int.from_bytes(raw[place : place + 2], "big") for place in range(0, len(raw), 2)]
            line += "".join(font[code] for code in codes)
    return shown


def characters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """What each code of a font means, by the table the PDF carries for searching."""
    table = content(objects[int(re.search(rb"/ToUnicode (\d+) 0 R", objects[font])[1])])
    pairs = re.findall(rb"<([0-9A-F]+)> <([0-9A-F]+)>", table)
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def content(body: bytes) -> bytes:
    """An object's stream, unpacked."""
    stream = STREAM.search(body)[1]
    return zlib.decompress(stream) if b"/FlateDecode" in body else stream
