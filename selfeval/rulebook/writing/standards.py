"""A row's own 评分标准 as a rule to be approved: the variant in YAML, or why its text cannot be one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan

from selfeval.domain.individual import OF_STANDARD
from selfeval.domain.kind import Kind
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.promise import Promise
from selfeval.domain.reading.addressed import addressed_to
from selfeval.domain.reading.proposal import quoted
from selfeval.domain.reading.quantity import RATE, Quantity, show_number, unit_class
from selfeval.domain.reading.standard import (
    AllOrNothing,
    Bands,
    InProportion,
    PointsOff,
    Standard,
    points_of,
    read_standard,
)
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.reading.units import convert
from selfeval.domain.rounding import fraction, in_points
from selfeval.domain.rulebook import PER_UNIT, KindRule, Rulebook, Variant, show_percent
from selfeval.rulebook.text.reading import parse
from selfeval.rulebook.text.shape import shaped
from selfeval.rulebook.writing.items import in_lines

SOURCE = "row-standards"
"""The source that such variants cite: the table of targets itself."""

_ALL_DIRECTIONS = 0
_DAYS = {"": 1, "天": 1, "日": 1, "周": 7, "星期": 7}
_PERSONS = frozenset("人名位户家") | {"人次"}
_RATIO, _RATE = "ratio", "rate"
_PASSED_ON = ("curve: [{from: 0, share: measure}]",)


class UnfitError(Exception):
    """A text that says something which cannot be a rule for its row; the message says why, in Chinese."""


@dataclass(frozen=True)
class Approval:
    """A row's text and the rule proposed for it: the variant's keys and the rule; or ``why`` there is none."""

    promise: Promise
    points: int
    item: tuple[str, ...] = ()
    rule: KindRule | None = None
    rulebook: Rulebook | None = None
    why: str = ""

    @property
    def name(self) -> str:
        """What the variant is called."""
        return f"standard-{self.promise.indicator.indicator}"

    @property
    def lines(self) -> tuple[str, ...]:
        """The variant as it stands in a rule file."""
        return tuple(in_lines((), self.item, 0).splitlines())


def propose(promise: Promise, points: int, rulebook: Rulebook) -> Approval:
    """The rule of a row's 评分标准. ``points`` are hundredths."""
    approval = Approval(promise, points)
    standard = read_standard(promise.indicator.standard)
    if isinstance(standard, str):
        return replace(approval, why=standard)
    try:
        body = _body(promise, points, standard)
    except UnfitError as unfit:
        return replace(approval, why=str(unfit))
    assert promise.kind is not None
    indicator = promise.indicator.indicator
    item = (
        f"id: {approval.name}",
        f'indicators: ["{indicator}"]',
        f"printed: [{quoted(addressed_to(promise.indicator.level3, promise.indicator.target))}]",
        *body,
        f"sources: [{SOURCE}]",
        f"note: {quoted(OF_STANDARD + ' '.join(promise.indicator.standard.split()))}",
    )
    variant = _read(item)
    if variant is None:
        return replace(approval, why="得分率写不成有限小数或简单的分数")
    kind = rulebook.kinds[promise.kind.id]
    others = tuple(other for other in kind.variants if indicator not in other.indicators)
    kind = replace(kind, variants=(*others, variant))
    tried = replace(rulebook, kinds={**rulebook.kinds, promise.kind.id: kind})
    return replace(approval, item=item, rule=kind.varied[variant.id], rulebook=tried)


def _read(item: Iterable[str]) -> Variant | None:
    """The variant that the lines say."""
    root = parse("\n".join(item).encode(), "").root
    return None if root is None else shaped(Variant, root)[0]


def _body(promise: Promise, points: int, standard: Standard) -> tuple[str, ...]:
    """The lines of measure, deduction, curve or levels. Raises UnfitError."""
    kind = promise.kind
    if kind is None or promise.measure is None or promise.rule is None:
        raise UnfitError("指标值无法识别类型，或者这一类型不评分")
    if kind.need is LEVEL_PICKED:
        return _picked(standard, points)
    if not kind.met:
        raise UnfitError(f"“{kind.label}”类的指标不按实际完成值计分")
    match standard:
        case AllOrNothing():
            _agree(standard, points)
            _faces(kind, standard.side)
            curve = "{from: 0, share: 100%}, {from: 1, share: 0}" if kind.need is DAY else "{from: 100%, share: 100%}"
            return f"measure: {_usual(kind)}", f"curve: [{curve}]"
        case InProportion():
            measure = promise.measure if promise.measure.missed else kind.measures[_usual(kind)]
            if not measure.missed:
                raise UnfitError("时限没有完成比例，写不成按比例得分")
            return f"measure: {measure.id}", "curve: [{from: 0, share: measure}, {from: 100%, share: 100%}]"
        case PointsOff():
            _agree(standard, points)
            return _points_off(promise, kind, standard)
    return _bands(promise, kind, standard, points)


def _usual(kind: Kind) -> str:
    return next(iter(kind.measures))


def _agree(standard: Standard, points: int) -> None:
    """The points printed for what is met must be those of the row."""
    for named in points_of(standard):
        if named is not None and named != in_points(points):
            raise UnfitError(_other_points(named, points))


def _other_points(named: Fraction, points: int) -> str:
    return f"评分标准按{show_number(named)}分写，本行分值是{show_number(in_points(points))}分"


def _picked(standard: Standard, points: int) -> tuple[str, ...]:
    if not isinstance(standard, AllOrNothing):
        raise UnfitError("定性指标选档次，没有可以比较的数")
    _agree(standard, points)
    return ("levels: [{label: 完成, share: 100%, words: [已完成, 达到]}, {label: 未完成, share: 0, words: [未达到]}]",)


def _points_off(promise: Promise, kind: Kind, standard: PointsOff) -> tuple[str, ...]:
    if PER_UNIT not in kind.measures:
        raise UnfitError(f"“{kind.label}”类的指标不能按单位扣分")
    _faces(kind, standard.side)
    deduct = [f"points: {show_number(standard.points)}", f"every: {_in_unit(promise, kind, standard)}"]
    if standard.part != "proportional":
        deduct.append(f"part: {standard.part}")
    mark = _mark(promise, kind, standard)
    if mark:
        deduct.append(mark)
    if standard.most is not None:
        deduct.append(f"most: {show_number(standard.most)}")
    return f"measure: {PER_UNIT}", f"deduct: {{{', '.join(deduct)}}}", *_PASSED_ON


def _faces(kind: Kind, side: str) -> None:
    """What is not reached must lie on the side on which the kind takes points off."""
    wanted = {1: ("short",), -1: ("over", "late")}.get(kind.better, ("short", "over"))
    if side not in (*wanted, "apart", ""):
        raise UnfitError("扣分的方向与指标值的方向不符")


def _in_unit(promise: Promise, kind: Kind, standard: PointsOff) -> str:
    """How many units of the target one step is."""
    if kind.need is DAY:
        if standard.unit not in _DAYS:
            raise UnfitError(f"时限按天数扣分，“{standard.unit}”换不成天数")
        return show_number(standard.every * _DAYS[standard.unit])
    counts = (standard.unit, promise.asked.unit)
    none_allowed = standard.mark == 0 == promise.asked.value and not any(unit in _PERSONS for unit in counts)
    if none_allowed and all(unit_class(unit) == "count" for unit in counts):
        return _exact(standard.every)  # 0起, 发现一处: whatever is found is one
    return _exact(_amount(promise, standard.every, standard.unit, "扣分的单位"))


def _amount(promise: Promise, number: Fraction, unit: str, what: str) -> Fraction:
    """A number in the unit of the target; of a count, a percentage is of the target."""
    own, target = promise.asked.unit, promise.asked.value
    if unit in {own, "", "个"}:
        return number
    if unit == RATE and not isnan(target) and target > 0:
        return number * fraction(target) / 100
    converted = None if not own else convert(Quantity(number, unit), own)
    if converted is None:
        raise UnfitError(f"{what}“{unit}”与指标值的单位“{own or '（没有）'}”不同")
    return converted


def _exact(number: Fraction) -> str:
    text = show_number(number)
    if Fraction(text) != number:
        raise UnfitError("扣分的单位换算后写不成有限小数")
    return text


def _mark(promise: Promise, kind: Kind, standard: PointsOff) -> str:
    """The key and value of a fixed mark; blank where points are counted from the target."""
    target, side = fraction(promise.asked.value), {"short": "below", "over": "above"}.get(standard.side, "")
    if standard.mark is None:
        # where neither side is better, one of them is counted from the target; 差 counts both
        return f"{side}: {_exact(target)}{_percent(promise)}" if kind.better == _ALL_DIRECTIONS and side else ""
    mark = _amount(promise, standard.mark, standard.mark_unit, "起扣的单位")
    if mark == target and kind.better != _ALL_DIRECTIONS:
        return ""
    if not side or kind.need is DAY:
        raise UnfitError("起扣的数与指标值不同，而扣分没有写是少了扣还是多了扣")
    return f"{side}: {_exact(mark)}{_percent(promise)}"


def _percent(promise: Promise) -> str:
    return RATE if promise.asked.unit == RATE else ""


def _bands(promise: Promise, kind: Kind, standard: Bands, points: int) -> tuple[str, ...]:
    own, target = promise.asked.unit, promise.asked.value
    in_percent = standard.unit == RATE
    measure = _RATE if in_percent and own == RATE else _RATIO
    if measure not in kind.measures or isnan(target):
        raise UnfitError(f"“{kind.label}”类的指标不能按这样的数分档")
    if (
        standard.unit not in {RATE, own, "", "个"}
        or (own == RATE and not in_percent)
        or (not in_percent and not target)
    ):
        raise UnfitError(f"各档的单位“{standard.unit or '（没有）'}”与指标值的单位“{own or '（没有）'}”不同")
    whole = Fraction(100) if in_percent else fraction(target)
    given = [named for named in standard.points if named is not None]
    best = in_points(points) if None in standard.points or not isnan(promise.indicator.points) else max(given)
    earned = [best if named is None else named for named in standard.points]
    if max(earned) != best:
        raise UnfitError(_other_points(max(earned), points))
    if not best:
        raise UnfitError("本行没有分值")
    rising = kind.better >= 0
    if earned != sorted(earned, reverse=not rising):
        raise UnfitError("档次的方向与指标值的方向不符")
    first = standard.begins[0][0]
    open_below = first is None or (first == 0 and not standard.begins[0][1])
    if not rising and not open_below:
        raise UnfitError(f"低于{show_number(first or 0)}{standard.unit}没有写得几分")
    lowest = "-100%" if not rising and measure == _RATE else "0"
    steps = []
    for i, ((start, above), named) in enumerate(zip(standard.begins, earned, strict=True)):
        begins = lowest if i == 0 and open_below else show_percent((start or Fraction(0)) / whole)
        steps.append(f"{{{'above' if above else 'from'}: {begins}, share: {show_percent(named / best)}}}")
    return f"measure: {measure}", f"curve: [{', '.join(steps)}]"


def counted(unit: str) -> str:
    """What a deduction counts for a target in this unit: days of a deadline."""
    return "天" if unit == DAY_UNIT else unit
