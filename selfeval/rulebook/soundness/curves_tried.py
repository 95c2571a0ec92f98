"""Curves tried: where each curve of a rulebook stands, over which measures it runs, and what it pays along them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from selfeval.domain.curves import Curve, StepCurve, share_of
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import MEAN_KEPT, Measure, RowTexts, always
from selfeval.domain.rulebook import Rulebook, show_percent
from selfeval.domain.scored import EXECUTION_RATE
from selfeval.rulebook.text.nodes import Block, spelled, written
from selfeval.rulebook.text.shape import Trail

_BESIDE = Fraction(1, 10**6)  # just below a bound; the least that a sheet tells apart is a thousandth of it
_FAR = 1000  # days


def _unsaid(_row: RowTexts) -> str:
    return ""


_EXECUTION = Measure(EXECUTION_RATE, EXECUTION_RATE, always(MEAN_KEPT), _unsaid, never_negative=True)
"""What is known of the execution rate as a measure; it is scored by its own formula."""


@dataclass(frozen=True)
class TriedCurve:
    """A curve as it is written in a file, the measure that it takes, and the way to it (without ``curve``).

    ``better`` is 1 where more of the measure is better, else -1; ``can_exceed``: past the target less may be paid.
    ``by_category``: for those with some 偏差类别, who may well earn less or nothing.
    """

    path: Trail
    where: str
    measure: Measure
    curve: Curve
    better: int
    can_exceed: bool
    by_category: bool = False

    @property
    def measures(self) -> list[Fraction]:
        """Measures to try, from the worst to the best: around every turn, the target just met, the ends."""
        turns, met = self.curve.turns, self.measure.met_at
        if self.measure.in_days:
            tried = {Fraction(0), *turns, *(turn - 1 for turn in turns), *(turn + 1 for turn in turns)}
            tried = {day for day in tried if day >= 0 and day.denominator == 1} | {max(turns) + _FAR}
        else:
            tried = {Fraction(0), Fraction(1), *turns, *(turn - _BESIDE for turn in turns), max(turns) + _BESIDE}
            tried |= {(before + after) / 2 for before, after in pairwise(turns)}
            least = Fraction(0)
            if not self.measure.never_negative:
                # a better value than foreseen: a rate below zero, where no item begins there
                least = min(turns) if min(turns) < 0 else least - (1 if self.better < 0 else 0)
            tried |= {least}
            most = Fraction(1) if self.measure.at_most_one else max(*turns, Fraction(1)) + 1
            tried = {measure for measure in tried if least <= measure <= most}
        return sorted(tried | ({met} if met is not None else set()), reverse=self.better < 0)

    @cached_property
    def paid(self) -> list[tuple[Fraction, Fraction]]:
        """The measures tried, from the worst to the best, each with the share of the points that it earns."""
        return [(measure, share_of(self.curve, measure)) for measure in self.measures]

    @property
    def at_target(self) -> Fraction | None:
        """What a target that is just met earns; None where that depends on the target."""
        met = self.measure.met_at
        return None if met is None else share_of(self.curve, met)

    @property
    def days_as_share(self) -> int | None:
        """The step that takes a number of days for a share; None where none does."""
        steps = self.curve.steps if isinstance(self.curve, StepCurve) and self.measure.in_days else ()
        return next((i for i, step in enumerate(steps) if step.share is None), None)

    def item(self, measure: Fraction) -> int:
        """The item of the curve that a measure falls on, from 0."""
        return max(sum(turn <= measure for turn in self.curve.turns) - 1, 0)

    def show(self, measure: Fraction) -> str:
        """A measure for people: 晚31天, 60%."""
        if self.measure.in_days:
            return f"晚{float(measure):g}天" if measure else "按期"
        before = measure + _BESIDE in self.curve.turns
        return f"不到{show_percent(measure + _BESIDE)}" if before else f"{float(measure * 100):.4g}%"


def tried_curves(rulebook: Rulebook, root: Block) -> Iterator[TriedCurve]:
    """Every curve that is written, once: a variant may take over that of its kind."""
    for path, rule in rulebook.rules:
        kind = KINDS[rule.kind]
        measure = kind.measures.get(rule.measure)
        if measure is not None and rule.curve.turns and written(root, *path, "curve"):
            better = measure.rises or kind.better or 1
            yield TriedCurve(path, spelled(root, *path), measure, rule.curve, better, kind.can_exceed)
        for i, other in enumerate(rule.when_category):
            own = (*path, "when_category", i)
            if measure is not None and other.curve.turns and written(root, *own, "curve"):
                better = measure.rises or kind.better or 1
                where = f"{spelled(root, *path)}.when_category[{i + 1}]"
                yield TriedCurve(own, where, measure, other.curve, better, kind.can_exceed, by_category=True)
    if rulebook.execution.curve.turns:
        yield TriedCurve(("execution",), "execution", _EXECUTION, rulebook.execution.curve, 1, can_exceed=True)
