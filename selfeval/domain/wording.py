"""Rules in words: curves, and whatever an option says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.curves import Above, Curve, Step, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import declared
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import UNCAPPED_SAID, Execution, KindRule, Level, show_percent

IN_DAYS = {measure.id for kind in KINDS.values() for measure in kind.measures.values() if measure.in_days}
"""Measures that count days; all others are shares."""

_PROPORTIONAL = StepCurve((Step(Fraction(0), None), Step(Fraction(1), Fraction(1))))


def sentences(part: object, *names: str) -> tuple[str, ...]:
    """What the options of a part (the fields of ``names``, or all) say of themselves where not at their default."""
    kind: type = type(part)
    options = {item.name: item for item in declared(kind) if item.option.sentence}
    said = ((options[name], getattr(part, name)) for name in names or options)
    return tuple(
        item.option.sentence.format(_shown(value, item.option.words)) for item, value in said if value != item.default
    )


def execution_words(rule: Execution) -> tuple[str, ...]:
    """What else is said of the budget execution than its curve, each a sentence."""
    deduct: tuple[str, ...] = ()
    if rule.deduct is not None:
        costs = replace(rule.deduct, below=None).describe("个百分点")
        deduct = (f"完成程度 = 1 − 应扣分数 ÷ 分值：执行率低于{rule.mark}的，{costs}，扣完为止。",)
    uncapped = (f"{UNCAPPED_SAID}。",) if rule.uncapped else ()
    return *deduct, *uncapped, *sentences(rule), *sentences(rule.attention), *sentences(rule.when)


def _shown(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, tuple):
        return "、".join(_shown(part, words) for part in value)
    return show_percent(value) if isinstance(value, Fraction) else words.get(str(value), str(value))


def reached(at: Fraction, measure: str = "") -> str:
    """A value of the measure: 80%, 31天."""
    return f"{show_number(at)}天" if measure in IN_DAYS else show_percent(at)


def begins(step: Step, measure: str = "") -> str:
    """Where a step begins: 80%起, 大于 10%, 31天起."""
    start = reached(step.start, measure)
    return f"大于{start}" if isinstance(step, Above) else f"{start}起"


def _step_words(step: Step, measure: str, measured: str = "按完成程度") -> str:
    start = begins(step, measure)
    return f"{start}{'' if start.endswith('起') else ' '}{earns(step, measured)}"


def earns(step: Step, measured: str = "按完成程度") -> str:
    """What a step earns: 得 80%; where that is the measure itself, ``measured``."""
    return measured if step.share is None else f"得{show_percent(step.share)}"


def curve_words(curve: Curve, measure: str = "", what: str = "完成程度") -> str:
    """A curve in a sentence: 完成程度0%起按完成程度；100%起得 100%. ``what`` names the measure; days are days late."""
    what = "晚" if measure in IN_DAYS else what
    if not isinstance(curve, StepCurve):
        points = "，".join(f"{what} {reached(at, measure)}得{show_percent(share)}" for at, share in curve.points)
        return f"{points}；两点之间按直线，两端之外不变"
    if measure in IN_DAYS:
        late = (_step_words(step, measure).replace(" 起", "起") for step in curve.steps)
        return "；".join(f"晚{step}".replace("晚0天起", "不晚的") for step in late)
    steps = "；".join(_step_words(step, measure, f"按{what}") for step in curve.steps)
    first = next(iter(curve.steps), None)
    least = first is not None and (first.start > 0 or (isinstance(first, Above) and first.start == 0))
    return f"{what} {steps}{'，不到的不得分' if least else ''}"


def curve_in_short(curve: Curve, measure: str = "") -> str:
    """A curve as briefly as a cell needs it: 1天起得80%；31天起得 60%."""
    if not isinstance(curve, StepCurve):
        bends = "；".join(f"{reached(at, measure)}得{show_percent(share)}" for at, share in curve.points)
        return f"{bends}；其间按直线"
    if curve == _PROPORTIONAL:
        return "按完成程度的比例得分，最高 100%"
    return "；".join(_step_words(step, measure).replace(" 起", "起") for step in curve.steps)


def category_words(rule: KindRule, *, short: bool = False) -> str:
    """Where another curve applies: 偏差类别为“指标值偏低或偏高”的，完成程度…; blank where none does."""
    in_words = curve_in_short if short else curve_words
    return "；".join(
        f"偏差类别为{'、'.join(f'“{word}”' for word in other.categories)}的，{in_words(other.curve, rule.measure)}"
        for other in rule.when_category
    )


def evidence_words(rule: KindRule) -> str:
    """What becomes of a score without evidence: 没有佐证材料的得0分; blank where nothing does."""
    return "" if rule.when.evidence_missing is None else f"没有佐证材料的{rule.when.evidence_missing}"


def levels_words(levels: Sequence[Level]) -> str:
    """Levels in a line: 优100%；良 80%, with the band where a percentage may be given."""
    return "；".join(
        f"{level.label} {level.band}" + ("" if level.low == level.high else f"，默认{show_percent(level.default)}")
        for level in levels
    )
