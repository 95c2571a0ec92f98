"""A second, slow and simple calculation of the scores, after the written choices of the 2024 rulebook.

It shares no code with ``selfeval.domain``: fractions throughout, and the decimal module for rounding. Points and
scores are Decimal with two places.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

CENT = Decimal("0.01")
WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
SECTIONS = {"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10)}
EXECUTION_POINTS = Decimal(10)
DEFAULTS = {"达成年度指标": "1", "部分达成年度指标并具有一定效果": "0.7", "未达成年度指标且效果较差": "0.3"}


def rounded(value: Fraction) -> Decimal:
    """Half up to 0.01, once, from the exact value."""
    thousandfold = value * 1000
    # the third decimal and whatever follows it decide; nothing else is needed to round half up
    whole, rest = divmod(thousandfold.numerator, thousandfold.denominator)
    sticky = Decimal(whole) * 10 + (1 if rest else 0)
    return sticky.scaleb(-4, WIDE).quantize(CENT, ROUND_HALF_UP, WIDE)


def ratio_share(actual: Fraction, target: Fraction) -> Fraction:
    """≥ and =."""
    if actual >= target:
        return Fraction(1)
    if target == 0 or actual < 0:
        return Fraction(0)
    return actual / target


def excess_share(actual: Fraction, target: Fraction) -> Fraction:
    """≤, the rival measure, which reaches zero at twice the target."""
    if actual <= target:
        return Fraction(1)
    if target == 0:
        return Fraction(0)
    return max(Fraction(0), 1 - (actual - target) / target)


def inverse_share(actual: Fraction, target: Fraction) -> Fraction:
    """≤, target ÷ actual, as printed on official forms."""
    return Fraction(1) if actual <= target else target / actual


def range_share(actual: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """区间."""
    if actual < 0:
        return Fraction(0)
    if actual < low:
        return actual / low
    if actual > high:
        return high / actual
    return Fraction(1)


def late_share(days: int) -> Fraction:
    """时限, by days late."""
    if days <= 0:
        return Fraction(1)
    if days <= 30:
        return Fraction("0.8")
    return Fraction("0.6") if days <= 90 else Fraction(0)


def schedule_share(payments: Sequence[Fraction], budget: Fraction, plan: Sequence[Fraction | None]) -> Fraction:
    """月度时序; ``plan`` for the ends of March, June, October and December."""
    kept = []
    for month, planned in zip((3, 6, 10, 12), plan, strict=True):
        promised = Fraction(1) if planned is None and month == 12 else planned
        if promised is None:
            continue
        paid = sum(payments[:month], Fraction(0)) / budget
        kept.append(Fraction(1) if promised == 0 else min(Fraction(1), paid / promised))
    return min(Fraction(1), max(Fraction(0), sum(kept, Fraction(0)) / len(kept)))


def level_share(level: str, percent: Fraction | None) -> Fraction:
    """定性; ``percent`` inside the level's band, or None."""
    return Fraction(DEFAULTS[level]) if percent is None else percent / 100


def execution_score(executed: Fraction, budget: Fraction) -> Decimal:
    """预算执行率."""
    return rounded(min(Fraction(1), executed / budget) * Fraction(EXECUTION_POINTS))


def scored(share: Fraction, points: Decimal) -> Decimal:
    """The score of a share of the points."""
    return rounded(share * Fraction(points))


def even_points(section: Decimal, count: int) -> list[Decimal]:
    """A section over ``count`` rows: cut to 0.01, the missing hundredths one each to the first rows."""
    cents = int(section * 100)
    each, missing = divmod(cents, count)
    return [Decimal(each + (1 if i < missing else 0)) / 100 for i in range(count)]


def weighted_points(section: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """A section in proportion to weights by largest remainder; among equal remainders the first rows gain."""
    total = int(section * 100)
    whole = sum(weights, Fraction(0))
    exact = [total * one / whole for one in weights]
    cut = [one.numerator // one.denominator for one in exact]
    ranked = sorted(range(len(cut)), key=lambda i: exact[i] - cut[i], reverse=True)  # sorted is stable
    for i in ranked[: total - sum(cut)]:
        cut[i] += 1
    return [Decimal(one) / 100 for one in cut]


def section_points(live: Sequence[str]) -> dict[str, Decimal]:
    """The points of the sections that have something to score; the empty ones give theirs in proportion."""
    kept = [one for one in SECTIONS if one in live]
    parts = weighted_points(sum(SECTIONS.values(), Decimal(0)), [Fraction(SECTIONS[one]) for one in kept])
    return dict(zip(kept, parts, strict=True))


def grade(total: Decimal) -> str:
    """等级, of the printed total."""
    if total >= 90:
        return "优"
    if total >= 80:
        return "良"
    return "中" if total >= 60 else "差"


def printed(share: Fraction, points: Decimal, step: Decimal, *, floor: bool, capped: bool = True) -> Decimal:
    """A score to a step of 0.01, 0.1 or 1; full marks are the points as they are, and nothing capped is above them."""
    if share == 1 or (capped and share > 1):
        return points
    steps = share * Fraction(points) / Fraction(step)
    whole, rest = divmod(steps.numerator, steps.denominator)
    if not floor and 2 * rest >= steps.denominator:
        whole += 1
    score = whole * step
    return min(points, score) if capped else score


def total_with_extras(
    inside: Sequence[Decimal], bonus: Sequence[Decimal], taken: Sequence[Decimal], most: tuple[int, int], *, limit: bool
) -> Decimal:
    """The scores of the 100, plus bonus and less deduction up to ``most``; a bonus lifts nothing above 100."""
    without = sum(inside, Decimal(0)) - min(sum(taken, Decimal(0)), Decimal(most[1]))
    added = min(sum(bonus, Decimal(0)), Decimal(most[0]))
    if limit:
        added = max(Decimal(0), min(added, 100 - without))
    return max(Decimal(0), without + added)


def band_share(measure: Fraction, bands: Sequence[tuple[Fraction, bool, Fraction]]) -> Fraction:
    """Bands as (bound, whether it belongs to the band below, share), from the lowest; below the first nothing."""
    earned = Fraction(0)
    for bound, closed, share in bands:
        begun = measure > bound if closed else measure >= bound
        earned = share if begun else earned
    return earned


def marked_share(actual: Fraction, mark: Fraction, off: Fraction, every: Fraction, points: Decimal) -> Fraction:
    """每降5%扣1分 from a fixed mark, in proportion, until nothing is left."""
    missed = max(Fraction(0), mark - actual)
    return max(Fraction(0), 1 - missed / every * off / Fraction(points))


def proven(share: Fraction, evidence: str, kept: Fraction) -> Fraction:
    """What is left of a share without evidence."""
    return share if evidence.strip() not in {"", "无", "/", "-", "—", "暂无"} else share * kept
