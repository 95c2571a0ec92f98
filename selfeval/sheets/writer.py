"""A book as the bytes of an .xlsx file, by XlsxWriter.

Text is always text, never a formula, number or address. The same book gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from selfeval.domain.tables import Made
from selfeval.packages.contents import PROPERTY, Contents
from selfeval.sheets.layout import Layout
from selfeval.sheets.looks import Formats, Numbers, properties
from selfeval.sheets.model import Book
from selfeval.sheets.package import QuickWorkbook
from selfeval.sheets.plain import PlainWriter
from selfeval.sheets.quick import QuickWriter
from selfeval.sheets.text import clean
from selfeval.sheets.values import Values
from selfeval.sheets.worksheet import GrowingWorksheet, LongWorksheet, QuickWorksheet

_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
ROW_BY_ROW = {**_OPTIONS, "in_memory": False, "constant_memory": True}
"""Rows go to a file as they are written: memory stays flat, but texts are not shared, which makes larger files."""

_LONGEST_TITLE = 200


def workbook(book: Book) -> bytes:
    """The file of a book."""
    large = any(isinstance(sheet.rows, Made) for sheet in book.sheets)
    made, layout, contents = QuickWorkbook(_usual(book, _OPTIONS), one_by_one=large), Layout(book), Contents()
    made.numbers = Numbers(book.theme, tuple(made.default_format_properties.items()))
    values = Values(layout)
    for laid in layout:
        contents.add_sheet(laid.sheet.name)
        sheet = made.add_worksheet(laid.sheet.name, LongWorksheet if laid.is_large else QuickWorksheet)
        QuickWriter(sheet, laid, layout, values, made).write(made, contents)
    _state(made, book, contents)
    return made.content()


def plain_workbook(
    book: Book, options: dict[str, Any] = _OPTIONS, worksheet: type[GrowingWorksheet] = GrowingWorksheet
) -> bytes:
    """The same, cell by cell by XlsxWriter: what ``workbook`` is equal to."""
    file, layout, contents = BytesIO(), Layout(book), Contents()
    made = Workbook(file, _usual(book, options))
    values, formats = Values(layout), Formats(made, book.theme)
    for laid in layout:
        contents.add_sheet(laid.sheet.name)
        sheet = made.add_worksheet(laid.sheet.name, worksheet)
        PlainWriter(sheet, laid, layout, values, formats, contents).write(made)
    _state(made, book, contents)
    made.close()
    return file.getvalue()


def _usual(book: Book, options: dict[str, Any]) -> dict[str, Any]:
    """The options of a workbook: it writes into the properties it is given, so that they are new ones each time."""
    base = book.theme.base
    return options if base is None else {**options, "default_format_properties": properties(base)}


def _state(made: Workbook, book: Book, contents: Contents) -> None:
    """What stands in the properties of the file."""
    day = dt.datetime(book.date.year, book.date.month, book.date.day)  # noqa: DTZ001 (a workbook's dates have no zone)
    author = {"author": book.theme.author} if book.theme.author and not book.handed_out else {}
    made.set_properties({"title": clean(book.title, _LONGEST_TITLE), "created": day, **author})
    if not book.handed_out:
        made.set_custom_property(PROPERTY, str(contents))
