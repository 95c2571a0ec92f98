"""The rows of the official form's table of indicators: their cells, which they share, and where a page begins."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from selfeval.domain.expression.functions import DAY_PATTERN
from selfeval.domain.expression.tree import (
    Expression,
    Operand,
    all_of,
    is_number,
    joined,
    negated,
    rounded,
    when,
)
from selfeval.domain.expression.tree import shown as as_text
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import in_points
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.targets import CHECKPOINTS
from selfeval.sheets.model import Cell, Column, Row, cell
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import stored
from selfeval.workbooks.scored_row import DASH, SCHEDULE, is_live, need_of, seen

LONGEST_SHOWN = 3_000
"""Characters that a cell of a printed form shows; a longer text says that the rest stands in the form sent in."""

REPEATED = 32.0
"""Height of the headings that are printed again on each page."""

_SQUEEZED = 1.2
"""Pages: a form that is longer by no more than this is printed smaller (7.3 points) on one page."""

_LONGEST_UNIT = 60
_ALONE, _LEAST = 36.0, 26.0


def page_starts(room: float, before: float, heights: Sequence[float], after: float) -> frozenset[int]:
    """The positions whose row begins a page of ``room`` points: rows follow ``before`` points and precede ``after``.

    None when all fits on one page, if need be printed a little smaller. The headings are printed again on each later
    page; what comes after the rows is never alone on a page.
    """
    if before + sum(heights) + after <= room * _SQUEEZED:
        return frozenset()
    used = before % room
    starts: set[int] = set()
    for i, height in enumerate(heights):
        tail = after if i == len(heights) - 1 else 0.0
        if used + height + tail > room and used > REPEATED:
            starts.add(i)
            used = REPEATED
        used += height
    return frozenset(starts)


def physical_heights(needed: float, least: float) -> list[float]:
    """The heights of the rows that hold ``needed`` points: one, or several where a row cannot be so high."""
    height = max(needed, least)
    count = math.ceil(height / WORKBOOKS.measure.most)
    return [height / count] * count


def needed_height(columns: Sequence[Column], texts: Sequence[tuple[str, str, str, float]]) -> float:
    """The height that cells of (text, first column, last column, font size) need."""
    at = {column.id: i for i, column in enumerate(columns)}
    widths = [column.width or 0.0 for column in columns]
    measure = WORKBOOKS.measure
    return max(
        measure.text(text, measure.merged(widths[at[first] : at[last] + 1]), size) for text, first, last, size in texts
    )


def shown(text: str) -> str:
    """A text as the form prints it."""
    if len(text) <= LONGEST_SHOWN:
        return text
    return f"{text[:LONGEST_SHOWN]}……（全文 {len(text)} 字，其余见填报表）"


@dataclass(frozen=True)
class _Run:
    """Neighbouring rows that share a merged cell: positions ``first`` to ``last``, and its text."""

    first: int
    last: int
    text: str


def _runs(rows: Sequence[ScoredRow], key: Callable[[ScoredRow], tuple[str, ...]], breaks: frozenset[int]) -> list[_Run]:
    """Neighbours with the same key; the text is the key's last part. A run starts anew at each of ``breaks``."""
    found: list[_Run] = []
    for i, row in enumerate(rows):
        if found and i not in breaks and key(rows[i - 1]) == key(row):
            found[-1] = _Run(found[-1].first, i, found[-1].text)
        else:
            found.append(_Run(i, i, key(row)[-1]))
    return found


def indicator_rows(scored: ScoredCase, columns: Sequence[Column], before: float, after: float) -> tuple[Row, ...]:
    """The headings and one row an indicator (several, merged, for a very long text).

    ``before`` and ``after`` are the heights of what stands above and below.
    """
    rows = scored.rows[1:]
    alone = {run.first for run in _runs(rows, lambda row: (row.level1,), frozenset()) if run.first == run.last}
    heights = [physical_heights(_height(columns, row), _ALONE if i in alone else _LEAST) for i, row in enumerate(rows)]
    room = UPRIGHT.room([column.width or 0.0 for column in columns])
    breaks = page_starts(room, before + REPEATED, [sum(parts) for parts in heights], after)

    def tall(run: _Run) -> int:
        return sum(map(len, heights[run.first : run.last + 1]))

    merged: dict[int, list[Cell]] = {}
    for run in _runs(rows, lambda row: (row.level1,), breaks):
        text = _level1_label(rows, run.text)
        merged.setdefault(run.first, []).append(Cell("level1", text, "centre", rows=tall(run)))
    for run in _runs(rows, lambda row: (row.level1, row.level2), breaks):
        merged.setdefault(run.first, []).append(Cell("level2", run.text, "centre", rows=tall(run)))
    area, *areas = _runs(rows, lambda _row: ("绩效\n指标",), breaks)
    for run in areas:
        merged.setdefault(run.first, []).append(Cell("area", run.text, "label", rows=tall(run)))
    head = (
        Cell("area", area.text, "label", rows=1 + tall(area)),
        *(Cell(column.id, column.heading, "label") for column in columns[1:]),
    )
    found = [Row(head, height=REPEATED, repeated=True, new_page=0 in breaks)]
    for i, (row, parts) in enumerate(zip(rows, heights, strict=True)):
        cells = (*_cells(row, len(parts)), *merged.get(i, ()))
        found.append(Row(cells, height=parts[0], new_page=i > 0 and i in breaks))
        found += [Row(height=height) for height in parts[1:]]
    return tuple(found)


def _cells(row: ScoredRow, tall: int) -> Iterator[Cell]:
    yield Cell("level3", shown(row.level3), "form_text", rows=tall)
    yield Cell("target", shown(row.target), "form_centre", rows=tall)
    yield Cell("actual", _actual(row), "form_centre", rows=tall)
    points = DASH if row.state is State.NOT_APPLICABLE else seen(row, "points")
    yield Cell("points", points, "score", rows=tall)
    yield Cell("score", seen(row, "score"), "score", rows=tall)
    yield Cell("reason", shown(_reason(row)), "form_small", rows=tall)


def _height(columns: Sequence[Column], row: ScoredRow) -> float:
    texts = {
        "level2": row.level2,
        "level3": shown(row.level3),
        "target": shown(row.target),
        "actual": shown(row.actual) or State.NOT_APPLICABLE.label,
    }
    small = (shown(_reason(row)), "reason", "reason", 9.0)
    return needed_height(columns, [*((text, column, column, 10.0) for column, text in texts.items()), small])


def _level1_label(rows: Sequence[ScoredRow], level1: str) -> str:
    """A first level with the points it holds in this project: 产出指标（50分）."""
    points = sum(row.points for row in rows if row.level1 == level1)
    return f"{level1}\n（{show_number(in_points(points))}分）"


def _reason(row: ScoredRow) -> str:
    """偏差原因分析及改进措施, as the form has them in one cell."""
    if row.reason and row.remedy:
        return f"{row.reason}\n改进措施：{row.remedy}"
    return row.reason or (f"改进措施：{row.remedy}" if row.remedy else "")


def _actual(row: ScoredRow) -> Expression | str:
    """What stands as 实际完成值: the text as reported, until the actual in 评分依据 is changed."""
    if not is_live(row):
        return row.actual or (row.state.label if row.state is State.NOT_APPLICABLE else "")
    need = need_of(row)
    if need is PAYMENTS:
        return _checkpoints()
    printed = joined(seen(row, "actual"), "")
    if need is LEVEL_PICKED:
        return _level(row, printed)
    actual = seen(row, "actual_value")
    changed: Expression = joined(actual, row.target_unit[:_LONGEST_UNIT])
    if row.target_unit == DAY_UNIT:
        changed = as_text(actual, DAY_PATTERN)
    if row.state is not State.ASK and not math.isnan(row.actual_value):
        changed = when(actual.equals(stored(row.actual_value)), printed, changed)
    return when(is_number(actual), changed, printed)


def _level(row: ScoredRow, printed: Expression) -> Expression:
    level, percentage = seen(row, "level"), seen(row, "percentage")
    changed = joined(level, when(is_number(percentage), joined(" ", rounded(percentage * 100, 2), "%"), ""))
    if row.state is State.ASK or not row.actual_level:
        return when(level.equals(""), printed, changed)
    same: Expression = negated(is_number(percentage))
    if not math.isnan(row.actual_percentage):
        same = percentage.equals(stored(row.actual_percentage))
    return when(all_of(level.equals(row.actual_level), same), printed, changed)


def _checkpoints() -> Expression:
    """The cumulative share at each checkpoint: 3月底 21%、6月底 …."""
    shares = {month: cell(f"month.{month}", "share", SCHEDULE) for month in CHECKPOINTS}
    parts: list[Operand] = []
    for month, share in shares.items():
        parts += [f"{'、' if parts else ''}{month}月底 ", rounded(share * 100, 2), "%"]
    return when(is_number(shares[CHECKPOINTS[-1]]), joined(*parts), PENDING)
