"""An .ods workbook as a file of unknown origin, judged while it is read."""

from __future__ import annotations

from collections.abc import Mapping

from selfeval.packages.container import DAMAGED, RefusedError, unpack
from selfeval.packages.elements import TOO_MUCH
from selfeval.packages.files import Unreadable, digest
from selfeval.packages.merged import cover
from selfeval.packages.opendocument.beside import beside
from selfeval.packages.opendocument.cells import Tables, rows_of
from selfeval.packages.opendocument.styles import Styles
from selfeval.packages.workbook import MAX_CELLS, MAX_TAGS, Sheet, Workbook

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_FIRST = b"PK"
_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"


def is_ods(data: bytes) -> bool:
    """Whether a file is of this kind, by what it says first and not by its name."""
    return data.startswith(_FIRST) and MIMETYPE in data[:256]


def read_ods(data: bytes) -> Workbook | Unreadable:
    """The workbook in the bytes of an .ods file, or why it cannot be read; nothing is raised.

    Refused as of .xlsx: damaged or locked, more unpacked than 32 MB, a DOCTYPE, too many tags, levels, cells or texts.
    """
    proof = digest(data)
    try:
        return Workbook(proof, _sheets(unpack(data)))
    except RefusedError as refused:
        return Unreadable(proof, str(refused))


def _sheets(parts: Mapping[str, bytes]) -> dict[str, Sheet]:
    if b"encryption-data" in parts.get(_MANIFEST, b""):
        raise RefusedError("文件加了打开密码")
    if _CONTENT not in parts:
        raise RefusedError(f"{DAMAGED}（缺少{_CONTENT}）")
    read = [parts[name] for name in (_STYLES, _CONTENT) if name in parts]
    if sum(part.count(b"<") for part in read) > MAX_TAGS:
        raise RefusedError(TOO_MUCH)
    tables = Tables(parts[_CONTENT], Styles(*read)).tables
    if not tables or len({table.name for table in tables}) < len(tables):
        raise RefusedError(f"{DAMAGED}（没有工作表，或者有同名的）")
    if sum(height * width for height, width in (table.size for table in tables)) > MAX_CELLS:
        raise RefusedError(f"工作表的区域超过{MAX_CELLS // 10_000}万个单元格")
    said = beside(parts[_CONTENT], parts.get(_STYLES, b""))
    sheets: dict[str, Sheet] = {}
    for table in tables:
        rows = list(rows_of(table))
        cover(rows, table.looks, table.merged)
        sheets[table.name] = Sheet(
            table.name,
            rows,
            table.looks,
            table.hidden,
            table.merged,
            table.unseen_rows,
            table.unseen_columns,
            said.get(table.name, ()),
        )
    return sheets
