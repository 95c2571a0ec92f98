"""The rate itself: bands on 95% reached, whatever the target was (满意度 ≥90%得10分)."""

from __future__ import annotations

from selfeval.domain.kinds.kind import Cells, Inputs, Measure, Numbers, Told


def _values(given: Inputs) -> Numbers:
    return given.actual / 100


def _formula(at: Cells) -> str:
    return f"{at.actual}/100"


def _sentence(told: Told) -> str:
    return f"实际完成 {told.actual}（指标值 {told.target}），按实际比率本身计分"


RATE_ITSELF = Measure(
    "rate",
    "A 本身（百分比），不与 T 比较",
    _values,
    _formula,
    _sentence,
    unit="rate",
)
"""The actual as a share: 95% is 0.95. Only for targets in percent."""
