"""What sections outside the 100, and rows that may earn more than their points, come to over the cells of a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add

from selfeval.domain.expression.tree import Expression, Name, Union, count_numbers, lift, total
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.totals import OPEN_ENDED, open_points


def extra_sums(
    scored: ScoredCase, rulebook: Rulebook, score: Callable[[ScoredRow], Name]
) -> tuple[dict[Name, Expression], dict[Name, Expression]]:
    """What the names of ``domain.totals`` stand for, from the cell of each row's ``score``: extras; open-ended rows."""
    sums: dict[Name, Expression] = {}
    for extra in scored.way.extras:
        own = [(score(row), row.most) for row in scored.rows if row.section == extra.id]
        sums[extra.got] = total(Union(tuple(name for name, _ in own)))
        sums[extra.open] = open_points(own)
    uncapped = rulebook.execution.uncapped
    open_ended = [score(row) for row in scored.rows if row.uncapped or (row.is_execution and uncapped)]
    without = reduce(add, (1 - count_numbers(name) for name in open_ended), lift(0))
    return sums, {OPEN_ENDED: without}
