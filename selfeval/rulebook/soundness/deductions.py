"""Deductions: whether what is taken off for each unit can be meant: its step, its size, the mark it is counted from."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.headings import is_heading
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import UNIT, show_points
from selfeval.domain.rulebook import Deduction, Rulebook
from selfeval.rulebook.text.nodes import Block, at, spelled
from selfeval.rulebook.text.shape import Trail

_SMALL_STEP = Fraction(1, 10)  # percentage points
_WHOLE = 100  # percent
_FAR_MARK = 300  # percent: nobody counts from more


class _Taken(NamedTuple):
    """What is taken off, for targets of which units, and the points that there are to take from."""

    path: Trail
    deduct: Deduction
    of_rates: bool
    only_rates: bool
    most: int


def doubtful_deductions(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Steps of a hundredth of a percentage point, or of 500; more off than there is; marks off the scale."""
    for taken in _taken(rulebook):
        deduct, where = taken.deduct, spelled(root, *taken.path)
        if taken.of_rates and deduct.every < _SMALL_STEP:
            yield problem("W230", at(root, *taken.path, "deduct", "every"), found=f"{float(deduct.every):g}")
        for key, what in _sizes(taken):
            yield problem("W239", at(root, *taken.path, "deduct", key), where=where, what=what)
        mark = deduct.mark
        if mark is not None and (mark.percent or taken.only_rates):
            key = "below" if deduct.below else "above"
            of_execution = taken.path == ("execution",)
            low = key == "below" and 0 < mark.number <= (_WHOLE / 10 if of_execution else 1)
            if low or mark.number > (_WHOLE if of_execution else _FAR_MARK):
                meant = show_number(mark.number * (100 if mark.number <= 1 else 10) if low else mark.number / 10)
                place = at(root, *taken.path, "deduct", key)
                facts = {"found": f"{show_number(mark.number)}%", "meant": f"{meant}%"}
                yield problem("W240", place, where=where, key=key, **facts)


def _taken(rulebook: Rulebook) -> Iterator[_Taken]:
    every = max(part.points for part in rulebook.sections)
    for kind, rule in rulebook.kinds.items():
        if rule.deduct is not None:
            yield _Taken(("kinds", kind), rule.deduct, of_rates=True, only_rates=False, most=every)
        for i, one in enumerate(rule.variants):
            if one.deduct is not None:
                homes = [
                    part.points
                    for part in rulebook.sections
                    if any(is_heading(name, one.level1) for name in part.levels1)
                ]
                most, only = max(homes, default=every), one.unit == ("rate",)
                yield _Taken(("kinds", kind, "variants", i), one.deduct, not one.unit or "rate" in one.unit, only, most)
    if rulebook.execution.deduct is not None:
        points = rulebook.execution_points
        yield _Taken(("execution",), rulebook.execution.deduct, of_rates=True, only_rates=True, most=points)


def _sizes(taken: _Taken) -> Iterator[tuple[str, str]]:
    """The key of a number that takes nothing off, or all at once, and what is wrong with it."""
    every, points = taken.deduct.every, taken.deduct.points
    if taken.only_rates and every > _WHOLE:
        yield "every", f"every 写的是{show_number(every)}个百分点，永远不会扣分"
    if taken.most and points * UNIT > taken.most:
        yield "points", f"差一个单位就扣{show_number(points)}分，超过它全部的{show_points(taken.most)}分"
