"""A book as the bytes of an .xlsx file. The one place that knows XlsxWriter.

Text is always text, never a formula, number or address. The same book gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
from copy import copy
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.url import Url

from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.values import ErrorValue, Value
from selfeval.domain.tables import Made
from selfeval.packages.columns import letters
from selfeval.packages.contents import DRAWN, PROPERTY, Contents, Paint, note
from selfeval.sheets.decor import colour_rules, draw, print_setup, validation
from selfeval.sheets.heights import Fit
from selfeval.sheets.layout import LaidSheet, Layout, PlacedCell
from selfeval.sheets.model import Book, CellLink, FileLink, Rich
from selfeval.sheets.styles import Style, Theme, number_format
from selfeval.sheets.text import clean
from selfeval.sheets.values import Values
from selfeval.sheets.worksheet import GrowingWorksheet, QuickWorksheet

_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_ROW_BY_ROW = {"in_memory": False, "constant_memory": True}
"""Rows go to a file as they are written: memory stays flat, but texts are not shared, which makes larger files."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_TITLE = 200
_ALLOWED = ("format_rows", "format_columns", "select_locked_cells", "select_unlocked_cells", "autofilter", "objects")
_COMMENT_WIDTH, _COMMENT_LINE = 260, 19

_CHINESE = {"font_charset": 134, "font_family": 3}
"""As Excel writes them for Chinese fonts with serifs."""


def workbook(book: Book) -> bytes:
    """The file of a book."""
    file = BytesIO()
    theme = book.theme
    # XlsxWriter writes into the properties it is given: new ones each time, or the second book differs
    base = {} if theme.base is None else {"default_format_properties": properties(theme.base)}
    large = any(isinstance(sheet.rows, Made) for sheet in book.sheets)
    made = Workbook(file, {**_OPTIONS, **base, **(_ROW_BY_ROW if large else {})})
    day = dt.datetime(book.date.year, book.date.month, book.date.day)  # noqa: DTZ001 (a workbook's dates have no zone)
    author = {"author": theme.author} if theme.author and not book.handed_out else {}
    made.set_properties({"title": clean(book.title, _LONGEST_TITLE), "created": day, **author})
    write_into(made, book)
    made.close()
    return file.getvalue()


def write_into(made: Workbook, book: Book) -> None:
    """Add the sheets of a book to an open workbook, and to its properties what they hold."""
    layout = Layout(book)
    values, formats, contents = Values(layout), Formats(made, book.theme), Contents()
    for laid in layout:
        contents.add_sheet(laid.sheet.name)
        sheet = made.add_worksheet(laid.sheet.name, GrowingWorksheet if made.constant_memory else QuickWorksheet)
        _Writer(sheet, laid, layout, values, formats, contents).write(made)
    if not book.handed_out:
        made.set_custom_property(PROPERTY, str(contents))


def properties(style: Style) -> dict[str, Any]:
    """A style in XlsxWriter's words."""
    found: dict[str, Any] = {
        "font_name": style.font,
        "font_size": style.size,
        "font_color": style.ink,
        "bg_color": style.fill,
        "align": style.across,
        "valign": style.down,
        "indent": style.indent,
        "bold": style.bold,
        "underline": int(style.underline),
        "text_wrap": style.wrap,
        "shrink": style.shrink,
        "num_format": number_format(style.pattern) if style.pattern else "",
        **({"border": 1, "border_color": style.line} if style.line else {}),
        **(_CHINESE if style.chinese else {}),
    }
    return {name: value for name, value in found.items() if value} | ({} if style.locked else {"locked": False})


@cache
def _ready(style: Style, usual: tuple[tuple[str, Any], ...]) -> Format:
    """XlsxWriter's format of a style, which takes long to make: every workbook has copies, and numbers of its own.

    ``usual`` are the properties that the workbook gives to each.
    """
    found = Format(dict(usual) | properties(style), {}, {})
    found._get_format_key()  # noqa: SLF001 (it is kept with the format)
    return found


class Look(NamedTuple):
    """How a cell looks in an open workbook: XlsxWriter's format, and what marks the cell."""

    format: Any
    paint: Paint
    ground: Paint
    """The same of a blank cell, which shows no ink."""


class Formats:
    """The formats of an open workbook; each is made once."""

    def __init__(self, made: Workbook, theme: Theme) -> None:
        self.theme = theme
        self._made = made
        self._usual = tuple(made.default_format_properties.items())
        self._indices = made.xf_format_indices, made.dxf_format_indices
        self._of_style: dict[Style, Any] = {}
        self._looks: dict[tuple[str, str], Look] = {}

    def of(self, style: Style) -> Any:  # noqa: ANN401 (XlsxWriter's formats have no types)
        """The format of a style."""
        found = self._of_style.get(style)
        if found is None:
            found = self._of_style[style] = copy(_ready(style, self._usual))
            found.xf_format_indices, found.dxf_format_indices = self._indices
            self._made.formats.append(found)
        return found

    def named(self, name: str, pattern: str = "") -> Look:
        """The look of a named style of the theme."""
        key = name, pattern
        found = self._looks.get(key)
        if found is None:
            style = self.theme.style(name, pattern)
            fill, ink = style.fill.removeprefix("#"), style.ink.removeprefix("#")
            found = self._looks[key] = Look(self.of(style), Paint(fill, ink), Paint(fill))
        return found


class _Beside(Url):  # type: ignore[misc]  # XlsxWriter ships no types
    """A link to a file beside the workbook, as Excel itself writes it: relative, with forward slashes.

    XlsxWriter writes backslashes, which only Windows follows, and takes what follows a # for a place in the file.
    """

    def __init__(self, path: str, text: str) -> None:
        super().__init__("external:beside")
        self.text = text
        self._path = "".join(quote(letter) if letter.isascii() else letter for letter in path)

    def _target(self) -> str:
        return self._path


class _Writer:
    """Writes one sheet."""

    def __init__(
        self,
        sheet: GrowingWorksheet,
        laid: LaidSheet,
        layout: Layout,
        values: Values,
        formats: Formats,
        contents: Contents,
    ) -> None:
        self._contents = contents
        self._sheet = sheet
        self._laid = laid
        self._layout = layout
        self._values = values
        self._formats = formats

    def write(self, made: Workbook) -> None:
        sheet, laid = self._sheet, self._laid
        self._sizes()
        for row in range(len(laid.rows)):
            cells = laid.placed(row)
            for placed in cells:
                self._cell(placed)
            if not cells and made.constant_memory and laid.heights[row] is not None:  # or the height is lost
                sheet.write_blank(row, 0, None, made.formats[0])
        colour_rules(sheet, laid, self._layout, lambda look: self._formats.of(self._formats.theme.looks[look]))
        for chart in laid.sheet.charts:
            draw(made, sheet, chart, self._layout, self._values)
            self._contents.add_beside(DRAWN)
        print_setup(sheet, laid)
        self._behaviour()

    def _sizes(self) -> None:
        sheet = self._sheet
        for at, column in enumerate(self._laid.columns):
            if column.width is not None:
                sheet.set_column(at, at, column.width, None, {"hidden": True} if column.hidden else {})
        for at, (row, height) in enumerate(zip(self._laid.rows, self._laid.heights, strict=True)):
            if row.hidden or height is not None:
                sheet.set_row(at, height, None, {"hidden": True} if row.hidden else {})
        fits = ((at, row.height) for at, row in enumerate(self._laid.rows))
        sheet.growing = frozenset(at for at, fit in fits if isinstance(fit, Fit) and fit.grows)

    def _behaviour(self) -> None:
        sheet, laid, said = self._sheet, self._laid, self._laid.sheet
        if not said.gridlines:
            sheet.hide_gridlines(2)
        if any(laid.frozen):
            sheet.freeze_panes(*laid.frozen)
        if said.filter is not None:
            head, last = (laid.row_at[row] for row in said.filter)
            sheet.autofilter(head, 0, last, len(laid.columns) - 1)
        if said.protection:
            sheet.protect("", dict.fromkeys(_ALLOWED, True) if said.protection == "entries" else {})
        if said.selected is not None:
            at = laid.row_at[said.selected[0]], laid.column_at[said.selected[1]]
            sheet.set_selection(*at, *at)
        sheet.set_zoom(said.zoom)

    def _cell(self, placed: PlacedCell) -> None:
        row, column, last_row, last_column, cell = placed
        look = self._formats.named(cell.style, cell.pattern)
        if row != last_row or column != last_column:
            self._sheet.merge_cells((row, column, last_row, last_column), look.format)
        self._content(placed, look)
        if cell.entry is not None and (rule := validation(cell.entry, self._layout, self._laid.sheet.name)):
            self._sheet.data_validation(row, column, row, column, rule)
        if cell.comment:
            lines = sum(1 + len(part) // _COMMENT_LINE for part in cell.comment.split("\n"))
            size = {"width": _COMMENT_WIDTH, "height": 18 * lines + 10, "font_size": 9, "author": ""}
            self._sheet.write_comment(row, column, cell.comment, size)
            self._contents.add_beside(note(f"{letters(column)}{row + 1}", cell.comment))

    def _content(self, placed: PlacedCell, look: Look) -> None:
        at, content = (placed.row, placed.column), placed.cell.content
        value = self._values.of(self._laid, placed)
        if isinstance(content, Expression):
            self._formula(at, content, look, value)
            return
        if value is None:
            self._contents.add_cell(*at, "", look.ground)
        elif isinstance(value, float | str):  # what is given is nothing else
            self._contents.add_cell(*at, value, look.paint)
        if value is None and not isinstance(content, FileLink | CellLink):
            self._sheet.put_blank(*at, look.format)
        elif isinstance(value, float):
            self._sheet.put_number(*at, value, look.format)
        elif isinstance(content, Rich | FileLink | CellLink):
            self._marked_up(at, content, look)
        elif isinstance(value, str):
            self._sheet.put_text(*at, value, look.format)

    def _formula(self, at: tuple[int, int], content: Expression, look: Look, value: Value) -> None:
        formula = self._layout.formula(content, self._laid.sheet.name)
        self._contents.add_formula(*at, formula, look.paint)
        if isinstance(value, ErrorValue | str):
            # in a file, _x0041_ means the character A: a text that happens to read so has its _ escaped
            value = value.text if isinstance(value, ErrorValue) else _ESCAPE.sub("_x005F_", value)
        self._sheet.put_formula(*at, formula, look.format, value)

    def _marked_up(self, at: tuple[int, int], content: Rich | FileLink | CellLink, look: Look) -> None:
        match content:
            case FileLink(path, text):
                self._sheet.put_link(*at, _Beside(clean(path), text), look.format)
            case CellLink(target, text):
                place = self._layout.address(target.key, "")
                self._sheet.put_link(*at, f"internal:{place}", look.format, clean(text))
            case Rich(parts):
                said: list[Any] = []
                for text, style in parts:
                    said += [self._formats.named(style).format if style else look.format, clean(text)]
                self._sheet.write_rich_string(*at, *said, look.format)
