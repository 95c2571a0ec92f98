"""What 资金进度 calculates at each checkpoint, exactly and as its cells show it."""

from __future__ import annotations

import math
from fractions import Fraction

from selfeval.domain.rounding import fraction
from selfeval.domain.targets import CHECKPOINTS
from selfeval.workbooks.live.rounded import Rounded, rounded
from selfeval.workbooks.material import Material


def usable(material: Material, month: int) -> bool:
    """Whether the payments up to a month and the full-year budget are known."""
    budget = material.funds.full_year
    return not math.isnan(material.cumulative[month - 1]) and not math.isnan(budget) and budget > 0


def paid_share(material: Material, month: int) -> Fraction:
    """The share of the full-year budget paid up to a month."""
    return fraction(material.cumulative[month - 1]) / fraction(material.funds.full_year)


def kept_shares(material: Material) -> dict[int, Rounded]:
    """min(1, paid / plan) as shown at each checkpoint that counts and can be calculated, by month."""
    found = {}
    for month, plan in zip(CHECKPOINTS, material.plan, strict=True):
        if math.isnan(plan) or not usable(material, month):
            continue
        planned = fraction(plan)
        kept = Fraction(1) if planned == 0 else min(Fraction(1), paid_share(material, month) / planned)
        found[month] = rounded(float(kept))
    return found


def mean_kept(material: Material) -> float:
    """The mean of what the checkpoints show, as 评分依据 takes it from there."""
    shown = [fraction(one.value) for one in kept_shares(material).values()]
    return float(sum(shown, Fraction(0)) / len(shown))
