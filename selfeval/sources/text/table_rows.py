"""The rows of tables out of lines of text: cells apart by tabs, any perhaps broken over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfeval.sources.blocks import Block, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.form.foot import is_foot
from selfeval.sources.form.spending_plan import LABEL_ENDS, MONTH, token_like
from selfeval.sources.layout import squeeze

_LEVEL1 = ("产出指标", "效益指标", "满意度指标", "成本指标")
_COSTS = ("成本指标", "经济成本指标", "社会成本指标", "生态环境成本指标")
_EFFECTS = ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标")
_LEVEL2 = ("数量指标", "质量指标", "时效指标", *_COSTS, *_EFFECTS)
_LEVEL2_SHAPE = re.compile(r"\D{2,12}指标")
_SHORT_PIECE = 12
_MOST_LINES = 30  # no cell is broken over more lines than this
_MOST_OF_A_ROW = 300  # nor are all cells of a row together
_WHOLE = re.compile(rf"{MONTH.pattern}|(?:{MONTH.pattern}[:：]?)?\d+(?:\.\d+)?(?:%|百分比)")
_PARTIAL = re.compile(r"\d{1,2}(?:月(?:[底末](?:\d+(?:\.\d*)?%?)?)?)?|\d+(?:\.\d*)?%?")

PlanRow = tuple[int, list[tuple[int, str]]]  # the offset of a row, and its cells with theirs


@dataclass
class _Row:
    """One logical row: its raw cells (line breaks inside kept), and the line it starts on."""

    cells: list[str]
    line: int
    by_columns: bool = False
    """Whether a later line was laid into it column by column, which is a reading, not a certainty."""
    lines: int = 1

    def finished(self) -> GridRow:
        cells = (GridCell(text, Spot(self.line), column) for column, text in enumerate(self.cells))
        return GridRow(tuple(cells), "单元格分成了几行，按所在的列拼接" if self.by_columns else "")


def read_indicators(
    lines: list[str], first_line: int, columns: Mapping[str, int], header: str
) -> tuple[list[GridRow], list[Block]]:
    """Put the rows of an indicator table together; after them come the lines below the table that belong to none.

    A line before a row reaches the last labelled column goes on with its last cell, unless that fills more cells than
    the header has. A line after a whole row begins the next one, goes on with the last cell, or (first cells blank)
    lies under its cells. ``header`` is the squeezed header row, skipped where it comes again; ``columns`` its labels.
    """
    table = _Lines([line.split("\t") for line in lines], columns, max(columns.values()))
    rows: list[_Row] = []
    unread: list[Block] = []
    gap = spaced = False
    for i, cells in enumerate(table.cells):
        if not table.filled(i):
            gap = bool(rows)
            continue
        if squeeze(lines[i]) == header:
            continue
        endless = rows and rows[-1].lines > _MOST_OF_A_ROW
        foot = rows and table.filled(i) == [0] and is_foot(cells[0])
        if unread or endless or foot or (rows and table.is_below(i, rows[-1], loose=gap and not spaced)):
            unread.append(Paragraph(lines[i], Spot(first_line + i)))
        elif not rows or table.begins(i, rows[-1]):
            spaced |= gap
            rows.append(_Row(cells.copy(), first_line + i))
        else:
            table.extend(rows[-1], cells)
            rows[-1].lines += 1
        gap = False
    return [row.finished() for row in rows], unread


@dataclass(frozen=True)
class _Lines:
    """The lines as cells, where the labels above them stand, and the last column that has one."""

    cells: list[list[str]]
    columns: Mapping[str, int]
    last: int

    def filled(self, i: int) -> list[int]:
        return [column for column, cell in enumerate(self.cells[i]) if cell.strip()]

    def is_whole(self, row: _Row) -> bool:
        return len(row.cells) > self.last

    def begins(self, i: int, row: _Row) -> bool:
        if self.is_whole(row):
            return self._is_start(i)
        fits = len(row.cells) + self.filled(i)[-1] <= self.last + 1
        lost_end = len(row.cells) > self.columns["target"] and self._looks_like_start(i)
        return (not fits and len(self.cells[i]) > 1) or lost_end

    def is_below(self, i: int, row: _Row, *, loose: bool) -> bool:
        """Whether a line is loose text below the table; ``loose``: after a blank line where rows have none between."""
        if not self.is_whole(row) or self.filled(i) != [0] or self._has_level1(i):
            return False
        more = any(self._is_start(j) for j in self._next(i))
        return not more and (loose or len(squeeze(self.cells[i][0])) > _SHORT_PIECE)

    def extend(self, row: _Row, cells: list[str]) -> None:
        """Go on with a row: after its last cell, or column by column when the first cells are blank."""
        whole = self.is_whole(row)
        if whole and not cells[0].strip():
            row.cells += [""] * (len(cells) - len(row.cells))
            row.by_columns = True
            for column, cell in enumerate(cells):
                row.cells[column] += f"\n{cell}" if cell.strip() else ""
            return
        row.cells[self.last if whole else -1] += "\n" + cells[0]
        row.cells += [] if whole else cells[1:]

    def _next(self, i: int) -> Iterator[int]:
        """The lines after one that are not blank, as far as a cell may be broken."""
        return (j for j in range(i + 1, min(len(self.cells), i + 1 + _MOST_LINES)) if self.filled(j))

    def _is_start(self, i: int) -> bool:
        filled = self.filled(i)
        if filled[0] >= self.columns["level2"]:
            return not self._lies_under(i) or self._grows_whole(i)
        return len(filled) > 1 or self._has_level1(i)

    def _lies_under(self, i: int) -> bool:
        """Whether the cells are the lower lines of the cells of the row above: they do not make a row by themselves."""
        text = [squeeze(cell) for cell in self.cells[i]] + [""] * (self.last + 1)
        level2 = text[self.columns["level2"]]
        if level2:
            return not _known_level2(level2) and any(known.endswith(level2) for known in _LEVEL2)
        return not (text[self.columns["level3"]] and (text[self.columns["target"]] or text[self.last]))

    def _grows_whole(self, i: int) -> bool:
        """Whether the lines that go on with this one make a whole row of it."""
        count = own = len(self.cells[i])
        for j in self._next(i):
            if not self.cells[j][0].strip() or count > self.last:
                break
            count += self.filled(j)[-1]
        return own <= self.last < count <= self.last + 1

    def _looks_like_start(self, i: int) -> bool:
        text = [squeeze(cell) for cell in self.cells[i]]
        level2 = self.columns["level2"]
        return text[0] in ("", *_LEVEL1) and len(text) > level2 and _known_level2(text[level2])

    def _has_level1(self, i: int) -> bool:
        """Whether a first-level label starts on a line, alone there or broken over the next lines."""
        text = ""
        for j in (i, *self._next(i)):
            text += squeeze(self.cells[j][0])
            if text in _LEVEL1:
                return True
            if len(self.cells[j]) > 1 or not any(known.startswith(text) for known in _LEVEL1):
                return False
        return False


def _known_level2(text: str) -> bool:
    """A second-level label, whole or cut off at the end."""
    cut_off = len(text) > 1 and any(known.startswith(text) for known in _LEVEL2)
    return cut_off or _LEVEL2_SHAPE.fullmatch(text) is not None


def read_plan(text: str) -> tuple[list[PlanRow], int]:
    """The rows of a spending plan, broken tokens put together, and the offset of the first cell that is none of it."""
    rows = _plan_rows(text)
    for at, (start_of_row, cells) in enumerate(rows):
        below = squeeze(rows[at + 1][1][0][1]) if at + 1 < len(rows) else ""
        for index, (start, cell) in enumerate(cells):
            bare = squeeze(cell)
            # The 1 of "1. …", broken off at the end of its line, is no value.
            broken_off = bare.isdigit() and index == len(cells) - 1 and below and not token_like(below)
            if bare not in {"", *LABEL_ENDS} and (broken_off or not token_like(bare)):
                return [*rows[:at], (start_of_row, cells[:index])], start
    return rows, len(text)


def _plan_rows(text: str) -> list[PlanRow]:
    rows: list[PlanRow] = []
    offset = 0
    for line in text.split("\n"):
        cells: list[tuple[int, str]] = []
        for cell in line.split("\t"):
            cells.append((offset, cell))
            offset += len(cell) + 1
        if not line.strip() and rows:
            continue
        if rows and _continues(rows[-1][1][-1][1], cells[0][1]):
            start, broken = rows[-1][1].pop()
            rows[-1][1].extend([(start, broken + cells[0][1]), *cells[1:]])
        else:
            rows.append((cells[0][0], cells))
    return rows


def _continues(before: str, after: str) -> bool:
    left, right = squeeze(before), squeeze(after)
    halves_whole = _WHOLE.fullmatch(left) and _WHOLE.fullmatch(right)
    return bool(left and right and _PARTIAL.fullmatch(left + right) and not halves_whole)
