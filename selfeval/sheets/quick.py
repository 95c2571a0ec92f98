"""A sheet written as XML at once: the same that XlsxWriter writes cell by cell (``plain``), in a fraction of the time.

Each cell becomes its element when it is come upon; what many sheets have (``elements``) is made by XlsxWriter once and
kept. What is rare is XlsxWriter's own: links, notes, where charts lie.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import islice
from math import isfinite

from selfeval.domain.expression.tree import Expression
from selfeval.packages.columns import letters
from selfeval.packages.contents import DRAWN, Contents, as_said, note, of_cell
from selfeval.sheets import elements
from selfeval.sheets.decor import colours, comment_size, limits, set_columns, set_ranges, set_rows, settings_of
from selfeval.sheets.drawing import draw_quickly
from selfeval.sheets.entries import Entry
from selfeval.sheets.formulas import Formulas
from selfeval.sheets.layout import LaidSheet, Layout
from selfeval.sheets.links import target
from selfeval.sheets.looks import Numbered
from selfeval.sheets.model import Cell, CellLink, FileLink, Rich
from selfeval.sheets.package import QuickWorkbook
from selfeval.sheets.plain import in_file
from selfeval.sheets.styles import Style
from selfeval.sheets.text import clean
from selfeval.sheets.values import Values, given
from selfeval.sheets.worksheet import QuickWorksheet

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_SPAN = 16
"""Rows that share the first and last column that is written of them."""

_KEPT = 4_096
_BLANK = "/>", ""

Line = dict[int, str]
"""The cells of a row as XML, by column."""


class QuickWriter:
    """Writes one sheet."""

    def __init__(
        self, sheet: QuickWorksheet, laid: LaidSheet, layout: Layout, values: Values, made: QuickWorkbook
    ) -> None:
        self._sheet, self._laid, self._layout, self._values = sheet, laid, layout, values
        self._texts, self._numbers, self._one_by_one = made.texts, made.numbers, made.one_by_one
        self._formulas = Formulas(layout, laid.sheet.name)
        self._merged: list[str] = []
        self._entries: list[str] = []
        self._filled: list[int] = []
        self._reached = set[int]()

    def write(self, made: QuickWorkbook, contents: Contents) -> None:
        """All of it; ``contents`` are told what it holds."""
        sheet, laid = self._sheet, self._laid
        sheet.cols = elements.columns(*((column.width, column.hidden) for column in laid.columns))
        for xml in self._rows(contents):
            sheet.add(xml)
        sheet.merged = _counted("mergeCells", self._merged)
        sheet.entries = _counted("dataValidations", self._entries)
        sheet.rules = self._rules()
        if laid.sheet.charts or sheet.comments:  # they lie over columns and rows
            set_columns(sheet, laid.columns)
            set_rows(sheet, laid)
        self._extent()
        for chart in laid.sheet.charts:
            draw_quickly(made, sheet, chart, self._layout, self._values)
            contents.add_beside(DRAWN)
        sheet.take(elements.settings(settings_of(laid)))
        set_ranges(sheet, laid)

    def _lines(self, contents: Contents) -> Iterator[Line]:
        """The cells of each row."""
        laid, look_of = self._laid, self._numbers.named
        below: dict[int, Line] = {}
        names = [letters(at) for at in range(len(laid.columns))]
        for at in range(len(laid.rows)):
            line, number, told = below.pop(at, {}), str(at + 1), list[str]()
            for cell in laid.cells(at):
                left = laid.column_at[cell.column]
                look = look_of(cell.style, cell.pattern)
                if cell.last or cell.rows > 1:
                    self._merge(line, below, at, left, cell, look)
                inner, said = self._inner(at, left, cell)
                if inner:
                    line[left] = f'<c r="{names[left]}{number}"{look.attribute}{inner}'
                if said:
                    told.append(of_cell(at, left, look.paint, said))
                elif look.ground is not None:
                    told.append(of_cell(at, left, look.ground, as_said("")))
                if cell.entry is not None:
                    self._enter(cell.entry, f"{names[left]}{number}")
                if cell.comment:
                    self._sheet.write_comment(at, left, cell.comment, comment_size(cell.comment))
                    contents.add_beside(note(f"{names[left]}{number}", cell.comment))
            contents.add_all(told)
            yield line

    def _merge(self, line: Line, below: dict[int, Line], top: int, left: int, cell: Cell, look: Numbered) -> None:
        """Cells that are one, in this line and those ``below``. Raises ValueError where one is of others."""
        bottom, right = top + cell.rows - 1, self._laid.column_at[cell.last] if cell.last else left
        if (top, left) == (bottom, right):
            return
        self._merged.append(f'<mergeCell ref="{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"/>')
        for row in range(top, bottom + 1):
            line, end = line if row == top else below.setdefault(row, {}), f'{row + 1}"{look.attribute}/>'
            for column in range(left, right + 1):
                if column in line:
                    raise ValueError(f"{letters(column)}{row + 1} of {self._laid.sheet.name} is of two cells")
                line[column] = f'<c r="{letters(column)}{end}'

    def _inner(self, row: int, column: int, cell: Cell) -> tuple[str, str]:
        """What stands in the element of a cell behind the number of its style, and what contents say of it.

        Of a text in pieces that XlsxWriter refuses, nothing.
        """
        content = cell.content
        if isinstance(content, str):
            text, said = _read(content)
            return (self._texts.cell(text), said) if text else _BLANK
        if isinstance(content, Expression):
            return self._formula(row, column, content)
        value = given(cell)
        said = "" if value is None else as_said(value)
        if isinstance(content, FileLink | CellLink):
            link = target(content, self._layout)
            self._sheet.write_url(row, column, link)
            return self._texts.cell(link.text), said
        if value is None:
            return _BLANK
        if isinstance(content, Rich):
            xml = elements.rich(self._numbers.usual, list(self._pieces(content, cell)))
            return self._texts.cell(xml) if xml else "", said
        assert isinstance(value, float)
        if not isfinite(value):
            raise ValueError(f"{value} is no number of a sheet")
        return f"><v>{value:.16G}</v></c>", said

    def _pieces(self, content: Rich, cell: Cell) -> Iterator[tuple[str, Style]]:
        style_of = self._numbers.theme.style
        for text, style in content.parts:
            yield clean(text), style_of(style) if style else style_of(cell.style, cell.pattern)

    def _formula(self, row: int, column: int, content: Expression) -> tuple[str, str]:
        formula, said = self._formulas.of(content)
        kind, value = "", in_file(self._values.at(self._laid, row, column))
        if isinstance(value, bool):
            kind, value = ' t="b"', str(int(value))
        elif isinstance(value, str) and value:
            kind, value = ' t="e"' if value in _ERRORS else ' t="str"', escape(value, quote=False)
        return f"{kind}><f>{formula}</f><v>{value}</v></c>", f"= {said}"

    def _enter(self, entry: Entry, place: str) -> None:
        begun, ended = elements.entry(entry, *limits(entry, self._layout, self._laid.sheet.name))
        if begun:
            self._entries.append(f"{begun}{place}{ended}")

    def _rules(self) -> str:
        """The colour rules: those of one area in one element, in the order of areas, counted through."""
        areas: dict[str, list[str]] = {}
        for number, (area, test, look) in enumerate(colours(self._laid, self._layout), start=1):
            _, top, left, bottom, right = area
            first, last = f"{letters(left)}{top + 1}", f"{letters(right)}{bottom + 1}"
            rule = elements.colour_rule(test, self._numbers.rule(look), number, top, left)
            areas.setdefault(first if first == last else f"{first}:{last}", []).append(rule)
        return "".join(
            f'<conditionalFormatting sqref="{area}">{"".join(rules)}</conditionalFormatting>'
            for area, rules in areas.items()
        )

    def _rows(self, contents: Contents) -> Iterator[str]:
        """The rows as XML, some at a time."""
        laid, lines = self._laid, self._lines(contents)
        for start in range(0, len(laid.rows), _SPAN):
            some = [*islice(lines, _SPAN)]
            spans = self._spans(start, some)
            found = list[str]()
            for at, line in enumerate(some, start):
                height, hidden = laid.heights[at], laid.rows[at].hidden
                if line:
                    attributes = elements.row(height, hidden, at in laid.growing)
                    cells = "".join([line[column] for column in sorted(line)])
                    found.append(f'<row r="{at + 1}"{spans}{attributes}>{cells}</row>')
                elif height is not None or (hidden and not self._one_by_one):
                    found.append(self._blank(at, spans))
            yield "".join(found)

    def _blank(self, at: int, spans: str) -> str:
        """A row without cells; one that is written by itself has a blank one, since XlsxWriter passes over it else."""
        laid, grows = self._laid, self._one_by_one and at in self._laid.growing
        begun = f'<row r="{at + 1}"{spans}{elements.row(laid.heights[at], laid.rows[at].hidden, grows)}'
        return f'{begun}><c r="A{at + 1}" s="0"/></row>' if self._one_by_one else f"{begun}/>"

    def _spans(self, start: int, lines: Sequence[Line]) -> str:
        """The attribute with the first and last column of some rows, which are kept for the extent of all."""
        columns = [end for line in lines if line for end in (min(line), max(line))]
        if not columns:
            return ""
        filled = [at for at, line in enumerate(lines, start) if line]
        ends = min(columns), max(columns)
        self._filled += (filled[0], filled[-1])
        self._reached.update(ends)
        return "" if self._one_by_one else f' spans="{ends[0] + 1}:{ends[1] + 1}"'

    def _extent(self) -> None:
        """The first and last row and column that are written."""
        laid, sheet = self._laid, self._sheet
        wide = [at for at, column in enumerate(laid.columns) if column.width and column.hidden]
        sized = [at for at, row in enumerate(laid.rows) if row.hidden or laid.heights[at] is not None]
        rows, columns = [*sized, *self._filled], [*wide, *self._reached]
        if sized and not wide:
            columns.append(0)
        sheet.dim_rowmin, sheet.dim_rowmax = min(rows, default=None), max(rows, default=None)
        sheet.dim_colmin, sheet.dim_colmax = min(columns, default=None), max(columns, default=None)


@lru_cache(_KEPT)
def _read(text: str) -> tuple[str, str]:
    """A text as a cell holds it, and as contents say it; most stand in many cells."""
    held = clean(text)
    return held, as_said(held)


def _counted(name: str, elements: Sequence[str]) -> str:
    return f'<{name} count="{len(elements)}">{"".join(elements)}</{name}>' if elements else ""
