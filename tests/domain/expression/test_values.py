"""What comes out: exactly, as the record, and as a sheet shows it; blanks, texts and errors as in a sheet."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.expression.columns import over_columns
from selfeval.domain.expression.evaluate import as_sheet, exact_number, exactly
from selfeval.domain.expression.functions import DAY_PATTERN
from selfeval.domain.expression.tree import (
    NOT_AVAILABLE,
    Expression,
    Name,
    Rounded,
    absolute,
    all_of,
    any_of,
    count_numbers,
    count_of,
    floor,
    if_error,
    is_error,
    is_number,
    joined,
    largest,
    lift,
    mean,
    negated,
    position_of,
    rounded,
    shown,
    smallest,
    steady,
    total,
    total_where,
    trimmed,
    when,
    whole,
)
from selfeval.domain.expression.values import ABSENT, DIVISION, MISMATCH, Given, Loose, Value

A, B, LIST, BESIDE = Name("a"), Name("b"), Name("list"), Name("beside")
VALUES: Mapping[Hashable, Given] = {
    "a": 3.0,
    "b": 4.0,
    "blank": None,
    "text": "约3",
    "list": [1.0, None, "待补充", 0.5],
    "beside": [10.0, 20.0, 30.0, 40.0],
    "empty": [None, "甲"],
}
BLANK, TEXT, EMPTY = Name("blank"), Name("text"), Name("empty")

ALIKE: tuple[tuple[Expression, object], ...] = (
    (A / B, 0.75),
    (A / 0, DIVISION),
    (1 + A / 0, DIVISION),
    (BLANK + A, 3),
    (A / BLANK, DIVISION),
    (TEXT + 1, MISMATCH),
    (absolute(TEXT), MISMATCH),
    (BLANK.equals(0), True),
    (BLANK.equals(""), True),
    (TEXT > A, True),  # texts come after numbers
    (A < TEXT, True),
    (lift("3").equals(A), False),
    (lift("甲").equals("甲"), True),
    (lift("Abc").equals("aBC"), True),
    (when(A > B, A / 0, 7), 7),
    (when(A < B, 7, TEXT + 1), 7),
    (when(A / 0 > 1, 1, 2), DIVISION),
    (is_number(TEXT), False),
    (is_number(BLANK), False),
    (is_number(A), True),
    (is_error(A / 0), True),
    (if_error(A / 0, "无"), "无"),
    (if_error(A, "无"), 3),
    (NOT_AVAILABLE, ABSENT),
    (all_of(A < B, A > 0), True),
    (any_of(A > B, A / 0 > 1), DIVISION),
    (negated(A > B), True),
    (largest(A, B, TEXT), 4),
    (largest(BLANK, -1), -1),
    (smallest(A, B), 3),
    (largest(A, B / 0), DIVISION),
    (total(LIST), 1.5),
    (mean(LIST), 0.75),
    (mean(EMPTY), DIVISION),
    (largest(EMPTY), 0),
    (count_numbers(LIST), 2),
    (count_of(LIST, "待补充"), 1),
    (total_where(LIST, "待补充", BESIDE), 30),
    (position_of("待补充", LIST), 3),
    (position_of("没有", LIST), ABSENT),
    (floor(lift(-0.5)), -1),
    (whole(A / B, up=True), 1),
    (whole(A / B, up=False), 0),
    (whole(0 - A / B, up=True), -1),
    (trimmed("  甲  乙 "), "甲 乙"),
    (joined("共", A, "次", BLANK), "共3次"),
    (shown(A / B, "0.00"), "0.75"),
    (shown(lift(45657), DAY_PATTERN), "2024年12月31日"),
)


@pytest.mark.parametrize(("expression", "wanted"), ALIKE, ids=[str(i) for i in range(len(ALIKE))])
def test_both_readings_give(expression: Expression, wanted: object) -> None:
    assert exactly(expression, VALUES) == wanted
    assert as_sheet(expression, Loose(VALUES)) == wanted


def both(expression: Expression, **values: float) -> tuple[Value, Value]:
    cells: dict[Hashable, Given] = dict(values.items())
    return exactly(expression, cells), as_sheet(expression, Loose(cells))


def test_a_half_that_floats_miss_is_rounded_up_in_both() -> None:
    assert both(rounded(A, 2), a=1.005) == (Fraction("1.01"), 1.01)
    assert both(rounded(A, 2), a=-1.005) == (Fraction("-1.01"), -1.01)
    assert both(rounded(A / B * 4.5, 2), a=57.0, b=60.0) == (Fraction("4.28"), 4.28)


def test_only_the_record_tells_a_half_from_what_lies_just_below() -> None:
    assert both(rounded(A, 2), a=4.2749999999999) == (Fraction("4.27"), 4.28)


def test_a_sheet_compares_fifteen_digits_and_the_record_all_of_them() -> None:
    assert both((A + B).equals(0.3), a=0.1, b=0.2) == (True, True)
    assert both((A / 3 * 3).equals(A), a=0.7) == (True, True)
    assert both(A.equals(B), a=1.0, b=1.000000000000001) == (False, True)
    assert both(A < B, a=1.0, b=1.00000000000001) == (True, True)


def test_steady_changes_nothing_in_the_record() -> None:
    assert both(steady(A / B, 2), a=1.0, b=3.0) == (Fraction(1, 3), 0.33)


def test_a_whole_number_that_floats_miss_is_not_cut() -> None:
    # 0.3 - 0.1 is 0.19999999999999998 in floats
    assert both(whole((A - B) / 0.1, up=False), a=0.3, b=0.1) == (2, 2)
    assert both(whole((A - 0.1) / B, up=True), a=0.3, b=0.1) == (2, 2)


def test_a_name_that_is_not_needed_need_not_be_given() -> None:
    assert exactly(when(A > 1, A, B), {"a": 2.0}) == 2
    with pytest.raises(KeyError):
        exactly(when(A > 5, A, B), {"a": 2.0})


def test_a_list_where_one_value_is_wanted_is_a_bug() -> None:
    with pytest.raises(TypeError, match="a list"):
        exactly(LIST + 1, VALUES)


def test_a_text_where_a_number_must_come_out_is_a_bug() -> None:
    with pytest.raises(TypeError):
        exact_number(when(A > 1, "待补充", A), {"a": 2.0})


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_floats_count_as_the_decimals_they_show(a: float, b: float) -> None:
    assert exactly(A + B, {"a": a, "b": b}) == Fraction(repr(a)) + Fraction(repr(b))


@pytest.mark.parametrize("way", ["half", "up", "down"])
def test_a_rounding_over_columns_is_that_of_each_row(way: str) -> None:
    number, given_ = Name("number"), [0.0, 0.31, 0.35, 0.38, 0.5, 2.0, -0.31, -0.35, -0.38]
    tripled = Rounded(number * 3, 1, way)
    exact = [float(exact_number(tripled, {number.key: each})) for each in given_]
    assert list(over_columns(tripled, {number.key: np.array(given_)})) == exact


def test_a_comparison_over_columns_is_that_of_each_row() -> None:
    """0.1 + 0.2 is more than 0.3 in floats."""
    most = lift(Fraction(3, 10))
    columns = {A.key: np.array([0.1, 0.1, 0.1]), B.key: np.array([0.2, 0.19, 0.21])}
    assert list(over_columns(when(most < A + B, 1, 0), columns)) == [0, 0, 1]


def test_nothing_is_divided_by_what_is_0_but_for_the_noise_of_floats() -> None:
    columns = {A.key: np.array([0.1, 0.1]), B.key: np.array([0.2, 0.3])}
    first, second = over_columns(1 / (A + B - Fraction(3, 10)), columns)
    assert np.isnan(first)
    assert second == pytest.approx(10)
