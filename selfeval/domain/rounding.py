"""Points and how they are rounded: half up to a hundredth, exactly. Everything about that is said here.

Points and scores are kept as integers of the smallest unit (``hundredths``), so that sums are exact.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

PLACES = 2
"""Decimals of a printed point."""

UNIT = 10**PLACES
"""How many of the smallest units make a point."""

WHOLE = 100 * UNIT
"""A form has 100.00 points."""

POINTS_FORMAT = f"0.{'0' * PLACES}"
"""How a sheet shows points."""

SAID = f"四舍五入到 {Decimal(1).scaleb(-PLACES)}"
"""The rounding, as explanations name it."""


@lru_cache(maxsize=4096)  # the same amounts are asked for again and again within a project
def fraction(number: float) -> Fraction:
    """The decimal a float shows, exactly: 0.1 is 1/10. Raises ValueError on NaN or infinity."""
    return Fraction(repr(float(number)))


def half_up(number: Fraction) -> int:
    """A number rounded half up to a whole one (scores are never negative)."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def to_hundredths(points: Fraction) -> int:
    """Points as whole hundredths, rounded half up."""
    return half_up(points * UNIT)


def in_points(hundredths: int) -> Fraction:
    """Hundredths as points, exactly: 834 is 8.34."""
    return Fraction(int(hundredths), UNIT)


def show_points(hundredths: int) -> str:
    """Hundredths as printed: 834 is '8.34'."""
    return f"{Decimal(int(hundredths)).scaleb(-PLACES):.{PLACES}f}"


def sheet_round(value: float, places: int) -> float:
    """ROUND as spreadsheets do it: half up on the 15 digits they show (1.005 gives 1.01)."""
    return half_up_at(Decimal(f"{value:.15g}"), places)


def half_up_at(value: Decimal, places: int) -> float:
    """A decimal rounded half up to so many places (negative: tens, hundreds), as the float nearest to it."""
    return float(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) or 0.0  # never -0.0
