"""≥: the more the better, up to the target."""

from __future__ import annotations

from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import RATE_ITSELF, RowTexts, by_id, ratio
from selfeval.domain.measures.per_unit import SHORT, per_unit
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.targets import read_one_number


def _sentence(row: RowTexts) -> str:
    if row.negative and row.compared < 0:
        return f"实际完成{row.actual}是负数，按0计，未达到指标值{row.target}"
    if row.compared >= 0:
        return f"实际完成{row.actual}，达到指标值{row.target}（完成率{row.shown}）"
    return f"实际完成{row.actual}，未达到指标值{row.target}，完成率为{row.actual} ÷ {row.target} = {row.shown}"


KIND = Kind(
    id="at_least",
    label="≥",
    name="正向指标",
    rank=1,
    need=NUMBER,
    read_target=read_one_number,
    measures=by_id(
        ratio(
            "B ÷ A（B小于0的按0计；A = 0时，B ≥ 0为100%，否则为0%）",
            _sentence,
            "未达到的，按完成率（实际完成值 ÷ 指标值）计分",
        ),
        RATE_ITSELF,
        per_unit(SHORT),
    ),
    met="达到{target}",
    better=1,
    can_exceed=True,
    example=Example("产出指标", "数量指标", "开放天数", "≥300天"),
)
