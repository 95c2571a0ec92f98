"""Under a rulebook that rounds to 0.1 or whole points, everything that prints a score does so with its decimals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.reviewing.judging import judge
from selfeval.domain.reviewing.review import PublishedProject, PublishedRow, ReviewBook, TypedRow
from selfeval.domain.rounding import signed
from selfeval.domain.rulebook import USUAL, Rounding
from selfeval.rulebook.writing.drafting import draft_cases
from selfeval.sheets.styles import number_format, with_decimals
from selfeval.sheets.themes.workbooks import WORKBOOKS
from tests.domain.rules import rulebook_2024

TENTHS, WHOLE = Rounding(1), Rounding(0, "floor")


def test_a_change_is_printed_as_scores_are() -> None:
    printed = [[rounding.signed(change) for change in (130, -200, 0)] for rounding in (USUAL, TENTHS, WHOLE)]
    assert printed == [["+1.30", "-2.00", "0.00"], ["+1.3", "-2.0", "0.0"], ["+1.30", "-2", "0"]]


@pytest.mark.parametrize(
    ("shown", "printed"),
    [("0.00%", "0.00%"), ("-0.00%", "0.00%"), ("0", "0"), ("-0.00", "0.00"), ("4.55%", "+4.55%"), ("-1.20", "-1.20")],
)
def test_a_change_that_is_none_as_printed_has_no_sign(shown: str, printed: str) -> None:
    assert signed(shown) == printed


def test_a_column_has_the_decimals_of_its_finest_score() -> None:
    assert [WHOLE.places_of(scores) for scores in ([100, 900], [100, 833])] == [0, 2]


@pytest.mark.parametrize(("places", "shown"), [(0, "0"), (1, "0.0"), (2, "0.00")])
def test_a_theme_shows_points_with_its_decimals_wherever_they_stand(places: int, shown: str) -> None:
    """In a cell of its own style, in one to be filled in that asks for the pattern, and beside the bars of a chart."""
    theme = with_decimals(WORKBOOKS, places)
    styles = theme.style("score"), theme.style("total"), theme.style("input_number open", "score")
    assert [number_format(style.pattern) for style in styles] == [shown] * 3
    assert number_format(theme.pattern("score")) == shown
    assert number_format(theme.style("percent").pattern) == "0.00%"


@pytest.mark.parametrize(
    ("rounding", "typed", "said"), [(TENTHS, "34.55", "最多一位小数"), (WHOLE, "34.5", "只能是整数")]
)
def test_a_reviewer_adjusts_as_finely_as_scores_are_printed(rounding: Rounding, typed: str, said: str) -> None:
    row = PublishedRow("P1-01", "名", "≥1次", "1", 5000, 4500, "scored")
    scored = PublishedProject("P1", "项目", "U1", "单位", 9500, "优", "print", (row,))
    entry = TypedRow("P1-01", 13, "调整", typed, "重复计数")
    book = ReviewBook("a.xlsx", "复核意见", 2024, "P1", "print", "", "", "", (entry,), {}, {})
    review, problems = judge(book, scored, replace(rulebook_2024(), rounding=rounding))
    assert review.lines[0].adjusted is None
    assert [found.code for found in problems] == ["E615"]
    assert f"应为0至{rounding.show(5000)}之间的数，{said}" in problems[0].message


def test_drafted_cases_say_scores_as_they_are_printed() -> None:
    drafted = draft_cases(2024, replace(rulebook_2024(), rounding=TENTHS))
    assert "score: 9.5," in drafted
    assert ".00" not in drafted
