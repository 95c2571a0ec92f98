"""What is drawn on a page, by PDFium: ruled lines, how each text looks, and what lies over and under it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pypdfium2 import raw

from selfeval.sources.pdf import fonts

MAX_RULES, MAX_OBJECTS = 20_000, 100_000
"""Ruled lines and objects of one page, which has some 100 and 600."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top."""
Colour = tuple[int, int, int]
"""Red, green and blue up to 255."""
WHITE, BLACK = (255, 255, 255), (0, 0, 0)

_THIN = 3.0  # points: a filled shape up to this thickness is a ruled line
_SLANT = 1.0  # points that a ruled line may lean
_WHITE = 245  # from here on, of 255, nobody sees a line on paper
_FAINT = 16  # up to here, of 255, a line is see-through
_DENSE = 240  # from here on nothing is seen through a shape
_ALIKE = 10  # of 255: so near are the colours of what nobody sees
_LIGHT = 140  # of 255: a colour from here on is light
_CLIPS = 64  # paths of a clip, and points of each, that are looked at
_DEEP = 8  # forms in forms
_SHAPES = 20  # on a page without text: more than a frame has
_CORNERS = 4  # of a rectangle
_MARKS, _LONGEST = 16, 200  # marks of an object that are looked at, and signs of a text that PDFium gives
_UNSEEN_MODE, _STROKED_MODES = 3, (1, 5)  # of text
Matrix = tuple[float, float, float, float, float, float]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


class Look(NamedTuple):
    """How a text looks on white paper, and whether it is marked as a watermark, a head or a foot."""

    colour: Colour
    is_mark: bool = False


class Words(NamedTuple):
    """A text that is drawn at once: how many things were drawn before it, and how it looks; no look: it is unseen."""

    order: int
    look: Look | None


class Fill(NamedTuple):
    """A rectangle that is filled, in the same order."""

    order: int
    box: Box
    colour: Colour
    is_dense: bool


_ANY = Words(0, Look(BLACK))


def times(first: Matrix, second: Matrix) -> Matrix:
    """First the one, then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def window_of(each: Any) -> Box | None:  # noqa: ANN401 - a handle of PDFium
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
            window = one if window is None else _common(window, one)
    return window


def key_of(each: Any) -> int:  # noqa: ANN401 - a handle of PDFium
    """What an object is known by; 0 for none."""
    return ctypes.addressof(each.contents) if each else 0


def text_of(give: Any, *of: Any) -> str:  # noqa: ANN401 - a function and handles of PDFium
    """What a function of PDFium gives as text; a longer one is cut off or blank."""
    held, length = (ctypes.c_ushort * _LONGEST)(), ctypes.c_ulong()
    given = give(*of, held, 2 * _LONGEST, *(() if give is raw.FPDFAnnot_GetStringValue else (length,)))
    length.value = length.value or given
    return bytes(held)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")


def has_words(objects: Iterator[Any], depth: int = 0) -> bool:
    """Whether there is text among objects, or in forms among them."""
    for each in objects:
        kind = raw.FPDFPageObj_GetType(each)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            return True
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEP:
            inside = range(min(raw.FPDFFormObj_CountObjects(each), MAX_OBJECTS))
            if has_words((raw.FPDFFormObj_GetObject(each, at) for at in inside), depth + 1):
                return True
    return False


class Objects:
    """The ruled lines of a page, each as left, bottom, right and top, its texts, and how much else it shows."""

    def __init__(self, text: Any) -> None:  # noqa: ANN401 - a handle of PDFium
        """``text``: the page's own."""
        self._text = text
        self.rules: list[Box] = []
        self.words: dict[int, Words] = {}
        self.too_many = False
        self.borrows = False
        """Whether a text has Chinese signs of which the file does not hold the shapes."""
        self._fills: list[Fill] = []
        self._pictures: list[Box] = []
        self._seen = 0
        self._parts = tuple(ctypes.c_uint() for _ in range(4))

    @property
    def drawn(self) -> bool:
        """Whether there is a picture, or as many shapes as of signs that were drawn."""
        return bool(self._pictures) or self._seen > _SHAPES

    def look(self, page: Any) -> None:  # noqa: ANN401 - a handle of PDFium
        """Look at every object."""
        count = raw.FPDFPage_CountObjects(page)
        self._each((raw.FPDFPage_GetObject(page, at) for at in range(count)), _PLAIN, 0, is_mark=False)

    def look_at(self, key: int, x: float, y: float) -> Look | None:
        """How a text looks at a place: as if on white paper; None where nobody can see it.

        What a picture covers is seen, if only in the picture: of a scan, the signs that were recognised lie beside it.
        """
        words = self.words.get(key, _ANY)
        if words.look is None:
            return Look(BLACK) if self._in_picture(x, y) else None
        look = words.look
        under = [fill for fill in self._fills if _is_in(fill.box, x, y)]
        if any(fill.is_dense and fill.order > words.order for fill in under):
            return None
        ground = next((fill.colour for fill in reversed(under) if fill.order < words.order), None)
        if ground is None and min(look.colour) < _WHITE:
            return look
        if self._in_picture(x, y):
            return look._replace(colour=BLACK)
        red, green, blue = (abs(one - other) for one, other in zip(look.colour, ground or WHITE, strict=True))
        if max(red, green, blue) <= _ALIKE:
            return None
        return look if sum(look.colour) < 3 * _LIGHT else look._replace(colour=(255 - red, 255 - green, 255 - blue))

    def is_plain(self, key: int) -> bool:
        """Whether a text looks the same wherever it stands."""
        words = self.words.get(key)
        return words is None or (not self._fills and words.look is not None and min(words.look.colour) < _WHITE)

    def _in_picture(self, x: float, y: float) -> bool:
        return any(_is_in(box, x, y) for box in self._pictures)

    def _each(self, objects: Iterator[Any], outer: Matrix, depth: int, *, is_mark: bool) -> None:
        for each in objects:
            self._seen += 1
            if self._seen > MAX_OBJECTS or len(self.rules) > MAX_RULES:
                self.too_many = True
                return
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.words[key_of(each)] = Words(self._seen, self._look_of(each, is_mark=is_mark))
                self.borrows = self.borrows or fonts.is_borrowed(each, self._text)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, e, f = times(_matrix(each), outer)
                xs, ys = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
                self._pictures.append((min(xs), min(ys), max(xs), max(ys)))
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(each, times(_matrix(each), outer))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEP:
                inside = range(raw.FPDFFormObj_CountObjects(each))
                matrix = times(_matrix(each), outer)
                marked = is_mark or _is_mark(each)
                self._each((raw.FPDFFormObj_GetObject(each, at) for at in inside), matrix, depth + 1, is_mark=marked)

    def _look_of(self, each: Any, *, is_mark: bool) -> Look | None:  # noqa: ANN401 - a handle of PDFium
        mode = raw.FPDFTextObj_GetTextRenderMode(each)
        if mode == _UNSEEN_MODE:
            return None
        red, green, blue, alpha = self._parts
        of = raw.FPDFPageObj_GetStrokeColor if mode in _STROKED_MODES else raw.FPDFPageObj_GetFillColor
        if not of(each, red, green, blue, alpha):
            return Look(BLACK, is_mark or _is_mark(each))
        if alpha.value <= _FAINT:
            return None
        colour = red.value, green.value, blue.value
        return Look(colour if alpha.value == WHITE[0] else _on_white(colour, alpha.value), is_mark or _is_mark(each))

    def _path(self, each: Any, matrix: Matrix) -> None:  # noqa: ANN401 - a handle of PDFium
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(each, fill, stroke):
            return
        stroked = bool(stroke.value) and self._is_seen(each, raw.FPDFPageObj_GetStrokeColor)
        filled = bool(fill.value) and self._is_seen(each, raw.FPDFPageObj_GetFillColor)
        if not stroked and not filled and not fill.value:
            return
        strokes = list(_strokes(each, matrix))
        if stroked or filled:
            for points in strokes:
                self.rules += _rules(points, stroked=stroked)
        if fill.value and len(strokes) == 1 and len(set(strokes[0])) == _CORNERS:
            self._fill(each, strokes[0])

    def _fill(self, each: Any, points: list[tuple[float, float]]) -> None:  # noqa: ANN401 - a handle of PDFium
        box = _box(points)
        if not _is_rectangle(points) or min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            return
        red, green, blue, alpha = self._parts
        if not raw.FPDFPageObj_GetFillColor(each, red, green, blue, alpha) or alpha.value <= _FAINT:
            return
        window = window_of(each)
        colour = _on_white((red.value, green.value, blue.value), alpha.value)
        dense = alpha.value >= _DENSE and not raw.FPDFPageObj_HasTransparency(each)
        self._fills.append(Fill(self._seen, _common(box, window) if window else box, colour, dense))

    def _is_seen(self, each: Any, colour_of: Any) -> bool:  # noqa: ANN401 - a handle and a function of PDFium
        red, green, blue, alpha = self._parts
        if not colour_of(each, red, green, blue, alpha):
            return True
        return bool(min(red.value, green.value, blue.value) < _WHITE and alpha.value > _FAINT)


def _is_in(box: Box, x: float, y: float) -> bool:
    left, bottom, right, top = box
    return left <= x <= right and bottom <= y <= top


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _on_white(colour: Colour, alpha: int) -> Colour:
    red, green, blue = (255 - (255 - part) * alpha // 255 for part in colour)
    return red, green, blue


def _is_mark(each: Any) -> bool:  # noqa: ANN401 - a handle of PDFium
    """Whether an object is marked as a watermark, head or foot, as by Acrobat and Word.

    Of what is no part of the text only these have a kind within their kind, whose name PDFium does not give.
    """
    for at in range(min(raw.FPDFPageObj_CountMarks(each), _MARKS)):
        mark = raw.FPDFPageObj_GetMark(each, at)
        if text_of(raw.FPDFPageObjMark_GetName, mark) == "Artifact":
            return bool(raw.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") == raw.FPDF_OBJECT_NAME)
    return False


def _matrix(each: Any) -> Matrix:  # noqa: ANN401 - a handle of PDFium
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, found):
        return _PLAIN
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    return all(min(abs(x - to_x), abs(y - to_y)) <= _SLANT for (x, y), (to_x, to_y) in pairwise(points))


def _rules(points: list[tuple[float, float]], *, stroked: bool) -> Iterator[Box]:
    """The straight lines of a path that is drawn, and what of it is filled and thin."""
    box = _box(points)
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
