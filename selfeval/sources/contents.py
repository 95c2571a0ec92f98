"""What is in a file, whatever it is called: which reader takes it, and the name that it should have."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import NamedTuple

from selfeval.packages.any_workbook import OF_XLS
from selfeval.packages.workbook import OLE, PASSWORD
from selfeval.sources.decoding import decoded
from selfeval.sources.tables.web_page import looks_like_page

_HEAD = 4096
_PLAIN_TEXT = (".txt", ".text", ".tsv", ".csv")
_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
_OLD_WORD = "WordDocument".encode("utf-16-le")


class Content(NamedTuple):
    """A kind of file: what it is called, its ending, and the other endings under which its reader takes it too."""

    name: str
    suffix: str
    others: Sequence[str] = ()


_PDF = Content("PDF 文件", ".pdf")
_WORD = Content("Word 文档", ".docx", (".docm",))
_OLD = Content("旧版 Word 或 WPS 文字的文件", ".doc", (".wps",))
_RICH = Content("富文本文件（RTF）", ".rtf", (".doc", ".wps", ".docx"))
_BOOK = Content("Excel 工作簿", ".xlsx", (*_TABLES, ".csv", ".html", ".htm"))
_OLD_BOOK = _BOOK._replace(name="旧版 Excel 工作簿", suffix=".xls")
_OPEN_BOOK = _BOOK._replace(name="开放文档格式的表格", suffix=".ods")
_PAGE = Content("网页", ".html", (*_TABLES, ".csv", ".htm"))
_TEXT = Content("文本文件", ".txt", (*_PLAIN_TEXT, *_TABLES, ".html", ".htm"))
_OFD = Content("版式文件（OFD）", ".ofd")
_OPEN = Content("开放文档格式的文字文件", ".odt")
_IN_PACKAGES = {"word/document": _WORD, "xl/workbook": _BOOK, "OFD.xml": _OFD}
_TYPES = {b"opendocument.text": _OPEN, b"opendocument.spreadsheet": _OPEN_BOOK}


def misnamed(data: bytes, suffix: str) -> Content | None:
    """What is in a file, where the ending of its name says that it is something else; None where nobody can say."""
    found = _content(data, suffix)
    return found if found and suffix not in (found.suffix, *found.others) else None


def _content(data: bytes, suffix: str) -> Content | None:
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"%PDF-"):
        return _PDF
    if data.startswith(b"PK"):
        return _in_package(data)
    if data.startswith(OLE):
        return None if PASSWORD in data else _in_ole(data)
    if start.startswith(b"{\\rtf"):
        return _RICH
    if looks_like_page(data):
        return _PAGE
    return _TEXT if suffix not in (_TEXT.suffix, *_TEXT.others) and _is_text(data) else None


def _in_package(data: bytes) -> Content | None:
    names = names_in(data)
    for start, content in _IN_PACKAGES.items():
        if any(name.startswith(start) for name in names):
            return content
    return next((content for kind, content in _TYPES.items() if kind in data[:_HEAD]), None)


def _in_ole(data: bytes) -> Content | None:
    if _OLD_WORD in data:  # which may hold a workbook
        return _OLD
    return _OLD_BOOK if any(stream in data for stream in OF_XLS) else None


def names_in(data: bytes) -> Sequence[str]:
    """The names of the parts of a package; none where it is damaged."""
    # zipfile has no list of what a malformed file makes it raise
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.namelist()
    return ()


def is_archive(data: bytes) -> bool:
    """Whether a file is one into which other files were packed."""
    if data.startswith((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")):
        return True
    names = names_in(data) if data.startswith(b"PK") else ()
    return bool(names) and not {"[Content_Types].xml", "mimetype"} & {PurePath(name).name for name in names}


def _is_text(data: bytes) -> bool:
    text = decoded(data)
    lines = (text or "").splitlines()
    return (
        len(lines) > 1
        and lines[0][:1] != "<"
        and all(sign >= " " or sign in "\t\r\n\f" for sign in (text or "")[:_HEAD])
    )
