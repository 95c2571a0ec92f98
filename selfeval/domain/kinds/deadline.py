"""时限: by a day. The measure is the days late, which a curve of bands turns into a share."""

from __future__ import annotations

from fractions import Fraction

from selfeval.domain.expression.tree import largest
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import ACTUAL, TARGET, Measure, RowTexts, always, by_id
from selfeval.domain.measures.per_unit import LATE, per_unit
from selfeval.domain.needs.day import DAY
from selfeval.domain.reading.targets import read_deadline


def _sentence(row: RowTexts) -> str:
    if row.compared <= 0:
        return f"实际完成日期{row.actual}，不晚于期限{row.target}"
    return f"实际完成日期{row.actual}，比期限{row.target}逾期{row.measure:.0f}天"


KIND = Kind(
    id="deadline",
    label="时限",
    rank=5,
    need=DAY,
    read_target=read_deadline,
    measures=by_id(
        Measure(
            "days_late",
            "逾期天数：实际完成日期晚于期限的天数，按期完成为0",
            always(largest(0, ACTUAL - TARGET)),
            _sentence,
            rises=-1,
            met_at=Fraction(0),
            never_negative=True,
            in_days=True,
        ),
        per_unit(LATE),
    ),
    met="不晚于{target}完成",
    better=-1,
    example=Example("产出指标", "时效指标", "项目完成时间", "11月底前"),
)
