"""The faces of a kind agree: float measure, exact measure, worksheet formula; and the laws of measures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from selfeval.domain.kinds.kind import Cells, Inputs, Measure

from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.monthly_schedule import checkpoint_formula
from tests.domain.rules import LEVELS, PROPORTIONAL
from tests.domain.worksheet import Cell, calculate

NUMBERS = st.one_of(
    st.integers(0, 10**6).map(Decimal),
    st.decimals(0, 10**4, places=3),
    st.decimals(0, 10, places=6),
)
ACTUALS = st.one_of(NUMBERS, NUMBERS.map(lambda one: -one))
SIMPLE = [
    ("at_least", "ratio"),
    ("exactly", "ratio"),
    ("at_most", "excess"),
    ("at_most", "inverse_ratio"),
    ("range", "nearer_end"),
    ("deadline", "days_late"),
]
CELLS = Cells("A", "T", "U", "PCT", "W", "S", LEVELS)


def inputs(rows: Sequence[tuple[Decimal, Decimal, Decimal]], *, exact: bool) -> Inputs:
    def column(i: int) -> np.ndarray[tuple[int], np.dtype[np.object_]] | np.ndarray[tuple[int], np.dtype[np.float64]]:
        if exact:
            return np.array([Fraction(row[i]) for row in rows], dtype=object)
        return np.array([float(row[i]) for row in rows], dtype=np.float64)

    none = np.zeros((len(rows), 4))
    return Inputs(column(0), column(1), column(2), none, none, none.astype(np.bool_))


def floats(measure: Measure, rows: Sequence[tuple[Decimal, Decimal, Decimal]]) -> list[float]:
    return [float(one) for one in measure.values(inputs(rows, exact=False))]


def one_float(kind: str, measure: str, actual: Decimal, target: Decimal, upper: Decimal = Decimal(0)) -> float:
    return floats(KINDS[kind].measures[measure], [(actual, target, upper)])[0]


@pytest.mark.parametrize(("kind", "name"), SIMPLE)
@given(rows=st.lists(st.tuples(ACTUALS, NUMBERS, NUMBERS), min_size=1, max_size=30))
def test_floats_fractions_and_the_sheet_agree(
    kind: str, name: str, rows: list[tuple[Decimal, Decimal, Decimal]]
) -> None:
    rows = [(actual, target, target + more + 1) for actual, target, more in rows]
    measure = KINDS[kind].measures[name]
    exact = [Fraction(one) for one in measure.values(inputs(rows, exact=True))]
    found = floats(measure, rows)
    formula = measure.formula(CELLS)
    for row, precise, quick in zip(rows, exact, found, strict=True):
        cells: dict[str, Cell] = {name: float(value) for name, value in zip("ATU", row, strict=True)}
        assert quick == pytest.approx(float(precise), rel=1e-12, abs=1e-12)
        assert calculate(formula, cells) == pytest.approx(quick, rel=1e-12, abs=1e-12)


@given(
    st.lists(st.integers(0, 5000), min_size=4, max_size=4),
    st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=4, max_size=4),
)
def test_the_schedule_agrees_with_its_cells(paid: list[int], plan: list[int | None]) -> None:
    assume(any(one is not None for one in plan))
    measure = KINDS["monthly_schedule"].measures["schedule_mean"]
    shares = [one / 1000 for one in paid]
    plans = [0.0 if one is None else one / 100 for one in plan]
    counted = [one is not None for one in plan]
    nothing = np.zeros(1)
    table = Inputs(nothing, nothing, nothing, np.array([shares]), np.array([plans]), np.array([counted]))
    cells: list[float | str | bool | None] = []
    for share, planned, counts in zip(shares, plans, counted, strict=True):
        value = calculate(checkpoint_formula("A", "P", counts=counts), {"A": share, "P": planned})
        assert not isinstance(value, list)
        cells.append(value)
    quick = float(measure.values(table)[0])
    assert 0 <= quick <= 1
    assert calculate(measure.formula(CELLS), {"S": cells}) == pytest.approx(quick, abs=1e-12)


@pytest.mark.parametrize("level", LEVELS, ids=lambda one: one.id)
def test_a_level_without_a_percentage_is_its_default_in_the_sheet_too(level: object) -> None:
    chosen = next(one for one in LEVELS if one is level)
    formula = KINDS["qualitative"].measures["level"].formula(CELLS)
    assert calculate(formula, {"A": chosen.label, "PCT": None}) == float(chosen.default)


@given(st.sampled_from(LEVELS), st.integers(0, 1100))
def test_a_percentage_counts_in_the_sheet_exactly_where_the_level_allows_it(level: object, thousandths: int) -> None:
    chosen = next(one for one in LEVELS if one is level)
    formula = KINDS["qualitative"].measures["level"].formula(CELLS)
    value = calculate(formula, {"A": chosen.label, "PCT": thousandths / 1000})
    allowed = chosen.allows(Fraction(thousandths, 1000))
    assert value == (thousandths / 1000 if allowed else "待补充")


def test_a_text_that_is_no_level_is_asked_for_in_the_sheet() -> None:
    formula = KINDS["qualitative"].measures["level"].formula(CELLS)
    assert calculate(formula, {"A": "", "PCT": 0.9}) == "待补充"


def test_the_bands_of_the_levels_cover_every_percentage_once() -> None:
    for thousandths in range(1001):
        assert sum(level.allows(Fraction(thousandths, 1000)) for level in LEVELS) == 1


@given(st.integers(0, 10000), st.integers(1, 10000))
def test_a_judgement_is_its_share_of_the_points(score: int, points: int) -> None:
    measure = KINDS["judged"].measures["judged_share"]
    rows = [(Decimal(score) / 100, Decimal(points) / 100, Decimal(0))]
    quick = floats(measure, rows)[0]
    assert quick == pytest.approx(score / points)
    assert calculate(measure.formula(CELLS), {"A": score / 100, "W": points / 100}) == pytest.approx(quick)


@given(NUMBERS, ACTUALS, ACTUALS)
def test_more_is_never_worse_for_at_least(target: Decimal, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    low, high = (one_float("at_least", "ratio", actual, target) for actual in (less, more))
    assert low <= high
    assert PROPORTIONAL.of(Fraction(low)) <= PROPORTIONAL.of(Fraction(high))


@pytest.mark.parametrize("name", ["excess", "inverse_ratio"])
@given(target=NUMBERS, one=ACTUALS, other=ACTUALS)
def test_more_is_never_better_for_at_most(name: str, target: Decimal, one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    assert one_float("at_most", name, less, target) >= one_float("at_most", name, more, target)


@given(NUMBERS, NUMBERS, ACTUALS)
def test_a_range_is_met_inside_and_only_inside(low: Decimal, more: Decimal, actual: Decimal) -> None:
    high = low + more + 1
    measure = one_float("range", "nearer_end", actual, low, high)
    assert (measure == 1) == (low <= actual <= high)


@given(st.integers(40000, 50000), st.integers(40000, 50000))
def test_days_late_are_never_negative(actual: int, target: int) -> None:
    assert one_float("deadline", "days_late", Decimal(actual), Decimal(target)) == max(0, actual - target)


def test_every_kind_names_its_measures_by_their_ids() -> None:
    for name, kind in KINDS.items():
        assert kind.id == name
        assert all(measure.id == key for key, measure in kind.measures.items())
