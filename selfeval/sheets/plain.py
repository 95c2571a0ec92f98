"""A sheet written cell by cell through XlsxWriter: what is written quickly (``quick``) is equal to it, part by part."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter import Workbook

from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.values import ErrorValue, Value
from selfeval.packages.columns import letters
from selfeval.packages.contents import DRAWN, Contents, note
from selfeval.sheets.decor import (
    colour_rule,
    colours,
    comment_size,
    limits,
    set_columns,
    set_ranges,
    set_rows,
    set_up,
    settings_of,
    validation,
)
from selfeval.sheets.drawing import draw
from selfeval.sheets.layout import LaidSheet, Layout, PlacedCell
from selfeval.sheets.links import target
from selfeval.sheets.looks import Formats, Look
from selfeval.sheets.model import CellLink, FileLink, Rich
from selfeval.sheets.text import clean
from selfeval.sheets.values import Values
from selfeval.sheets.worksheet import GrowingWorksheet

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def in_file(value: Value) -> Value:
    """What a formula gives as a file has it.

    There, _x0041_ means the character A: a text that happens to read so has its _ escaped.
    """
    return (
        value.text
        if isinstance(value, ErrorValue)
        else _ESCAPE.sub("_x005F_", value)
        if isinstance(value, str)
        else value
    )


class PlainWriter:
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
        """All of it."""
        sheet, laid = self._sheet, self._laid
        set_columns(sheet, laid.columns)
        set_rows(sheet, laid)
        sheet.growing = laid.growing
        for row in range(len(laid.rows)):
            cells = laid.placed(row)
            for placed in cells:
                self._cell(placed)
            if not cells and made.constant_memory and laid.heights[row] is not None:  # or the height is lost
                sheet.write_blank(row, 0, None, made.formats[0])
        for area, test, look in colours(laid, self._layout):
            format_of_rule = self._formats.of(self._formats.theme.looks[look])
            sheet.conditional_format(*area[1:], {**colour_rule(test), "format": format_of_rule})
        for chart in laid.sheet.charts:
            draw(made, sheet, chart, self._layout, self._values)
            self._contents.add_beside(DRAWN)
        set_up(sheet, settings_of(laid))
        set_ranges(sheet, laid)

    def _cell(self, placed: PlacedCell) -> None:
        row, column, last_row, last_column, cell = placed
        look = self._formats.named(cell.style, cell.pattern)
        if row != last_row or column != last_column:
            self._sheet.merge_range(row, column, last_row, last_column, "", look.format)
        self._content(placed, look)
        if cell.entry is not None:
            ends = limits(cell.entry, self._layout, self._laid.sheet.name)
            if rule := validation(cell.entry, *ends):
                self._sheet.data_validation(row, column, row, column, rule)
        if cell.comment:
            self._sheet.write_comment(row, column, cell.comment, comment_size(cell.comment))
            self._contents.add_beside(note(f"{letters(column)}{row + 1}", cell.comment))

    def _content(self, placed: PlacedCell, look: Look) -> None:
        at, content = (placed.row, placed.column), placed.cell.content
        value = self._values.of(self._laid, placed)
        if isinstance(content, Expression):
            formula = self._layout.formula(content, self._laid.sheet.name)
            self._contents.add_formula(*at, formula, look.paint)
            self._sheet.write_formula(*at, formula, look.format, in_file(value))
            return
        if value is None:
            self._contents.add_cell(*at, "", look.ground)
        elif isinstance(value, float | str):  # what is given is nothing else
            self._contents.add_cell(*at, value, look.paint)
        if value is None and not isinstance(content, FileLink | CellLink):
            self._sheet.write_blank(*at, None, look.format)
        elif isinstance(value, float):
            self._sheet.write_number(*at, value, look.format)
        elif isinstance(content, FileLink | CellLink):
            self._sheet.write_url(*at, target(content, self._layout), look.format)
        elif isinstance(content, Rich):
            self._sheet.write_rich_string(*at, *self._pieces(content, look), look.format)
        elif isinstance(value, str):
            self._sheet.write_string(*at, value, look.format)

    def _pieces(self, content: Rich, look: Look) -> list[Any]:
        said: list[Any] = []
        for text, style in content.parts:
            said += [self._formats.named(style).format if style else look.format, clean(text)]
        return said
