"""Every measure of every kind, read in all ways: exactly, over columns, as a sheet calculates, and as its text."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.domain.curves import share_of
from selfeval.domain.expression.columns import over_columns
from selfeval.domain.expression.evaluate import as_sheet, exactly
from selfeval.domain.expression.tree import Expression, steady
from selfeval.domain.expression.values import ErrorValue, Loose, Value
from selfeval.domain.expression.worksheet import formula
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import POINTS
from tests.domain.expression.measured import CURVES, OTHERS, Row, as_fraction, columns, measured, rows, scored
from tests.recalculation.engine import Calculator

MEASURED = {**measured(), **OTHERS}
each_measure = pytest.mark.parametrize("name", MEASURED)


def as_float(value: Value) -> float:
    return float(value) if isinstance(value, Fraction) else float("nan")


def test_every_measure_of_every_kind_is_here() -> None:
    wanted = {f"{kind.id} {measure}" for kind in KINDS.values() for measure in kind.measures}
    assert {name.rpartition(" ")[0] for name in measured()} == wanted


@each_measure
@settings(max_examples=2)
@given(seed=st.integers(0, 2**32))
def test_columns_give_the_exact_score_on_every_row(name: str, seed: int) -> None:
    measure = MEASURED[name]
    table = rows(measure, Random(seed), 100, hair=True)
    for curve in CURVES:
        score = scored(measure, curve)
        exact = [as_float(exactly(score, row)) for row in table]
        np.testing.assert_array_equal(over_columns(score, columns(table)), exact)


@each_measure
def test_an_unrounded_result_over_columns_is_off_by_a_few_last_digits(name: str) -> None:
    measure = MEASURED[name]
    table = rows(measure, Random(7), 300, hair=False)
    exact = [as_float(exactly(measure, row)) for row in table]
    np.testing.assert_allclose(over_columns(measure, columns(table)), exact, rtol=1e-13, atol=1e-13)


def on_a_tie(measure: Fraction, curve: int, points: Fraction) -> bool:
    return (share_of(CURVES[curve], measure) * points * 100) % 1 == Fraction(1, 2)


@each_measure
def test_the_rows_lie_on_ties_and_on_bounds(name: str) -> None:
    """What the comparisons above are worth: such rows are among those that they compare."""
    measure = MEASURED[name]
    ties, bounds = 0, 0
    for row in rows(measure, Random(1), 500, hair=True):
        value, points = exactly(measure, row), as_fraction(row[POINTS.key])
        if isinstance(value, Fraction):
            ties += any(on_a_tie(value, curve, points) for curve in range(len(CURVES)))
            bounds += any(value in curve.turns for curve in CURVES)
    assert min(ties, bounds) >= 2


@each_measure
def test_a_sheet_calculates_the_exact_value(name: str) -> None:
    measure = MEASURED[name]
    for row in rows(measure, Random(3), 200, hair=False):
        exact, seen = exactly(measure, row), as_sheet(measure, Loose(row))
        if isinstance(exact, Fraction):
            assert seen == pytest.approx(float(exact), rel=1e-12, abs=1e-12), row
        else:
            assert seen == exact, row


def usable(measure: Expression, row: Row) -> bool:
    """Whether something other than an error comes out."""
    return not isinstance(as_sheet(measure, Loose(row)), ErrorValue)


@pytest.mark.xdist_group("libreoffice")
def test_the_text_means_what_the_expression_means(calculator: Calculator, tmp_path: Path) -> None:
    """Each measure and score with its inputs beside it, stored as the sheet's reading has it, and calculated anew."""
    file, count = tmp_path / "measures.xlsx", 0
    with xlsxwriter.Workbook(file) as book:
        for i, (name, measure) in enumerate(MEASURED.items()):
            sheet = book.add_worksheet(f"{i} {name.split()[0]}")
            for line, row in enumerate(rows(measure, Random(i), 40, hair=False)):
                places: dict[Hashable, str] = {}
                at = 20
                for key, value in row.items():
                    parts = value if isinstance(value, list) else [value]
                    for k, part in enumerate(parts):
                        if part is not None:
                            sheet.write(line, at + k, part)
                    last = at + len(parts) - 1
                    places[key] = xl_rowcol_to_cell(line, at) if last == at else xl_range_abs(line, at, line, last)
                    at = last + 1
                if not usable(measure, row):
                    continue
                for column, expression in enumerate(
                    [steady(measure, 9), *(scored(measure, curve) for curve in CURVES)]
                ):
                    shown = as_sheet(expression, Loose(row))
                    if not isinstance(shown, ErrorValue):
                        sheet.write_formula(line, column, formula(expression, places.__getitem__), None, shown)
                        count += 1
    (recalculated,) = calculator.recalculate([file])
    assert recalculated.count == count > 1000
    assert [str(difference) for difference in recalculated.differences] == []
