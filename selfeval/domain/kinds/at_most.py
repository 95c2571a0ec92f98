"""≤: no more than the target. Two rival measures of a miss are in use; the rulebook picks one.

Target ÷ actual is printed in the notes of official forms; 1 − excess ÷ target is seen in a platform's code only.
"""

from __future__ import annotations

from collections.abc import Callable

from selfeval.domain.expression.tree import when
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import ACTUAL, RATE_ITSELF, TARGET, Measure, RowTexts, always, by_id
from selfeval.domain.measures.per_unit import OVER, per_unit
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.targets import read_one_number


def _sentence(share: str) -> Callable[[RowTexts], str]:
    """The sentence of a row; ``share`` is the formula of a miss in words, with the texts of the row."""

    def sentence(row: RowTexts) -> str:
        if row.compared <= 0:
            return f"实际完成{row.actual}，未超过指标值{row.target}"
        how = f"{share.format(row)} = {row.shown}" + ("，低于0的按0计" if row.measure < 0 else "")
        return f"实际完成{row.actual}，超过指标值{row.target}，得分率为{how}"

    return sentence


_EXCESS = Measure(
    "excess",
    "B ≤ A的为100%；B > A的为1 −（B − A）÷ A（A = 0时为0%）",
    always(when(ACTUAL <= TARGET, 1, when(TARGET.equals(0), 0, 1 - (ACTUAL - TARGET) / TARGET))),
    _sentence("1 −（{0.actual} − {0.target}）÷ {0.target}"),
    "超过的，按超出的比例扣分，超出一倍及以上不得分",
    at_most_one=True,
    actual_at=lambda target, measure: target * (2 - measure),
)
_INVERSE = Measure(
    "inverse_ratio",
    "B ≤ A的为100%；B > A的为A ÷ B",
    always(when(ACTUAL <= TARGET, 1, TARGET / ACTUAL)),
    _sentence("{0.target} ÷ {0.actual}"),
    "超过的，按指标值 ÷ 实际完成值计分",
    at_most_one=True,
    never_negative=True,
    actual_at=lambda target, measure: target / measure if measure > 0 else None,
)

KIND = Kind(
    id="at_most",
    label="≤",
    name="反向指标",
    rank=2,
    need=NUMBER,
    read_target=read_one_number,
    measures=by_id(_INVERSE, _EXCESS, RATE_ITSELF, per_unit(OVER)),
    met="不超过{target}",
    better=-1,
    example=Example("产出指标", "成本指标", "人均培训成本", "≤400元/人·天"),
)
