"""Random projects with what the oracle expects of them, and cases that sit on, or a hair beside, a rounding tie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from random import Random

from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Percent, Project, Row, Value

CELL = Context(prec=15)
"""Fifteen digits: what a worksheet cell keeps of a number."""


@dataclass(frozen=True)
class Case:
    """One indicator, the share of its points the oracle expects, and whether a reviewer should look at it."""

    row: Row
    share: Fraction
    flagged: bool = False


@dataclass(frozen=True)
class Expected:
    """A project, and for each of its rows in order the points, the score, and the flag; then the execution score."""

    project: Project
    points: list[Decimal]
    scores: list[Decimal]
    flags: list[bool]
    execution: Decimal

    @property
    def total(self) -> Decimal:
        """The sum of the printed scores."""
        return self.execution + sum(self.scores, Decimal(0))


def decimal(rng: Random) -> Decimal:
    """A number as people write them: mostly short, sometimes many digits, sometimes 0 (never negative)."""
    if rng.random() < 0.05:
        return Decimal(0)
    digits = rng.choice((1, 2, 3, 3, 4, 5, 8, 14))
    return Decimal(rng.randrange(1, 10**digits)).scaleb(-rng.choice((0, 0, 1, 2, 2, min(digits, 6))))


def around(rng: Random, target: Decimal) -> Decimal:
    """An actual value: equal, a little off, near the bounds of the curves, or far off, though not in doubt."""
    value = abs(_off(rng, target)).normalize(CELL)
    doubtful = target > 0 and value > 0 and not target / 500 < value < target * 90
    return target if doubtful else value


def _off(rng: Random, target: Decimal) -> Decimal:
    match rng.randrange(8):
        case 0:
            return target
        case 1:
            return target * rng.choice((Decimal(2), Decimal("1.2"), Decimal("1.3"), Decimal("0.5")))
        case 2:
            return target + Decimal(rng.choice((-1, 1))).scaleb(-rng.choice((0, 2, 4)))
        case 3:
            return -decimal(rng)
        case 4 | 5:
            return target * Decimal(rng.randrange(1, 2200)) / 1000
        case _:
            return decimal(rng)


def tie(rng: Random, points: Decimal) -> tuple[Decimal, Decimal]:
    """A and T with A / T × points half-way between two hundredths, or a hair beside it."""
    cents = int(points * 100)
    step = Decimal(rng.choice((1, 2, 4, 25, 1000))).scaleb(-rng.choice((0, 1, 2)))
    half = (Decimal(rng.randrange(cents)) + Decimal("0.5")) * step
    beside = Decimal(rng.choice((0, 0, 1, -1))) * Decimal(rng.choice((1, 3))).scaleb(-rng.choice((6, 8, 9)))
    actual = half + beside
    if actual * 90 < cents * step:  # far off, it would be asked about
        actual = half = cents * step / 2
    return (actual if len(actual.as_tuple().digits) <= 15 else half), cents * step


def shown(rng: Random, number: Decimal, unit: str) -> Value:
    """The number as a department may give it: a number, or a text with or without its unit."""
    plain = f"{number:f}"
    return rng.choice((float(plain), plain, plain + unit))


def at_least(rng: Random, points: Decimal) -> Case:
    if rng.random() < 0.4:
        actual, target = tie(rng, points)
    else:
        target = decimal(rng)
        actual = around(rng, target)
    share = oracle.ratio_share(Fraction(actual), Fraction(target))
    flagged = target == 0 or actual < 0 or Fraction(actual) >= Fraction(target) * Fraction("1.2")
    return Case(Row(f"≥{target:f}次", shown(rng, actual, "次")), share, flagged)


def exactly(rng: Random, points: Decimal) -> Case:
    case = at_least(rng, points)
    target = Decimal(case.row.target.strip("≥次"))
    if target == 0:  # without a sign a zero is the most there may be
        return case
    actual = Decimal(str(case.row.actual).removesuffix("次"))
    return Case(replace(case.row, target=f"{target:f}次"), case.share, actual != target)


def at_most(rng: Random, points: Decimal) -> Case:
    if rng.random() < 0.4:
        target, actual = tie(rng, points)
    else:
        target = decimal(rng)
        actual = around(rng, target)
    share = oracle.inverse_share(Fraction(actual), Fraction(target))
    return Case(Row(f"≤{target:f}万元", shown(rng, actual, "万元")), share, actual < 0)


def within_range(rng: Random, points: Decimal) -> Case:
    actual, low = tie(rng, points) if rng.random() < 0.4 else (Decimal(0), decimal(rng))
    high = low + decimal(rng) + Decimal("0.01")
    if actual == 0 or rng.random() < 0.2:
        actual = around(rng, rng.choice((low, high)))
    share = oracle.range_share(Fraction(actual), Fraction(low), Fraction(high))
    return Case(Row(f"{low:f}-{high:f}天", shown(rng, actual, "天")), share, actual < 0)


def deadline(rng: Random, _points: Decimal) -> Case:
    target = date(2024, 1, 1) + timedelta(days=rng.randrange(366))
    late = rng.choice((-40, -1, 0, 1, 2, 30, 31, 32, 90, 91, 92, rng.randrange(-200, 400)))
    day = target + timedelta(days=late)
    text = rng.choice((f"{target.month}月{target.day}日前", f"2024年{target.month}月{target.day}日前完成全部工作"))
    actual: Value = rng.choice((day, day.isoformat(), f"{day.year}年{day.month}月{day.day}日"))
    return Case(Row(text, actual), oracle.late_share(late), flagged=day.year < target.year)


def qualitative(rng: Random, _points: Decimal) -> Case:
    level, low, high = rng.choice(
        (("达成年度指标", 80, 100), ("部分达成年度指标并具有一定效果", 60, 79), ("未达成年度指标且效果较差", 0, 59))
    )
    if rng.random() < 0.3:
        return Case(Row("持续提升", level=level), oracle.level_share(level, None))
    percent = Decimal(rng.randrange(low * 1000, high * 1000 + 1)) / 1000
    given: Value = rng.choice((f"{percent:f}%", Percent(float(f"{percent / 100:f}"))))
    return Case(Row("持续提升", level=level, percentage=given), oracle.level_share(level, Fraction(percent)))


def judged(rng: Random, points: Decimal) -> Case:
    # a judge may write thousandths: half of them are ties
    thousandths = rng.randrange(int(points * 1000) + 1)
    score = Decimal(thousandths) / 1000
    row = Row("由评审打分", judged=float(score), reason="按评审意见", kind="judged")
    return Case(row, Fraction(score) / Fraction(points))


NUMBERED: tuple[Callable[[Random, Decimal], Case], ...] = (
    at_least,
    exactly,
    at_most,
    within_range,
    deadline,
    qualitative,
    judged,
)


def split_points(rng: Random, count: int) -> list[Decimal]:
    """Points of ``count`` rows that add up to 50.00, each at least 0.01."""
    cuts = sorted(rng.sample(range(1, 5000), count - 1))
    return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 5000], strict=True)]


def schedule(rng: Random) -> tuple[Case, Sequence[Decimal], Decimal, Sequence[Decimal | None]]:
    """A 月度时序 row with its twelve payments, budget and plan."""
    budget = decimal(rng) + 1
    payments = [Decimal(rng.randrange(0, 3000)) * budget / 12 / 1000 for _ in range(12)]
    payments = [Decimal(f"{one:.4f}") for one in payments]
    budget = Decimal(f"{budget:f}")
    plan = [rng.choice((None, Decimal(rng.randrange(101)) / 100)) for _ in range(4)]
    shares = [None if one is None else Fraction(one) for one in plan]
    share = oracle.schedule_share([Fraction(one) for one in payments], Fraction(budget), shares)
    return Case(Row("月度时序"), share), payments, budget, plan


def random_project(rng: Random, code: str, count: int = 8) -> Expected:
    """A project of ``count`` indicators with given 分值, one of them 月度时序."""
    points = split_points(rng, count)
    monthly, payments, budget, plan = schedule(rng)
    cases = [monthly, *(rng.choice(NUMBERED)(rng, one) for one in points[1:])]
    rows = [
        replace(case.row, points=float(given), reason=case.row.reason or rng.choice((None, "有原因")))
        for case, given in zip(cases, points, strict=True)
    ]
    executed = Decimal(f"{budget * rng.randrange(0, 1001) / 1000:f}").quantize(Decimal("0.000001"))
    project = Project(
        [*rows, MET, CONTENT],
        code,
        full_year=float(budget),
        executed=float(executed),
        payments=[float(one) for one in payments],
        plan=[None if one is None else float(one) for one in plan],
    )
    scores = [oracle.scored(case.share, given) for case, given in zip(cases, points, strict=True)]
    return Expected(
        project,
        [*points, Decimal(30), Decimal(10)],
        [*scores, Decimal(30), Decimal(10)],
        [*(case.flagged for case in cases), False, False],
        oracle.execution_score(Fraction(executed), Fraction(budget)),
    )
