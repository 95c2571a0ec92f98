"""=: the target itself. A shortfall scores in proportion; an excess scores in full and is flagged by the rulebook."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide
from selfeval.domain.kinds.measures.per_unit import APART, per_unit
from selfeval.domain.kinds.measures.rate import RATE_ITSELF


def _values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    kept = np.where(actual < 0, actual * 0, actual)
    return np.where(target == 0, (actual >= 0) * 1, divide(kept, target))


def _formula(at: Cells) -> str:
    return f"IF({at.target}=0,IF({at.actual}>=0,1,0),MAX({at.actual},0)/{at.target})"


def _sentence(told: Told) -> str:
    if told.compared == 0:
        return f"实际完成 {told.actual}，与指标值 {told.target} 一致"
    if told.negative:
        return f"实际完成 {told.actual} 是负数，按 0 计，少于指标值 {told.target}"
    if told.compared > 0:
        return f"实际完成 {told.actual}，多于指标值 {told.target}，不扣分，请核对"
    return f"实际完成 {told.actual}，少于指标值 {told.target}，完成率为 {told.actual} ÷ {told.target} = {told.shown}"


def _symmetric_values(given: Inputs) -> Numbers:
    actual, target = given.actual, given.target
    apart = np.where(actual > target, actual - target, target - actual)
    return np.where(target == 0, (actual == 0) * 1, 1 - divide(apart, target))


def _symmetric_formula(at: Cells) -> str:
    return f"IF({at.target}=0,IF({at.actual}=0,1,0),1-ABS({at.actual}-{at.target})/{at.target})"


def _symmetric_sentence(told: Told) -> str:
    if told.compared == 0:
        return f"实际完成 {told.actual}，与指标值 {told.target} 一致"
    side = "多于" if told.compared > 0 else "少于"
    how = f"1 − |{told.actual} − {told.target}| ÷ {told.target} = {told.shown}"
    return f"实际完成 {told.actual}，{side}指标值 {told.target}，计量值为 {how}"


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
        ),
        "symmetric": Measure(
            "symmetric",
            "1 − |A − T| ÷ T，多于和少于同样对待（T = 0 时，A = 0 为 1，否则为 0）",
            _symmetric_values,
            _symmetric_formula,
            _symmetric_sentence,
        ),
        "rate": RATE_ITSELF,
        "per_unit": per_unit(APART),
    },
)
