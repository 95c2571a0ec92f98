"""Points as whole hundredths, and rounding as people and spreadsheets do it."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_UP
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.rounding import half_up, in_points, points_format, sheet_round, show_points, to_hundredths


@given(st.fractions(0, 10**6), st.integers(0, 10**6))
def test_the_nearest_whole_number_and_of_two_the_upper(number: Fraction, whole: int) -> None:
    assert Fraction(-1, 2) < half_up(number) - number <= Fraction(1, 2)
    assert half_up(whole + Fraction(1, 2)) == whole + 1


@given(st.integers(0, 10**6))
def test_hundredths_stay_what_they_are_as_points_and_as_printed(hundredths: int) -> None:
    assert to_hundredths(in_points(hundredths)) == hundredths
    assert Fraction(show_points(hundredths)) == in_points(hundredths)
    assert len(show_points(hundredths).partition(".")[2]) == 2


@pytest.mark.parametrize(
    ("value", "places", "way", "rounded"),
    [
        (1.005, 2, "", "1.01"),
        (2.5, 0, "", "3.0"),
        (-2.5, 0, "", "-3.0"),
        (1250, -2, "", "1300.0"),
        (-0.001, 2, "", "0.0"),
        (1.001, 2, ROUND_UP, "1.01"),
        (1.009, 2, ROUND_DOWN, "1.0"),
    ],
)
def test_a_sheet_rounds_the_digits_that_it_shows(value: float, places: int, way: str, rounded: str) -> None:
    assert str(sheet_round(value, places, way) if way else sheet_round(value, places)) == rounded


def test_points_are_shown_with_their_places() -> None:
    assert (points_format(), points_format(1), points_format(0)) == ("0.00", "0.0", "0")
