"""A font byte by byte, in which every sign is the same box: what a PDF holds does not depend on the machine's fonts."""

from __future__ import annotations

import struct

_EM, _ASCENT, _DESCENT = 1000, 880, -120
_BOX = (60, -60, 940, 820)
"""Left, bottom, right and top."""


def boxes() -> bytes:
    """The font as TrueType: its sign 1 is a box, its sign 0 nothing."""
    left, bottom, right, top = _BOX
    glyph = struct.pack(">h4h", 1, *_BOX) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
    corners = [(left, bottom), (left, top), (right, top), (right, bottom)]
    for axis in (0, 1):  # each point by its distance from the one before
        at = 0
        for corner in corners:
            glyph += struct.pack(">h", corner[axis] - at)
            at = corner[axis]
    glyph += b"\0" * (-len(glyph) % 4)
    tables = {
        b"glyf": glyph,
        b"head": struct.pack(">IIIIHHqqhhhhHHhhh", 65536, 65536, 0, 0x5F0F3CF5, 0, _EM, 0, 0, *_BOX, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 65536, _ASCENT, _DESCENT, 0, _EM, *([0] * 11), 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, left),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 65536, 2, 4, 1, 0, 0, 2, *([0] * 8)),
    }
    place, directory, content = 12 + 16 * len(tables), b"", b""
    for name, table in tables.items():
        directory += name + struct.pack(">III", 0, place + len(content), len(table))
        content += table + b"\0" * (-len(table) % 4)
    return struct.pack(">IHHHH", 65536, len(tables), 64, 2, 32) + directory + content
