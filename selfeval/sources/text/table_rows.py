"""The indicator rows of a table out of lines of text: cells apart by tabs, any perhaps broken over several lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfeval.sources.blocks import Block, Cell, Paragraph, Row, Spot
from selfeval.sources.layout import squeeze

_LEVEL1 = ("产出指标", "效益指标", "满意度指标", "成本指标")
_LEVEL2 = tuple(
    f"{level}指标"
    for level in (
        *("数量", "质量", "时效", "成本", "经济成本", "社会成本", "生态环境成本"),
        *("经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度"),
    )
)
_LEVEL2_SHAPE = re.compile(r"\D{2,12}指标")
_SHORT_PIECE = 12
_MOST_LINES = 30
"""No cell is broken over more lines than this."""


@dataclass
class _Row:
    """One logical row: its raw cells (line breaks inside kept), and the line it starts on."""

    cells: list[str]
    line: int
    by_columns: bool = False
    """Whether a later line was laid into it column by column, which is a reading, not a certainty."""

    def whole(self) -> Row:
        """The row of the grid."""
        cells = (Cell(text, Spot(self.line), column) for column, text in enumerate(self.cells))
        return Row(tuple(cells), "单元格分成了几行，按所在的列拼接" if self.by_columns else "")


@dataclass(frozen=True)
class Shape:
    """What a full row looks like: the columns that matter."""

    level2: int
    level3: int
    target: int
    last: int


def read(lines: list[str], first_line: int, shape: Shape, header: str) -> tuple[list[Row], list[Block]]:
    """Put the rows of an indicator table together; after them come the lines below the table that belong to none.

    A row is whole once it reaches the last labelled column. A line that comes before that goes on with the last
    cell, unless this would fill more cells than the header has. A line after a whole row begins the next one, or
    goes on with the last cell, or (first cells blank) lies under the row's cells. ``header`` is the squeezed header
    row, which is skipped where a new page repeats it.
    """
    rows: list[_Row] = []
    unread: list[Block] = []
    gap = spaced = False
    for i, text in enumerate(lines):
        if not text.strip():
            gap = bool(rows)
            continue
        if squeeze(text) == header:
            continue
        cells = text.split("\t")
        line = first_line + i
        if unread or (rows and _is_after_table(lines, i, cells, rows[-1], shape, loose=gap and not spaced)):
            unread.append(Paragraph(text, Spot(line)))
        elif not rows or _begins(lines, i, cells, rows[-1], shape):
            spaced |= gap
            rows.append(_Row(cells, line))
        else:
            _extend(rows[-1], cells, shape)
        gap = False
    return [row.whole() for row in rows], unread


def _whole(row: _Row, shape: Shape) -> bool:
    return len(row.cells) > shape.last


def _begins(lines: list[str], i: int, cells: list[str], row: _Row, shape: Shape) -> bool:
    """Whether a line begins a new row rather than going on with ``row``."""
    if not _whole(row, shape):
        filled = max(index for index, cell in enumerate(cells) if cell.strip()) + 1
        fits = len(row.cells) + filled - 1 <= shape.last + 1
        lost_end = len(row.cells) > shape.target and _looks_like_start(cells, shape)
        return (not fits and len(cells) > 1) or lost_end
    return _is_start(lines, i, cells, shape)


def _is_start(lines: list[str], i: int, cells: list[str], shape: Shape) -> bool:
    """Whether a line after a whole row begins the next one."""
    filled = [index for index, cell in enumerate(cells) if cell.strip()]
    if filled[0] >= shape.level2:
        return not _lies_under(cells, shape) or _grows_whole(lines, i, shape)
    if len(filled) > 1:
        return True
    return _level1_ahead(lines, i) is not None


def _lies_under(cells: list[str], shape: Shape) -> bool:
    """Whether the cells are the lower lines of the cells of the row above: they do not make a row by themselves."""
    text = [squeeze(cell) for cell in cells] + [""] * (shape.last + 1)
    if _known_level2(text[shape.level2]):
        return False
    if text[shape.level2]:
        return any(known.endswith(text[shape.level2]) for known in _LEVEL2)
    return not (text[shape.level3] and (text[shape.target] or text[shape.last]))


def _grows_whole(lines: list[str], i: int, shape: Shape) -> bool:
    """Whether the lines that go on with this one make a whole row of it."""
    count = len(lines[i].split("\t"))
    for j in _filled(lines, i + 1):
        cells = lines[j].split("\t")
        if not cells[0].strip() or count > shape.last:
            break
        count += max(index for index, cell in enumerate(cells) if cell.strip())
    return len(lines[i].split("\t")) <= shape.last < count <= shape.last + 1


def _known_level2(text: str) -> bool:
    """A second-level label, whole or cut off at the end."""
    return _LEVEL2_SHAPE.fullmatch(text) is not None or (
        len(text) > 1 and any(known.startswith(text) for known in _LEVEL2)
    )


def _looks_like_start(cells: list[str], shape: Shape) -> bool:
    first, *rest = [squeeze(cell) for cell in cells]
    return (not first or first in _LEVEL1) and len(rest) >= shape.level2 and _known_level2(rest[shape.level2 - 1])


def _level1_ahead(lines: list[str], i: int) -> str | None:
    """The first-level label that starts on line ``i``, alone there or broken over the next lines."""
    text = ""
    for line in lines[i : i + _MOST_LINES]:
        if not line.strip():
            continue
        cells = line.split("\t")
        text += squeeze(cells[0])
        if text in _LEVEL1:
            return text
        if len(cells) > 1 or not any(known.startswith(text) for known in _LEVEL1):
            return None
    return None


def _is_after_table(lines: list[str], i: int, cells: list[str], row: _Row, shape: Shape, *, loose: bool) -> bool:
    """Whether a line stands below the table: loose text after the last row.

    ``loose``: a blank line stands before it, in a table whose rows have none between them.
    """
    if not _whole(row, shape) or any(cell.strip() for cell in cells[1:]) or _level1_ahead(lines, i):
        return False
    more = any(_is_start(lines, j, lines[j].split("\t"), shape) for j in _filled(lines, i + 1))
    return not more and (loose or len(squeeze(cells[0])) > _SHORT_PIECE)


def _filled(lines: list[str], start: int) -> list[int]:
    return [j for j in range(start, min(len(lines), start + _MOST_LINES)) if lines[j].strip()]


def _extend(row: _Row, cells: list[str], shape: Shape) -> None:
    """Go on with a row: after its last cell, or column by column when the first cells are blank."""
    if _whole(row, shape) and not cells[0].strip():
        row.cells += [""] * (len(cells) - len(row.cells))
        for index, cell in enumerate(cells):
            if cell.strip():
                row.cells[index] += "\n" + cell
                row.by_columns = True
        return
    at = shape.last if _whole(row, shape) else len(row.cells) - 1
    row.cells[at] += "\n" + cells[0]
    row.cells += cells[1:] if not _whole(row, shape) else []
