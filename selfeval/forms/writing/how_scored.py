"""How an indicator will be scored, in one or two plain sentences with its real points: the comment on its cell."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, isnan

from selfeval.domain.curves import Above, Step, StepCurve
from selfeval.domain.formulas import score_of
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rulebook import UNCAPPED_SAID, KindRule, show_percent
from selfeval.domain.wording import begins, category_words, evidence_words
from selfeval.forms.writing.promised import PromisedRow

_FAR_OVER = "完成率达到{}的，自评不扣分，请写明原因；年初指标值设定明显偏低的，复核时可能调减分值。"


def how_scored(row: PromisedRow) -> str:
    """达到7000次得满分8.34分，未达到的按完成比例计分. Blank where nothing is scored."""
    if row.promise.rule is None or row.promise.kind is None or row.faulty:
        return ""
    if row.given.extra == "deduction":
        return f"扣分项，最多扣{row.rounding.show(row.worth)}分。{_taken(row)}"
    said = "加分项。" if row.given.extra else ""
    return f"{said}{_in_the_hundred(row)}{f'{UNCAPPED_SAID}。' if row.promise.rule.uncapped else ''}"


def _taken(row: PromisedRow) -> str:
    """How a row of a section that takes points away scores: by what a row of so many points would lose."""
    if row.need.by_hand:
        return "由评分人员写明扣几分和理由；没有扣分的填0。"
    return f"按满分{row.rounding.show(row.worth)}分计，失几分扣几分：{_in_the_hundred(row)}"


def _in_the_hundred(row: PromisedRow) -> str:
    promise, points = row.promise, row.rounding.show(row.worth)
    assert promise.rule is not None
    assert promise.kind is not None
    if row.need.how_scored is not None:
        return f"{row.need.how_scored(promise.asked, row.worth, row.rounding)}{_stated(promise.rule)}"
    numbers = promise.reading.numbers
    target, upper = (
        "" if isnan(value) else show_value(value, numbers.unit) for value in (numbers.value, numbers.upper)
    )
    deduct = promise.rule.deduct
    if deduct is not None and deduct.mark is not None:
        target = deduct.counted_from(numbers.unit)
    curve, measure = promise.rule.curve, promise.measure
    if measure is not None and measure.unit and isinstance(curve, StepCurve):  # the target decides nothing
        bands = "，".join(f"{_from(step)}{_earned(row, step)}" for step in curve.steps)
        return f"按实际完成的比率本身计分，满分{points}分：{bands}。{_stated(promise.rule)}"
    met = f"{promise.kind.met.format(target=target, upper=upper)}，得满分{points}分"
    far_over = "" if row.reason_from is None else _FAR_OVER.format(show_percent(row.reason_from))
    return f"{met}；{_missed(row, promise.rule)}。{far_over}{_stated(promise.rule)}"


def _stated(rule: KindRule) -> str:
    said = "；".join(filter(None, (category_words(rule), evidence_words(rule))))
    return f"{said}。" if said else ""


def _missed(row: PromisedRow, rule: KindRule) -> str:
    measure, unit, curve = row.promise.measure, row.promise.asked.unit, rule.curve
    assert measure is not None
    if rule.deduct is not None:
        missed = "" if rule.deduct.mark else "未达到的，"
        return f"{missed}{rule.deduct.to_the_end('天' if unit == DAY_UNIT else unit)}"
    if not isinstance(curve, StepCurve):
        bends = "、".join(f"{show_percent(x)}得{show_percent(y)}" for x, y in curve.points)
        return f"未达到的，按区间线性计分（{bends}）"
    below = [step for step in curve.steps if step.start < 1]
    earns_measure = [(step.start, step.share) for step in below] == [(Fraction(0), None)]
    if earns_measure and measure.missed:
        return measure.missed
    if measure.in_days or unit == DAY_UNIT:
        return _days(row, curve)
    bands = "，".join(f"{_from(step)}{_earned(row, step)}" for step in below)
    return f"未达到的，按完成程度（{measure.definition}）分档：{bands}"


def _from(step: Step) -> str:
    start = begins(step)
    return f"从{start}" if start.endswith("起") else f"{start}的"


def _days(row: PromisedRow, curve: StepCurve) -> str:
    late = [(_first_day(step), step) for step in curve.steps if _first_day(step) > 0]
    parts = []
    for (first, step), after in zip(late, [*late[1:], None], strict=True):
        if after is None:
            span = f"{show_number(first)}天及以上"
        else:
            last = after[0] - 1
            span = f"{show_number(first)}天" if last == first else f"{show_number(first)}至{show_number(last)}天"
        parts.append(f"逾期{span}{_earned(row, step)}")
    return "，".join(parts)


def _first_day(step: Step) -> Fraction:
    """The first whole day late for which a step applies."""
    return Fraction(floor(step.start) + 1 if isinstance(step, Above) else ceil(step.start))


def _earned(row: PromisedRow, step: Step) -> str:
    if step.share is None:
        return "按完成程度计分"
    earned = f"得{show_percent(step.share)}（{row.rounding.show(score_of(step.share, row.worth, row.rounding))}分）"
    return earned if step.share else "不得分"
