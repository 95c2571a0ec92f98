"""Tables of indicators of every measure, mixed: each measure as often as any other, or as often as in a year.

``python -m benchmarks.mixed --rows 10000000`` holds the columns against exact arithmetic, row by row; a tenth of the
rows is chosen at ties. That takes about a quarter of an hour, and ends with 1 if a row differs.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import isnan
from time import process_time
from typing import Any

import numpy as np
import numpy.typing as npt

from selfeval.domain.case import cases
from selfeval.domain.curves import MEASURE, Above, Curve, LineCurve, Step, StepCurve
from selfeval.domain.expression.columns import over_groups
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import Expression
from selfeval.domain.formulas import SCORE, SHARE
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import ACTUAL, KEPT, LEVEL, PERCENTAGE, POINTS, TARGET, UPPER, Terms
from selfeval.domain.promise import promises
from selfeval.domain.rounding import UNIT, fraction, half_up
from selfeval.domain.rulebook import Deduction, Level
from selfeval.runs.inputs import Inputs
from tests.domain.rules import LEVELS

Column = npt.NDArray[Any]
Columns = dict[Hashable, Column]
Dice = np.random.Generator

CURVES: tuple[Curve, ...] = (
    StepCurve((Step(Fraction(0), None),)),
    StepCurve((Step(Fraction(0), Fraction(1)), Step(Fraction(1), Fraction(4, 5)), Step(Fraction(31), Fraction(3, 5)))),
    StepCurve((Step(Fraction(0), Fraction(0)), Step(Fraction(3, 5), None), Step(Fraction(19, 20), Fraction(1)))),
    StepCurve((Step(Fraction(1, 2), Fraction(1, 2)), Above(Fraction(4, 5), Fraction(2, 3)), Step(Fraction(1), None))),
    LineCurve(((Fraction(3, 5), Fraction(0)), (Fraction(4, 5), Fraction(1, 2)), (Fraction(1), Fraction(1)))),
)
"""In proportion; bands by days late; nothing below 60%; bands of shares; straight lines."""

_DEDUCTIONS = (
    Deduction(Fraction(1), Fraction(1), "whole"),
    Deduction(Fraction(1, 2), Fraction(1, 10), "ignored"),
    Deduction(Fraction(3, 20), Fraction(3)),
)
_TIES_OF = 9
"""One row in so many is chosen at a tie."""


@dataclass(frozen=True)
class Rule:
    """A measure, and the share of the points that it earns, over ``MEASURE``."""

    measure: Expression
    curve: Expression

    @property
    def share(self) -> Expression:
        """The share, over the names of the measure."""
        return self.curve.bind({MEASURE: self.measure})


@dataclass(frozen=True)
class Mixed:
    """Rows, and which of some rules applies to each; ``columns`` hold their numbers."""

    rules: Sequence[Rule]
    which: npt.NDArray[np.int16]
    columns: Columns

    def scores(self) -> npt.NDArray[np.float64]:
        """The scores of all rows, by columns."""
        return over_groups([SCORE.bind({SHARE: rule.share}) for rule in self.rules], self.which, self.columns)

    def __len__(self) -> int:
        return len(self.which)


def every_rule(levels: tuple[Level, ...]) -> list[Rule]:
    """Every measure of every kind by every curve."""
    measures = [
        expression
        for kind in KINDS.values()
        for measure in kind.measures.values()
        for expression in dict.fromkeys(measure.expression(Terms(levels, one)) for one in _DEDUCTIONS)
    ]
    return [Rule(measure, curve.share) for measure in measures for curve in CURVES]


def at_random(levels: tuple[Level, ...], count: int, dice: Dice) -> Mixed:
    """Each rule as often as any other, of numbers with none to four decimals, large and small."""
    rules = every_rule(levels)
    return Mixed(rules, dice.integers(0, len(rules), count).astype(np.int16), _numbers(levels, count, dice))


def as_in(inputs: Inputs, count: int, dice: Dice) -> Mixed:
    """Each rule as often as in a year, of numbers near its targets."""
    found: Counter[Rule] = Counter()
    targets: list[float] = []
    for case in cases(inputs.targets, inputs.reported):
        for promise in promises(case, inputs.rulebook)[0]:
            if promise.measure is not None and promise.rule is not None:
                found[Rule(promise.expression, promise.rule.share)] += 1
                targets += [] if isnan(promise.asked.value) else [promise.asked.value]
    rules, often = list(found), np.array(list(found.values()))
    which = dice.choice(len(rules), count, p=often / often.sum()).astype(np.int16)
    columns = _numbers(inputs.rulebook.levels, count, dice)
    target = dice.choice(targets, count)
    near = np.round(target * dice.choice((0.8, 0.9, 0.95, 1.0, 1.0, 1.0, 1.05, 1.2), count), 2)
    return Mixed(rules, which, {**columns, TARGET.key: target, ACTUAL.key: near, UPPER.key: np.round(target * 1.1, 2)})


def _numbers(levels: tuple[Level, ...], count: int, dice: Dice) -> Columns:
    def decimals() -> Column:
        scale = 10.0 ** dice.integers(0, 5, count)
        return np.asarray(dice.integers(0, 10 ** dice.integers(2, 7, count)) / scale)

    target, same = decimals(), dice.random(count) < 0.3
    labels = np.array([*(level.label for level in levels), ""], dtype=object)
    return {
        TARGET.key: target,
        UPPER.key: np.round(target + dice.integers(0, 50, count), 4),
        ACTUAL.key: np.where(same, np.round(target * dice.integers(0, 41, count) / 20, 4), decimals()),
        POINTS.key: dice.integers(0, 6000, count) / 100,
        LEVEL.key: labels[dice.integers(0, len(labels), count)],
        PERCENTAGE.key: np.where(dice.random(count) < 0.5, np.nan, dice.integers(0, 101, count) / 100),
        KEPT.key: np.where(dice.random((count, 4)) < 0.2, np.nan, dice.integers(0, 10001, (count, 4)) / 10000),
    }


def with_ties(levels: tuple[Level, ...], count: int, dice: Dice) -> Mixed:
    """Rows at random, of which a part is chosen at ties; some are blank, or a hair beside a short decimal."""
    wanted, parts = count // _TIES_OF, list[Mixed]()
    while wanted > 0:
        rows = at_random(levels, count, dice)
        halves = over_groups([rule.share * POINTS * (2 * UNIT) for rule in rows.rules], rows.which, rows.columns)
        parts.append(_of(rows, np.flatnonzero(np.abs(halves) % 2 == 1)[:wanted]))
        wanted -= len(parts[-1])
    rows = at_random(levels, count - count // _TIES_OF, dice)
    for key in (ACTUAL.key, TARGET.key, UPPER.key, PERCENTAGE.key):
        column, chance = rows.columns[key], dice.random(len(rows))
        column[chance < 0.002] = np.nan
        column[chance > 0.998] = np.nextafter(column[chance > 0.998], 9e9)
    parts.append(rows)
    columns = {key: np.concatenate([part.columns[key] for part in parts]) for key in rows.columns}
    return Mixed(rows.rules, np.concatenate([part.which for part in parts]), columns)


def _of(rows: Mixed, places: Column) -> Mixed:
    return Mixed(rows.rules, rows.which[places], {key: column[places] for key, column in rows.columns.items()})


@dataclass(frozen=True)
class Held:
    """Columns held against exact arithmetic: rows, those at a tie, those whose score differs."""

    rows: int
    ties: int
    different: tuple[str, ...]


def held(rows: Mixed) -> Held:
    """Every score of the columns against the exact one."""
    scores, ties, different = rows.scores(), 0, list[str]()
    for which, rule in enumerate(rows.rules):
        keys = [key for key in rows.columns if key in (rule.measure * POINTS).keys]
        places = np.flatnonzero(rows.which == which)
        listed = [[_given(value) for value in rows.columns[key][places].tolist()] for key in keys]
        share_of = cache(lambda measure, curve=rule.curve: exactly(curve, {MEASURE.key: measure}))
        for place, *values in zip(places.tolist(), *listed, strict=True):
            row = dict(zip(keys, values, strict=True))
            share = share_of(exactly(rule.measure, row))
            if isinstance(share, Fraction):
                earned = share * fraction(row[POINTS.key]) * UNIT
                score = half_up(abs(earned))
                ties += abs(earned) == score - Fraction(1, 2)
                right = bool(scores[place] == (score if earned >= 0 else -score) / UNIT)
            else:
                right = isnan(scores[place])
            if not right:
                different.append(f"{scores[place]}: {row} {rule}")
    return Held(len(rows), ties, tuple(different))


def _given(value: Any) -> Any:  # noqa: ANN401 (a cell of a column of any kind)
    if isinstance(value, list):
        return [_given(part) for part in value]
    return None if isinstance(value, float) and isnan(value) else value


def seconds_of(rows: Mixed, rounds: int = 3) -> float:
    """Seconds of the processor that scoring the rows takes."""
    seconds = []
    for _ in range(rounds):
        start = process_time()
        rows.scores()
        seconds.append(process_time() - start)
    return min(seconds)


def main() -> int:
    """Hold the columns against exact arithmetic."""
    parser = argparse.ArgumentParser(description="按列计算的得分与逐行精确计算的逐一比较")
    parser.add_argument("--rows", type=int, default=10_000_000, help="比较多少行")
    parser.add_argument("--seed", type=int, default=0, help="从哪个种子起")
    options = parser.parse_args()
    dice, done, ties = np.random.default_rng(options.seed), 0, 0
    while done < options.rows:
        found = held(with_ties(LEVELS, min(200_000, options.rows - done), dice))
        done, ties = done + found.rows, ties + found.ties
        print(f"{done:,} 行相同，其中{ties:,}行正好在舍入的分界上", flush=True)
        if found.different:
            print("\n".join(found.different[:20]))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
