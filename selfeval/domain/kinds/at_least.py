"""≥: the more the better, up to the target."""

from __future__ import annotations

from selfeval.domain.kind import Kind
from selfeval.domain.measures.measure import RATE_ITSELF, Told, by_id, ratio
from selfeval.domain.measures.per_unit import SHORT, per_unit
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.targets import read_one_number


def _sentence(told: Told) -> str:
    if told.negative and told.compared < 0:
        return f"实际完成 {told.actual} 是负数，按 0 计，未达到指标值 {told.target}"
    if told.compared >= 0:
        return f"实际完成 {told.actual}，达到指标值 {told.target}（完成率 {told.shown}）"
    return f"实际完成 {told.actual}，未达到指标值 {told.target}，完成率为 {told.actual} ÷ {told.target} = {told.shown}"


KIND = Kind(
    id="at_least",
    label="≥",
    rank=1,
    need=NUMBER,
    read_target=read_one_number,
    measures=by_id(
        ratio(
            "A ÷ T（A 小于 0 按 0；T = 0 时，A ≥ 0 为 1，否则为 0）",
            _sentence,
            "未达到的，按完成比例（实际 ÷ 指标值）计分",
        ),
        RATE_ITSELF,
        per_unit(SHORT),
    ),
    met="达到 {target}",
    better=1,
    can_exceed=True,
    strict_at_target=True,
)
