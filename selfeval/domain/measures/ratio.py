"""A ÷ T: as much of the target as was reached."""

from __future__ import annotations

from collections.abc import Callable

from selfeval.domain.expression.tree import largest, when
from selfeval.domain.measures.measure import ACTUAL, TARGET, Measure, Told, always


def ratio(definition: str, sentence: Callable[[Told], str], missed: str) -> Measure:
    """The measure for a kind that tells it in its own words. A negative actual counts as 0."""
    return Measure(
        "ratio",
        definition,
        always(when(TARGET.equals(0), when(ACTUAL >= 0, 1, 0), largest(ACTUAL, 0) / TARGET)),
        sentence,
        missed,
        never_negative=True,
        actual_at=lambda target, measure: target * measure,
    )
