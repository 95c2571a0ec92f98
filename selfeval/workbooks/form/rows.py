"""The rows of the official form's table of indicators: what stands in each, and which cells they share."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from selfeval.domain.scored import State
from selfeval.domain.targets import CHECKPOINTS
from selfeval.workbooks.live.formulas import PENDING, quoted
from selfeval.workbooks.live.places import GroundsPlaces, month_seen
from selfeval.workbooks.live.rows import Live
from selfeval.workbooks.material import Material, Row

_LONGEST_UNIT = 60


@dataclass(frozen=True)
class Run:
    """Neighbouring rows that share a merged cell: positions ``first`` to ``last``, and its text."""

    first: int
    last: int
    text: str


def segments(count: int, breaks: frozenset[int]) -> list[tuple[int, int]]:
    """First and last position of the rows on each page."""
    starts = [0, *sorted(breaks - {0}), count]
    return [(first, nxt - 1) for first, nxt in itertools.pairwise(starts)]


def runs(rows: Sequence[Row], key: Callable[[Row], tuple[str, ...]], breaks: frozenset[int]) -> list[Run]:
    """Neighbours with the same key; the text is the key's last part. A run starts anew at each of ``breaks``."""
    found: list[Run] = []
    for i, row in enumerate(rows):
        if found and i not in breaks and key(rows[i - 1]) == key(row):
            found[-1] = Run(found[-1].first, i, found[-1].text)
        else:
            found.append(Run(i, i, key(row)[-1]))
    return found


def level1_label(rows: Sequence[Row], level1: str) -> str:
    """A first level with the points it holds in this project: 产出指标（50分）."""
    points = sum(row.points for row in rows if row.level1 == level1) / 100
    return f"{level1}\n（{points:g}分）"


def reason_text(row: Row) -> str:
    """偏差原因分析及改进措施, as the form has them in one cell."""
    if row.reason and row.remedy:
        return f"{row.reason}\n改进措施：{row.remedy}"
    return row.reason or (f"改进措施：{row.remedy}" if row.remedy else "")


def actual_live(material: Material, places: GroundsPlaces, i: int) -> Live:
    """What stands as 实际完成值: the text as reported, until the actual in 评分依据 is changed."""
    row = material.rows[i]
    if row.state in {State.NOT_APPLICABLE, State.ERROR}:
        return Live("", row.actual or (row.state.label if row.state is State.NOT_APPLICABLE else ""))
    if row.kind == "monthly_schedule":
        return _schedule_live(row)
    printed = f'{places.seen("actual", i)}&""'
    if row.kind == "qualitative":
        return Live(_level_formula(places, i, row, printed), row.actual)
    actual = places.seen("actual_value", i)
    unit = quoted(row.target_unit[:_LONGEST_UNIT])
    changed = f'TEXT({actual},"yyyy-mm-dd")' if row.target_unit == "日期" else f"{actual}&{unit}"
    if row.state is not State.ASK and not math.isnan(row.actual_value):
        changed = f"IF({actual}={row.actual_value:.15g},{printed},{changed})"
    return Live(f"=IF(ISNUMBER({actual}),{changed},{printed})", row.actual)


def _level_formula(places: GroundsPlaces, i: int, row: Row, printed: str) -> str:
    level, percentage = places.seen("level", i), places.seen("percentage", i)
    given = f'IF(ISNUMBER({percentage})," "&ROUND(ROUND({percentage}*100,9),2)&"%","")'
    changed = f"{level}&{given}"
    if row.state is State.ASK or not row.actual_level:
        return f'=IF({level}="",{printed},{changed})'
    same = f"NOT(ISNUMBER({percentage}))"
    if not math.isnan(row.actual_percentage):
        same = f"{percentage}={row.actual_percentage:.15g}"
    return f"=IF(AND({level}={quoted(row.actual_level)},{same}),{printed},{changed})"


def _schedule_live(row: Row) -> Live:
    """The cumulative share at each checkpoint: 3月底 21%、6月底 …."""
    parts = [f'"{month}月底 "&ROUND(ROUND({month_seen("share", month)}*100,9),2)&"%"' for month in CHECKPOINTS]
    known = f"ISNUMBER({month_seen('share', CHECKPOINTS[-1])})"
    text = '&"、"&'.join(parts)
    return Live(f"=IF({known},{text},{quoted(PENDING)})", PENDING if row.state is State.ASK else row.actual)
