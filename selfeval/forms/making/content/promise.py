"""How an indicator will be scored, in one or two plain sentences with its real points: the comment on its cell."""

from __future__ import annotations

from fractions import Fraction

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import half_up, show_points
from selfeval.domain.rulebook import KindRule, show_percent
from selfeval.forms.making.live.indicator import Scoring

_MET = {
    "at_least": "达到 {target}",
    "at_most": "不超过 {target}",
    "exactly": "达到 {target}",
    "range": "在 {target} 至 {upper} 之间",
    "deadline": "不晚于 {target} 完成",
    "monthly_schedule": "各考核时点的累计支付都达到资金支出计划",
}
_MISSED = {
    ("at_least", "ratio"): "未达到的，按完成比例（实际 ÷ 指标值）计分",
    ("at_most", "excess"): "超过的，按超出的比例扣分，超出一倍及以上不得分",
    ("at_most", "inverse_ratio"): "超过的，按指标值 ÷ 实际值计分",
    ("exactly", "ratio"): "少于的，按完成比例（实际 ÷ 指标值）计分；多于的不扣分，但须核对",
    ("exactly", "symmetric"): "多于或少于的，都按相差的比例扣分",
    ("range", "nearer_end"): "在范围之外的，按与较近一端的比例计分",
    ("monthly_schedule", "schedule_mean"): "未达到的，按各时点支付进度与计划之比的平均数计分",
}
"""For curves that are simply proportional; other curves are told step by step."""


def promise(how: Scoring) -> str:
    """达到 7000次得满分 8.34 分，未达到的按完成比例计分. Blank where nothing is scored."""
    rule, points = how.rule, show_points(how.points)
    if rule is None or how.faulty or how.needs == "nothing":
        return ""
    if how.needs == "level":
        return _levels(how)
    if how.needs == "judgement":
        return f"由评分人按实际情况评定，满分 {points} 分；请写明实际情况。"
    target, upper = (_shown(one, how.unit) for one in (how.target, how.upper))
    met = f"{_MET[how.kind].format(target=target, upper=upper)}，得满分 {points} 分"
    missed = _missed(how, rule)
    extra = _far_over(how, rule)
    return f"{met}；{missed}。{extra}"


def _shown(value: float, unit: str) -> str:
    return "" if value != value else show_value(value, unit)  # noqa: PLR0124 - NaN


def _missed(how: Scoring, rule: KindRule) -> str:
    if rule.deduct is not None:
        return f"未达到的，{rule.deduct.describe('天' if how.needs == 'date' else how.unit)}，扣完为止"
    if _proportional(rule) and (how.kind, rule.measure) in _MISSED:
        return _MISSED[how.kind, rule.measure]
    if not isinstance(rule.curve, StepCurve):
        told = "、".join(f"{show_percent(x)} 得 {show_percent(y)}" for x, y in rule.curve.points)
        return f"未达到的，按折线计分（{told}）"
    if how.needs == "date":
        return _days(how, rule.curve)
    definition = KINDS[rule.kind].measures[rule.measure].definition
    return f"未达到的，按计量值（{definition}）分档：{_bands(how, rule.curve)}"


def _proportional(rule: KindRule) -> bool:
    """Whether a missed target simply earns as much as the measure."""
    if not isinstance(rule.curve, StepCurve):
        return False
    below = [step for step in rule.curve.steps if step.start < 1]
    return [(one.start, one.share) for one in below] == [(Fraction(0), None)]


def _days(how: Scoring, curve: StepCurve) -> str:
    late = [step for step in curve.steps if step.start > 0]
    parts = []
    for step, after in zip(late, [*late[1:], None], strict=True):
        first = show_number(step.start)
        span = f"{first} 天及以上" if after is None else f"{first} 至 {show_number(after.start - 1)} 天"
        parts.append(f"晚 {span}{_earned(how, step)}")
    return "，".join(parts)


def _bands(how: Scoring, curve: StepCurve) -> str:
    steps = [step for step in curve.steps if step.start < 1]
    return "，".join(f"从 {show_percent(step.start)} 起{_earned(how, step)}" for step in steps)


def _earned(how: Scoring, step: Step) -> str:
    if step.share is None:
        return "按计量值计分"
    if step.share == 0:
        return "不得分"
    return f"得 {show_percent(step.share)}（{show_points(half_up(step.share * how.points))} 分）"


def _levels(how: Scoring) -> str:
    parts = []
    for level in how.levels:
        low, high = (show_points(half_up(one * how.points)) for one in (level.low, level.high))
        default = show_points(half_up(level.default * how.points))
        parts.append(f"选“{level.label}”得 {low} 至 {high} 分，不填比例的得 {default} 分")
    return f"满分 {show_points(how.points)} 分。{'；'.join(parts)}。"


def _far_over(how: Scoring, rule: KindRule) -> str:
    threshold = rule.attention.reason_from
    if threshold is None or how.kind not in {"at_least", "exactly"} or how.target == 0:
        return ""
    return f"完成率达到 {show_percent(threshold)} 的不扣分，但要写明原因。"
