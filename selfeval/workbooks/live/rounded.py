"""What a sheet calculates, to the last digit: every live number is rounded so that all calculators agree on it.

Excel, WPS and LibreOffice calculate in floats, keep 15 digits and round half up on those. A measure is therefore
rounded to 12 places in its formula; where the 13th place is in doubt, or a score lies closer to a tie than that
shows, other places are chosen for the row, so that the sheet gives the exact score in every case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selfeval.domain.curves import Curve, StepCurve, share_of
from selfeval.domain.rounding import half_up_at, sheet_round

PLACES = 12
COMPARED = 9
INNER = 9
"""Usual places of a measure or share, of a comparison with a curve's bound, and of a score before its hundredths."""

_TRIED = (12, 11, 10, 13, 9, 14, 8, 7, 6, 15, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6)
_CLOSE = 1e-9
_DIGITS = 15
_DOUBT = 1e-14
"""Relative: what the order of operations can change in a result of a few operations."""


@dataclass(frozen=True)
class Rounded:
    """A number and the places its formula rounds it to."""

    value: float
    places: int


@dataclass(frozen=True)
class Steps:
    """How one row goes from measure to score in the sheet.

    ``compared`` and ``inner`` are places; ``pinned`` says that no places show the exact score, so that it is
    written out for this very measure.
    """

    measure: Rounded
    share: Rounded
    compared: int
    inner: int
    pinned: bool


def stored(value: float) -> float:
    """The number as a sheet keeps it: with 15 digits."""
    return float(f"{value:.15g}")


def rounded(value: float, scale: float = 1.0) -> Rounded:
    """The number rounded to the usual places, or to the nearest number of places where nothing is in doubt.

    ``scale`` is the size of the numbers that it is the difference of.
    """
    return next(_roundings(value, scale))


def settle(measure: float, curve: Curve, points: int, score: int) -> Steps:
    """The places with which the sheet gives ``score`` (hundredths) from ``measure`` and ``points`` (hundredths)."""
    for compared in (COMPARED, PLACES):
        for first in _close(measure):
            for second in _close(_share(curve, first.value, compared)):
                for inner in (INNER, 10, 11, 12, 13):
                    if _score(second.value, points, inner) == score:
                        return Steps(first, second, compared, inner, pinned=False)
    first = rounded(measure)
    return Steps(first, rounded(_share(curve, first.value, COMPARED)), COMPARED, INNER, pinned=True)


def _close(value: float) -> Iterator[Rounded]:
    """The roundings that keep so many places that no score is right only by chance."""
    return (one for one in _roundings(value) if abs(one.value - value) <= _CLOSE * max(1.0, abs(value)))


def _roundings(value: float, scale: float = 1.0) -> Iterator[Rounded]:
    """The ways to round a number that come out alike in every calculator, the usual one first."""
    room = _DIGITS - (len(str(int(abs(value)))) if abs(value) >= 1 else 0)
    doubt = _DOUBT * max(1.0, abs(value), scale)
    found = False
    for places in _TRIED:
        if places > room:
            continue
        low, high = (half_up_at(Decimal(one), places) for one in (value - doubt, value + doubt))
        if low == high:
            found = True
            yield Rounded(low, places)
    if not found:
        yield Rounded(sheet_round(value, room), room)


def _share(curve: Curve, measure: float, compared: int) -> float:
    """The curve as its formula calculates it from a rounded measure."""
    if not isinstance(curve, StepCurve):
        return float(share_of(curve, Fraction(measure)))
    seen, share = sheet_round(measure, compared), 0.0
    for step in curve.steps:
        if seen >= float(step.start):
            share = measure if step.share is None else float(step.share)
    return min(max(share, 0.0), 1.0)


def _score(share: float, points: int, inner: int) -> int | None:
    """Hundredths as ROUND(ROUND(share*points,inner),2) gives them; None where calculators might not agree."""
    product = share * (points / 100)
    first = sheet_round(product, inner)
    if first != half_up_at(Decimal(product), inner):
        return None
    return round(sheet_round(first, 2) * 100)
