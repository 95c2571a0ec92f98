"""Points as whole hundredths, and rounding as people and spreadsheets do it."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction
from random import Random

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


def around_ties(dice: Random) -> float:
    """A number at or beside a tie of some place, or any other."""
    tie = (dice.randrange(10 ** dice.randint(1, 9)) + 0.5) / 10 ** dice.randint(0, 13)
    noise = dice.choice((0.0, 1e-16, 4e-15, 1e-14, 3e-14, 1e-9)) * dice.choice((-1, 1))
    return dice.choice((-1, 1)) * dice.choice((tie * (1 + noise), dice.random() * 10.0 ** dice.randint(-12, 15)))


def test_a_quick_rounding_is_that_of_fifteen_digits_beside_ties_too() -> None:
    dice = Random(16)
    for _ in range(50_000):
        value, places = around_ties(dice), dice.randint(0, 13)
        shown = Decimal(f"{value:.15g}")
        in_full = float(shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) or 0.0
        assert repr(sheet_round(value, places)) == repr(in_full), (value, places)


def test_points_are_shown_with_their_places() -> None:
    assert (points_format(), points_format(1), points_format(0)) == ("0.00", "0.0", "0")
