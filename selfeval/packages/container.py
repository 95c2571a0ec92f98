"""The ZIP file around a workbook: its parts, each whole and as its check sum says, under limits.

Programs read the same ZIP file differently where its two directories disagree, where a name comes twice, or where it is
longer than it says; such a file is no workbook that a spreadsheet wrote, and is refused.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

MAX_UNPACKED = 32 * 1024 * 1024
"""Bytes of all parts together once unpacked."""
MAX_PARTS = 2000

_LOCKED = 0x1
_END, _END64, _LOCATOR64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LOCATOR_SIZE = 22, 20
_UNSAID = (0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
"""What the plain end record says of a number that only the one of 64 bits holds."""
DAMAGED = "文件已损坏或不完整"


class RefusedError(Exception):
    """A file that is not read any further; its text is the reason, a plain Chinese phrase."""


def too_large(most: int = MAX_UNPACKED) -> str:
    """Why a package of more bytes than that is refused, or of too many parts."""
    return f"解压后超过{most // 1024 // 1024} MB，或内含文件过多"


def unpack(data: bytes, most: int | None = None) -> dict[str, bytes]:
    """The parts of a package by name, in its order; ``most``: bytes of all together (32 MB). Raises RefusedError.

    Every part is inflated to its end, so that its check sum is compared; none beyond what it declares.
    """
    try:
        _one_directory(data)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return dict(_parts(package, MAX_UNPACKED if most is None else most))
    except RefusedError:
        raise
    except Exception as fault:  # zipfile has no list of what a malformed file makes it raise
        raise RefusedError(DAMAGED) from fault


def _parts(package: zipfile.ZipFile, most: int) -> Iterator[tuple[str, bytes]]:
    members = [member for member in package.infolist() if not is_folder(member)]
    if len(members) > MAX_PARTS or sum(member.file_size for member in members) > most:
        raise RefusedError(too_large(most))
    if len({member.filename.lower() for member in members}) < len(members):
        raise RefusedError(f"{DAMAGED}（有同名的部分）")
    for member in members:
        if member.flag_bits & _LOCKED:
            raise RefusedError("文件加了打开密码")
        with package.open(member) as part:
            content = part.read(member.file_size + 1)
        if len(content) != member.file_size:
            raise RefusedError(DAMAGED)
        yield member.filename, content


def is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a folder; zipfile cannot say so of one without a name."""
    return member.filename.endswith("/")


def _one_directory(data: bytes) -> None:
    """Raises RefusedError where a reader may take another directory of parts than we do."""
    at = data.rfind(_END)
    if at < 0:
        raise RefusedError(DAMAGED)
    disk, first, here, entries, size, offset, comment = struct.unpack("<4H2LH", data[at + 4 : at + _END_SIZE])
    plain, end = (here, entries, size, offset), at
    if data[at - _LOCATOR_SIZE : at].startswith(_LOCATOR64):
        end = int.from_bytes(data[at - 12 : at - 4], "little")
        if data[end : end + 4] != _END64:
            raise RefusedError(DAMAGED)
        wide = struct.unpack("<4Q", data[end + 24 : end + 56])
        if any(said not in (unsaid, true) for said, unsaid, true in zip(plain, _UNSAID, wide, strict=True)):
            raise RefusedError(f"{DAMAGED}（有两份不一致的目录）")
        size, offset = wide[2:]
    if disk or first or at + _END_SIZE + comment != len(data) or offset + size != end:
        raise RefusedError(DAMAGED)
