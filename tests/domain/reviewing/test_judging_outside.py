"""Reviews of what stands outside the 100, and of scores above their points: bounds of an adjustment, and the total."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.reviewing.judging import judge
from selfeval.domain.reviewing.review import PublishedProject, PublishedRow, ReviewBook, TypedRow
from selfeval.domain.scored import EXECUTION
from tests.domain.test_extra_sections import rulebook


def row(indicator: str, level1: str, points: int, score: int) -> PublishedRow:
    return PublishedRow(indicator, indicator, "≥1次", "1", points, score, "scored", level1)


ROWS = (
    row(EXECUTION, EXECUTION, 1000, 1000),
    row("P1-01", "产出指标", 5000, 5200),  # uncapped
    row("P1-02", "效益指标", 3000, 1000),
    row("P1-03", "满意度指标", 1000, 1000),
    row("P1-04", "加分项", 0, 300),
    row("P1-05", "扣分项", 0, -400),
)
SCORED = PublishedProject("P1", "项目", "U1", "单位", 8100, "良", "print", ROWS)


def judged(indicator: str, adjusted: str) -> tuple[int | None, list[str]]:
    entry = TypedRow(indicator, 13, "调整", adjusted, "核实")
    book = ReviewBook("a.xlsx", "复核意见", 2024, "P1", "print", "", "", "", (entry,), {}, {"adjusted": "H"}, "G9")
    review, problems = judge(book, SCORED, rulebook())
    return review.total, [found.code for found in problems]


@pytest.mark.parametrize(
    ("indicator", "adjusted", "total"),
    [
        ("P1-04", "5", 8300),
        ("P1-04", "0", 7800),
        ("P1-05", "-10", 7500),
        ("P1-05", "0", 8500),
        ("P1-01", "52", 8100),
        ("P1-01", "51", 8000),
    ],
)
def test_an_adjustment_within_its_bounds_moves_the_total(indicator: str, adjusted: str, total: int) -> None:
    found, codes = judged(indicator, adjusted)
    assert found == total
    assert set(codes) <= {"I611"}


@pytest.mark.parametrize(
    ("indicator", "adjusted"), [("P1-04", "5.01"), ("P1-04", "-1"), ("P1-05", "1"), ("P1-05", "-10.5"), ("P1-01", "53")]
)
def test_one_beyond_them_is_refused(indicator: str, adjusted: str) -> None:
    assert judged(indicator, adjusted) == (8100, ["E615"])


def test_the_bonus_of_a_review_stays_below_100_too() -> None:
    full = tuple(replace(one, score=3000) if one.indicator == "P1-02" else one for one in ROWS)
    entry = TypedRow("P1-05", 13, "调整", "0", "核实")
    book = ReviewBook("a.xlsx", "复核意见", 2024, "P1", "print", "", "", "", (entry,), {}, {"adjusted": "H"}, "G9")
    review, _ = judge(book, replace(SCORED, rows=full), rulebook())
    assert review.total == 10200  # 102 without the bonus, to which it adds nothing
