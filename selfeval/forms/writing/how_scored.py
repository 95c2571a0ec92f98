"""How an indicator will be scored, in one or two plain sentences with its real points: the comment on its cell."""

from __future__ import annotations

from fractions import Fraction
from math import isnan

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import half_up, show_points
from selfeval.domain.rulebook import KindRule, show_percent
from selfeval.forms.writing.promised import PromisedRow


def how_scored(row: PromisedRow) -> str:
    """达到 7000次得满分 8.34 分，未达到的按完成比例计分. Blank where nothing is scored."""
    promise, points = row.promise, show_points(row.points)
    if promise.rule is None or promise.kind is None or row.faulty:
        return ""
    if row.need.how_scored is not None:
        return row.need.how_scored(promise.asked, row.points)
    numbers = promise.reading.numbers
    target, upper = (
        "" if isnan(value) else show_value(value, numbers.unit) for value in (numbers.value, numbers.upper)
    )
    met = f"{promise.kind.met.format(target=target, upper=upper)}，得满分 {points} 分"
    return f"{met}；{_missed(row, promise.rule)}。{_far_over(row, promise.rule)}"


def _missed(row: PromisedRow, rule: KindRule) -> str:
    measure, unit = row.promise.measure, row.promise.asked.unit
    assert measure is not None
    if rule.deduct is not None:
        return f"未达到的，{rule.deduct.describe('天' if unit == DAY_UNIT else unit)}，扣完为止"
    if _proportional(rule) and measure.missed:
        return measure.missed
    if not isinstance(rule.curve, StepCurve):
        told = "、".join(f"{show_percent(x)} 得 {show_percent(y)}" for x, y in rule.curve.points)
        return f"未达到的，按折线计分（{told}）"
    if measure.in_days or unit == DAY_UNIT:
        return _days(row, rule.curve)
    return f"未达到的，按计量值（{measure.definition}）分档：{_bands(row, rule.curve)}"


def _proportional(rule: KindRule) -> bool:
    """Whether a missed target simply earns as much as the measure."""
    if not isinstance(rule.curve, StepCurve):
        return False
    below = [step for step in rule.curve.steps if step.start < 1]
    return [(step.start, step.share) for step in below] == [(Fraction(0), None)]


def _days(row: PromisedRow, curve: StepCurve) -> str:
    late = [step for step in curve.steps if step.start > 0]
    parts = []
    for step, after in zip(late, [*late[1:], None], strict=True):
        first = show_number(step.start)
        span = f"{first} 天及以上" if after is None else f"{first} 至 {show_number(after.start - 1)} 天"
        parts.append(f"晚 {span}{_earned(row, step)}")
    return "，".join(parts)


def _bands(row: PromisedRow, curve: StepCurve) -> str:
    steps = [step for step in curve.steps if step.start < 1]
    return "，".join(f"从 {show_percent(step.start)} 起{_earned(row, step)}" for step in steps)


def _earned(row: PromisedRow, step: Step) -> str:
    if step.share is None:
        return "按计量值计分"
    if step.share == 0:
        return "不得分"
    return f"得 {show_percent(step.share)}（{show_points(half_up(step.share * row.points))} 分）"


def _far_over(row: PromisedRow, rule: KindRule) -> str:
    threshold, kind = rule.attention.reason_from, row.promise.kind
    if threshold is None or kind is None or not kind.can_exceed or row.promise.asked.value == 0:
        return ""
    return f"完成率达到 {show_percent(threshold)} 的不扣分，但要写明原因。"
