"""Which of the readers of tables reads a file: what is in it decides, for many an .xls is a web page or plain text."""

from __future__ import annotations

from selfeval.domain.problems import Place, problem
from selfeval.packages.any_workbook import is_newest
from selfeval.sources.blocks import Document
from selfeval.sources.decoding import decoded
from selfeval.sources.tables import separated, web_page, workbook

_ZIP = b"PK"
_TEXTS = (".csv", ".html", ".htm")
_OLD_XML = "urn:schemas-microsoft-com:office:spreadsheet"


def read(data: bytes, place: Place) -> Document:
    """The document in a workbook, a web page or a CSV file."""
    if data.startswith(_ZIP) or not is_newest(data):
        return workbook.read(data, place)
    if web_page.looks_like_page(data):
        return web_page.read(data, place)
    text = decoded(data)
    controls = text is None or any(sign < " " and sign not in "\t\r\n\f" for sign in text[:4096])
    if text is None or (controls and not place.file.lower().endswith(_TEXTS)):
        reader = separated.read if place.file.lower().endswith(_TEXTS) else workbook.read
        return reader(data, place)
    if _OLD_XML in text[:4096]:
        return Document((), (problem("E120", place, reason="内容是“XML 表格 2003”，不是 .xlsx 工作簿"),))
    return separated.read(data, place)
