"""Where points were lost: by level, by kind and by reason, the most first, live."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import mul

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    is_number,
    same_text,
    steady,
    sum_product,
    total,
    when,
)
from selfeval.domain.rounding import PLACES
from selfeval.workbooks.conventions import DASH, SHARE_PLACES
from selfeval.workbooks.summary.indicators import HEADING, ListedRow, seen
from selfeval.workbooks.summary.tables import NAMES, Figure, Line, Table

LOST = Name("lost")
_COUNT, _SCORED, _LOSING, _POINTS, _SCORE, _RATE, _SHARE = map(
    Name, ("count", "scored", "losing", "points", "score", "rate", "share")
)


def losses(table: str, title: str, columns: Sequence[str], rows: Sequence[ListedRow]) -> Table:
    """One table by the texts of ``columns`` (one or two); rows where they are all blank are left out."""
    lost: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.texts[column] for column in columns)
        if any(key):
            lost[key] = lost.get(key, 0) + row.lost
    ordered = sorted(lost, key=lambda key: -lost[key])
    headings = tuple(HEADING[column] for column in columns)
    drawn = sum(amount > 0 for amount in lost.values())
    return Table(table, title, headings, _figures(columns, len(rows)), tuple(map(Line, ordered)), drawn)


def _figures(columns: Sequence[str], count: int) -> tuple[Figure, ...]:
    # not COUNTIF or SUMIF: those read a name such as ">5" or "*" as a condition
    mine: Expression = reduce(mul, map(same_text, (seen(column, count) for column in columns), NAMES))
    points, score, lost = (seen(column, count) for column in ("points", "score", "lost"))
    known = is_number(score)
    everything = steady(total(lost), PLACES)
    return (
        Figure(_COUNT, "指标数", sum_product(mine * 1)),
        Figure(_SCORED, "已评分", sum_product(mine * known)),
        Figure(_LOSING, "失分的\n指标数", sum_product(mine * is_number(lost) * lost.differs(0))),
        Figure(_POINTS, "分值\n（已评分）", steady(sum_product(mine * known, points), PLACES), "score"),
        Figure(_SCORE, "得分", steady(sum_product(mine * 1, score), PLACES), "score"),
        Figure(LOST, "失分", steady(_POINTS - _SCORE, PLACES), "lost"),
        Figure(_RATE, "失分率", share(LOST, _POINTS), "percent"),
        Figure(_SHARE, "占全部\n失分", share(LOST, everything), "percent"),
    )


def share(part: Expression, whole: Expression) -> Expression:
    """One amount as a share of another; a dash where that is nothing."""
    return when(whole > 0, steady(part / whole, SHARE_PLACES), DASH)
