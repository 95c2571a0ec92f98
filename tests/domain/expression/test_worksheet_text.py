"""An expression as the text of a formula: brackets where they are needed, quotes, absolute spans."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

import pytest

from selfeval.domain.expression.tree import (
    ALWAYS,
    NEVER,
    Expression,
    Name,
    Operand,
    Span,
    Union,
    all_of,
    cases,
    count_of,
    is_number,
    joined,
    largest,
    lift,
    mean,
    rounded,
    shown,
    steady,
    total,
    total_where,
    when,
    whole,
)
from selfeval.domain.expression.worksheet import formula, text

A, B, C = Name("A1"), Name("B1"), Name("C1")
COLUMN = Span(Name("B2"), Name("B9"))
FAR = Span(Name("'评分依据'!P5"), Name("'评分依据'!P13"))

WRITTEN: tuple[tuple[Operand, str], ...] = (
    (A + B * C, "A1+B1*C1"),
    ((A + B) * C, "(A1+B1)*C1"),
    (A - (B - C), "A1-(B1-C1)"),
    (A - (B + C), "A1-(B1+C1)"),
    ((A - B) - C, "A1-B1-C1"),
    (A / (B * C), "A1/(B1*C1)"),
    (A / B * C, "A1/B1*C1"),
    (1 - (A - B) / B, "1-(A1-B1)/B1"),
    (A * 2 <= B + 1, "A1*2<=B1+1"),
    ((A < B).equals(lift(1) < C), "A1<B1=(1<C1)"),
    (joined("共", A + B, "次"), '"共"&A1+B1&"次"'),
    (A + -3, "A1+(-3)"),
    (A * Fraction(-1, 2), "A1*(-0.5)"),
    (A * Fraction(1, 2), "A1*0.5"),
    (lift(-3), "-3"),
    (lift(0.1) + Fraction(1, 3), "0.1+(1/3)"),
    (lift(Fraction(1, 10**7)), "0.0000001"),
    (A.equals('甲"乙"'), 'A1="甲""乙"""'),
    (A.differs(""), 'A1<>""'),
    (when(A >= B, 1, largest(A, 0) / B), "IF(A1>=B1,1,MAX(A1,0)/B1)"),
    (cases((A > 9, "优"), (A > 8, "良"), otherwise="中"), 'IF(A1>9,"优",IF(A1>8,"良","中"))'),
    (all_of(is_number(A), ALWAYS, NEVER), "AND(ISNUMBER(A1),1=1,1=0)"),
    (total(COLUMN), "SUM($B$2:$B$9)"),
    (mean(FAR), "AVERAGE('评分依据'!$P$5:$P$13)"),
    (total(Union((COLUMN, C))), "SUM($B$2:$B$9,C1)"),
    (count_of(COLUMN, "待补充"), 'COUNTIF($B$2:$B$9,"待补充")'),
    (count_of(Union((COLUMN, C)), "错误"), 'COUNTIF($B$2:$B$9,"错误")+COUNTIF($C$1:$C$1,"错误")'),
    (2 * count_of(Union((COLUMN, C)), 0), "2*(COUNTIF($B$2:$B$9,0)+COUNTIF($C$1:$C$1,0))"),
    (
        total_where(Union((COLUMN, A)), "甲", Union((Span(Name("C2"), Name("C9")), B))),
        'SUMIF($B$2:$B$9,"甲",$C$2:$C$9)+SUMIF($A$1:$A$1,"甲",$B$1:$B$1)',
    ),
    (rounded(A * B, 2), "ROUND(ROUND(A1*B1,9),2)"),
    (steady(A / B, 12), "ROUND(A1/B1,12)"),
    (whole(A / B, up=True), "ROUNDUP(ROUND(A1/B1,9),0)"),
    (whole(A / B, up=False), "ROUNDDOWN(ROUND(A1/B1,9),0)"),
    (shown(A, "0.00"), 'TEXT(A1,"0.00")'),
)


@pytest.mark.parametrize(("expression", "wanted"), WRITTEN, ids=[wanted for _, wanted in WRITTEN])
def test_an_expression_is_written_as_a_sheet_reads_it(expression: Expression, wanted: str) -> None:
    assert text(expression, str) == wanted
    assert formula(expression, str) == f"={wanted}"


def test_names_stand_where_they_are_placed() -> None:
    cells: dict[Hashable, str] = {"actual": "F7", "target": "'表'!E7"}
    assert text(Name("actual") / Name("target"), cells.__getitem__) == "F7/'表'!E7"


def test_trees_are_compared_and_their_names_replaced() -> None:
    assert when(A >= B, 1, 0) == when(A >= B, 1, 0)
    assert (A / B).bind({B: C * 2}) == A / (C * 2)
    assert text((A / B).bind({B: C * 2}), str) == "A1/(C1*2)"
