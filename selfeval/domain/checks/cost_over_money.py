"""W524: a cost in money is more, by over the limit in 万元, than was spent or budgeted."""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import (
    CONTENT,
    DONE,
    MET,
    Answered,
    Check,
    Example,
    Facts,
    Findings,
    Limit,
    Sample,
    as_floats,
)
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction

_NEARLY = 1 - 1e-9
"""Floats choose what is then compared exactly."""


def _find(facts: Facts, limit: Limit) -> Findings:
    """The costs, each beside the first of budget and executed amount that it exceeds."""
    actual, units = facts.column("actual_value"), facts.scores.column("target_unit")
    sizes = {unit: float(size) for unit, size in facts.money.items()}
    in_10_000 = actual * as_floats(map(sizes.get, units))
    budget, executed = facts.project_column("full_year"), facts.project_column("executed")
    doubtful = in_10_000 > (np.fmin(budget, executed)[facts.owners] + float(limit)) * _NEARLY
    for i, place in facts.actual_places(doubtful & facts.scored & facts.level_contains("成本")):
        cost = fraction(actual[i]) * facts.money[units[i]]
        for column, what in ((budget, "全年预算数"), (executed, "全年执行数")):
            amount = float(column[facts.owners[i]])
            if not np.isnan(amount) and cost - fraction(amount) > limit:
                yield place, {"cost": show_number(cost), "what": what, "amount": show_number(amount)}
                break


def _cost(target: str, actual: str | float, executed: float = 100.0, message: str = "") -> Example:
    cost = Answered(target, actual, level2="成本指标", reason="涨价")
    return Example([Sample([DONE, cost, MET, CONTENT], executed=executed)], message)


CHECK = Check(
    code="W524",
    find=_find,
    title="成本指标完成值大于资金数",
    message="成本指标的实际完成值是{cost}万元，大于{what}{amount}万元",
    remedy="请核对数据和单位；有其他资金来源的，请说明",
    limit="允许相差多少万元",
    unit="万元",
    looks_for="以金额计的成本指标，实际完成值大于全年预算数或全年执行数",
    source="复核",
    says=(
        _cost("≤100万元", 80.02, executed=80.0),
        _cost("≤100万元", 150.0, message="全年预算数100万元"),
        _cost("≤2000000元", "900101元", 90.0, "成本指标的实际完成值是90.0101万元，大于全年执行数90万元"),
    ),
    silent=(
        _cost("≤100万元", 80.01, executed=80.0),
        _cost("≤2000000元", "900001元", executed=90.0),
        _cost("≤500元/人", "450元/人", executed=0.01),  # each, and of how many nothing is known
    ),
)
