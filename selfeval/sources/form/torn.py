"""A row that a page break cut in two: its lower half is the first row of the next page, and is no indicator itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.form.labels_above import above_of
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
    levels = {before[name]: texts[name] for name in texts.keys() & before.keys() & _LEVELS}
    if not texts.keys() or not texts.keys() <= before.keys() or not _OWN & before.keys():
        return False
    if texts.keys() & _OWN and not (row.torn and levels):
        return False
    return all(are_halves(upper, lower) for upper, lower in levels.items())


def are_halves(upper: str, lower: str) -> bool:
    """Whether two texts are the name of a level only together: 服务对象 and 满意度指标, 满意度指 and 标."""
    return not _WHOLE.search(upper) and _WHOLE.search(upper + lower) is not None


def beside(above: GridRow, row: GridRow, columns: Mapping[int, str]) -> GridRow | None:
    """A row with the target of one that may be its rest, so that it is asked about; None where there is none."""
    rest = [cell for cell in row.cells if columns.get(cell.column) == "target" and cell.text.strip()]
    if not (row.torn and rest and "target" in _texts(above, columns)) or begins_anew(_texts(row, columns)):
        return None
    return replace(above, cells=(*above.cells, *rest), torn=True)


def begins_anew(texts: Mapping[str, str]) -> bool:
    """Whether a row says by its sign, or by the whole name of a level, that it is no rest of another."""
    levels = (texts.get(name, "") for name in _LEVELS)
    return _SIGNED.match(texts.get("target", "")) is not None or any(map(_WHOLE_LEVEL.search, levels))


_SIGNED = re.compile("[≥≤≧≦<>=]|不[低高少多]于|不超过")
_WHOLE_LEVEL = re.compile("..指标$")


def with_whole_labels(rows: Sequence[GridRow]) -> tuple[GridRow, ...]:
    """The rows of a table; two with a page break between them, whose labels are known only together, as one."""
    made: list[GridRow] = []
    for row in rows:
        if made and _has_halves(made[-1], row):
            made[-1] = put_together(made[-1], row)
        else:
            made.append(row)
    return tuple(made)


def _has_halves(above: GridRow, row: GridRow) -> bool:
    if not above.cells or not row.cells or not 0 < above.cells[0].spot.page < row.cells[0].spot.page:
        return False
    upper = {cell.column: squeeze(cell.text) for cell in above.cells if cell.text.strip()}
    lower = {cell.column: squeeze(cell.text) for cell in row.cells if cell.text.strip()}
    both = upper.keys() & lower.keys()
    pairs = [(upper[at], lower[at]) for at in both]
    halves = any(above_of(one + other) and not (above_of(one) or above_of(other)) for one, other in pairs)
    return lower.keys() <= upper.keys() and halves


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
