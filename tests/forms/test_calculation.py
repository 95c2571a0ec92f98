"""Results of formulas without a spreadsheet. LibreOffice has the last word elsewhere; odd corners stand here."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from selfeval.forms.calculation.formulas import parse
from selfeval.forms.calculation.results import Calculator, ErrorValue, Result, as_text

CELLS: Mapping[tuple[str, str], Result] = {
    ("r1", "a"): 3.0,
    ("r2", "a"): "已填",
    ("r3", "a"): None,
    ("r4", "a"): ErrorValue("#DIV/0!"),
    ("r5", "a"): 4.5,
    ("r6", "a"): True,
}


def result(formula: str) -> Result:
    rows = [row for row, _ in CELLS]
    return Calculator(rows, CELLS, {("r6", "b"): formula}).result(("r6", "b"))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=1+2*3", 7.0),
        ("=-[r1@a]", -3.0),
        ("=(1+2)*3/2", 4.5),
        ('="共 "&[r1@a]&" 项"', "共 3 项"),
        ('=[r2@a]="已填"', True),
        ('=[r3@a]=""', True),
        ("=[r3@a]=0", True),
        ('="x">99', True),
        ("=0.1+0.2=0.3", True),
        ("=ROUND(1.005,2)", 1.01),
        ("=ROUND(-2.5,0)", -3.0),
        ("=ROUNDUP(1.2,0)+ROUNDDOWN(1.8,0)", 3.0),
        ("=SUM([r1@a]:[r3@a])", 3.0),
        ("=COUNT([r1@a]:[r6@a])", 2.0),
        ('=COUNTIF([r1@a]:[r5@a],"已填")', 1.0),
        ('=SUMIF([r2@a]:[r3@a],"已填",[r4@a]:[r5@a])', 0.0),
        ('=MATCH("已填",[r1@a]:[r5@a],0)+ROW([r1@a])-1', 2.0),
        ('=MATCH("没有",[r1@a]:[r5@a],0)', ErrorValue("#N/A")),
        ("=AVERAGE([r1@a]:[r3@a])", 3.0),
        ("=AVERAGE([r2@a]:[r3@a])", ErrorValue("#DIV/0!")),
        ("=MAX([r1@a],4)-MIN(1,[r1@a])", 3.0),
        ("=1/0", ErrorValue("#DIV/0!")),
        ("=1+[r2@a]", ErrorValue("#VALUE!")),
        ("=ISERROR([r4@a])", True),
        ('=IFERROR(1/0,"")', ""),
        ("=IF([r4@a],1,2)", ErrorValue("#DIV/0!")),
        ("=IF(1=2,1/0,5)", 5.0),
        ("=NOT(AND(1=1,OR(1=2,2=2)))", False),
        ("=ABS(-3)+INT(2.9)", 5.0),
        ('=TRIM("  a  b ")', "a b"),
        ('=TEXT(8.345,"0.00")', "8.35"),
        ("=ISNUMBER(NA())", False),
        ("=ISNUMBER([r6@a])", False),
    ],
)
def test_a_formula_gives_what_a_spreadsheet_gives(formula: str, expected: Result) -> None:
    assert result(formula) == expected


@pytest.mark.parametrize("formula", ["=1+", "=SUM(1", "=(1", "=1 2", "={1}", "=[r1]", "=1,2"])
def test_what_forms_do_not_use_is_a_bug_and_says_so(formula: str) -> None:
    with pytest.raises((ValueError, IndexError)):
        parse(formula)


def test_a_range_where_one_value_is_wanted_is_a_bug() -> None:
    with pytest.raises(TypeError):
        result("=1+[r1@a]:[r3@a]")


def test_values_in_texts_look_as_in_a_sheet() -> None:
    assert [as_text(one) for one in (3.0, 0.5, None, True, "甲")] == ["3", "0.5", "", "TRUE", "甲"]
