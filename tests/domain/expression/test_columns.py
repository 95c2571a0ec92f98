"""Expressions over columns: the exact score on every row, whichever way a row goes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mixed import held, with_ties
from selfeval.domain.expression.bounded import within_bounds
from selfeval.domain.expression.columns import over_columns, over_groups
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import (
    Expression,
    Name,
    absolute,
    all_of,
    any_of,
    is_number,
    largest,
    lift,
    mean,
    negated,
    rounded,
    smallest,
    when,
    whole,
)
from selfeval.domain.expression.whole_numbers import all_in_whole_numbers, in_whole_numbers
from tests.domain.expression.measured import CURVES, columns, measured, rows, scored
from tests.domain.rules import LEVELS

A, B, LABEL = Name("a"), Name("b"), Name("label")
BLANK = float("nan")
NUMBERS = (
    0.0,
    1.0,
    -1.0,
    0.5,
    2.25,
    -0.125,
    100.0,
    1e-9,
    123456.789,
    9e14,
    0.1 + 0.2,
    1 / 3,
    5e15,
    1234567890123456.8,
    1e300,
    BLANK,
)


def exact(expression: Expression, row: Mapping[str, float | str | None]) -> float:
    found = exactly(
        expression, {key: None if isinstance(value, float) and np.isnan(value) else value for key, value in row.items()}
    )
    return float(found) if isinstance(found, Fraction) else BLANK


def test_ten_thousand_rows_a_tenth_of_them_at_ties() -> None:
    """The ten million are held by ``python -m benchmarks.mixed``."""
    found = held(with_ties(LEVELS, 10_000, np.random.default_rng(1)))
    assert found.rows == 10_000
    assert found.ties > 1000
    assert found.different == ()


@pytest.mark.parametrize("name", measured())
def test_floats_with_their_bounds_give_the_exact_score_too(name: str) -> None:
    table = rows(measured()[name], Random(11), 60, hair=True)
    score = scored(measured()[name], CURVES[2])
    found = [exactly(score, row) for row in table]
    wanted = [float(value) if isinstance(value, Fraction) else BLANK for value in found]
    np.testing.assert_array_equal(within_bounds(score, columns(table)), wanted)


@pytest.mark.parametrize("row", [(5e-324, 0.0), (0.0, 5e-324), (1e300, 1e-300), (0.1 + 0.2, 0.3), (1 / 3, 1 / 3)])
@pytest.mark.parametrize("name", [name for name in measured() if "per_unit" in name])
def test_floats_that_are_nothing_are_told_from_those_that_are_very_small(name: str, row: tuple[float, float]) -> None:
    score = scored(measured()[name], CURVES[1])
    numbers = dict(zip(("target", "actual", "points"), (*row, 12.5), strict=True))
    found = within_bounds(score, {key: np.array([number]) for key, number in numbers.items()})
    assert found.tolist() == [exact(score, numbers)]


def conditions(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    compared = st.builds(
        lambda how, left, right: [left < right, left >= right, left.equals(right), left.differs(right)][how],
        st.integers(0, 3),
        parts,
        parts,
    )
    worded = st.builds(lambda one, word: one.equals(word), st.one_of(st.just(LABEL), parts), st.sampled_from("xX"))
    simple = st.one_of(compared, worded, parts.map(is_number))
    return st.one_of(simple, st.builds(all_of, simple, simple), st.builds(any_of, simple, simple), simple.map(negated))


def larger(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(lambda one, other: one + other, parts, parts),
        st.builds(lambda one, other: one - other, parts, parts),
        st.builds(lambda one, other: one * other, parts, parts),
        st.builds(lambda one, other: one / other, parts, parts),
        st.builds(largest, parts, parts),
        st.builds(smallest, parts, parts),
        st.builds(absolute, parts),
        st.builds(lambda one, up: whole(one, up=up), parts, st.booleans()),
        st.builds(lambda one: rounded(one, 1), parts),
        st.builds(when, conditions(parts), parts, st.one_of(parts, st.just(lift("待补充")))),
    )


LEAVES = st.sampled_from((A, B, lift(0), lift(1), lift(Fraction(2, 3)), lift(Fraction(-5, 4)), lift(10**18)))
TREES = st.recursive(LEAVES, larger, max_leaves=10)


@settings(max_examples=300)
@given(TREES, st.lists(st.tuples(*[st.sampled_from(NUMBERS)] * 2, st.sampled_from("xy")), min_size=1, max_size=5))
def test_any_expression_gives_what_the_exact_reading_gives(tree: Expression, table: list[tuple[float, ...]]) -> None:
    """Blanks, texts, errors, numbers that do not fit: whatever is known in whole numbers is right."""
    score = rounded(tree, 2)
    given_ = {
        A.key: np.array([row[0] for row in table]),
        B.key: np.array([row[1] for row in table]),
        LABEL.key: np.array([row[2] for row in table], dtype=object),
    }
    found, unknown = in_whole_numbers(score, given_)
    for place, row in enumerate(table):
        if unknown is None or not unknown[place]:
            np.testing.assert_equal(found[place], exact(score, dict(zip(("a", "b", "label"), row, strict=True))))


@pytest.mark.parametrize(
    ("expression", "row"),
    [
        (A / B, {"a": 3.0, "b": -2.0}),
        (A / B, {"a": 3.0, "b": 0.0}),
        (A + B, {"a": BLANK, "b": 2.0}),
        (when(A > 0, "待补充", A) + 1, {"a": 1.0}),
        (when(LABEL.equals("x"), 1, 2), {"label": "X"}),
        (when(LABEL.equals("x"), 1, 2), {"label": ""}),
        (when(LABEL.equals(""), 1, 2), {"label": ""}),
        (when(LABEL.equals("x"), 1, 2), {"label": None}),
        (A, {"a": 1234567890123456.8}),
        (A - Fraction(9007199254740994), {"a": 9007199254740994.0}),
        (rounded(A, 1), {"a": -0.25}),
        (whole(A, up=True), {"a": -0.25}),
        (whole(A, up=False), {"a": -1.75}),
    ],
)
def test_single_rows(expression: Expression, row: dict[str, float | str | None]) -> None:
    given_: dict[Hashable, Any] = {
        key: np.array([value], dtype=np.float64 if isinstance(value, float) else object) for key, value in row.items()
    }
    np.testing.assert_equal(over_columns(expression, given_)[0], exact(expression, row))


def test_what_does_not_fit_into_whole_numbers_is_right_all_the_same() -> None:
    score = rounded(smallest(1, A / B) * Name("points"), 2)
    random = Random(0)
    table = [
        {
            "a": random.uniform(0, 10.0**digits),
            "b": random.uniform(1, 10.0**digits),
            "points": random.choice((8.34, 12.5)),
        }
        for digits in range(1, 16)
        for _ in range(20)
    ]
    given_: dict[Hashable, Any] = {key: np.array([row[key] for row in table]) for key in table[0]}
    assert over_columns(score, given_).tolist() == [exact(score, row) for row in table]


def test_large_decimals_that_overflow_are_told_from_those_that_do_not() -> None:
    product = rounded(A * A * A * B, 0)
    found, unknown = in_whole_numbers(product, {"a": np.array([2.0, 99999.0]), "b": np.array([1.5, 999999.0])})
    assert unknown is not None
    assert (found[0], unknown.tolist()) == (12, [False, True])


def test_only_ratios_of_floats_are_floats_of_the_exact() -> None:
    given_: dict[Hashable, Any] = {"a": np.array([2.0, 1234567.5]), "b": np.array([1.5, 2.0])}
    (cubes, sums), known = all_in_whole_numbers((A * A * A / B, A + B), given_)
    assert known.tolist() == [True, False]
    assert (cubes[0], sums[0]) == (float(Fraction(16, 3)), 3.5)


def test_a_list_is_averaged_without_its_blanks() -> None:
    listed = np.array([[0.5, BLANK, 0.25], [BLANK] * 3, [1 / 3, 1.0, 0.0]])
    first, none, third = over_columns(mean(Name("kept")), {"kept": listed})
    assert (first, np.isnan(none), third) == (0.375, True, pytest.approx(4 / 9))


def test_each_row_has_the_expression_of_its_group() -> None:
    count = 50_000
    which = np.random.default_rng(0).integers(0, 3, count)
    number = np.arange(count) / 4
    found = over_groups([A + 1, A * 2, lift(7) + 0 * A], which, {"a": number})
    assert found.tolist() == np.choose(which, (number + 1, number * 2, np.full(count, 7.0))).tolist()


def test_an_expression_without_names_has_one_value() -> None:
    assert over_columns(lift(1) / 4, {"a": np.zeros(3)}).tolist() == [0.25] * 3
    assert over_columns(A, {"a": np.zeros(0)}).tolist() == []
