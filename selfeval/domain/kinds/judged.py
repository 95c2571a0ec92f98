"""人工: what a rulebook says a person must score, with a reason."""

from __future__ import annotations

from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told, divide


def _values(given: Inputs) -> Numbers:
    return divide(given.actual, given.target)


def _formula(at: Cells) -> str:
    return f"{at.actual}/{at.points}"


def _sentence(told: Told) -> str:
    return f"由评分人评定 {told.actual}（满分 {told.target}）"


JUDGED = Kind(
    "judged",
    "人工",
    "judgement",
    {
        "judged_share": Measure(
            "judged_share",
            "评分人给的得分 ÷ 分值",
            _values,
            _formula,
            _sentence,
        )
    },
)
