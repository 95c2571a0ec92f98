"""Curves: from a measure to a share, held between nothing and everything, and read alike in every way."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from selfeval.domain.curves import MEASURE, Above, Curve, LineCurve, Step, StepCurve, share_of
from selfeval.domain.expression.columns import over_columns
from selfeval.domain.expression.evaluate import as_sheet
from selfeval.domain.expression.values import Loose, Value
from selfeval.domain.rounding import fraction, half_up
from tests.domain.rules import LATE, PROPORTIONAL

TENTHS = st.integers(-20, 200).map(lambda one: Fraction(one, 10))
SHARES = st.integers(0, 20).map(lambda one: Fraction(one, 20))
MEASURES = st.one_of(
    st.integers(-3000, 25000).map(lambda one: Fraction(one, 1000)),
    st.fractions(-3, 25, max_denominator=999),
)


@st.composite
def step_curves(draw: st.DrawFn) -> StepCurve:
    begins = sorted(draw(st.sets(st.tuples(TENTHS, st.booleans()), min_size=1, max_size=5)))
    return StepCurve(
        tuple((Above if above else Step)(start, draw(st.one_of(st.none(), SHARES))) for start, above in begins)
    )


@st.composite
def line_curves(draw: st.DrawFn) -> LineCurve:
    starts = sorted(draw(st.sets(TENTHS, min_size=2, max_size=5)))
    return LineCurve(tuple((start, draw(SHARES)) for start in starts))


CURVES: st.SearchStrategy[Curve] = st.one_of(step_curves(), line_curves())


def in_a_sheet(curve: Curve, measure: Fraction) -> Value:
    return as_sheet(curve.share, Loose({MEASURE.key: float(measure)}))


@given(CURVES, MEASURES)
def test_a_share_lies_between_nothing_and_everything(curve: Curve, measure: Fraction) -> None:
    assert 0 <= share_of(curve, measure) <= 1


@given(CURVES, st.lists(MEASURES, min_size=1, max_size=20))
def test_columns_are_the_curve_one_by_one(curve: Curve, measures: list[Fraction]) -> None:
    given_floats = [float(measure) for measure in [*measures, *curve.turns]]
    found = over_columns(curve.share, {MEASURE.key: np.array(given_floats)})
    assert found.tolist() == pytest.approx([float(share_of(curve, fraction(one))) for one in given_floats], abs=1e-12)


@given(CURVES, MEASURES)
def test_the_sheet_equals_the_curve(curve: Curve, measure: Fraction) -> None:
    assume(all(measure == bound or abs(measure - bound) > Fraction(1, 10**8) for bound in curve.turns))
    assert in_a_sheet(curve, measure) == pytest.approx(float(share_of(curve, measure)), abs=1e-9)


def test_a_sheet_takes_the_noise_of_floats_on_a_bound_for_the_bound() -> None:
    assert in_a_sheet(LATE, Fraction(31) - Fraction(1, 10**11)) == 0.6


def test_a_step_begins_exactly_at_its_bound() -> None:
    days = [0, 1, 30, 31, 90, 91]
    shares = [share_of(LATE, Fraction(day)) for day in days]
    assert shares == [1, *[Fraction(4, 5)] * 2, *[Fraction(3, 5)] * 2, 0]
    assert share_of(LATE, 31 - Fraction(1, 10**30)) == Fraction(4, 5)


def test_a_measure_below_the_first_step_earns_nothing() -> None:
    assert share_of(PROPORTIONAL, Fraction(-1, 10)) == 0


def test_a_proportional_share_stops_at_everything() -> None:
    assert share_of(StepCurve((Step(Fraction(0), None),)), Fraction(7)) == 1


@given(st.integers(0, 10**9))
def test_halves_go_up(hundredths: int) -> None:
    assert half_up(Fraction(2 * hundredths + 1, 2)) == hundredths + 1
    assert half_up(Fraction(2 * hundredths + 1, 2) - Fraction(1, 10**30)) == hundredths


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_decimal_that_it_shows(number: float) -> None:
    assert fraction(number) == Fraction(repr(number))


def test_a_band_that_is_closed_above_holds_its_upper_end() -> None:
    # =0,计3分;0-10%(含),计2分;10-20%(含),计1分;更多的不得分
    third = Fraction(1, 3)
    tenths = [Above(Fraction(0), 2 * third), Above(Fraction(1, 10), third), Above(Fraction(1, 5), Fraction(0))]
    printed = StepCurve((Step(Fraction(-1), Fraction(1)), *tenths))
    found = [share_of(printed, Fraction(one)) * 3 for one in ("-0.3", "0", "0.001", "0.1", "0.1001", "0.2", "0.201")]
    assert found == [3, 3, 2, 2, 1, 1, 0]
    assert in_a_sheet(printed, Fraction(1, 10) + Fraction(1, 10**11)) == pytest.approx(2 / 3)


def test_one_number_alone_may_have_a_step() -> None:
    alone = StepCurve((Step(Fraction(0), Fraction(1)), Above(Fraction(0), Fraction(1, 2))))
    assert [share_of(alone, Fraction(one)) for one in ("-0.1", "0", "0.1")] == [0, 1, Fraction(1, 2)]


def test_a_line_runs_from_point_to_point() -> None:
    bent = LineCurve(((Fraction(0), Fraction(0)), (Fraction(1, 2), Fraction(3, 4)), (Fraction(1), Fraction(1))))
    quarters = [share_of(bent, Fraction(one, 4)) for one in range(-1, 6)]
    assert quarters == [0, 0, Fraction(3, 8), Fraction(3, 4), Fraction(7, 8), 1, 1]
