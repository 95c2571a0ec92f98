"""≥: the more the better, up to the target."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide
from selfeval.domain.kinds.measures.per_unit import SHORT, per_unit
from selfeval.domain.kinds.measures.rate import RATE_ITSELF


def _values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    kept = np.where(actual < 0, actual * 0, actual)
    return np.where(target == 0, (actual >= 0) * 1, divide(kept, target))


def _formula(at: Cells) -> str:
    return f"IF({at.target}=0,IF({at.actual}>=0,1,0),MAX({at.actual},0)/{at.target})"


def _sentence(told: Told) -> str:
    if told.negative and told.compared < 0:
        return f"实际完成 {told.actual} 是负数，按 0 计，未达到指标值 {told.target}"
    if told.compared >= 0:
        return f"实际完成 {told.actual}，达到指标值 {told.target}（完成率 {told.shown}）"
    return f"实际完成 {told.actual}，未达到指标值 {told.target}，完成率为 {told.actual} ÷ {told.target} = {told.shown}"


AT_LEAST = Kind(
    "at_least",
    "≥",
    "number",
    {
        "ratio": Measure(
            "ratio",
            "A ÷ T（A 小于 0 按 0；T = 0 时，A ≥ 0 为 1，否则为 0）",
            _values,
            _formula,
            _sentence,
        ),
        "rate": RATE_ITSELF,
        "per_unit": per_unit(SHORT),
    },
)
