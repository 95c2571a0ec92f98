"""The rows of the official form's table of indicators: their cells, which they share, and where a page begins."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, groupby

from selfeval.domain.expression.functions import DAY_PATTERN
from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Operand,
    all_of,
    is_number,
    joined,
    negated,
    rounded,
    steady,
    substituted,
    when,
)
from selfeval.domain.expression.tree import shown as as_text
from selfeval.domain.measures.measure import ACTUAL, LEVEL, PERCENTAGE
from selfeval.domain.needs.doubts import in_steady_percent
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.headings import without_points
from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import MONEY_PLACES, in_points
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.targets import CHECKPOINTS
from selfeval.sheets.model import Cell, Column, Row, cell
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import stored
from selfeval.workbooks.conventions import DASH, SCHEDULE, actual_lines, known, seen
from selfeval.workbooks.scored_row import as_share, extra_of_row, in_cell, is_live, need_of

_LONGEST_SHOWN = 3_000
"""Characters that a cell of a printed form shows; a longer text says that the rest stands in the form sent in."""

REPEATED = 32.0
"""Height of the headings that are printed again on each page."""

_SQUEEZED = 1.2
"""Pages: a form that is longer by no more than this is printed smaller (7.3 points) on one page."""

_LONGEST_UNIT = 60
_ALONE, _LEAST = 36.0, 26.0
_MERGED = (("level1", "centre", ("level1",)), ("level2", "centre", ("level1", "level2")), ("area", "label", ()))
"""Columns that neighbouring rows share while these texts of theirs are the same, with their style."""


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


def physical_heights(
    columns: Sequence[Column], texts: Sequence[tuple[str, str, str, float]], least: float
) -> list[float]:
    """The heights of the row (or rows, if too high) with cells of (text, first column, last column, font size)."""
    at = {column.id: i for i, column in enumerate(columns)}
    widths, heights = [column.width or 0.0 for column in columns], WORKBOOKS.heights
    needed = (
        heights.text(text, heights.merged(widths[at[first] : at[last] + 1]), size) for text, first, last, size in texts
    )
    height = max(least, *needed)
    count = math.ceil(height / heights.most)
    return [height / count] * count


def shown(text: str) -> str:
    """A text as the form prints it."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    return f"{text[:_LONGEST_SHOWN]}……（全文{len(text)}字，其余见填报表）"


def _runs(rows: Sequence[ScoredRow], levels: Sequence[str], pages: Sequence[int]) -> list[list[int]]:
    """The positions of neighbouring rows that are the same in ``levels``, on one page."""
    keys = [(page, *(getattr(row, level) for level in levels)) for page, row in zip(pages, rows, strict=True)]
    return [list(run) for _, run in groupby(range(len(rows)), keys.__getitem__)]


def indicator_rows(scored: ScoredCase, columns: Sequence[Column], before: float, after: float) -> tuple[Row, ...]:
    """The headings and one row an indicator (several, merged, for a very long text).

    ``before`` and ``after`` are the heights of what stands above and below.
    """
    rows = scored.rows[1:]
    alone = {run[0] for run in _runs(rows, ("level1",), [0] * len(rows)) if len(run) == 1}
    heights = [
        _heights(columns, row, _ALONE, _level1(scored, row)) if at in alone else _heights(columns, row, _LEAST)
        for at, row in enumerate(rows)
    ]
    room = UPRIGHT.room([column.width or 0.0 for column in columns])
    breaks = page_starts(room, before + REPEATED, [sum(parts) for parts in heights], after)
    merged: dict[int, list[Cell]] = defaultdict(list)
    pages = list(accumulate(at in breaks for at in range(len(rows))))
    for column, style, levels in _MERGED:
        for run in _runs(rows, levels, pages):
            first = rows[run[0]]
            texts = {"level1": _level1(scored, first), "level2": first.level2, "area": "绩效\n指标"}
            merged[run[0]].append(Cell(column, texts[column], style, rows=sum(len(heights[at]) for at in run)))
    area = merged[0].pop()  # the first begins with the headings
    head = (
        Cell(area.column, area.content, area.style, rows=1 + area.rows),
        *(Cell(column.id, column.heading, "label") for column in columns[1:]),
    )
    found = [Row(head, height=REPEATED, repeated=True, new_page=0 in breaks)]
    for at, (row, parts) in enumerate(zip(rows, heights, strict=True)):
        cells = (*_cells(row, len(parts)), *merged[at])
        found.append(Row(cells, height=parts[0], new_page=at > 0 and at in breaks))
        found += [Row(height=height) for height in parts[1:]]
    return tuple(found)


def _level1(scored: ScoredCase, row: ScoredRow) -> str:
    """A 一级指标 with the points it holds in this project."""
    return f"{without_points(row.level1)}\n（{_held(scored, row)}分）"


def _held(scored: ScoredCase, row: ScoredRow) -> str:
    """The points of a 一级指标 in a project; outside the 100, how many it may add or take."""
    extra = extra_of_row(scored, row)
    if extra is not None:
        return f"最多{'加' if extra.bonus else '扣'}{show_number(in_points(extra.points))}"
    return show_number(in_points(sum(other.points for other in scored.rows[1:] if other.level1 == row.level1)))


def _cells(row: ScoredRow, tall: int) -> Iterator[Cell]:
    yield Cell("level3", shown(row.level3), "form_text", rows=tall)
    yield Cell("target", shown(row.target), "form_centre", rows=tall)
    yield Cell("actual", _actual(row), "form_centre", rows=tall)
    points = DASH if row.state is State.NOT_APPLICABLE else seen(row, "points")
    yield Cell("points", points, "score", rows=tall)
    yield Cell("score", seen(row, "score"), "score", rows=tall)
    yield Cell("reason", shown(_reason(row)), "form_small", rows=tall)


def _heights(columns: Sequence[Column], row: ScoredRow, least: float, level1: str = "") -> list[float]:
    texts = {
        "level1": level1,
        "level2": row.level2,
        "level3": shown(row.level3),
        "target": shown(row.target),
        "actual": shown(_day_in_lines(row)) or State.NOT_APPLICABLE.label,
    }
    small = (shown(_reason(row)), "reason", "reason", 9.0)
    return physical_heights(columns, [*((text, name, name, 10.0) for name, text in texts.items()), small], least)


def _day_in_lines(row: ScoredRow) -> str:
    text = actual_lines(row)
    return text.replace(*_TWO_LINES) if is_live(row) and row.target_unit == DAY_UNIT else text


def _reason(row: ScoredRow) -> str:
    """偏差原因分析及改进措施, as the form has them in one cell."""
    return "\n".join(part for part in (row.reason, f"改进措施：{row.remedy}" if row.remedy else "") if part)


def _actual(row: ScoredRow) -> Expression | str:
    """What stands as 实际完成值: the text as reported, until the actual in 评分依据 is changed or taken out."""
    if not is_live(row):
        return actual_lines(row) or (row.state.label if row.state is State.NOT_APPLICABLE else "")
    need, answered = need_of(row), row.state is not State.ASK
    if need is PAYMENTS:
        return _CHECKPOINTS
    if need is LEVEL_PICKED:
        share = None if math.isnan(row.actual_percentage) else row.actual_percentage
        found = _level(row.actual_level if answered else "", share)
    else:
        before = in_cell(row, row.actual_value, typed=True) if answered and not math.isnan(row.actual_value) else None
        found = _number(row.target_unit[:_LONGEST_UNIT], before)
    return found.of({name: seen(row, column) for name, column in _COLUMNS.items()})


_REPORTED = Name("reported")
_COLUMNS = {_REPORTED: "actual", ACTUAL: "actual_value", LEVEL: "level", PERCENTAGE: "percentage"}
_PRINTED = joined(_REPORTED, "")
_TWO_LINES = "年", "年\n"
"""What makes two lines of a day, which is too long for one: 2025年 and 12月20日."""


@lru_cache(maxsize=1024)
def _number(unit: str, before: float | None) -> Expression:
    number = in_steady_percent(as_share(ACTUAL)) if unit == RATE else ACTUAL
    changed: Expression = joined(steady(number, MONEY_PLACES), unit)
    printed: Expression = _PRINTED
    if unit == DAY_UNIT:
        printed, changed = (substituted(day, *_TWO_LINES) for day in (_PRINTED, as_text(ACTUAL, DAY_PATTERN)))
    typed = joined(ACTUAL, "")
    if before is None:
        return when(is_number(ACTUAL), changed, when(typed.equals(""), printed, typed))
    return when(is_number(ACTUAL), when(ACTUAL.equals(stored(before)), printed, changed), typed)


@lru_cache(maxsize=1024)
def _level(level: str, share: float | None) -> Expression:
    given = is_number(PERCENTAGE)
    changed = joined(LEVEL, when(given, joined(" ", as_text(rounded(PERCENTAGE * 100, 2), "0.00"), "%"), ""))
    if not level:
        return when(LEVEL.equals(""), _PRINTED, changed)
    same = negated(given) if share is None else PERCENTAGE.equals(stored(share))
    return when(all_of(LEVEL.equals(level), same), _PRINTED, when(LEVEL.equals(""), "", changed))


_SHARES = {month: cell(f"month.{month}", "share", SCHEDULE) for month in CHECKPOINTS}
_PARTS: list[tuple[Operand, ...]] = [
    (("" if month == CHECKPOINTS[0] else "\n") + f"{month}月底", rounded(share * 100, 2), "%")
    for month, share in _SHARES.items()
]
_CHECKPOINTS = known(_SHARES[CHECKPOINTS[-1]], joined(*chain.from_iterable(_PARTS)))
"""The cumulative share at each checkpoint: 3月底21%, 6月底 …, a line each."""
