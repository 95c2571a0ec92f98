"""The heads and feet of the pages of an .xls workbook, and its text boxes, which its reader passes over."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc

from selfeval.packages.beside_cells import BOX, FOOT, HEAD, Text, texts_of_margin

_BEGIN, _END, _SHEET_NAME = 0x0809, 0x000A, 0x0085
_MARGINS = {0x0014: HEAD, 0x0015: FOOT}
_SHAPE, _SHAPE_TEXT, _MORE = 0x005D, 0x01B6, 0x003C
_OF_COMMENT = 0x0019
"""The kind of a shape that shows a comment, which the reader knows."""
_LENGTH_AT = 10
_NEWEST = 0x0600
"""The version of the format whose texts say how many bytes a sign has."""
_WIDE = 1


def margins(data: bytes) -> dict[str, list[Text]]:
    """The texts by the names of their sheets; none where the stream of records cannot be followed."""
    found: dict[str, list[Text]] = {}
    with contextlib.suppress(Exception):  # CompDoc has no list of what a malformed file makes it raise
        stream, base, length = CompDoc(data, logfile=io.StringIO()).locate_named_stream("Workbook")
        names: dict[int, str] = {}
        begun: list[int] = []
        box = awaited = 0  # the kind of the shape before, and how long the text is that comes next
        for at, kind, record in _records(bytes(stream[base : base + length])):
            if kind == _BEGIN:
                if struct.unpack_from("<H", record)[0] != _NEWEST:
                    return {}
                begun.append(at)
            elif kind == _END and begun:
                begun.pop()
            elif kind == _SHEET_NAME:
                names[struct.unpack_from("<L", record)[0]] = _text(
                    record[6:], struct.unpack_from("<B", record, 6)[0], 1
                )
            elif kind in _MARGINS and len(begun) == 1 and len(record) > 2:  # noqa: PLR2004 - how long the text is
                text = _text(record, struct.unpack_from("<H", record)[0], 2)
                found.setdefault(names.get(begun[0], ""), []).extend(texts_of_margin(_MARGINS[kind], text))
            elif kind == _SHAPE:
                box = struct.unpack_from("<H", record, 4)[0]
            elif kind == _MORE and awaited and record:
                text = _text(record, awaited, 0).strip()
                found.setdefault(names.get(begun[0], ""), []).extend([Text(BOX, "", text)] if text else [])
            shows = kind == _SHAPE_TEXT and len(begun) == 1 and box != _OF_COMMENT
            awaited = struct.unpack_from("<H", record, _LENGTH_AT)[0] if shows else 0
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _text(record: bytes, count: int, start: int) -> str:
    """A text behind its length, which takes ``start`` bytes: a sign has one byte, or two."""
    wide = record[start] & _WIDE
    rest = record[start + 1 : start + 1 + count * (1 + wide)]
    return rest.decode("utf-16-le" if wide else "latin-1", "replace")
