"""What stands on the pages of a PDF, by PDFium: signs and ruled lines, a line of JSON a page.

``python -m selfeval.sources.pdf.pages < FILE``: a process of its own, so that whatever a malicious file does to the
parser, in time, memory or by a crash, ends with it. It imports nothing heavy. The coordinates are tenths of a point,
from the upper left of the page as it is seen.
"""

from __future__ import annotations

import ctypes
import json
import math
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

MAX_PAGES = 1000
MAX_SIGNS, MAX_RULES, MAX_OBJECTS = 30_000, 20_000, 100_000
"""Signs, ruled lines and objects of one page, which has some 800, 100 and 600."""
MAX_MEMORY, MAX_SECONDS = 640 * 1024**2, 120
"""Bytes and seconds of this process, where the system can hold it to them."""
LOCKED, DAMAGED, MANY_PAGES = "locked", "damaged", "pages"

_THIN = 3.0  # points: a filled shape up to this thickness is a ruled line
_SLANT = 1.0  # points that a ruled line may lean
_WHITE = 245  # from here on, of 255, nobody sees a line on paper
_FAINT = 16  # up to here, of 255, a line is see-through
_FAR = 1e6  # points: nothing that is seen
_LAST, _HALVES = 0x10FFFF, range(0xD800, 0xE000)  # of Unicode, and what is half a sign
_WELL = 1.0  # points from the edge of a window
_CELL = 0.4  # of its page: a larger window is not that of a cell
_CLIPS = 64  # paths of a clip, and points of each, that are looked at
_DEEP = 8  # forms in forms
_SHAPES = 20  # on a page without text: more than a frame has
_QUARTER = math.pi / 2
_LEANS = 0.12  # from here on, 7 degrees, a sign stands aslant; what was scanned leans less
_SAMPLE = 200  # signs that tell how a page is turned
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
        page = _flat(document, number)
    except pdfium.PdfiumError:
        return {"fault": DAMAGED}
    with suppress(pdfium.PdfiumError):
        text = page.get_textpage()
        try:
            count = text.count_chars()
            if count > MAX_SIGNS:
                return {"fault": MANY_PAGES, "signs": count}
            found = _Objects()
            found.look(page.raw)
            turned = _Turned(page, _quarters(text, count))
            rules = [value for rule in found.rules for value in turned.box(*rule)]
            said = {"size": turned.size, "rules": rules, "drawn": found.drawn, **_signs(text, count, turned)}
            return said | ({"fault": MANY_PAGES} if found.too_many else {})
        finally:
            text.close()
            page.close()
    return {"fault": DAMAGED}


def _flat(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """A page on which what was filled in to a form is text like any other."""
    page = document[number]
    if raw.FPDFPage_GetAnnotCount(page.raw) <= 0 or raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == 0:
        return page
    page.close()
    return document[number]


def _quarters(text: pdfium.PdfTextPage, count: int) -> int:
    """By how many quarters of a turn with the clock most signs would stand upright."""
    step = max(1, count // _SAMPLE)
    angles = (raw.FPDFText_GetCharAngle(text.raw, at) for at in range(0, count, step))
    turns = Counter(-round(angle / _QUARTER) % 4 for angle in angles if angle >= 0)
    return turns.most_common(1)[0][0] if turns else 0


Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""


class _Turned:
    """The page as a reader turns it: places in points become places from the upper left, in tenths."""

    def __init__(self, page: pdfium.PdfPage, quarters: int) -> None:
        # signs that lie on a page which is not turned itself are read with the page turned
        self._turn = (page.get_rotation() // 90 if page.get_rotation() else quarters) % 4
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


def _signs(text: pdfium.PdfTextPage, count: int, turned: _Turned) -> dict[str, Any]:
    """The signs of a page in ``text``, and the edges of each in ``boxes``.

    A cell shows of its text what has room in it. ``cut`` holds the number of each sign that has none, and the nearest
    place in its cell. ``slanted`` are those that stand aslant, over cells to which they do not belong.
    """
    box = raw.FS_RECTF()
    signs: list[str] = []
    boxes: list[int] = []
    cut: list[int] = []
    slanted: list[str] = []
    windows: dict[int, Box | None] = {}
    for at in range(count):
        if raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in {0xA, 0xD} or not raw.FPDFText_GetLooseCharBox(text.raw, at, box):
            continue
        sign = chr(code) if 0 < code <= _LAST and code not in _HALVES else "\ufffd"
        if _is_slanted(raw.FPDFText_GetCharAngle(text.raw, at)):
            slanted.append(sign)
            continue
        edges = turned.box(box.left, box.bottom, box.right, box.top)
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        window = _window_of(raw.FPDFText_GetTextObject(text.raw, at), windows)
        near = middle if window is None else _nearest(middle, window)
        if near != middle and window and turned.is_small(window):
            cut += [len(signs), *turned.box(*near, *near)[:2]]
        elif near != middle or not turned.shows(edges):
            continue
        signs.append(sign)
        boxes += edges
    return {"text": "".join(signs), "boxes": boxes, "cut": cut, "slanted": "".join(slanted)}


def _is_slanted(angle: float) -> bool:
    """Whether a sign stands aslant, as those of a watermark do."""
    return angle >= 0 and abs(angle - round(angle / _QUARTER) * _QUARTER) > _LEANS


def _nearest(place: tuple[float, float], window: Box) -> tuple[float, float]:
    """The place itself, or the nearest one well within the window."""
    (x, y), (left, bottom, right, top) = place, window
    if left <= x < right and bottom < y <= top:
        return place
    return min(max(x, left + _WELL), right - _WELL), min(max(y, bottom + _WELL), top - _WELL)


def _window_of(each: Any, windows: dict[int, Box | None]) -> Box | None:  # noqa: ANN401 - a handle of PDFium
    """The window of an object; ``windows`` are those of the objects met before."""
    key = ctypes.cast(each, ctypes.c_void_p).value or 0
    if key not in windows:
        windows[key] = _window(each) if key else None
    return windows[key]


def _window(each: Any) -> Box | None:  # noqa: ANN401 - a handle of PDFium
    """The box that the clip of an object leaves; None for all of the page."""
    clip = raw.FPDFPageObj_GetClipPath(each)
    window: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(max(raw.FPDFClipPath_CountPaths(clip), 0), _CLIPS)) if clip else ():
        xs, ys = [], []
        for at in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), _CLIPS)):
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, at), x, y):
                xs.append(x.value)
                ys.append(y.value)
        if xs:
            one = (min(xs), min(ys), max(xs), max(ys))
            both = window or one
            window = max(both[0], one[0]), max(both[1], one[1]), min(both[2], one[2]), min(both[3], one[3])
    return window


Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


class _Objects:
    """The ruled lines of a page, each as left, bottom, right and top, and how much else it shows."""

    def __init__(self) -> None:
        self.rules: list[tuple[float, float, float, float]] = []
        self.too_many = False
        self._pictures = self._seen = 0

    @property
    def drawn(self) -> bool:
        """Whether there is a picture, or as many shapes as of signs that were drawn."""
        return self._pictures > 0 or self._seen > _SHAPES

    def look(self, page: Any) -> None:  # noqa: ANN401 - a handle of PDFium
        """Look at every object."""
        count = raw.FPDFPage_CountObjects(page)
        self._each((raw.FPDFPage_GetObject(page, at) for at in range(count)), _PLAIN, 0)

    def _each(self, objects: Iterator[Any], outer: Matrix, depth: int) -> None:
        for each in objects:
            self._seen += 1
            if self._seen > MAX_OBJECTS or len(self.rules) > MAX_RULES:
                self.too_many = True
                return
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._pictures += 1
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self.rules += _rules(each, _times(_matrix(each), outer))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEP:
                inside = range(raw.FPDFFormObj_CountObjects(each))
                matrix = _times(_matrix(each), outer)
                self._each((raw.FPDFFormObj_GetObject(each, at) for at in inside), matrix, depth + 1)


def _matrix(each: Any) -> Matrix:  # noqa: ANN401 - a handle of PDFium
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return _PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _is_seen(each: Any, colour_of: Any) -> bool:  # noqa: ANN401 - a handle and a function of PDFium
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(each, red, green, blue, alpha):
        return True
    return bool(min(red.value, green.value, blue.value) < _WHITE and alpha.value > _FAINT)


def _rules(each: Any, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:  # noqa: ANN401
    """The straight lines of a path that is drawn, and what of it is filled and thin."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(each, fill, stroke):
        return
    stroked = stroke.value and _is_seen(each, raw.FPDFPageObj_GetStrokeColor)
    filled = fill.value and _is_seen(each, raw.FPDFPageObj_GetFillColor)
    if not stroked and not filled:
        return
    for points in _strokes(each, matrix):
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            yield box
        elif stroked:
            for (x, y), (to_x, to_y) in pairwise(points):
                if min(abs(x - to_x), abs(y - to_y)) <= _SLANT:
                    yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def _strokes(each: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:  # noqa: ANN401
    """The parts of a path that are drawn without lifting the pen; of one with a curve nothing is known."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for at in range(min(raw.FPDFPath_CountSegments(each), MAX_RULES)):
        segment = raw.FPDFPath_GetPathSegment(each, at)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(segment, x, y):
            points = []
            continue
        if kind == raw.FPDF_SEGMENT_MOVETO and len(points) > 1:
            yield points
        if kind == raw.FPDF_SEGMENT_MOVETO:
            points = []
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
            points.append(points[0])
    if len(points) > 1:
        yield points


if __name__ == "__main__":
    main()
