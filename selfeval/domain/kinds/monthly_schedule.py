"""月度时序: payments kept to the spending plan at each checkpoint (3, 6, 10, 12月底)."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide


def _values(given: Inputs) -> Numbers:
    kept = divide(given.paid, given.plan)
    kept = np.where((given.plan == 0) | (kept > 1), given.plan * 0 + 1, kept)
    count = given.planned.sum(axis=1)
    return np.asarray((kept * given.planned).sum(axis=1) / count)


def _formula(at: Cells) -> str:
    return f"AVERAGE({at.schedule})"


def _sentence(told: Told) -> str:
    return f"各考核时点支付进度：{told.actual}；逐个时点与计划比较（超过计划按 100%），平均为 {told.shown}"


def checkpoint_formula(paid: str, plan: str, *, counts: bool) -> str:
    """min(1, paid / plan) of one checkpoint as a worksheet expression; ``""`` where the plan is left out.

    paid, plan: references to cumulative shares of the full-year budget.
    """
    if not counts:
        return '""'
    return f"IF({plan}=0,1,MIN(1,{paid}/{plan}))"


MONTHLY_SCHEDULE = Kind(
    "monthly_schedule",
    "月度时序",
    "payments",
    {
        "schedule_mean": Measure(
            "schedule_mean",
            "各考核时点 min(1, 累计支付比例 ÷ 计划比例) 的平均数；空白时点不计，空白的 12月底按 100%",
            _values,
            _formula,
            _sentence,
        )
    },
)
