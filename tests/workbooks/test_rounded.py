"""The float steps of a sheet, held against exact arithmetic."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.curves import LineCurve, Step, StepCurve, share_of
from selfeval.domain.rounding import half_up, sheet_round
from selfeval.workbooks.live.rounded import rounded, settle, stored

PROPORTIONAL = StepCurve((Step(Fraction(0), None), Step(Fraction(1), Fraction(1))))
PASS_MARK = StepCurve((Step(Fraction(0), Fraction(0)), Step(Fraction(3, 5), None), Step(Fraction(1), Fraction(1))))
LINES = LineCurve(((Fraction(3, 5), Fraction(0)), (Fraction(1), Fraction(1))))


def test_sheets_round_what_they_show() -> None:
    assert sheet_round(1.005, 2) == 1.01
    assert sheet_round(4.2749999999999995, 9) == 4.275
    assert sheet_round(2.5, 0) == 3


@given(st.integers(1, 10**14), st.integers(1, 10**14), st.integers(0, 10000))
def test_a_proportional_score_is_the_exact_one(actual: int, target: int, points: int) -> None:
    exact = Fraction(actual, target)
    score = half_up(min(exact, Fraction(1)) * points)
    steps = settle(float(exact), PROPORTIONAL, points, score)
    if not steps.pinned:
        product = sheet_round(steps.share.value * (points / 100), steps.inner)
        assert round(sheet_round(product, 2) * 100) == score


def test_the_usual_places_are_kept_where_they_do() -> None:
    steps = settle(float(Fraction(860, 900)), PROPORTIONAL, 1000, 956)
    assert (steps.measure.places, steps.share.places, steps.compared, steps.inner) == (12, 12, 9, 9)
    assert steps.measure.value == 0.955555555556
    assert not steps.pinned


def test_a_tie_and_its_neighbour_are_told_apart() -> None:
    assert settle(0.95, PROPORTIONAL, 450, 428).inner == 9
    beside = settle(9499999999 / 10**10, PROPORTIONAL, 450, 427)
    assert beside.inner > 9
    assert not beside.pinned


def test_a_measure_just_below_a_pass_mark_does_not_pass() -> None:
    steps = settle(0.5999999999, PASS_MARK, 1000, 0)
    assert steps.compared == 12
    assert steps.share.value == 0
    assert not steps.pinned


def test_what_no_sheet_can_tell_apart_is_written_out() -> None:
    assert settle(0.7, PROPORTIONAL, 1000, 699).pinned


@given(st.fractions(Fraction(1, 2), Fraction(11, 10), max_denominator=10**6), st.integers(1, 6000))
def test_a_line_curve_settles_too(measure: Fraction, points: int) -> None:
    score = half_up(share_of(LINES, measure) * points)
    assert not settle(float(measure), LINES, points, score).pinned


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_a_rounded_number_has_no_more_digits_than_a_sheet_keeps(value: float) -> None:
    assert stored(rounded(value).value) == rounded(value).value
