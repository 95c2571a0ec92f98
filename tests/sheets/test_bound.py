"""An expression that stands in many rows is read and written from the cells of each."""

from __future__ import annotations

import pytest

from selfeval.domain.expression.evaluate import as_sheet
from selfeval.domain.expression.tree import Expression, Name, Span, lift, total, when
from selfeval.domain.expression.values import Loose
from selfeval.domain.expression.worksheet import text

A, B, LIST = Name("a"), Name("b"), Name("list")
FORMULA = when(A > 0, B - (A - 1), total(LIST))


@pytest.mark.parametrize("row", [2, 7])
def test_it_is_the_same_as_with_its_names_replaced(row: int) -> None:
    cells: dict[Name, Name | Span] = {A: Name(f"A{row}"), B: Name(f"B{row}"), LIST: Span(Name("C1"), Name("C9"))}
    replaced = FORMULA.bind(cells)
    assert text(FORMULA.of(cells), str) == text(replaced, str) == f"IF(A{row}>0,B{row}-(A{row}-1),SUM($C$1:$C$9))"
    values = Loose({f"A{row}": 3.0, f"B{row}": 10.0})
    assert as_sheet(FORMULA.of(cells), values) == as_sheet(replaced, values) == 8


def test_it_may_stand_inside_another() -> None:
    inner = (A + B).of({A: Name("A1"), B: Name("B1")})
    assert text(inner * 2, str) == "(A1+B1)*2"
    assert as_sheet(inner * 2, Loose({"A1": 1.0, "B1": 2.0})) == 6


@pytest.mark.parametrize("names", [{B: Name("D1")}, {B: lift(5)}, {B: Name("D1") + 1}], ids=["cell", "number", "sum"])
@pytest.mark.parametrize("own", [{A: Name("c"), B: B}, {A: B}, {A: Name("c")}], ids=["all", "another's", "one"])
def test_its_names_can_be_replaced_too(own: dict[Name, Name | Span], names: dict[Name, Expression]) -> None:
    formula = when(A > 0, B - (A - 1), 0)
    assert text(formula.of(own).bind(names), str) == text(formula.bind({**own}).bind(names), str)
