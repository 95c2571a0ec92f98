"""A ZIP file out of parts that are compressed one by one, so that a part of many files is compressed once.

The headers are those of ``zipfile`` and XlsxWriter: the same parts give the same bytes, which with zlib are the bytes
that ``zipfile`` writes. isal compresses where it is installed: six times as fast, and a tenth larger.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from importlib.metadata import version
from struct import Struct
from typing import Any, NamedTuple

try:
    from isal import isal_zlib
except ImportError:  # it is not always there
    isal_zlib = None  # type: ignore[assignment,unused-ignore]

_RAW = -15
"""Deflated without a header of its own."""
_LEVEL, _ISAL_LEVEL = 6, 3

_LOCAL = Struct("<4s5H3L2H")
_ENTRY = Struct("<4s6H3L5H2L")
_END = Struct("<4s4H2LH")
_VERSION, _UNIX, _STORED, _DEFLATED = 20, 3, 0, 8
_TIME, _DAY = 0, 1 << 5 | 1  # the first moment of 1980
_READABLE = 0o600 << 16


class Part(NamedTuple):
    """The content of a part: its check sum, its size, and its bytes as they are held, by which method."""

    sum: int
    size: int
    held: bytes
    method: int = _DEFLATED


def _by_zlib() -> Any:  # noqa: ANN401 (zlib names no type of it)
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)


def _by_isal() -> Any:  # noqa: ANN401
    return isal_zlib.compressobj(_ISAL_LEVEL, isal_zlib.DEFLATED, _RAW)


_begun: Callable[[], Any] = _by_zlib if isal_zlib is None else _by_isal


def compressed_by() -> str:
    """What compresses here: where that is not the same, neither are the bytes."""
    return f"zlib {zlib.ZLIB_RUNTIME_VERSION}" if isal_zlib is None else f"isal {version('isal')}"


class Deflating:
    """A content that is compressed piece by piece."""

    def __init__(self) -> None:
        self._packer = _begun()
        self._sum = self._size = 0
        self._done = bytearray()

    def add(self, content: bytes) -> None:
        """The next piece."""
        self._sum, self._size = zlib.crc32(content, self._sum), self._size + len(content)
        self._done += self._packer.compress(content)

    def part(self) -> Part:
        """All of it, once there is no more."""
        self._done += self._packer.flush()
        return Part(self._sum, self._size, bytes(self._done))


def deflated(content: bytes) -> Part:
    """A content compressed."""
    all_of_it = Deflating()
    all_of_it.add(content)
    return all_of_it.part()


def stored(content: bytes) -> Part:
    """A content as it is."""
    return Part(zlib.crc32(content), len(content), content, _STORED)


def packed(parts: Iterable[tuple[str, Part]]) -> bytes:
    """The ZIP file of parts by name, in order; names are ASCII, and all together are smaller than 4 GB."""
    file, directory, count = bytearray(), bytearray(), 0
    for name, (check, size, content, method) in parts:
        called, at = name.encode("ascii"), len(file)
        common = _VERSION, 0, method, _TIME, _DAY, check, len(content), size, len(called), 0
        file += _LOCAL.pack(b"PK\3\4", *common) + called + content
        made = _UNIX << 8 | _VERSION
        directory += _ENTRY.pack(b"PK\1\2", made, *common, 0, 0, 0, _READABLE, at) + called
        count += 1
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), len(file), 0)
    return b"".join((file, directory, end))
