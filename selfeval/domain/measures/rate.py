"""The rate itself: bands on 95% reached, whatever the target was (满意度 ≥90%得10分)."""

from __future__ import annotations

from selfeval.domain.measures.measure import ACTUAL, Measure, Told, always


def _sentence(told: Told) -> str:
    return f"实际完成 {told.actual}（指标值 {told.target}），按实际比率本身计分"


RATE_ITSELF = Measure(
    "rate",
    "A 本身（百分比），不与 T 比较",
    always(ACTUAL / 100),
    _sentence,
    unit="rate",
    actual_at=lambda _target, measure: measure * 100,
)
"""The actual as a share: 95% is 0.95. Only for targets in percent."""
