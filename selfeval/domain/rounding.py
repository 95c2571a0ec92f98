"""Half up to a hundredth, exactly.

Scores are kept as integers of a hundredth of a point (``hundredths``), so that sums are exact. A float path does
the bulk; a row whose float result lies near a tie is settled with exact fractions.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Exact = npt.NDArray[np.object_]

NEAR = 1e-6
"""In hundredths: float error here stays below 1e-9, so whatever is farther from a tie than this is safe."""


def fraction(number: float) -> Fraction:
    """The decimal a float shows, exactly: 0.1 is 1/10. Raises ValueError on NaN or infinity."""
    return Fraction(repr(float(number)))


def half_up(hundredths: Fraction) -> int:
    """An exact count of hundredths rounded half up (scores are never negative)."""
    return int((hundredths + Fraction(1, 2)) // 1)


def round_scores(share: Array, points: Integers, exact_share: Callable[[Integers], Exact]) -> Integers:
    """``share * points`` rounded half up, in hundredths of a point.

    share: float64, shape (n,); points: int64 hundredths, shape (n,).
    ``exact_share(rows)`` gives the exact shares (Fraction) of the named row positions; it is asked only for rows
    near a tie. A row whose share is NaN must not be passed.
    """
    raw = share * points
    rounded = np.floor(raw + 0.5).astype(np.int64)
    near = np.flatnonzero(np.abs(raw - np.floor(raw) - 0.5) < NEAR)
    if near.size:
        exact = exact_share(near)
        rounded[near] = [half_up(s * int(p)) for s, p in zip(exact, points[near], strict=True)]
    return rounded


def sheet_round(value: float, places: int) -> float:
    """ROUND as spreadsheets do it: half up on the 15 digits they show (1.005 gives 1.01)."""
    return half_up_at(Decimal(f"{value:.15g}"), places)


def half_up_at(value: Decimal, places: int) -> float:
    """A decimal rounded half up to so many places (negative: tens, hundreds), as the float nearest to it."""
    return float(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) or 0.0  # never -0.0


def as_points(hundredths: int) -> Decimal:
    """Hundredths as points with two places: 834 is Decimal('8.34')."""
    return Decimal(int(hundredths)).scaleb(-2)


def show_points(hundredths: int) -> str:
    """Hundredths as printed: 834 is '8.34'."""
    return f"{as_points(hundredths):.2f}"
