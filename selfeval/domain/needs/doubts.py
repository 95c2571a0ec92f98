"""Doubts about a number: what it can hardly mean, each as one expression.

The scoring evaluates it exactly and asks; a form calculates the same from what is typed, and asks at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from math import isnan
from typing import Literal

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import NEVER, Expression, Name, absolute, all_of, any_of, lift, steady
from selfeval.domain.needs.asked import Asked
from selfeval.domain.reading.quantity import RATE, RATES, show_number, unit_class
from selfeval.domain.reading.units import each_of, size_of
from selfeval.domain.rounding import SHARE_PLACES, fraction

How = Literal["bare", "percent", "written", "explained"]
"""How a number came: alone, in a cell that shows a percentage, with a unit of its own, and that with a 偏差原因."""

FAR = 1000
"""So many times off its target, or the published budget, an amount was written in another unit."""

TEN_THOUSAND = 10_000
"""元 in 万元."""

PUBLISHED = "绩效文本的预算数"

_TWICE, _MOST_OF_ALL, _WHOLE = 2, 50, 100
"""Up to 200% may be written as a share (2) where the target is at least 50%: 2 is doubtful on 95%, not on 5%."""
_FIVE, _TEN = 5, 10
"""What marks are given of, besides a hundred: 9.5 beside ≥90分 may be of ten points, 95 beside ≥4.5分 of 100."""
_TENFOLD = 10
"""Beyond 100%, and ten times the target or more: a percentage taken twice (95 or -31 pasted into a percent cell)."""
OFTEN = ("日", "周", "月", "季度", "半年")
"""What a count may be of each of, or of all in the year."""
_SMALL = 1
"""A rate whose target is at most 1% is far off at ten times it: 30% beside 0.5% was meant as 0.3%."""

NUMBER = Name("number")
"""The number in doubt, in the unit of the target."""


@dataclass(frozen=True)
class Doubt:
    """Why a number is asked about: when it ``holds``, an expression in ``NUMBER``, and the facts of its ``code``."""

    code: str
    holds: Expression
    facts: Callable[[Fraction], dict[str, str]]


def doubt_about(value: Fraction, asked: Asked, how: How) -> tuple[str, dict[str, str]] | None:
    """The code and facts of the first doubt about a number in the unit of the target; None when there is none."""
    for doubt in doubts(asked, how):
        if exactly(doubt.holds, {NUMBER.key: value}) is True:
            return doubt.code, doubt.facts(value)
    return None


def doubted(number: Expression, asked: Asked, how: How) -> Expression:
    """Whether any doubt holds of a number, as a form calculates it."""
    found = [doubt.holds.bind({NUMBER: number}) for doubt in doubts(asked, how)]
    return any_of(*found) if found else NEVER


@lru_cache(maxsize=4096)
def doubts(asked: Asked, how: How) -> tuple[Doubt, ...]:
    """Every doubt that a number beside a target may raise, in the order in which they are told."""
    every = (_of_signs(asked), _of_rates(asked, how), _of_marks(asked, how), _of_size(asked, how))
    return (*chain(*every), *_of_budget(asked, how), *_of_direction(asked))


def lowest(asked: Asked) -> Fraction | None:
    """The least that a number beside a target can be, in its unit; None where it may be negative."""
    return None if asked.signed or asked.value < 0 else Fraction(0)


def highest(asked: Asked) -> Fraction | None:
    """The most that a rate or marks can be, in the unit of the target: 100 for a satisfaction in %; None: unknown."""
    return None if asked.highest is None or not scale_of(asked) else asked.highest * scale_of(asked)


def _of_signs(asked: Asked) -> Iterator[Doubt]:
    if lowest(asked) is not None:
        yield Doubt("E426", NUMBER < 0, lambda value: {"found": _shown(value, asked)})


def _of_rates(asked: Asked, how: How) -> Iterator[Doubt]:
    """Impossible rates, and decimals that may be shares."""
    scale = scale_of(asked)
    if not scale:
        return
    target, size = fraction(asked.value), absolute(NUMBER)
    if how == "percent":
        if target:
            twice = all_of(size > _WHOLE, _TENFOLD * abs(target) <= size)
            slight = all_of(NUMBER <= _WHOLE, _TENFOLD * target <= NUMBER) if 0 < target <= _SMALL else NEVER
            yield Doubt("E425", any_of(twice, slight), lambda value: _hundredfold(value, value / 100))
        if target >= _MOST_OF_ALL:
            tiny = all_of(NUMBER > 0, NUMBER <= 1)
            yield Doubt("E425", tiny, lambda value: _hundredfold(value, value * 100))
    elif how == "bare":
        most = (_TWICE if asked.unit in RATES else _TEN) if target >= _MOST_OF_ALL else 1
        below: Expression = size < 1 if target <= 1 else size <= most
        if scale > _WHOLE:  # 0.9 beside ≤5‰ can hardly mean 900‰
            below = all_of(below, size * scale <= _TENFOLD * target)
        share = all_of(size > 0, below)
        yield Doubt("E405" if asked.unit == RATE else "E429", share, lambda value: _as_share(value, asked, scale))
    most_of_it = highest(asked)
    if most_of_it is not None:
        said = f"{show_number(most_of_it)}{asked.unit}"
        yield Doubt("E427", most_of_it < NUMBER, lambda value: {"found": _shown(value, asked), "highest": said})


def _of_marks(asked: Asked, how: How) -> Iterator[Doubt]:
    """Marks of another scale than that of the target: 95 beside ≥4.5分, 4.8 beside ≥90%; and 0.7% beside ≥60%."""
    target, named = fraction(asked.value), asked.highest is not None
    strange: Expression = NEVER
    if 0 < target <= _TEN and (asked.unit == "分" or (not asked.unit and named)):
        above = (_FIVE if target <= _FIVE else _TEN) < NUMBER
        # other points, such as those added or taken off, may be more than was wanted
        strange = any_of(above, all_of(NUMBER > 0, NUMBER < 1)) if named else all_of(above, _TWICE * target <= NUMBER)
    elif target >= _MOST_OF_ALL and scale_of(asked) == _WHOLE and how != "explained":
        of_ten = asked.unit != RATE or (named and how != "written")
        strange = all_of(NUMBER > 0, (_TEN if of_ten else 1) >= NUMBER)
    if strange is not NEVER:
        yield Doubt("E435", strange, lambda _: {"target": asked.target, "unit": asked.unit})


def scale_of(asked: Asked) -> int:
    """What the whole is on the scale of a rate or of points: 100 for %, 1000 for ‰, 100 for ≥90分; 0: no such scale."""
    if asked.unit in RATES:
        return {RATE: 100, "‰": 1000}.get(asked.unit, 10000)
    of_hundred = _MOST_OF_ALL <= asked.value <= _WHOLE
    return _WHOLE if of_hundred and (asked.unit == "分" or (not asked.unit and asked.highest is not None)) else 0


def _of_size(asked: Asked, how: How) -> Iterator[Doubt]:
    """Numbers that were written in another unit: 9000 on 1.2万人次, 200000 on 20万元."""
    if scale_of(asked) or how in {"percent", "explained"} or isnan(asked.value) or asked.value <= 0:
        return
    lower = fraction(asked.value)
    upper = lower if isnan(asked.upper) else max(fraction(asked.upper), lower)
    size = size_of(asked.unit)
    money = unit_class(asked.unit.partition("/")[0]) == "money"
    if how == "written" and not money:
        return
    # nearer to the target in single units than to the target itself
    over = Fraction(_root(size)) if how == "bare" and size > 1 else Fraction(FAR)
    if how == "bare" and not money and (each := each_of(asked.unit)) and each != {"年"}:
        # 12 beside 1次/月 may be that of the year, 300 beside 3件/人 that of all
        over = Fraction(_TENFOLD if each.isdisjoint(OFTEN) else _TWICE)
    far = any_of(upper * min(over, Fraction(FAR)) <= NUMBER, far_below(NUMBER, lower))
    yield Doubt("E428", far, lambda value: far_off(value, lower, "指标值", asked.unit))


def _of_budget(asked: Asked, how: How) -> Iterator[Doubt]:
    """A cost of a thousand budgets, however its target was meant."""
    budget = asked.budget
    if budget is not None and how in {"bare", "written"}:
        yield Doubt("E428", far_above(NUMBER, budget), lambda value: far_off(value, budget, PUBLISHED, asked.unit))


def _of_direction(asked: Asked) -> Iterator[Doubt]:
    """Another number than a bare target whose name does not say whether more is better."""
    if asked.unclear:
        target = fraction(asked.value)
        other = any_of(target < NUMBER, target > NUMBER)
        yield Doubt("E434", other, lambda value: {"found": _shown(value, asked), "expected": asked.target})


def _root(size: int) -> int:
    """The square root of a size word: 100 for 万."""
    return int(size**0.5)


def far_above(amount: Expression, other: Fraction) -> Expression:
    """Whether an amount is so much more than another that it was meant in another unit."""
    return other * FAR <= amount


def far_below(amount: Expression, other: Fraction) -> Expression:
    """Whether it is so much less; nothing at all is no slip."""
    return all_of(amount > 0, other >= amount * FAR)


def too_large(amount: Expression, other: Fraction | Expression) -> Expression:
    """Whether an amount has the digits of another in the wrong unit: 200000万元 for 200000元."""
    return amount.equals(lift(other) * TEN_THOUSAND)


def too_small(amount: Expression, other: Fraction | Expression) -> Expression:
    """The same the other way round: 20元 for 20万元."""
    return all_of(amount > 0, (amount * TEN_THOUSAND).equals(other))


def far_off(value: Fraction, other: Fraction, called: str, unit: str = "") -> dict[str, str]:
    """The facts of an amount that is far off another, which people know as ``called``."""
    ratio = value / other if value >= other else other / value
    return {
        "found": f"{show_number(value)}{unit}",
        "other": called,
        "expected": f"{show_number(other)}{unit}",
        "ratio": show_number(round(ratio)),
        "example": f"{show_number(value)}{_meant_unit(unit, larger=value < other)}",
    }


_LARGER = {"万": "亿", "千": "万", "百": "万"}


def _meant_unit(unit: str, *, larger: bool) -> str:
    """The unit in which a number far off may have been written: 元 for 万元 where too large, 万元 for 元 else."""
    if unit[:1] in {*_LARGER, "亿"} and unit[1:]:
        return f"{_LARGER.get(unit[0], unit[0])}{unit[1:]}" if larger else unit[1:]
    return f"万{unit}" if larger and unit_class(unit.partition("/")[0]) == "money" else unit


def _hundredfold(percent: Fraction, meant: Fraction) -> dict[str, str]:
    return {"found": f"{show_number(percent)}%", "percent": show_number(meant)}


def _as_share(value: Fraction, asked: Asked, scale: int) -> dict[str, str]:
    meant = show_number(value * (scale if abs(value) <= 1 or asked.unit in RATES else _TEN))
    return {"percent": meant, "meant": f"{meant}{asked.unit}", "own": f"{show_number(value)}{asked.unit}"}


def _shown(value: Fraction, asked: Asked) -> str:
    return f"{show_number(value)}{asked.unit}"


def in_steady_percent(share: Expression) -> Expression:
    """A share of 1 as a number of percent, without the noise of floats."""
    return steady(share * 100, SHARE_PLACES - 2)
