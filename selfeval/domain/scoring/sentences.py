"""Sentences: how a score came about, in words a layman follows. One way of saying for every kind."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.kind import Told
from selfeval.domain.kinds.measures.per_unit import units_off
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction, half_up, show_points
from selfeval.domain.rulebook import KindRule, Rulebook, show_percent
from selfeval.domain.scoring.answers import Outcome
from selfeval.domain.scoring.funds import ProjectFunds
from selfeval.domain.targets import CHECKPOINTS


def show_share(share: float) -> str:
    """A share as a percentage with at most four places: 0.98 is 98%, 860/900 is 95.5556%."""
    return f"{show_number(round(share * 100, 4))}%"


def explain_score(
    rule: KindRule,
    rulebook: Rulebook,
    outcome: Outcome,
    numbers: tuple[float, float, str],
    measure: float,
    share: float,
    points: int,
    score: int,
    funds: ProjectFunds | None,
) -> str:
    """The sentence of a scored row. ``numbers`` are target, upper bound and unit; points and score hundredths."""
    if outcome.forced is not None:
        return f"{outcome.note}，得 {show_points(score)} 分（满分 {show_points(points)} 分）。"
    how = KINDS[rule.kind].measures[rule.measure]
    told = _told(rule, rulebook, outcome, numbers, measure, points, funds)
    return f"{how.sentence(told)}。{_arithmetic(share, points, score)}"


def _arithmetic(share: float, points: int, score: int) -> str:
    full = show_points(points)
    if share == 1:
        return f"得满分 {full} 分。"
    if share == 0:
        return f"得 0.00 分（满分 {full} 分）。"
    return f"得分 = 分值 {full} × {show_share(share)} = {show_points(score)} 分（四舍五入到 0.01）。"


_BETTER = {"at_least": 1, "at_most": -1, "deadline": -1}
"""On which side of the target nothing is taken off."""


def _told(
    rule: KindRule,
    rulebook: Rulebook,
    outcome: Outcome,
    numbers: tuple[float, float, str],
    measure: float,
    points: int,
    funds: ProjectFunds | None,
) -> Told:
    target, upper, unit = numbers
    shown = show_share(measure)
    if rule.kind == "qualitative":
        level = next(one for one in rulebook.levels if one.label == outcome.level)
        return Told(outcome.level, level.band, "", measure, shown, 0, outcome.given)
    if rule.kind == "monthly_schedule":
        assert funds is not None
        return Told(_schedule(funds), "", "", measure, shown, 0, given=False)
    if rule.kind == "judged":
        return Told(outcome.shown, f"{show_points(points)} 分", "", measure, shown, 0, given=False)
    top = target if np.isnan(upper) else upper
    compared = -1 if outcome.value < target else int(outcome.value > top)
    actual, least, most = ("" if np.isnan(one) else show_value(one, unit) for one in (outcome.value, target, upper))
    difference, deduction = "", ""
    if rule.deduct is not None and compared not in {0, _BETTER.get(rule.kind)}:
        counted = "天" if unit == "日期" else unit
        missed = abs(fraction(outcome.value) - fraction(target))
        difference = f"{show_number(missed)}{counted}"
        off = show_number(units_off(rule.deduct, missed))
        deduction = f"{rule.deduct.describe(counted)}，应扣 {off} 分"
    return Told(actual, least, most, measure, shown, compared, given=False, difference=difference, deduction=deduction)


def _schedule(funds: ProjectFunds) -> str:
    """3月底 21%（计划 25%）、… for every checkpoint that counts."""
    parts = []
    shares = zip(CHECKPOINTS, funds.exact_paid_shares(), funds.exact_plan(), strict=True)
    for month, paid, plan in shares:
        if plan is None:
            continue
        assumed = "，原文空白按 100%" if month == CHECKPOINTS[-1] and np.isnan(funds.plan[-1]) else ""
        parts.append(f"{month}月底 {_percent(paid)}（计划 {show_percent(plan)}{assumed}）")
    return "、".join(parts)


def schedule_actual(funds: ProjectFunds) -> str:
    """What stands as the actual value of a 月度时序 indicator: the cumulative share at each checkpoint."""
    pairs = zip(CHECKPOINTS, funds.exact_paid_shares(), strict=True)
    return "、".join(f"{month}月底 {_percent(paid)}" for month, paid in pairs)


def _percent(share: Fraction) -> str:
    """A share as a percentage with at most two places, half up."""
    return f"{show_number(Fraction(half_up(share * 10000), 100))}%"
