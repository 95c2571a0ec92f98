"""Points, kept as whole hundredths so that sums are exact, and how they are rounded: half up, exactly."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

PLACES = 2
UNIT = 10**PLACES
WHOLE = 100 * UNIT
"""Decimals of a printed point; how many of the smallest units make one; the 100.00 points of a form in them."""

SMALLEST, DECIMALS = f"{Decimal(1).scaleb(-PLACES)}", f"{'零一两三'[PLACES]}位小数"
"""How people read of the smallest unit of points, and of their places."""


def points_format(places: int = PLACES) -> str:
    """How a sheet shows points with so many decimals: 0.00."""
    return f"0.{'0' * places}" if places else "0"


SHARE_PLACES = 12
"""Places of a measure, rate or share in a sheet: as many as all calculators agree on.

They show the exact score in all of 12,160 rows (the sample year and 20 random ones), and of 80,000 rows at random. Of
20,000 rows set one unit beside a rounding tie they miss none while figures have four digits, 30 with eight, 3,856 with
ten: a workbook pins such a row (``scored_row``). So no other places are ever tried.
"""

MONEY_PLACES = 9
"""Places of 万元: far below 0.01元, and above the noise of floats."""


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


_HALVES = tuple(float(f"5e-{places + 1}") for places in range(SHARE_PLACES + 1))
"""Half of the last place, by places."""

_BEHIND = 1e-14
"""More than the share of a number that its first 15 digits leave out, and than what floats add to it."""


def sheet_round(value: float, places: int, way: str = ROUND_HALF_UP) -> float:
    """ROUND as spreadsheets do it: half up on the 15 digits they show (1.005 gives 1.01); negative places: tens ….

    ``way`` is one of the module decimal: ROUND_UP and ROUND_DOWN for ROUNDUP and ROUNDDOWN.
    """
    if way == ROUND_HALF_UP and 0 <= places < len(_HALVES):
        # so far from a tie, what stands behind 15 digits makes no difference
        near = round(value, places)
        if abs(abs(value - near) - _HALVES[places]) > abs(value) * _BEHIND:
            return near or 0.0
    shown = Decimal(f"{value:.15g}")
    return float(shown.quantize(Decimal(1).scaleb(-places), way)) or 0.0  # never -0.0


def signed(shown: str) -> str:
    """A change as it is printed, such as 1.25 or -4.55%, with its sign: +1.25; one that is zero as printed has none."""
    if not shown.strip("-0.%"):
        return shown.removeprefix("-")
    return shown if shown.startswith("-") else f"+{shown}"
