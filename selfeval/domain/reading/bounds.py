"""Bounds: the two ends of a range, out of its text."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity

_RANGE = re.compile(r"(?P<low>[\d.,]+)(?P<unit1>\D{0,8}?)(?:-|~|—|–|至|到)(?P<high>[\d.,]+)(?P<unit2>\D{0,8})")


@lru_cache(maxsize=65536)
def read_range(text: str) -> tuple[Fraction, Fraction, str] | None:
    """Lower bound, upper bound and unit of ``90%-95%`` or ``5~8天``; None when the text is not a range."""
    match = _RANGE.fullmatch(normalise(text))
    if match is None:
        return None
    low = read_quantity(match["low"] + (match["unit1"] or match["unit2"]))
    high = read_quantity(match["high"] + match["unit2"])
    if not (isinstance(low, Quantity) and isinstance(high, Quantity)):
        return None
    return (low.value, high.value, high.unit) if low.unit == high.unit and low.value < high.value else None
