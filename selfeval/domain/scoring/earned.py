"""What rows earn: measure, share and score of each exactly, by itself, or of many together in columns.

By columns go the rows of one rule of which a plain number was reported, when there are enough of them; every other, and
what columns do not give exactly, goes by itself. Both give the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isnan
from typing import NamedTuple

from selfeval.domain.curves import MEASURE
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import SHARE, score_formula, score_of
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, UPPER
from selfeval.domain.needs.need import Outcome
from selfeval.domain.promise import Promise
from selfeval.domain.rounding import UNIT, fraction, in_points
from selfeval.domain.rulebook import Earning, Rounding

_ENOUGH = 40
"""Rows of one rule for which columns are worth their while."""


@dataclass(frozen=True)
class Due:
    """A row to be scored: what was promised, what became of it, its points in hundredths, and how they are earned."""

    promise: Promise
    outcome: Outcome
    points: int
    earning: Earning
    rounding: Rounding


class Earned(NamedTuple):
    """The measure and the share of a row, each the float of the exact one, and its score in hundredths."""

    measure: float
    share: float
    score: int


def earned(due: Due) -> Earned:
    """What a row earns, exactly."""
    measure, share = measure_of(due.promise, due.outcome, due.points)
    return Earned(float(measure), float(share), score_of(share, due.points, due.rounding, due.earning))


def measure_of(promise: Promise, outcome: Outcome, points: int) -> tuple[Fraction, Fraction]:
    """The exact measure and share of a row; a ``when`` rule may have given both. points are hundredths."""
    if outcome.forced is not None:
        return Fraction(outcome.forced), Fraction(outcome.forced)
    assert promise.rule is not None
    inputs: dict[Hashable, Given] = {**outcome.inputs, POINTS.key: in_points(points)}
    numbers = promise.reading.numbers
    for name, value in ((ACTUAL, outcome.value), (TARGET, numbers.value), (UPPER, numbers.upper)):
        if not isnan(value):
            inputs[name.key] = fraction(value)
    measure = exact_number(promise.expression, inputs)
    return measure, exact_number(promise.rule.share, {**outcome.stated, MEASURE.key: measure})


def in_columns(dues: Sequence[Due]) -> list[Earned | None]:
    """What rows earn, as far as columns give it exactly (None: they do not)."""
    groups: dict[Hashable, list[int]] = {}
    for place, due in enumerate(dues):
        if due.outcome.forced is None and not due.outcome.inputs:
            promise = due.promise
            same = id(promise.rule), id(promise.measure), id(promise.asked.levels), due.earning, due.rounding
            groups.setdefault(same, []).append(place)
    found: list[Earned | None] = [None] * len(dues)
    for places in groups.values():
        if len(places) >= _ENOUGH:
            for place, one in zip(places, _together([dues[place] for place in places]), strict=True):
                found[place] = one
    return found


def _together(dues: Sequence[Due]) -> Iterable[Earned | None]:
    """What rows of one rule earn."""
    import numpy as np  # noqa: PLC0415 - slow to load, and a few rows do without

    from selfeval.domain.expression.whole_numbers import all_in_whole_numbers  # noqa: PLC0415 - the same

    promise = dues[0].promise
    assert promise.rule is not None
    measure, share = promise.expression, promise.rule.share
    numbers = [due.promise.reading.numbers for due in dues]
    columns = {
        ACTUAL.key: np.array([due.outcome.value for due in dues]),
        TARGET.key: np.array([one.value for one in numbers]),
        UPPER.key: np.array([one.upper for one in numbers]),
        POINTS.key: np.array([due.points for due in dues]) / UNIT,
    }
    if not (measure.keys <= columns.keys() and measure.keys and share.keys <= {MEASURE.key}):
        return [None] * len(dues)
    share = share.bind({MEASURE: measure})
    score = score_formula(dues[0].rounding, dues[0].earning).bind({SHARE: share})
    given = ~np.any([np.isnan(columns[key]) for key in measure.keys], axis=0)
    (measures, shares, scores), known = all_in_whole_numbers((measure, share, score), columns)
    rows = zip(
        measures.tolist(), shares.tolist(), np.rint(scores * UNIT).tolist(), (known & given).tolist(), strict=True
    )
    return [Earned(measure, share, int(score)) if sure else None for measure, share, score, sure in rows]
