"""How the points of a section are shared out among its indicators, in whole hundredths."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def share_out(total: int, weights: Sequence[Fraction]) -> list[int]:
    """``total`` hundredths in proportion to ``weights``, adding up exactly.

    Each part is cut to a whole hundredth; the missing ones go one each to the largest remainders, and among equal
    remainders to the first rows. Even weights therefore give 50/6 as 8.34, 8.34, 8.33 … = 50.00.
    Raises ValueError when the weights are negative or add up to nothing.
    """
    whole = sum(weights, Fraction(0))
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError(f"weights must be positive: {weights}")
    exact = [total * weight / whole for weight in weights]
    parts = [int(part // 1) for part in exact]
    missing = total - sum(parts)
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[:missing]:
        parts[i] += 1
    return parts
