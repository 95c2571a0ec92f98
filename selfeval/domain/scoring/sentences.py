"""Sentences: how a score came about, in words a layman follows. One way of saying for every kind."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import isnan

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.formulas import score_of
from selfeval.domain.measures.measure import RowTexts
from selfeval.domain.measures.per_unit import points_off
from selfeval.domain.needs.need import Outcome
from selfeval.domain.promise import Promise
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import RATE, show_number, show_share
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Deduction, Rounding, Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scoring.allocation import Share
from selfeval.domain.shares import CATEGORY

_UNSCORED = {
    State.ASK: "填报内容尚不能用于评分，待补充后计算，不按零分计。",
    State.NOT_APPLICABLE: "不涉及，不评分；分值已分给同一部分的其他指标。",
    State.ERROR: "指标值或分值有错误，未评分。",
}
_CONVERTED = "不涉及，不评分；总分按其余指标的分值折算为百分制。"


def explain_unscored(state: State, rulebook: Rulebook) -> str:
    """The sentence of a row that has no score."""
    converted = state is State.NOT_APPLICABLE and rulebook.not_applicable == "whole_form"
    return _CONVERTED if converted else _UNSCORED[state]


def explain_score(
    promise: Promise, outcome: Outcome, measured: tuple[float, float], given: Share, score: int, rounding: Rounding
) -> str:
    """The sentence of a scored row. ``measured`` are its measure and share, ``given`` its points; score: hundredths."""
    lead = reading_words(promise)
    lead += f"本行有评分标准“{promise.unapproved}”，规则文件尚未采用，按一般规则计分。" if promise.unapproved else ""
    if outcome.forced is not None:
        if given.extra:
            return f"{lead}{outcome.note}。{_outside(given, score, rounding)}"
        return f"{lead}{outcome.note}，得{rounding.show(score)}分（满分{rounding.show(given.points)}分）。"
    lead += "".join(f"{clause}。" for clause in outcome.told)
    measure, share = measured
    assert promise.measure is not None
    said = promise.measure.sentence(_texts(promise, outcome, measure, f"{rounding.show(given.worth)}分"))
    lead = f"{lead}{said}。{_stated(promise, outcome)}"
    if given.extra:
        return f"{lead}{_outside(given, score, rounding)}"
    return f"{lead}{arithmetic(share, given.points, score, rounding)}"


def _stated(promise: Promise, outcome: Outcome) -> str:
    """What besides the measure decided the share: the category picked, and evidence that did not come."""
    assert promise.rule is not None
    others = (other for other in promise.rule.when_category if exactly(other.chosen, outcome.stated) is True)
    category = outcome.stated.get(CATEGORY.key)
    said = "" if next(others, None) is None else f"偏差类别为“{category}”，按规则适用另一种计分标准。"
    return said + (f"没有佐证材料，按规则{outcome.unproven}。" if outcome.unproven else "")


def reading_words(promise: Promise) -> str:
    """How a target was read that is not read literally; blank where it is."""
    reading = promise.reading
    because = f"指标值由财务部门在规则文件中单独指定（{reading.because}）。" if reading.because else ""
    return because + (f"指标值识别说明：{'；'.join(reading.said)}。" if reading.said else "")


def _outside(given: Share, score: int, rounding: Rounding) -> str:
    """What a row outside the 100 adds or takes."""
    most = rounding.show(given.most)
    if given.extra == "bonus":
        return f"加{rounding.show(score)}分（最多加{most}分）。"
    return f"扣{rounding.show(-score)}分（最多扣{most}分）。" if score else f"不扣分（最多扣{most}分）。"


def arithmetic(share: float, points: int, score: int, rounding: Rounding, *, in_full: bool = False) -> str:
    """得分 = 分值 × 比例, with the rounding that everybody can follow; ``in_full`` also where nothing was earned."""
    full = rounding.show(points)
    if share == 1:
        return f"得满分{full}分。"
    if share == 0 and not in_full:
        return f"得{rounding.show(0)}分（满分{full}分）。"
    above = "，不封顶" if score > points else ""
    factor = _factor(share, points, score, rounding)
    return f"得分 = 分值{full} × {factor} = {rounding.show(score)}分（{rounding.said}{above}）。"


def _factor(share: float, points: int, score: int, rounding: Rounding) -> str:
    """The share of the points with two decimals, and with four where nobody would get the score from those."""
    brief = Fraction(round(share * 10**4), 10**4)
    enough = score_of(brief, points, rounding, "uncapped") == score
    return show_share(share, 2 if enough else 4, beside=Fraction(1))


def _texts(promise: Promise, outcome: Outcome, measure: float, full: str) -> RowTexts:
    shown = show_share(measure, 2, beside=Fraction(1))
    asked, upper = promise.asked, promise.reading.numbers.upper
    if isnan(asked.value):
        actual, target = outcome.said or (outcome.shown, full)
        return RowTexts(actual, target, measure=measure, shown=shown, given=not isnan(outcome.percentage))
    top = asked.value if isnan(upper) else upper
    compared = -1 if outcome.value < asked.value else int(outcome.value > top)
    actual, least, most = (
        "" if isnan(value) else show_value(value, asked.unit) for value in (outcome.value, asked.value, upper)
    )
    texts = RowTexts(actual, least, most, measure, shown, compared)
    assert promise.rule is not None
    return texts if promise.rule.deduct is None else _deducted(texts, promise, promise.rule.deduct, outcome.value)


def _deducted(texts: RowTexts, promise: Promise, deduct: Deduction, actual: float) -> RowTexts:
    """The texts with how far an actual lies on the wrong side of its mark, and what that costs by the unit."""
    assert promise.kind is not None
    unit, mark = promise.asked.unit, deduct.mark
    texts = replace(texts, mark=deduct.counted_from(unit), side=deduct.side)
    missed = fraction(actual) - (fraction(promise.asked.value) if mark is None else mark.number)
    better = {"低于": 1, "高于": -1}.get(deduct.side, promise.kind.better)
    if missed == 0 or missed * better > 0:
        return texts
    counted = "天" if unit == DAY_UNIT else unit
    off = show_number(points_off(deduct, abs(missed)))
    difference = f"{show_number(abs(missed))}{'个百分点' if unit == RATE else counted}"
    return replace(texts, difference=difference, deduction=f"{deduct.describe(counted)}，应扣{off}分")
