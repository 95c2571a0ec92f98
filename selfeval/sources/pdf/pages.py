"""What stands on the pages of a PDF, by PDFium: signs and ruled lines, a line of JSON a page.

``python -m selfeval.sources.pdf.pages < FILE``: a process of its own, so that whatever a malicious file does to the
parser, in time, memory or by a crash, ends with it. It imports nothing heavy. The coordinates are tenths of a point,
from the upper left of the page as it is seen.
"""

from __future__ import annotations

import json
import math
import re
import sys
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from selfeval.sources.pdf import fonts
from selfeval.sources.pdf.objects import Box, Look, Objects, has_words, key_of, text_of, window_of

MAX_PAGES = 1000
MAX_SIGNS = 30_000
"""Of one page, which has some 800."""
MAX_MEMORY, MAX_SECONDS = 640 * 1024**2, 120
"""Bytes and seconds of this process, where the system can hold it to them."""
LOCKED, DAMAGED, MANY_PAGES = "locked", "damaged", "pages"

_FAR = 1e6  # points: nothing that is seen
_LAST, _HALVES = 0x10FFFF, range(0xD800, 0xE000)  # of Unicode, and what is half a sign
_WELL = 1.0  # points from the edge of a window
_CELL = 0.4  # of its page: a larger window is not that of a cell
_QUARTER = math.pi / 2
_LEANS = 0.12  # from here on, 7 degrees, a sign stands aslant; what was scanned leans less
_SAMPLE = 200  # signs that tell how a page is turned
_NOTES = 2000  # on a page that are looked at
_STAMPS = (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_WATERMARK)
_FILLED = {raw.FPDF_ANNOT_WIDGET: b"V", raw.FPDF_ANNOT_FREETEXT: b"Contents"}
_REMARKS = {
    raw.FPDF_ANNOT_TEXT: "",
    raw.FPDF_ANNOT_HIGHLIGHT: "",
    raw.FPDF_ANNOT_UNDERLINE: "",
    raw.FPDF_ANNOT_SQUIGGLY: "",
    raw.FPDF_ANNOT_CARET: "",
    raw.FPDF_ANNOT_STRIKEOUT: "有文字划了删除线",
}
"""Notes of a reader of the file, and what is said of one without words."""
_OFF = "Off"  # of a box that is not ticked
_TO_PASSWORD_ERROR = 4


def main() -> None:
    """Write the facts of the file, then the pages in order."""
    _limit()
    data = sys.stdin.buffer.read()
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        _say({"fault": LOCKED if fault.err_code == _TO_PASSWORD_ERROR else DAMAGED})
        return
    count = len(document)
    if not 0 < count <= MAX_PAGES:
        _say({"fault": MANY_PAGES if count else DAMAGED, "pages": count})
        return
    _say({"pages": count, "damaged": has_damaged_streams(data)})
    for number in range(count):
        _say(_page(document, number))


_STREAM = re.compile(rb"<<[^<>]{0,200}/Filter *\[? */FlateDecode *\]?[^<>\[\]]{0,200}>>\s*stream\r?\n")
_AT_ONCE, _MOST_LOOKED_AT = 1 << 20, 1 << 28


def has_damaged_streams(data: bytes) -> bool:
    """Whether a compressed part is not what was written: PDFium takes what comes before the damage, and says nothing.

    Parts that cannot be told from outside, as those of a locked file, are taken as they are.
    """
    if b"/Encrypt" in data:
        return False
    looked_at = 0
    for found in _STREAM.finditer(data):
        part = zlib.decompressobj()
        rest: bytes | memoryview = memoryview(data)[found.end() :]
        try:
            while not part.eof and looked_at < _MOST_LOOKED_AT:
                given = part.unconsumed_tail or rest[:_AT_ONCE]
                if not part.unconsumed_tail:
                    rest = rest[_AT_ONCE:]
                if not given:
                    return True
                looked_at += len(part.decompress(given, _AT_ONCE))
        except zlib.error:
            return True
    return False


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def _limit() -> None:
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _page(document: pdfium.PdfDocument, number: int) -> dict[str, Any]:
    """A page: ``size``, ``text`` with four edges a sign in ``boxes``, ``rules`` of four edges each.

    ``drawn``: whether it shows a picture, or many shapes.
    """
    try:
        page, notes = _flat(document, number)
    except pdfium.PdfiumError:
        return {"fault": DAMAGED}
    with suppress(pdfium.PdfiumError):
        text = page.get_textpage()
        try:
            count = text.count_chars()
            if count > MAX_SIGNS:
                return {"fault": MANY_PAGES, "signs": count}
            found = Objects(text.raw)
            found.look(page.raw)
            turned = _Turned(page, _quarters(text, count))
            rules = [value for rule in found.rules for value in turned.box(*rule)]
            said: dict[str, Any] = {"size": turned.size, "rules": rules, "drawn": found.drawn}
            said |= {"stamps": notes.stamps[::-1], "remarks": notes.remarks[::-1]}
            said |= _signs(text, count, turned, found)
            said["unseen"] += ((*turned.box(*place)[:2], words) for place, words in notes.blank[::-1])
            said["shapeless"] = found.borrows and not fonts.is_there()
            return said | ({"fault": MANY_PAGES} if found.too_many else {})
        finally:
            text.close()
            page.close()
    return {"fault": DAMAGED}


@dataclass
class _Notes:
    """What lies on a page and is no text of it, the last first.

    ``stamps`` laid on it, ``remarks`` of who read it, and the words of fields that do not show them (``blank``).
    """

    stamps: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    blank: list[tuple[Box, str]] = field(default_factory=list)


def _flat(document: pdfium.PdfDocument, number: int) -> tuple[pdfium.PdfPage, _Notes]:
    """A page on which what was filled in to a form is text like any other, and what is no text of it."""
    page = document[number]
    if raw.FPDFPage_GetAnnotCount(page.raw) <= 0:
        return page, _Notes()
    notes = _notes(page)
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 0:
        return page, notes
    page.close()
    return document[number], notes


def _notes(page: pdfium.PdfPage) -> _Notes:
    """Take what is stamped onto a page off it: what each one with words says, and the fields that show nothing."""
    found = _Notes()
    for at in reversed(range(min(raw.FPDFPage_GetAnnotCount(page.raw), _NOTES))):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        kind = raw.FPDFAnnot_GetSubtype(note) if note else raw.FPDF_ANNOT_UNKNOWN
        if kind in _STAMPS:
            inside = (raw.FPDFAnnot_GetObject(note, each) for each in range(raw.FPDFAnnot_GetObjectCount(note)))
            if has_words(inside):
                found.stamps.append(text_of(raw.FPDFAnnot_GetStringValue, note, b"Contents"))
        elif kind in _REMARKS:
            if text := text_of(raw.FPDFAnnot_GetStringValue, note, b"Contents") or _REMARKS[kind]:
                found.remarks.append(text)
        elif kind in _FILLED and not raw.FPDFAnnot_HasKey(note, b"AP"):
            rect = raw.FS_RECTF()
            text = text_of(raw.FPDFAnnot_GetStringValue, note, _FILLED[kind])
            if text and text != _OFF and raw.FPDFAnnot_GetRect(note, rect):
                found.blank.append(((rect.left, rect.bottom, rect.right, rect.top), text))
        if note:
            raw.FPDFPage_CloseAnnot(note)
        if kind in _STAMPS:
            raw.FPDFPage_RemoveAnnot(page.raw, at)
    return found


def _quarters(text: pdfium.PdfTextPage, count: int) -> int | None:
    """By how many quarters of a turn with the clock most signs would stand upright; None without any."""
    step = max(1, count // _SAMPLE)
    angles = (raw.FPDFText_GetCharAngle(text.raw, at) for at in range(0, count, step))
    turns = Counter(-round(angle / _QUARTER) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else None


class _Turned:
    """The page as a reader turns it: places in points become places from the upper left, in tenths."""

    def __init__(self, page: pdfium.PdfPage, quarters: int | None) -> None:
        # most signs stand upright for who reads them, whether the page turns them so or not
        self._turn = page.get_rotation() // 90 % 4 if quarters is None else quarters
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        width, height = self._right - self._left, self._top - self._bottom
        self.size = [round(10 * side) for side in ((height, width) if self._turn % 2 else (width, height))]

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
        """Left, upper, right and lower edge."""
        if not self._turn and -_FAR < left <= right < _FAR and -_FAR < bottom <= top < _FAR:  # nearly always, and fast
            x, y = self._left, self._top
            return round(10 * (left - x)), round(10 * (y - top)), round(10 * (right - x)), round(10 * (y - bottom))
        first, second = self._point(left, bottom), self._point(right, top)
        edges = (min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1]))
        x0, y0, x1, y1 = (round(10 * edge) if math.isfinite(edge) and abs(edge) < _FAR else 0 for edge in edges)
        return x0, y0, x1, y1

    def lies(self, angle: float) -> int:
        """By how many quarters of a turn with the clock a sign of an angle would stand upright."""
        return (-round(angle / _QUARTER) - self._turn) % 4 if angle >= 0 else 0

    def is_small(self, window: Box) -> bool:
        """Whether a window is no more than a cell's."""
        left, bottom, right, top = window
        return bool(100 * max(right - left, 0) * max(top - bottom, 0) < _CELL * self.size[0] * self.size[1])

    def shows(self, edges: tuple[int, int, int, int]) -> bool:
        """Whether the middle of a box is on the page."""
        x0, y0, x1, y1 = edges
        return bool(0 <= x0 + x1 <= 2 * self.size[0] and 0 <= y0 + y1 <= 2 * self.size[1])

    def _point(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 0:
            return x - self._left, self._top - y
        if self._turn == 1:
            return y - self._bottom, x - self._left
        if self._turn == 2:  # noqa: PLR2004 - upside down
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x


def _signs(text: pdfium.PdfTextPage, count: int, turned: _Turned, objects: Objects) -> dict[str, Any]:
    """The signs of a page in ``text``, and the edges of each in ``boxes``.

    A cell shows of its text what has room in it. ``cut`` holds the number of each sign that has none, and the nearest
    place in its cell. ``slanted`` are those that stand aslant, over cells to which they do not belong.
    ``lying`` holds the number of each that lies on its side, and by how many quarters of a turn it would stand upright.
    """
    box = raw.FS_RECTF()
    signs: list[str] = []
    boxes: list[int] = []
    cut: list[int] = []
    lying: list[int] = []
    slanted: list[str] = []
    texts = _Texts(objects)
    for at in range(count):
        if raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in {0xA, 0xD} or not raw.FPDFText_GetLooseCharBox(text.raw, at, box):
            continue
        sign = chr(code) if 0 < code <= _LAST and code not in _HALVES else "\ufffd"
        angle = raw.FPDFText_GetCharAngle(text.raw, at)
        if angle and _is_slanted(angle) and _is_slanted(_baseline(text, at)):
            slanted.append(sign)
            continue
        edges = turned.box(box.left, box.bottom, box.right, box.top)
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        window = texts.begin(raw.FPDFText_GetTextObject(text.raw, at))
        near = middle if window is None else _nearest(middle, window)
        is_cut = near != middle and window is not None and turned.is_small(window)
        if (near != middle and not is_cut) or not (is_cut or turned.shows(edges)):
            continue
        if texts.is_doubtful and not texts.is_seen(len(signs), middle):
            texts.unseen.append((*edges[:2], sign))
            continue
        if (lies := turned.lies(angle)) != 0:
            lying += len(signs), lies
        if is_cut:
            cut += [len(signs), *turned.box(*near, *near)[:2]]
        signs.append(sign)
        boxes += edges
    told = {"text": "".join(signs), "boxes": boxes, "cut": cut, "slanted": "".join(slanted), "lying": lying}
    return told | {"runs": texts.runs, "looks": [*texts.looks], "unseen": texts.unseen}


class _Texts:
    """The texts that are drawn at once, one after the other.

    ``runs`` holds the number of the first sign of each, and how it looks, one of ``looks``. ``unseen`` are the signs
    that nobody sees, each with its place. ``is_doubtful``: whether it must be asked how the next sign looks.
    """

    def __init__(self, objects: Objects) -> None:
        self.runs: list[int] = []
        self.looks: dict[Look, int] = {}
        self.unseen: list[tuple[int, int, str]] = []
        self.is_doubtful = True
        self._objects = objects
        self._windows: dict[int, Box | None] = {}
        self._key = -1
        self._look: Look | None = None

    def begin(self, each: Any) -> Box | None:  # noqa: ANN401 - a handle of PDFium
        """Go on with a text, the same or another: its window."""
        key = key_of(each)
        if key != self._key:
            self._key, self._look, self.is_doubtful = key, None, True
            if key not in self._windows:
                self._windows[key] = window_of(each) if key else None
        return self._windows[key]

    def is_seen(self, number: int, place: tuple[float, float]) -> bool:
        """Whether somebody sees the next sign, the one of this number."""
        look = self._objects.look_at(self._key, *place)
        if look is None:
            return False
        if look != self._look:
            self.runs += number, self.looks.setdefault(look, len(self.looks))
            self._look, self.is_doubtful = look, not self._objects.is_plain(self._key)
        return True


def _is_slanted(angle: float) -> bool:
    """Whether a sign stands aslant, as those of a watermark do."""
    return angle >= 0 and abs(angle - round(angle / _QUARTER) * _QUARTER) > _LEANS


def _baseline(text: pdfium.PdfTextPage, at: int) -> float:
    """The angle of the line on which a sign stands: italics lean, and stand upright on it all the same."""
    matrix = raw.FS_MATRIX()
    return math.atan2(matrix.b, matrix.a) % math.tau if raw.FPDFText_GetMatrix(text.raw, at, matrix) else 0.0


def _nearest(place: tuple[float, float], window: Box) -> tuple[float, float]:
    """The place itself, or the nearest one well within the window."""
    (x, y), (left, bottom, right, top) = place, window
    if left <= x < right and bottom < y <= top:
        return place
    return min(max(x, left + _WELL), right - _WELL), min(max(y, bottom + _WELL), top - _WELL)


if __name__ == "__main__":
    main()
