"""≤: no more than the target. Two rival measures of a miss are in use; the rulebook picks one."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide
from selfeval.domain.kinds.measures.per_unit import OVER, per_unit
from selfeval.domain.kinds.measures.rate import RATE_ITSELF


def _excess_values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    missed = np.where(target == 0, target * 0, 1 - divide(actual - target, target))
    return np.where(actual <= target, target * 0 + 1, missed)


def _excess_formula(at: Cells) -> str:
    missed = f"1-({at.actual}-{at.target})/{at.target}"
    return f"IF({at.actual}<={at.target},1,IF({at.target}=0,0,{missed}))"


def _inverse_values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    return np.where(actual <= target, target * 0 + 1, divide(target, actual))


def _inverse_formula(at: Cells) -> str:
    return f"IF({at.actual}<={at.target},1,{at.target}/{at.actual})"


def _within(told: Told) -> str:
    return f"实际完成 {told.actual}，未超过指标值 {told.target}"


def _excess_sentence(told: Told) -> str:
    if told.compared <= 0:
        return _within(told)
    how = f"1 −（{told.actual} − {told.target}）÷ {told.target} = {told.shown}"
    return f"实际完成 {told.actual}，超过指标值 {told.target}，得分比例为 {how}" + (
        "，低于 0 按 0" if told.measure < 0 else ""
    )


def _inverse_sentence(told: Told) -> str:
    if told.compared <= 0:
        return _within(told)
    how = f"{told.target} ÷ {told.actual} = {told.shown}"
    return f"实际完成 {told.actual}，超过指标值 {told.target}，得分比例为 {how}"


AT_MOST = Kind(
    "at_most",
    "≤",
    "number",
    {
        "excess": Measure(
            "excess",
            "A ≤ T 为 1；否则 1 −（A − T）÷ T（T = 0 时为 0）",
            _excess_values,
            _excess_formula,
            _excess_sentence,
        ),
        "inverse_ratio": Measure(
            "inverse_ratio",
            "A ≤ T 为 1；否则 T ÷ A",
            _inverse_values,
            _inverse_formula,
            _inverse_sentence,
        ),
        "rate": RATE_ITSELF,
        "per_unit": per_unit(OVER),
    },
)
