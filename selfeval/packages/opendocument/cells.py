"""The sheets of an OpenDocument file with their cells, each with what it holds and how that is shown."""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from selfeval.packages.cells import FARTHEST_COLUMN, FARTHEST_ROW
from selfeval.packages.container import MAX_PARTS, RefusedError
from selfeval.packages.elements import TOO_MUCH
from selfeval.packages.looks import Look
from selfeval.packages.merged import Area
from selfeval.packages.opendocument.formats import UNSEEN
from selfeval.packages.opendocument.part import DocumentPart, count_of
from selfeval.packages.opendocument.styles import Style, Styles
from selfeval.packages.opendocument.texts import TOO_LONG, CellText
from selfeval.packages.workbook import MAX_CELLS, MAX_TEXT, Raw

_SPREADSHEET, _TABLE, _ROW, _COLUMN = "office:spreadsheet", "table:table", "table:table-row", "table:table-column"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_OF_SHEETS = ("table:table-", "table:covered-table-")
_UNSEEN = ("collapse", "filter")
_FLAGS = {"TRUE": True, "FALSE": False}
_HOLDING = frozenset({"office:value-type", "table:formula", "calcext:value-type"})
_NUMBERS = frozenset({"float", "percentage", "currency"})
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_TIME = re.compile(r"(-?)PT(\d{1,9})H(\d{1,2})M(\d{1,2})(?:[.,](\d{1,9}))?S", re.ASCII)
_FAULT = re.compile(r"#[A-Z/0!?]+|(?:Err|错误|#?ERR)[:：]\d+")
_TOO_MANY = f"工作表的区域超过{MAX_CELLS // 10_000}万个单元格"
_SHOWN = 1000
"""Characters of a formula or an error value that are kept."""


@dataclass
class Table:
    """A sheet: values by row, then column, looks by both, of its filled cells, from 0, merged cells, and the hidden."""

    name: str
    hidden: bool
    values: dict[int, dict[int, Raw]] = field(default_factory=dict)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    unseen_rows: set[int] = field(default_factory=set)
    unseen_columns: set[int] = field(default_factory=set)

    @property
    def size(self) -> tuple[int, int]:
        """How far it reaches, in rows and columns."""
        height = max((*self.values, *(row for row, _ in self.looks)), default=-1)
        columns = (max(own) for own in self.values.values())
        return height + 1, max((*columns, *(column for _, column in self.looks)), default=-1) + 1


class Tables(DocumentPart):
    """All sheets of a part, in their order. Raises RefusedError."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._styles = styles
        self._path: list[str] = []
        self._table: Table | None = None
        self._level = 0  # of the sheet that is open: what stands deeper in another table is no cell of it
        self._ends: list[int] = []  # up to which column each style of columns holds
        self._columns: list[str] = []
        self._row, self._row_repeated, self._row_style = 0, 1, ""
        self._column = 0
        self._filled: list[int] = []  # the columns of this row that hold something
        self._cell: Mapping[str, str] | None = None
        self._cell_at = 0  # of the cell that is open
        self._text = CellText(styles)
        self._count = self._characters = 0
        self.parser.CharacterDataHandler = self._text.text
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A sheet, a row, a cell, or what a cell holds."""
        inside, depth = self._path[-1] if self._path else "", len(self._path)
        self._path.append(name)
        if self._cell is not None:
            self._text.start(name, attributes)
        elif name == _TABLE and inside == _SPREADSHEET:
            hidden = self._styles.of("table", attributes.get("table:style-name", "")).hidden
            if len(self.tables) >= MAX_PARTS:
                raise RefusedError(TOO_MUCH)
            self._table, self._level = Table(attributes.get("table:name", ""), hidden), depth
            self._ends, self._columns, self._row = [], [], 0
        elif self._table is None or not self._is_of_table():
            return
        elif name == _COLUMN:
            before = self._ends[-1] if self._ends else 0
            self._ends.append(before + count_of(attributes, "table:number-columns-repeated"))
            self._columns.append(attributes.get("table:default-cell-style-name", ""))
            if attributes.get("table:visibility") in _UNSEEN:
                self._table.unseen_columns.update(range(before, min(self._ends[-1], FARTHEST_COLUMN)))
        elif name == _ROW:
            self._row_repeated = count_of(attributes, "table:number-rows-repeated")
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._column, self._filled = 0, []
            if attributes.get("table:visibility") in _UNSEEN:
                last = min(self._row + self._row_repeated, FARTHEST_ROW)
                self._table.unseen_rows.update(range(self._row, last))
        elif name in _CELLS:
            self._cell, self._cell_at = attributes, depth
            self._text.begin(self._style(attributes))

    def end(self, name: str) -> None:
        """A sheet, a row or a cell ends."""
        self._path.pop()
        if self._cell is not None:
            if len(self._path) > self._cell_at:
                self._text.end(name)
                return
            cell, self._cell = self._cell, None
            self._end_cell(cell)
        elif self._table is not None and name == _TABLE and len(self._path) == self._level:
            self.tables.append(self._table)
            self._table = None
        elif self._table is not None and name == _ROW and self._is_of_table():
            self._end_row(self._table)

    def _is_of_table(self) -> bool:
        """Whether nothing but groups of rows and columns, a row and a cell stand between the sheet and here."""
        between = self._path[self._level + 1 :]
        return all(name.startswith(_OF_SHEETS) for name in between)

    def _style(self, cell: Mapping[str, str]) -> Style:
        name = cell.get("table:style-name") or self._row_style
        at = bisect_right(self._ends, self._column)
        if not name and at < len(self._columns):
            name = self._columns[at]
        return self._styles.of("table-cell", name)

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        assert self._table is not None
        repeated = count_of(cell, "table:number-columns-repeated")
        wide, high = (count_of(cell, f"table:number-{what}-spanned") for what in ("columns", "rows"))
        if wide > 1 or high > 1:
            row, column = self._row, self._column
            self._table.merged.append((row, column, row + high - 1, column + wide - 1))
        value, look = self._held(cell)
        if value != "" or look.fault:
            self._check(self._row, self._column + repeated - 1)
            self._count_up(repeated, len(value) if isinstance(value, str) else 0)
            for at in range(self._column, self._column + repeated):
                if value != "":
                    self._table.values.setdefault(self._row, {})[at] = value
                if look != Look():
                    self._table.looks[self._row, at] = look
                self._filled.append(at)
        self._column += repeated

    def _end_row(self, table: Table) -> None:
        if self._filled and self._row_repeated > 1:
            self._check(self._row + self._row_repeated - 1, 0)
            row, values = self._row, table.values.get(self._row, {})
            texts = sum(len(own) for own in values.values() if isinstance(own, str))
            self._count_up(len(self._filled) * (self._row_repeated - 1), 0)
            self._count_up(0, texts * (self._row_repeated - 1))
            looks = [(at, look) for at in self._filled if (look := table.looks.get((row, at)))]
            for more in range(row + 1, row + self._row_repeated):
                if values:
                    table.values[more] = values  # they are the same, and none changes any more
                table.looks.update(((more, at), look) for at, look in looks)
        self._row += self._row_repeated

    def _check(self, row: int, column: int) -> None:
        if row >= FARTHEST_ROW or column >= FARTHEST_COLUMN:
            raise RefusedError("表格的ZZ列以后或10万行以后有内容，表格过大")

    def _count_up(self, cells: int, characters: int) -> None:
        self._count += cells
        self._characters += characters * max(cells, 1)
        if self._count > MAX_CELLS:
            raise RefusedError(_TOO_MANY)
        if self._characters > MAX_TEXT:
            raise RefusedError(TOO_LONG)

    def _held(self, cell: Mapping[str, str]) -> tuple[Raw, Look]:
        """What a cell holds, and how that is shown."""
        if not self._text.written and _HOLDING.isdisjoint(cell):
            return "", Look()
        text, struck, raised = self._text.done()
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula")
        style = self._style(cell)
        look = Look(self._styles.code(style, kind), struck=struck, raised=raised)
        if cell.get("calcext:value-type") == "error" or (formula is not None and _FAULT.fullmatch(text)):
            return "", replace(look, fault=text[:_SHOWN] or "#?")
        if not kind:
            known = formula is None or self._text.written  # a formula that gives nothing has a blank paragraph
            fault = f"={(formula or '…').removeprefix('of:=')[:_SHOWN]}"
            return (text, look) if known else ("", replace(look, fault=fault))
        if kind == "string":
            said = cell.get("office:string-value")
            doubtful = said is not None and text and said.split() != text.split()
            return text or said or "", replace(look, format=UNSEEN) if doubtful else look
        said = cell.get(f"office:{'value' if kind in _NUMBERS else f'{kind}-value'}", "")
        value = _value(kind, said)
        if isinstance(value, float) and self._styles.shows_flags(style):
            value = bool(value) if value in {0.0, 1.0} else None
        elif isinstance(value, float) and text in _FLAGS:
            value = _FLAGS[text]
        return (text or said or "?", replace(look, format=UNSEEN)) if value is None else (value, look)


def _value(kind: str, said: str) -> Raw | None:
    """The value of a cell that is no text; None for what is none, such as a day of the year 30000."""
    with suppress(ValueError, OverflowError):
        match kind:
            case "date":
                return dt.datetime.fromisoformat(said) if "T" in said else dt.date.fromisoformat(said)
            case "boolean" if said in {"true", "false"}:
                return said == "true"
            case "time" if found := _TIME.fullmatch(said):
                sign, hours, minutes, seconds, _ = found.groups()
                time = dt.timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
                return -time if sign else time
            case _ if kind in _NUMBERS and _NUMBER.fullmatch(said) and math.isfinite(number := float(said)):
                return number
    return None


def rows_of(table: Table) -> Iterator[list[Raw]]:
    """The rows of a sheet from A1 on, all of one width."""
    height, width = table.size
    for row in range(height):
        own = table.values.get(row, {})
        yield [own.get(column, "") for column in range(width)]
