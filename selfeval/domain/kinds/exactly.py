"""=: the target itself. A shortfall scores in proportion; an excess scores in full and is flagged by the rulebook."""

from __future__ import annotations

from selfeval.domain.expression.tree import absolute, when
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import ACTUAL, RATE_ITSELF, TARGET, Measure, RowTexts, always, by_id, ratio
from selfeval.domain.measures.per_unit import APART, per_unit
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.targets import read_one_number

_AGREES = "实际完成{0.actual}，与指标值{0.target}一致"


def _sentence(row: RowTexts) -> str:
    if row.compared == 0:
        return _AGREES.format(row)
    if row.negative:
        return f"实际完成{row.actual}是负数，按0计，少于指标值{row.target}"
    if row.compared > 0:
        return f"实际完成{row.actual}，多于指标值{row.target}，不扣分，请核实"
    return f"实际完成{row.actual}，少于指标值{row.target}，完成率为{row.actual} ÷ {row.target} = {row.shown}"


def _symmetric_sentence(row: RowTexts) -> str:
    if row.compared == 0:
        return _AGREES.format(row)
    side = "多于" if row.compared > 0 else "少于"
    how = f"1 − |{row.actual} − {row.target}| ÷ {row.target} = {row.shown}"
    return f"实际完成{row.actual}，{side}指标值{row.target}，完成程度为{how}"


_SYMMETRIC = Measure(
    "symmetric",
    "1 − |B − A| ÷ A，多于和少于同样对待（A = 0时，B = 0为100%，否则为0%）",
    always(when(TARGET.equals(0), when(ACTUAL.equals(0), 1, 0), 1 - absolute(ACTUAL - TARGET) / TARGET)),
    _symmetric_sentence,
    "多于或少于的，都按相差的比例扣分",
    at_most_one=True,
)

KIND = Kind(
    id="exactly",
    label="=",
    name="定值指标",
    rank=3,
    need=NUMBER,
    read_target=read_one_number,
    measures=by_id(
        ratio(
            "B ÷ A（B ≥ A即达到；B小于0的按0计）",
            _sentence,
            "少于的，按完成率（实际完成值 ÷ 指标值）计分；多于的不扣分，但应核实",
        ),
        _SYMMETRIC,
        RATE_ITSELF,
        per_unit(APART),
    ),
    met="达到{target}",
    can_exceed=True,
    example=Example("产出指标", "数量指标", "购置设备数量", "15套"),
)
