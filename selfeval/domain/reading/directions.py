"""Directions: what the column 类型 may say beside a kind, which the reading of the target must bear out."""

from __future__ import annotations

from selfeval.domain.reading.quantity import normalise

_NUMBER = 0
_WORDS = {"正向": 1, "正": 1, "反向": -1, "逆向": -1, "负向": -1, "反": -1, "定量": _NUMBER}
_OF_INDICATORS = "指标"


def is_direction(explicit: str) -> bool:
    """Whether a 类型 names no kind, but the side on which more is better (正向), or that there is a number (定量)."""
    return normalise(explicit).removesuffix(_OF_INDICATORS) in _WORDS


def bears_out(explicit: str, better: int, *, bare: bool) -> bool:
    """Whether a reading is what a direction says: ``better`` is the side of its kind, ``bare``: it has no number."""
    wanted = _WORDS[normalise(explicit).removesuffix(_OF_INDICATORS)]
    if bare:
        return wanted != _NUMBER and better in {0, wanted}
    return wanted in {_NUMBER, better}
