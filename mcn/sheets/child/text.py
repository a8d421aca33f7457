"""Reads csv in the encodings and with the separators that Chinese offices send."""

import codecs
import csv
import io
from collections import Counter

from .formula import unescape
from .refusal import FileError

SAMPLE = 1 << 16
BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SEPARATORS = (",", "\t", ";", "|", "\uff0c")


def rows_of(path, limits):
    """Give the rows of the file with the encoding and the separator that were found."""
    encoding = encoding_of(path)
    csv.field_size_limit(limits["field_characters"])
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(SAMPLE)
    separator, skip = separator_of(sample)
    return _rows(path, encoding, separator, skip), encoding, separator


def _rows(path, encoding, separator, skip):
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        try:
            for number, row in enumerate(reader):
                if number < skip:
                    yield []
                    continue
                yield [unescape(cell) if cell[:1] == "'" else cell for cell in row]
        except csv.Error as error:
            code = "field_too_long" if "field larger" in str(error) else "broken_csv"
            raise FileError(code, line=reader.line_num) from error


def encoding_of(path):
    """Decide the encoding by trying it on the whole file: UTF-8, UTF-16, then GB18030."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    for bom, encoding in BOMS.items():
        if head.startswith(bom):
            return _proved(path, [encoding])
    if b"\x00" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        return _proved(path, ["utf-16-le" if odd > even else "utf-16-be"])
    return _proved(path, ["utf-8", "gb18030"])


def _proved(path, encodings):
    for encoding in encodings:
        if _decodes(path, encoding):
            return encoding
    raise FileError("unknown_encoding")


def _decodes(path, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                if "\x00" in decoder.decode(chunk):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def separator_of(sample):
    """Choose the separator that cuts most rows alike; an Excel `sep=` line decides."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator)), 0


def _evenness(sample, separator):
    widths = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            widths[len(row)] += 1
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)
