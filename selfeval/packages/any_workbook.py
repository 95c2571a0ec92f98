"""Workbooks of every kind that is read, told apart by what is in them: names of files are often wrong."""

from __future__ import annotations

from pathlib import Path

from selfeval.packages.files import Unreadable, read_bytes
from selfeval.packages.opendocument.book import is_ods, read_ods
from selfeval.packages.workbook import Workbook, workbook_of
from selfeval.packages.xls import is_xls, read_xls

OF_XLS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
"""The streams of an .xls; documents and mails of that time are of the same container."""
_OF_XLSX = b"xl/workbook.xml"


def any_workbook(data: bytes) -> Workbook | Unreadable:
    """The workbook in the bytes of a file, .xlsx, .xls or .ods, or why it cannot be read; nothing is raised."""
    if is_xls(data):
        return read_xls(data)
    return read_ods(data) if is_ods(data) else workbook_of(data)


def is_newest(data: bytes) -> bool:
    """Whether a file is not of one of the other kinds, so that it may be an .xlsx."""
    return not is_xls(data) and not is_ods(data)


def seems_workbook(path: Path) -> bool:
    """Whether what is in a file looks like a workbook of any kind, whatever it is called."""
    data = read_bytes(path)
    if isinstance(data, Unreadable):
        return False
    old = is_xls(data) and any(stream in data for stream in OF_XLS)
    return old or is_ods(data) or (data.startswith(b"PK") and _OF_XLSX in data)
