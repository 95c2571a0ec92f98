"""Rules in words: curves, and whatever an option says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from selfeval.domain.curves import Curve, Step, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import declared
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import UNCAPPED_SAID, Execution, show_percent

_IN_DAYS = {measure.id for kind in KINDS.values() for measure in kind.measures.values() if measure.in_days}
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
    deduct = (f"比 100% 低的，{rule.deduct.describe('个百分点')}。",) if rule.deduct else ()
    uncapped = (f"{UNCAPPED_SAID}。",) if rule.uncapped else ()
    return *deduct, *uncapped, *sentences(rule), *sentences(rule.attention), *sentences(rule.when)


def _shown(value: object, words: Mapping[str, str]) -> str:
    if isinstance(value, tuple):
        return "、".join(_shown(part, words) for part in value)
    return show_percent(value) if isinstance(value, Fraction) else words.get(str(value), str(value))


def turns(curve: Curve, measure: str = "") -> tuple[tuple[str, str], ...]:
    """The steps or points of a curve: the measure there (80%, 31 天), the share it earns; blank: as much."""
    if not isinstance(curve, StepCurve):
        return tuple((show_percent(x), show_percent(y)) for x, y in curve.points)
    at = (lambda start: f"{show_number(start)} 天") if measure in _IN_DAYS else show_percent
    return tuple((at(step.start), "" if step.share is None else show_percent(step.share)) for step in curve.steps)


def curve_words(curve: Curve, measure: str = "", what: str = "计量值") -> str:
    """A curve in a sentence: 计量值0% 起按计量值；100% 起得 100%. ``what`` names the measure."""
    if not isinstance(curve, StepCurve):
        points = "，".join(f"{what} {at} 得 {share}" for at, share in turns(curve))
        return f"{points}；两点之间按直线，两端之外不变"
    steps = "；".join(f"{at} 起" + (f"得 {share}" if share else f"按{what}") for at, share in turns(curve, measure))
    below = "，不到的不得分" if curve.steps and curve.steps[0].start > 0 else ""
    return f"{what}{steps}{below}"


def curve_in_short(curve: Curve, measure: str = "") -> str:
    """A curve as briefly as a cell needs it: 1 天起得 80%；31 天起得 60%."""
    if not isinstance(curve, StepCurve):
        return "；".join(f"{at} 得 {share}" for at, share in turns(curve)) + "；其间按直线"
    if curve == _PROPORTIONAL:
        return "按计量值的比例得分，最高 100%"
    return "；".join(f"{at}起" + (f"得 {share}" if share else "按计量值") for at, share in turns(curve, measure))
