"""Rules in words: curves, and whatever an option says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest
from math import ceil, floor

from selfeval.domain.curves import Above, Curve, Step, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.options import declared
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import UNCAPPED_SAID, Execution, Grade, KindRule, Level, show_percent

IN_DAYS = {measure.id for kind in KINDS.values() for measure in kind.measures.values() if measure.in_days}
"""Measures that count days; all others are shares."""

CALLED = {
    "": "完成程度",
    **{measure.id: measure.called for kind in KINDS.values() for measure in kind.measures.values()},
}
"""What the rules call the value of a measure."""

_PROPORTIONAL = StepCurve((Step(Fraction(0), None), Step(Fraction(1), Fraction(1))))
_AT_MOST_ONE = {measure.id for kind in KINDS.values() for measure in kind.measures.values() if measure.at_most_one}

RATE_CALLED = "执行率"
"""The same of the budget execution, where its measure is the rate itself."""


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
    """Where a step begins: 80%起, 大于10%, 31天起."""
    start = reached(step.start, measure)
    return f"大于{start}" if isinstance(step, Above) else f"{start}起"


def earns(step: Step, measured: str = "按完成程度") -> str:
    """What a step earns: 得80%; where that is the measure itself, ``measured``."""
    return measured if step.share is None else f"得{show_percent(step.share)}"


def curve_words(curve: Curve, measure: str = "", what: str = "") -> str:
    """A curve in a sentence: 完成率不足100%的，按完成率得分；100%及以上的，得满分. ``what`` names the measure."""
    what = what or CALLED.get(measure, CALLED[""])
    if not isinstance(curve, StepCurve):
        bends = "，".join(f"{what}{reached(at, measure)}的得{show_percent(share)}" for at, share in curve.points)
        return f"按区间线性计分：{bends}，两点之间按比例计算，两端之外不变"
    if not curve.steps:
        return ""
    if curve == _PROPORTIONAL and measure in _AT_MOST_ONE:
        return f"按{what}得分"
    in_words = _days if measure in IN_DAYS else _band
    bands = [in_words(step, after) for step, after in zip_longest(curve.steps, curve.steps[1:])]
    first = curve.steps[0]
    said = [f"{band}，{_given(step, what)}" for band, step in zip(bands, curve.steps, strict=True)]
    if first.start > 0 or isinstance(first, Above):
        said.insert(
            0, f"{'不足' if not isinstance(first, Above) else '不超过'}{reached(first.start, measure)}的，不得分"
        )
    return f"{'' if measure in IN_DAYS else what}{'；'.join(said)}"


def _given(step: Step, what: str) -> str:
    return f"按{what}得分" if step.share is None else _SHARES.get(step.share, f"得{show_percent(step.share)}")


_SHARES = {Fraction(0): "不得分", Fraction(1): "得满分"}


def _band(step: Step, after: Step | None) -> str:
    """Which values a step is for: 不足60%的, 60%（含）—80%（不含）的, 100%及以上的."""
    start = show_percent(step.start)
    if after is None:
        return f"超过{start}的" if isinstance(step, Above) else f"{start}及以上的"
    end = show_percent(after.start)
    if after.start == step.start:  # the step is for that number alone
        return f"等于{start}的"
    if step.start == 0 and not isinstance(step, Above):
        return f"不超过{end}的" if isinstance(after, Above) else f"不足{end}的"
    ends = "（含）" if isinstance(after, Above) else "（不含）"
    return f"{start}{'（不含）' if isinstance(step, Above) else '（含）'}—{end}{ends}的"


def _days(step: Step, after: Step | None) -> str:
    """The same of days late, which are whole: 按期完成的, 逾期1—30天的, 逾期超过90天的."""
    first = floor(step.start) + 1 if isinstance(step, Above) else ceil(step.start)
    if after is None:
        return f"逾期超过{first - 1}天的" if first > 1 else "逾期的" if first == 1 else "不论何时完成的"
    last = floor(after.start) if isinstance(after, Above) else ceil(after.start) - 1
    if last <= 0:
        return "按期完成的"
    if first <= 0:
        return f"按期完成或逾期{last}天以内的"
    return f"逾期{first}天的" if first == last else f"逾期{first}—{last}天的"


def category_words(rule: KindRule) -> str:
    """Where another curve applies: 偏差类别为“指标值偏低或偏高”的，完成程度…; blank where none does."""
    return "；".join(
        f"偏差类别为{'、'.join(f'“{word}”' for word in other.categories)}的，{curve_words(other.curve, rule.measure)}"
        for other in rule.when_category
    )


def evidence_words(rule: KindRule) -> str:
    """What becomes of a score without evidence: 没有佐证材料的得0分; blank where nothing does."""
    return "" if rule.when.evidence_missing is None else f"没有佐证材料的{rule.when.evidence_missing}"


def levels_words(levels: Sequence[Level]) -> str:
    """Levels in a line: 优100%；良80%, with the band where a percentage may be given."""
    return "；".join(
        f"{level.label}{level.band}" + ("" if level.low == level.high else f"，默认{show_percent(level.default)}")
        for level in levels
    )


def type_words(rule: KindRule) -> str:
    """The type of indicator that a rule is for, as people are shown it: 正向指标（≥）; what the rulebook calls it."""
    kind = KINDS[rule.kind]
    return kind.title if rule.label == kind.label else rule.label


def grade_words(grades: Sequence[Grade]) -> tuple[tuple[str, str], ...]:
    """Each grade, from the highest, and its totals: 优 90分及以上, 良 80（含）—90分, 差 60分以下."""
    said, above = [], ""
    for at, grade in enumerate(grades):
        lowest = show_number(in_points(grade.lowest))
        last = at == len(grades) - 1
        span = f"{above}分以下" if last and above else f"{lowest}（含）—{above}分" if above else f"{lowest}分及以上"
        said.append((grade.label, span))
        above = lowest
    return tuple(said)
