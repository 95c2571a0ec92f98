"""PDF files byte by byte, for what no office program writes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tests.sources.raw_font import boxes

_FONT = b"<</Type/Font/Subtype/Type0/BaseFont/Boxes/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
_DESCENDANT = (
    b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Boxes/DW 1000/CIDToGIDMap 7 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R>>"
)
_DESCRIPTOR = (
    b"<</Type/FontDescriptor/FontName/Boxes/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93/FontFile2 8 0 R>>"
)
_UNICODE = (
    b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapType 2 def\n"
    b"1 begincodespacerange<0000><FFFF>endcodespacerange\n"
    b"1 beginbfrange<0000><FFFF><0000>endbfrange\nendcmap end end"
)
"""Each sign is known by its number in Unicode."""


def text(x: float, y: float, said: str, size: float = 10, turn: str = "1 0 0 1") -> str:
    """Drawing a text from a place, in points from the lower left."""
    return f"BT /F1 {size} Tf {turn} {x} {y} Tm <{said.encode('utf-16-be').hex()}> Tj ET\n"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """Drawing a frame."""
    return f"{x0} {y0} {x1 - x0} {y1 - y0} re S\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Drawing a line."""
    return f"{x0} {y0} m {x1} {y1} l S\n"


def thin(x0: float, y0: float, x1: float, y1: float) -> str:
    """Drawing a line as what it is in many files: a thin filled rectangle."""
    return f"{x0 - 0.25} {y0 - 0.25} {x1 - x0 + 0.5} {y1 - y0 + 0.5} re f\n"


def pdf(
    pages: Sequence[str | bytes],
    page: bytes = b"",
    extra: Sequence[bytes] = (),
    resources: bytes = b"",
    trailer: bytes = b"",
    fonts: bytes = b"",
) -> bytes:
    """A file of A4 pages, each by what is drawn on it; ``extra`` objects are numbered from 10.

    ``page`` stands in each page's dictionary, ``resources`` in that of its resources, ``fonts`` in that of its fonts.
    """
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>", 3: _FONT, 4: _DESCENDANT, 5: _DESCRIPTOR}
    packed = zlib.compress(b"\0\1" * 65536)
    objects |= {6: stream(_UNICODE), 7: stream(packed, b"/Filter/FlateDecode"), 8: stream(boxes())}
    objects |= dict(enumerate(extra, start=10))
    kids = []
    for at, drawn in enumerate(pages):
        number = 100 + 2 * at
        content = zlib.compress(drawn.encode() if isinstance(drawn, str) else drawn)
        objects[number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s/Resources<</Font<</F1 3 0 R%s>>%s>>/Contents %d 0 R>>"
            % (page, fonts, resources, number + 1)
        )
        objects[number + 1] = stream(content, b"/Filter/FlateDecode")
        kids.append(b"%d 0 R" % number)
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _file(objects, trailer)


def stream(content: bytes, facts: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), facts, content)


def _file(objects: dict[int, bytes], trailer: bytes) -> bytes:
    written = b"%PDF-1.7\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(written)
    last = max(objects)
    table = b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(last + 1)
    )
    return written + b"xref\n0 %d\n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1,
        table,
        last + 1,
        trailer,
        start,
    )
