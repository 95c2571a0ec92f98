"""The pen: the one way in which sheets are written. Text is always text, never a formula, number or address."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from urllib.parse import quote

from xlsxwriter import Workbook
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from selfeval.sheets import model as sheets
from selfeval.sheets.model import Sheet
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import write_into
from selfeval.workbooks.drawing.pages import END, SIDE, page_height, pages_tall
from selfeval.workbooks.drawing.styles import LOST, STATE_FILL, STYLES, state_look
from selfeval.workbooks.drawing.text import clean, row_height
from selfeval.workbooks.live.rounded import stored

_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_WIDTH_FONT = {"font_name": "Arial", "font_size": 10}
"""Widths count digits of this font: 7 pixels on every system, unlike those of Calibri, which is missing on many."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_MARGINS = {"left": SIDE, "right": SIDE, "top": END, "bottom": END}
_A4 = 9
_HIDDEN = 8.0
"""The width of a hidden column once somebody shows it."""


class _Beside(Url):  # type: ignore[misc]  # XlsxWriter ships no types
    """A link to a file beside the workbook, as Excel itself writes it: relative, with forward slashes.

    XlsxWriter writes backslashes, which only Windows follows, and takes what follows a # for a place in the file.
    """

    def __init__(self, path: str, text: str) -> None:
        super().__init__("external:beside")
        self.text = text
        self._path = "".join(quote(one) if one.isascii() else one for one in path)

    def _target(self) -> str:
        return self._path


class Book:
    """A workbook in memory. The same content gives the same bytes: its date is the run's, not the clock's."""

    def __init__(self, title: str, date: dt.date) -> None:
        self._file = BytesIO()
        # XlsxWriter writes into the properties it is given: a copy each time, or the second book differs
        self._book = Workbook(self._file, {**_OPTIONS, "default_format_properties": dict(_WIDTH_FONT)})
        day = dt.datetime(date.year, date.month, date.day)  # noqa: DTZ001 (a workbook's dates have no zone)
        self._book.set_properties({"title": clean(title, 200), "author": "selfeval", "created": day})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str, *, landscape: bool) -> Pen:
        """A new sheet, set up for A4: margins, one page wide, page numbers."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(_A4)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(**_MARGINS)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.hide_gridlines(2)
        return Pen(self, sheet, landscape=landscape)

    def host(self, sheet: Sheet) -> None:
        """Add a sheet of the new language; until every sheet of a workbook is written in it."""
        write_into(self._book, sheets.Book("", dt.date(2000, 1, 1), WORKBOOKS, (sheet,)))

    def style(self, name: str, **changes: Any) -> Any:  # noqa: ANN401 (XlsxWriter's formats have no types)
        """The format of a named style with some properties changed; each is made once."""
        return self.format({**STYLES[name], **changes})

    def format(self, look: dict[str, Any]) -> Any:  # noqa: ANN401
        """The format of some properties; each is made once."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(look)
        return self._formats[key]

    def chart(self, kind: str) -> Any:  # noqa: ANN401
        """A native chart (line, bar, column, scatter), to be placed by a sheet."""
        return self._book.add_chart({"type": kind})

    def finish(self) -> bytes:
        """The bytes of the file."""
        self._book.close()
        return self._file.getvalue()


class Pen:
    """Writes one sheet. Rows and columns count from 0; cells may be merged to a last row and column."""

    def __init__(self, book: Book, sheet: Worksheet, *, landscape: bool) -> None:
        self.book = book
        self.sheet = sheet
        self.used = 0.0
        self._landscape = landscape
        self._widths: list[float] = []

    def columns(self, widths: Sequence[float]) -> None:
        """Set the widths of the columns, in characters; a column of width 0 is hidden."""
        self._widths = list(widths)
        for col, width in enumerate(widths):
            if width:
                self.sheet.set_column(col, col, width)
            else:
                self.sheet.set_column(col, col, _HIDDEN, None, {"hidden": True})

    def width(self, first: int, last: int) -> float:
        """The width of merged columns in characters; merging wins back the edges between them."""
        shown = [one for one in self._widths[first : last + 1] if one]
        return sum(shown) + (len(shown) - 1) * 5 / 7

    def height(self, row: int, points: float) -> None:
        """Set the height of a row; ``used`` adds them up."""
        self.sheet.set_row(row, points)
        self.used += points

    def pages(self) -> float:
        """About how many printed pages were written so far."""
        return self.used / page_height(self._widths, landscape=self._landscape)

    def fit(self) -> None:
        """Fit what was written to the width of a page, and to fewer pages when the last would hold only a little."""
        room = page_height(self._widths, landscape=self._landscape)
        self.sheet.fit_to_pages(1, pages_tall(self.used, room))

    def text(self, row: int, col: int, text: str, style: str = "text", **changes: Any) -> None:  # noqa: ANN401
        """A text, as it is; nothing for an empty one but the look of the cell."""
        look = self.book.style(style, **changes)
        shown = clean(text)
        if shown:
            self.sheet.write_string(row, col, shown, look)
        else:
            self.sheet.write_blank(row, col, None, look)

    def number(self, row: int, col: int, value: float, style: str = "number", **changes: Any) -> None:  # noqa: ANN401
        """A number; an unknown one (NaN) stays blank."""
        look = self.book.style(style, **changes)
        if math.isnan(value):
            self.sheet.write_blank(row, col, None, look)
        else:
            self.sheet.write_number(row, col, stored(value), look)

    def live(
        self,
        row: int,
        col: int,
        formula: str,
        value: float | str,
        style: str = "number",
        **changes: Any,  # noqa: ANN401
    ) -> None:
        """A formula with the value it gives, so that viewers that do not calculate show it too."""
        # in a file, _x0041_ means the character A: a text that happens to read so is written with its _ escaped
        shown = _ESCAPE.sub("_x005F_", value) if isinstance(value, str) else stored(value)
        self.sheet.write_formula(row, col, formula, self.book.style(style, **changes), shown)

    def link(self, row: int, col: int, path: str, text: str) -> None:
        """A link to the file at ``path``, relative to the workbook, so that a folder may be moved or sent on."""
        self.sheet.write_url(row, col, _Beside(clean(path), text), self.book.style("link"))

    def span(self, row: int, col: int, last_row: int, last_col: int, style: str) -> None:
        """Merge cells, ready for what is then written into the first of them with the same style."""
        if (row, col) != (last_row, last_col):
            self.sheet.merge_range(row, col, last_row, last_col, "", self.book.style(style))

    def spanned(self, row: int, col: int, last_row: int, last_col: int, text: str, style: str = "text") -> None:
        """A text in merged cells."""
        self.span(row, col, last_row, last_col, style)
        self.text(row, col, text, style)

    def banner(self, row: int, text: str, style: str = "plain", mark: str = "", least: float = 18.0) -> None:
        """A line over the whole width, as high as it needs; behind it, in red, what the figures are marked as."""
        last, look = len(self._widths) - 1, STYLES[style]
        shown, marked = clean(text, 2_000), clean(f"　【{mark}】", 200) if mark else ""
        self.height(row, row_height([(shown + marked, self.width(0, last))], least, look["font_size"]))
        self.spanned(row, 0, row, last, shown, style)
        if marked:
            whole = self.book.style(style)
            self.sheet.write_rich_string(row, 0, whole, shown, self.book.style("mark"), marked, whole)

    def heads(self, row: int, headings: list[str], height: float = 30.0) -> None:
        """A row of column headings."""
        self.height(row, height)
        for col, heading in enumerate(headings):
            self.text(row, col, heading, "head")

    def colour_states(self, row: int, col: int, last_row: int) -> None:
        """Colour the words of states in part of a column, by what stands there at the time."""
        self.colour_words(row, col, last_row, {state.label: state_look(state) for state in STATE_FILL})

    def colour_words(self, row: int, col: int, last_row: int, looks: Mapping[str, Mapping[str, Any]]) -> None:
        """Add a look to the cells of part of a column that hold one of some words."""
        for word, look in looks.items():
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.book.format(dict(look))}
            self.sheet.conditional_format(row, col, last_row, col, rule)

    def colour_lost(self, row: int, col: int, last_row: int, formula: str) -> None:
        """Make scores red and bold where ``formula``, written for the first row, holds: points were lost there."""
        rule = {"type": "formula", "criteria": formula, "format": self.book.format(LOST)}
        self.sheet.conditional_format(row, col, last_row, col, rule)
