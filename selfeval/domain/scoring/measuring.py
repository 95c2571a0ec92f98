"""Measuring: from answers to measure, share and score, vectorised by kind and settled exactly near a tie.

Floats do the bulk. A row is computed again with fractions when its score lies near a rounding tie, or its measure
near a bound where the curve may jump: the same expressions run on object arrays of Fraction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from selfeval.domain.curves import exact_shares
from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.kind import Inputs, Numbers
from selfeval.domain.rounding import Array, Exact, Integers, fraction, round_scores
from selfeval.domain.rulebook import KindRule
from selfeval.domain.scoring.funds import ProjectFunds
from selfeval.domain.targets import CHECKPOINTS

NEAR_BOUND = 1e-9
"""Float measures are good to about 1e-15 relative; whatever is farther from a bound than this is safe."""

Positions = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Gathered:
    """What measures read, one entry a row: floats whose shortest decimal is the exact value.

    ``rules`` holds the rule of each row (None: nothing to measure). ``level_shares`` holds the exact share of a
    qualitative row without a percentage (its level's default), else None; ``points`` are hundredths; ``funds`` the
    money behind a 月度时序 row, else None.
    """

    rules: Sequence[KindRule | None]
    actual: Array
    target: Array
    upper: Array
    points: Integers
    level_shares: Sequence[Fraction | None]
    funds: Sequence[ProjectFunds | None]


@dataclass(frozen=True)
class Measured:
    """Measure, share (floats, NaN where not measured) and score (hundredths, -1 where not measured) of each row."""

    measure: Array
    share: Array
    score: Integers


def measure_all(given: Gathered, ready: npt.NDArray[np.bool_]) -> Measured:
    """Measure and score the rows that are ``ready``, shape (n,), all rows of one rule together."""
    count = len(given.rules)
    measure, share = np.full(count, np.nan), np.full(count, np.nan)
    score = np.full(count, -1, dtype=np.int64)
    for rule, rows in _by_rule(given.rules, ready):
        at = np.array(rows, dtype=np.intp)
        measure[at], share[at], score[at] = _measure_kind(given, at, rule)
    return Measured(measure, share, score)


def _by_rule(rules: Sequence[KindRule | None], ready: npt.NDArray[np.bool_]) -> list[tuple[KindRule, list[int]]]:
    """The ready rows of each rule; rules are told apart as objects, since a rulebook holds each of them once."""
    found: dict[int, tuple[KindRule, list[int]]] = {}
    for i in np.flatnonzero(ready).tolist():
        rule = rules[i]
        if rule is not None:
            found.setdefault(id(rule), (rule, []))[1].append(i)
    return list(found.values())


def _measure_kind(given: Gathered, at: Positions, rule: KindRule) -> tuple[Array, Array, Integers]:
    how = KINDS[rule.kind].measures[rule.measure]
    floats = _floats(given, at, rule)
    measure = np.asarray(how.values(floats), dtype=np.float64)
    share = rule.curve.values(measure)
    doubtful = np.zeros(len(at), dtype=np.bool_)
    for bound in rule.curve.bounds:
        doubtful |= np.abs(measure - float(bound)) < NEAR_BOUND
    if how.counts is not None:
        counted = np.asarray(how.counts(floats), dtype=np.float64)
        doubtful |= np.abs(counted - np.round(counted)) < NEAR_BOUND * np.maximum(1.0, np.abs(counted))
    exact: dict[int, Fraction] = {}

    def settle(rows: Integers) -> Exact:
        missing = np.array([row for row in rows.tolist() if row not in exact], dtype=np.intp)
        if missing.size:
            values = [Fraction(one) for one in how.values(_fractions(given, at[missing], rule))]
            measure[missing] = [float(one) for one in values]
            shares = exact_shares(rule.curve, np.asarray(values, dtype=object))
            exact.update(zip(missing.tolist(), shares, strict=True))
        return np.array([exact[row] for row in rows.tolist()], dtype=object)

    near = np.flatnonzero(doubtful)
    if near.size:
        share[near] = settle(near).astype(np.float64)
    return measure, share, round_scores(share, given.points[at], settle)


def _floats(given: Gathered, at: Positions, rule: KindRule) -> Inputs:
    paid = np.zeros((len(at), len(CHECKPOINTS)))
    plan = np.zeros_like(paid)
    planned = np.zeros(paid.shape, dtype=np.bool_)
    if rule.kind == "monthly_schedule":
        for row, funds in enumerate(given.funds[i] for i in at.tolist()):
            assert funds is not None
            months = np.cumsum(np.array(funds.paid)) / funds.full_year
            paid[row] = months[[month - 1 for month in CHECKPOINTS]]
            shares = [np.nan if one is None else float(one) for one in funds.exact_plan()]
            planned[row] = ~np.isnan(shares)
            plan[row] = np.nan_to_num(shares)
    points = given.points[at] / 100
    target = points if rule.kind == "judged" else given.target[at]
    return Inputs(given.actual[at], target, given.upper[at], paid, plan, planned, points, rule.deduct)


def _fractions(given: Gathered, at: Positions, rule: KindRule) -> Inputs:
    """The same inputs as exact fractions; a number that is not there is 0 and not looked at."""
    rows = at.tolist()
    paid = np.full((len(rows), len(CHECKPOINTS)), Fraction(0), dtype=object)
    plan = paid.copy()
    planned = np.zeros(paid.shape, dtype=np.bool_)
    if rule.kind == "monthly_schedule":
        for row, i in enumerate(rows):
            funds = given.funds[i]
            assert funds is not None
            shares = funds.exact_plan()
            paid[row] = funds.exact_paid_shares()
            plan[row] = [Fraction(0) if one is None else one for one in shares]
            planned[row] = [one is not None for one in shares]
    actual = _exact(given.actual[at])
    target = _exact(given.target[at])
    if rule.kind == "qualitative":
        defaults = [given.level_shares[i] for i in rows]
        pairs = zip(defaults, actual, strict=True)
        actual = np.array([one if default is None else default for default, one in pairs], dtype=object)
    points = np.array([Fraction(int(one), 100) for one in given.points[at]], dtype=object)
    if rule.kind == "judged":
        target = points
    return Inputs(actual, target, _exact(given.upper[at]), paid, plan, planned, points, rule.deduct)


def _exact(values: Array) -> Numbers:
    return np.array([Fraction(0) if np.isnan(one) else fraction(one) for one in values.tolist()], dtype=object)
