"""The float steps of a sheet show the exact score of every row, held against exact arithmetic."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.curves import Curve, LineCurve, Step, StepCurve, share_of
from selfeval.domain.expression.tree import Expression
from selfeval.domain.rounding import half_up
from selfeval.domain.rulebook import Rulebook
from selfeval.sheets.layout import Layout
from selfeval.sheets.model import Book, cell
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import Seen, Values
from selfeval.workbooks.conventions import GROUNDS
from selfeval.workbooks.grounds_sheet import grounds_sheet
from selfeval.workbooks.schedule_sheet import schedule_sheet
from tests.domain.rules import PROPORTIONAL, rulebook_2024
from tests.workbooks.sample import OUTPUT, Indicator, Project, score_year

PASS_MARK = StepCurve((Step(Fraction(0), Fraction(0)), Step(Fraction(3, 5), None), Step(Fraction(1), Fraction(1))))
LINES = LineCurve(((Fraction(3, 5), Fraction(0)), (Fraction(1), Fraction(1))))
ROW = "P-01"


def rules(curve: Curve) -> Rulebook:
    """The rulebook with another curve for ≥."""
    usual = rulebook_2024()
    return replace(usual, kinds={**usual.kinds, "at_least": replace(usual.kinds["at_least"], curve=curve)})


def shown(actual: int, target: int, curve: Curve = PROPORTIONAL, rows: int = 1) -> tuple[object, int, int, str]:
    """What the sheet shows as score; the exact points and score in hundredths; the formula of the score."""
    indicators = [Indicator(OUTPUT, "数量指标", "完成", f"≥{target}次", {"actual": actual, "reason": "有偏差"})] * rows
    year = score_year([Project("P", "项目", indicators)], rules(curve))
    scored = year.project("P")
    sheet = grounds_sheet(scored, year.rulebook)
    schedule = schedule_sheet(scored, year.rulebook)
    assert schedule is not None
    book = Book("", dt.date(2025, 1, 1), WORKBOOKS, (sheet, schedule))
    layout = Layout(book)
    row = next(row for row in sheet.rows if row.id == ROW)
    formula = next(one.content for one in row.cells if one.column == "score")
    assert isinstance(formula, Expression)
    found = scored.rows[1]
    assert found.score is not None
    value = Seen(Values(layout), layout, GROUNDS).value(cell(ROW, "score").key)
    return value, found.points, found.score, layout.formula(formula, GROUNDS)


NOT_FAR_OFF = st.integers(1, 10**14).flatmap(
    lambda target: st.tuples(st.integers(target // 900 + 1, min(10**14, target * 900)), st.just(target))
)
"""An actual and its target; a thousandfold off, it would be asked about."""


@settings(max_examples=60, deadline=None)
@given(NOT_FAR_OFF, st.integers(1, 7), st.sampled_from([PROPORTIONAL, PASS_MARK, LINES]))
def test_every_score_is_the_exact_one(pair: tuple[int, int], rows: int, curve: Curve) -> None:
    actual, target = pair
    value, points, score, _ = shown(actual, target, curve, rows)
    assert value == score / 100
    assert score == half_up(share_of(curve, Fraction(actual, target)) * points)


def test_the_formula_is_the_usual_one_where_its_floats_show_the_exact_score() -> None:
    assert shown(860, 900)[3] == '=IF(ISNUMBER(K6),ROUND(ROUND(K6*L6,9),2),"待补充")'


def test_a_tie_and_its_neighbour_are_told_apart() -> None:
    tie, beside = shown(95, 100, rows=20), shown(9_499_999_999, 10**10, rows=20)
    assert (tie[1], tie[0], beside[0]) == (450, 4.28, 4.27)
    assert "J6=" not in tie[3]
    assert beside[3] == '=IF(ISNUMBER(K6),IF(J6=0.9499999999,4.27,ROUND(ROUND(K6*L6,9),2)),"待补充")'


def test_a_measure_just_below_a_pass_mark_does_not_pass() -> None:
    value, _, score, formula = shown(5_999_999_999, 10**10, PASS_MARK)
    assert (value, score) == (0, 0)
    assert "IF(J6=0.5999999999,0," in formula
