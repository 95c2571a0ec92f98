"""What a sheet calculates, to the last digit: every live number is rounded so that all calculators agree on it.

Excel, WPS and LibreOffice calculate in floats, keep 15 digits and round half up on those. A measure is therefore
rounded to 12 places in its formula; where the 13th place is in doubt, or a score lies closer to a tie than that
shows, other places are chosen for the row, so that the sheet gives the exact score in every case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from selfeval.domain.rounding import half_up_at, sheet_round

PLACES = 12
"""Usual places of a measure or share."""

_TRIED = (12, 11, 10, 13, 9, 14, 8, 7, 6, 15, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4, -5, -6)
_DIGITS = 15
_DOUBT = 1e-14
"""Relative: what the order of operations can change in a result of a few operations."""


@dataclass(frozen=True)
class Rounded:
    """A number and the places its formula rounds it to."""

    value: float
    places: int


def stored(value: float) -> float:
    """The number as a sheet keeps it: with 15 digits."""
    return float(f"{value:.15g}")


def rounded(value: float, scale: float = 1.0) -> Rounded:
    """The number rounded to the usual places, or to the nearest number of places where nothing is in doubt.

    ``scale`` is the size of the numbers that it is the difference of.
    """
    return next(_roundings(value, scale))


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
