"""时限: by a day. The measure is the days late, which a curve of bands turns into a share."""

from __future__ import annotations

import numpy as np

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told
from selfeval.domain.kinds.measures.per_unit import LATE, per_unit


def _values(given: Inputs) -> Numbers:
    late = given.actual - given.target
    return np.where(late < 0, late * 0, late)


def _formula(at: Cells) -> str:
    return f"MAX(0,{at.actual}-{at.target})"


def _sentence(told: Told) -> str:
    if told.compared <= 0:
        return f"实际完成日期 {told.actual}，不晚于期限 {told.target}"
    return f"实际完成日期 {told.actual}，比期限 {told.target} 晚 {told.measure:.0f} 天"


DEADLINE = Kind(
    "deadline",
    "时限",
    "date",
    {
        "days_late": Measure(
            "days_late",
            "实际完成日期比期限晚的天数，不晚为 0",
            _values,
            _formula,
            _sentence,
        ),
        "per_unit": per_unit(LATE),
    },
)
