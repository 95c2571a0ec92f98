"""Curves: three faces of one function, held between nothing and everything."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from selfeval.domain.curves import Curve, LineCurve, Step, StepCurve, exact_shares, number
from selfeval.domain.rounding import half_up
from tests.domain.rules import LATE, PROPORTIONAL
from tests.domain.worksheet import calculate

TENTHS = st.integers(-20, 200).map(lambda one: Fraction(one, 10))
SHARES = st.integers(0, 20).map(lambda one: Fraction(one, 20))
MEASURES = st.one_of(
    st.integers(-3000, 25000).map(lambda one: Fraction(one, 1000)),
    st.fractions(-3, 25, max_denominator=999),
)


@st.composite
def step_curves(draw: st.DrawFn) -> StepCurve:
    starts = sorted(draw(st.sets(TENTHS, min_size=1, max_size=5)))
    return StepCurve(tuple(Step(start, draw(st.one_of(st.none(), SHARES))) for start in starts))


@st.composite
def line_curves(draw: st.DrawFn) -> LineCurve:
    starts = sorted(draw(st.sets(TENTHS, min_size=2, max_size=5)))
    return LineCurve(tuple((start, draw(SHARES)) for start in starts))


CURVES: st.SearchStrategy[Curve] = st.one_of(step_curves(), line_curves())


@given(CURVES, MEASURES)
def test_a_share_lies_between_nothing_and_everything(curve: Curve, measure: Fraction) -> None:
    assert 0 <= curve.of(measure) <= 1
    assert 0 <= float(curve.values(np.array([float(measure)]))[0]) <= 1


@given(CURVES, st.lists(MEASURES, min_size=1, max_size=20))
def test_floats_equal_fractions_away_from_jumps(curve: Curve, measures: list[Fraction]) -> None:
    away = [one for one in measures if all(abs(one - bound) > Fraction(1, 10**9) for bound in curve.bounds)]
    assume(away)
    quick = curve.values(np.array([float(one) for one in away]))
    assert quick.tolist() == pytest.approx([float(curve.of(one)) for one in away], abs=1e-12)


@given(CURVES, MEASURES)
def test_the_sheet_equals_the_curve(curve: Curve, measure: Fraction) -> None:
    assume(all(measure == bound or abs(measure - bound) > Fraction(1, 10**8) for bound in curve.bounds))
    value = calculate(curve.formula("M"), {"M": float(measure)})
    assert value == pytest.approx(float(curve.of(measure)), abs=1e-9)


@given(st.lists(MEASURES, min_size=1, max_size=5))
def test_exact_shares_are_the_curve_one_by_one(measures: list[Fraction]) -> None:
    found = exact_shares(LATE, np.array(measures, dtype=object))
    assert found.tolist() == [LATE.of(one) for one in measures]


def test_a_step_begins_exactly_at_its_bound() -> None:
    days = [0, 1, 30, 31, 90, 91]
    assert [LATE.of(Fraction(one)) for one in days] == [1, *[Fraction(4, 5)] * 2, *[Fraction(3, 5)] * 2, 0]
    assert LATE.values(np.array(days, dtype=np.float64)).tolist() == [1, 0.8, 0.8, 0.6, 0.6, 0]


def test_a_measure_below_the_first_step_earns_nothing() -> None:
    assert PROPORTIONAL.of(Fraction(-1, 10)) == 0


def test_a_proportional_share_stops_at_everything() -> None:
    only_proportional = StepCurve((Step(Fraction(0), None),))
    assert only_proportional.of(Fraction(7)) == 1
    assert calculate(only_proportional.formula("M"), {"M": 7.0}) == 1


@given(st.fractions(-1000, 1000, max_denominator=10**6))
def test_a_worksheet_number_is_the_fraction(value: Fraction) -> None:
    assert calculate(number(value), {}) == pytest.approx(float(value), rel=1e-14)


@given(st.integers(0, 10**9))
def test_halves_go_up(hundredths: int) -> None:
    assert half_up(Fraction(2 * hundredths + 1, 2)) == hundredths + 1
    assert half_up(Fraction(2 * hundredths + 1, 2) - Fraction(1, 10**30)) == hundredths
