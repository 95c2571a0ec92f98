"""=: the target itself. A shortfall scores in proportion; an excess scores in full and is flagged by the rulebook."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide


def _values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    kept = np.where(actual < 0, actual * 0, actual)
    return np.where(target == 0, (actual >= 0) * 1, divide(kept, target))


def _formula(at: Cells) -> str:
    return f"IF({at.target}=0,IF({at.actual}>=0,1,0),MAX({at.actual},0)/{at.target})"


def _sentence(told: Told) -> str:
    if told.compared == 0:
        return f"实际完成 {told.actual}，与指标值 {told.target} 一致"
    if told.compared > 0:
        return f"实际完成 {told.actual}，多于指标值 {told.target}，不扣分，请核对"
    return f"实际完成 {told.actual}，少于指标值 {told.target}，完成率为 {told.actual} ÷ {told.target} = {told.shown}"


EXACTLY = Kind(
    "exactly",
    "=",
    "number",
    {
        "ratio": Measure(
            "ratio",
            "A ÷ T（A ≥ T 即达到；A 小于 0 按 0）",
            _values,
            _formula,
            _sentence,
        )
    },
)
