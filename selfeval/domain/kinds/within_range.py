"""区间: inside is met; outside is measured from the nearer end."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide


def _values(given: Inputs) -> Numbers:
    actual, low, high = given.actual, given.target, given.upper
    one = low * 0 + 1
    below = divide(np.where(actual < 0, actual * 0, actual), low)
    above = np.where(high == 0, high * 0, 1 - divide(actual - high, high))
    return np.where(actual < low, below, np.where(actual > high, above, one))


def _formula(at: Cells) -> str:
    below = f"IF({at.target}=0,0,MAX({at.actual},0)/{at.target})"
    above = f"IF({at.upper}=0,0,1-({at.actual}-{at.upper})/{at.upper})"
    return f"IF({at.actual}<{at.target},{below},IF({at.actual}>{at.upper},{above},1))"


def _sentence(told: Told) -> str:
    span = f"{told.target} 至 {told.upper}"
    if told.compared == 0:
        return f"实际完成 {told.actual}，在指标值 {span} 之内"
    if told.negative and told.compared < 0:
        return f"实际完成 {told.actual} 是负数，按 0 计，低于指标值 {span} 的下限"
    if told.compared < 0:
        return (
            f"实际完成 {told.actual}，低于指标值 {span} 的下限，得分比例为 {told.actual} ÷ {told.target} = {told.shown}"
        )
    how = f"1 −（{told.actual} − {told.upper}）÷ {told.upper} = {told.shown}"
    return f"实际完成 {told.actual}，高于指标值 {span} 的上限，得分比例为 {how}" + (
        "，低于 0 按 0" if told.measure < 0 else ""
    )


WITHIN_RANGE = Kind(
    "range",
    "区间",
    "number",
    {
        "nearer_end": Measure(
            "nearer_end",
            "在区间内为 1；低于下限 L 为 A ÷ L；高于上限 H 为 1 −（A − H）÷ H",
            _values,
            _formula,
            _sentence,
        )
    },
)
