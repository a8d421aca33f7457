"""Small PDF files that stand for scans: a title and a few lines, in a font that readers have for Chinese."""

from django.core.files.base import ContentFile

NOTE = "演示样张，非真实文件"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 298] /Contents 4 0 R"
    b" /Resources << /Font << /F 5 0 R >> >> >>"
)
FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
    b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >>"
    b" /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
    b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    b" /DW 1000 /W [1 95 500] >>] >>"
)


def scan(title, lines):
    """A scan of a paper as an upload: its title and what it says, line by line."""
    words = [(title, 20, 40, 250)]
    words += [(line, 12, 40, 212 - 22 * place) for place, line in enumerate([*lines, "", NOTE])]
    text = b"".join(_shown(*word) for word in words)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        PAGE,
        b"<< /Length %d >>\nstream\n%sendstream" % (len(text), text),
        FONT,
    ]
    return ContentFile(_file(parts), name=f"{title}.pdf")


def _shown(text, size, left, bottom):
    code = text.encode("utf-16-be").hex().encode()
    return b"BT /F %d Tf %d %d Td <%s> Tj ET\n" % (size, left, bottom, code)


def _file(parts):
    """The objects of a PDF behind its header, and the table of where each begins."""
    body, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + trailer
