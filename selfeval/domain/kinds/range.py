"""区间: inside is met; outside is measured from the nearer end."""

from __future__ import annotations

from selfeval.domain.expression.tree import largest, when
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import ACTUAL, TARGET, UPPER, Measure, RowTexts, always, by_id
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.targets import read_bounds


def _sentence(row: RowTexts) -> str:
    span = f"{row.target}至{row.upper}"
    if row.compared == 0:
        return f"实际完成{row.actual}，在指标值{span}之内"
    if row.negative and row.compared < 0:
        return f"实际完成{row.actual}是负数，按0计，低于指标值{span}的下限"
    if row.compared < 0:
        how = f"{row.actual} ÷ {row.target} = {row.shown}"
        return f"实际完成{row.actual}，低于指标值{span}的下限，得分率为{how}"
    how = f"{row.upper} ÷ {row.actual} = {row.shown}"
    return f"实际完成{row.actual}，高于指标值{span}的上限，得分率为{how}"


def _limit_sentence(row: RowTexts) -> str:
    span = f"{row.target}至{row.upper}"
    if row.compared <= 0:
        return f"实际完成{row.actual}，未超过指标值{span}的上限"
    how = f"{row.upper} ÷ {row.actual} = {row.shown}"
    return f"实际完成{row.actual}，超过指标值{span}的上限，得分率为{how}"


_LIMIT = Measure(
    "upper_end",
    "不超过上限的为100%，低于下限不扣分；超过上限的为上限 ÷ B",
    always(when(ACTUAL <= UPPER, 1, UPPER / ACTUAL)),
    _limit_sentence,
    "超过上限的，按“上限 ÷ 实际完成值”计分",
    at_most_one=True,
    never_negative=True,
)
_BELOW = when(TARGET.equals(0), 0, largest(ACTUAL, 0) / TARGET)
_ABOVE = UPPER / ACTUAL

KIND = Kind(
    id="range",
    label="区间",
    rank=4,
    need=NUMBER,
    read_target=read_bounds,
    measures=by_id(
        Measure(
            "nearer_end",
            "在区间内的为100%；低于下限的为B ÷ 下限；高于上限的为上限 ÷ B",
            always(when(ACTUAL < TARGET, _BELOW, when(ACTUAL > UPPER, _ABOVE, 1))),
            _sentence,
            "在区间之外的，按与较近一端的比例计分",
            at_most_one=True,
            never_negative=True,
        ),
        _LIMIT,
    ),
    met="在{target}至{upper}之间",
    example=Example("产出指标", "质量指标", "库房湿度", "45%-60%"),
)
