"""Is it safe to open this .xlsx file? Each is looked at first, in one pass over its bytes.

Readers trust what they are given: they unpack without end, follow entities, reserve memory up to the farthest cell.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from selfeval.packages.columns import position

MAX_FILE = 20 * 1024 * 1024  # bytes on disk
MAX_UNPACKED = 200 * 1024 * 1024  # bytes of all parts together once unpacked
MAX_PARTS = 2000
MAX_CELLS = 2_000_000
"""Rows times columns that a sheet may claim: the readers reserve memory for every cell up to the farthest one."""
FARTHEST_ROW, FARTHEST_COLUMN = 99_999, 702  # ZZ is column 702

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = 30
_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")
# What may stand before the root element: white space, comments, processing instructions.
_PROLOG = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)


def read_package(path: Path) -> bytes | str:
    """The bytes of a workbook that may be opened, or why it must not be, as a plain Chinese phrase.

    Refused: no file, over 20 MB, password-protected or .xls, no ZIP package or a broken one, no workbook inside, over
    200 MB unpacked, XML with a DOCTYPE, a value beyond column ZZ or row 99999, a sheet of more than 2 million cells.
    """
    try:
        if not path.is_file():
            return "找不到这个文件"
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            return f"文件超过 {MAX_FILE // 1024 // 1024} MB"
        return _refuse_bytes(io.BytesIO(data)) or data
    except PermissionError:
        return "没有权限打开这个文件，可能正被别的程序占用"
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError):
        # zipfile itself raises NotImplementedError for a package of a later version or another compression
        return "文件已损坏或不完整"


def read_xls(path: Path) -> bytes | None:
    """The bytes of a file of the old binary kind (.xls), by its first bytes and not by its name; None for others."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError:
        return None
    return data if data.startswith(_OLE) and _PASSWORD not in data else None


def _refuse_bytes(file: BinaryIO) -> str | None:
    head = file.read(8)
    if not head:
        return "文件是空的"
    if head == _OLE:
        locked = _PASSWORD in file.read(MAX_FILE)
        return "文件加了打开密码" if locked else "是旧版 .xls 格式（或 .et 格式），不是 .xlsx 工作簿"
    if not head.startswith(b"PK"):
        return "内容不是 .xlsx 工作簿"
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            return f"解压后超过 {MAX_UNPACKED // 1024 // 1024} MB，或内含文件过多"
        if "xl/workbook.xml" not in {part.filename for part in parts}:
            return "内容不是 .xlsx 工作簿"
        return next(filter(None, (_refuse_part(file, part) for part in parts)), None)


def _refuse_part(file: BinaryIO, part: zipfile.ZipInfo) -> str | None:
    if part.flag_bits & 1:
        return "文件加了打开密码"
    data = _unpacked(file, part)
    if len(data) != part.file_size:
        return "文件已损坏或不完整"
    if not part.filename.lower().endswith(_XML):
        return None
    # Without the zero bytes, UTF-16 reads like ASCII here, so another encoding hides nothing.
    plain = data.replace(b"\0", b"") if b"\0" in data else data
    start = plain[3:] if plain.startswith(b"\xef\xbb\xbf") else plain.lstrip(b"\xff\xfe")
    prolog = _PROLOG.match(start)
    if prolog and start[prolog.end() :].startswith(b"<!"):
        return "内含外部实体声明（DOCTYPE），不安全"
    return _too_far(plain) if part.filename.startswith("xl/worksheets/") else None


def _too_far(sheet: bytes) -> str | None:
    """A cell far out makes a reader reserve all that lies between."""
    cells = _FILLED_CELL.findall(sheet)
    rows = max((int(row) for _, row in cells), default=0)
    columns = max((position(name.decode()) for name in {name for name, _ in cells}), default=-1) + 1
    if rows > FARTHEST_ROW or columns > FARTHEST_COLUMN:
        return "表格里很远的地方（ZZ 列以后或 10 万行以后）有内容，表格过大"
    return f"工作表的区域超过 {MAX_CELLS // 10_000} 万个单元格" if rows * columns > MAX_CELLS else None


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo) -> bytes:
    """The bytes of a part, never more than one over what it declares, whatever its stream holds."""
    file.seek(part.header_offset)
    header = file.read(_LOCAL_HEADER)
    skip = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(skip, 1)
    packed = file.read(part.compress_size)
    if part.compress_type == zipfile.ZIP_STORED:
        return packed
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile(f"compression {part.compress_type}")
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, part.file_size + 1)
