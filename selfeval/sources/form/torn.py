"""A row that a page break cut in two: its lower half is the first row of the next page, and is no indicator itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.layout import squeeze

_HOW = "这一行被分页断开，与上一页的上半行拼接"
_OWN = frozenset({"target", "sign", "unit", "points"})
"""What each indicator has on its own line, and the rest of one has not."""
_LEVELS = frozenset({"level1", "level2"})
_WHOLE = re.compile(r"(?:指标|产出|效益|满意度)(?:[（(].*[)）])?$")


def is_rest(above: GridRow, row: GridRow, columns: Mapping[int, str]) -> bool:
    """Whether a row is the rest of the one above it, on the page before; ``columns``: what the columns hold.

    It says nothing of its own; and where it has a level, that above is not whole without it.
    """
    if not above.cells or not row.cells or not 0 < above.cells[0].spot.page < row.cells[0].spot.page:
        return False
    if above.how == _HOW:  # a break cuts one row in two
        return False
    texts, before = _texts(row, columns), _texts(above, columns)
    if not texts.keys() or texts.keys() & _OWN or not _OWN & before.keys():
        return False
    if not texts.keys() <= before.keys():
        return False
    levels = {before[name]: texts[name] for name in texts.keys() & _LEVELS}
    # 服务对象 and 满意度指标, 满意度指 and 标: whole only together
    return all(not _WHOLE.search(upper) and _WHOLE.search(upper + lower) for upper, lower in levels.items())


def _texts(row: GridRow, columns: Mapping[int, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for cell in row.cells:
        name = columns.get(cell.column, "")
        if name and (text := squeeze(cell.text)):
            found[name] = found.get(name, "") + text
    return found


def put_together(above: GridRow, row: GridRow) -> GridRow:
    """The two halves as one row."""
    rest = {cell.column: cell for cell in row.cells if cell.text.strip()}

    def whole(cell: GridCell) -> GridCell:
        lower = rest.pop(cell.column, None)
        return replace(cell, text=f"{cell.text}\n{lower.text}") if lower else cell

    cells = tuple(whole(cell) for cell in above.cells)
    more = tuple(rest.values())
    return replace(above, cells=tuple(sorted((*cells, *more), key=lambda cell: cell.column)), how=_HOW)
