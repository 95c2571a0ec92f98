"""Whether the signs of a file can be known that does not hold their shapes: then they are those of this machine.

PDFium passes over signs without a shape where they stand turned or raised, or alone in a line, so that a value may be
gone unseen. What a file holds itself, and Latin signs, which PDFium has of its own, are always there.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_SIGN = "\u4e2d"  # 中
_WIDE = "\u2e80"
"""The first sign of those that PDFium has no shapes for."""
_FLAT = 0.1  # points: a sign of 12 points is no lower than that, if it has a shape
_PAGE = (
    b"%%PDF-1.7\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>endobj\n"
    b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
    b"5 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>endobj\n"
    b"6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 7 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>endobj\n"
    b"7 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>endobj\n"
    b"trailer<</Root 1 0 R>>\n"
)
"""A page with one sign of a font that every reader of such files is to have."""


def is_borrowed(text: Any, page: Any) -> bool:  # noqa: ANN401 - handles of PDFium
    """Whether a text of a page has Chinese signs whose shapes the file does not hold."""
    font = raw.FPDFTextObj_GetFont(text)
    if not font or raw.FPDFFont_GetIsEmbedded(font) != 0:
        return False
    length = raw.FPDFTextObj_GetText(text, page, None, 0) // 2
    words = (ctypes.c_ushort * length)()
    raw.FPDFTextObj_GetText(text, page, words, length * 2)
    return max(map(chr, words), default="") >= _WIDE


@cache
def is_there() -> bool:
    """Whether this machine has a font with Chinese signs."""
    drawn = b"BT /F 12 Tf 20 20 Td <%s> Tj ET" % _SIGN.encode("utf-16-be").hex().encode()
    document = pdfium.PdfDocument(_PAGE % (len(drawn), drawn))
    try:
        text = document[0].get_textpage()
        bottom, top = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharBox(text.raw, 0, ctypes.c_double(), ctypes.c_double(), bottom, top)
        return top.value - bottom.value > _FLAT
    finally:
        document.close()
