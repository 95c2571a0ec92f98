"""What a reviewer typed is taken or refused, and the total and deviation follow from what was taken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.reviewing.judging import judge
from selfeval.domain.reviewing.review import PublishedProject, PublishedRow, Review, ReviewBook, TypedRow, fingerprint
from selfeval.domain.scored import EXECUTION
from tests.domain.rules import rulebook_2024

COLUMNS = {"verdict": "G", "adjusted": "H", "reason": "I", "score": "D"}


def row(indicator: str, points: int, score: int | None, state: str = "scored") -> PublishedRow:
    return PublishedRow(indicator, f"名{indicator}", "≥1次", "1", points, score, state)


ROWS = (
    row(EXECUTION, 1000, 1000),
    row("P1-01", 5000, 4500),
    row("P1-02", 0, None, "not_applicable"),
    row("P1-03", 3000, 3000),
    row("P1-04", 1000, 1000),
)
SCORED = PublishedProject("P1", "项目", "U1", "单位", 9500, "优", "print", ROWS)


def judged(*entries: TypedRow, verdict: str = "", scored: PublishedProject = SCORED, seen: str = "print") -> Review:
    return judging(*entries, verdict=verdict, scored=scored, seen=seen)[0]


def judging(
    *entries: TypedRow, verdict: str = "", scored: PublishedProject = SCORED, seen: str = "print"
) -> tuple[Review, list[Problem]]:
    book = ReviewBook("a.xlsx", "复核意见", 2024, "P1", seen, verdict, "李某", "2025-03-01", entries, {}, COLUMNS, "G9")
    return judge(book, scored, rulebook_2024())


def adjust(adjusted: str, reason: str = "重复计数", verdict: str = "调整", indicator: str = "P1-01") -> TypedRow:
    return TypedRow(indicator, 13, verdict, adjusted, reason)


def test_an_adjustment_moves_the_total_the_grade_and_the_deviation() -> None:
    review = judged(adjust("34.5"))
    assert (review.total, review.grade, review.adjusted) == (8450, "良", 1)
    assert review.deviation == Fraction(1050, 8450)
    line = next(one for one in review.lines if one.adjusted is not None)
    assert (line.adjusted, line.final, line.reviewer, line.day) == (3450, 3450, "李某", "2025-03-01")


REFUSED = {
    "E611": adjust("40", verdict="可以"),
    "E612": adjust("40", verdict="认可"),
    "E613": adjust("40", reason=""),
    "E614": adjust(""),
    "E615": adjust("50.01"),
    "E616": adjust("1", indicator="P1-02"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_accepted_is_refused_at_its_cell_and_changes_no_score(code: str) -> None:
    review, problems = judging(REFUSED[code])
    assert [one.code for one in problems] == [code]
    place = problems[0].place
    assert (place.project, place.file, place.sheet, place.cell[1:]) == ("P1", "a.xlsx", "复核意见", "13")
    assert review.total == 9500
    assert review.refused == 1
    assert review.state == "有误待改"


@pytest.mark.parametrize("typed", ["-1", "50.005", "五分", "1e3", "50.000001", "nan"])
def test_a_score_must_be_a_number_of_hundredths_within_the_points(typed: str) -> None:
    _, problems = judging(adjust(typed))
    assert [one.code for one in problems] == ["E615"]


@pytest.mark.parametrize("typed", ["0", "50", "49.99", "50.00"])
def test_any_score_within_the_points_is_accepted(typed: str) -> None:
    review, problems = judging(adjust(typed))
    assert not problems
    assert review.adjusted == 1


def test_an_adjusted_score_without_a_verdict_is_refused() -> None:
    review, problems = judging(adjust("40", verdict=""))
    assert [one.code for one in problems] == ["E612"]
    assert "空的" in problems[0].message
    assert review.total == 9500


def test_a_return_needs_a_reason_and_keeps_the_score() -> None:
    review, problems = judging(adjust("", reason="没有佐证", verdict="退回"))
    assert not problems
    assert (review.total, review.returned, review.state) == (9500, 1, "退回")
    assert [one.code for one in judging(adjust("", reason="", verdict="退回"))[1]] == ["E613"]


@pytest.mark.parametrize("reason", ["无", "/", "-", "—", "——", " 无 。", "不涉及", "　"])
@pytest.mark.parametrize("verdict", ["调整", "退回"])
def test_a_reason_that_says_nothing_is_none(reason: str, verdict: str) -> None:
    review, problems = judging(adjust("40" if verdict == "调整" else "", reason=reason, verdict=verdict))
    assert [one.code for one in problems] == ["E613"]
    assert (review.total, review.refused) == (9500, 1)


def test_a_reason_may_begin_with_nothing() -> None:
    assert not judging(adjust("40", reason="无佐证材料"))[1]


def test_an_adjustment_that_changes_nothing_is_noted() -> None:
    review, problems = judging(adjust("45"))
    assert [one.code for one in problems] == ["I611"]
    assert review.adjusted == 1
    assert review.refused == 0


def test_accepting_the_whole_project_finishes_it() -> None:
    assert judged(verdict="认可").state == "已复核"
    assert judged(adjust("", reason="", verdict="认可")).state == "复核中"
    rest = [TypedRow(one.indicator, 20, "认可") for one in ROWS if one.state != "not_applicable"]
    assert judged(*rest).state == "已复核"


def test_accepting_the_whole_with_adjustments_is_doubted() -> None:
    review, problems = judging(adjust("40"), verdict="认可")
    assert [one.code for one in problems] == ["W611"]
    assert review.total == 9000


def test_an_unknown_verdict_on_the_whole_is_said_at_its_cell() -> None:
    _, problems = judging(verdict="原则同意")
    assert [(one.code, one.place.cell) for one in problems] == [("E611", "G9")]


def test_a_review_of_another_run_says_so_and_still_counts() -> None:
    review, problems = judging(adjust("40"), seen="other")
    assert [one.code for one in problems] == ["W612"]
    assert review.total == 9000


def test_a_self_score_that_was_changed_in_the_workbook_is_said() -> None:
    review, problems = judging(replace(adjust("40"), own="48"))
    assert [one.code for one in problems] == ["W614"]
    assert review.deviation == Fraction(500, 9000)
    assert not judging(replace(adjust("40"), own="45"))[1]


def test_a_project_without_a_total_gets_one_once_every_row_is_scored() -> None:
    rows = (*ROWS[:1], row("P1-01", 5000, None, "ask"), *ROWS[2:])
    scored = replace(SCORED, rows=rows, total=None, grade="待定")
    assert judged(scored=scored, verdict="调整").total is None
    review = judged(adjust("30"), scored=scored)
    assert (review.total, review.deviation) == (8000, None)


def test_points_left_out_by_the_rules_convert_the_total() -> None:
    rulebook = replace(rulebook_2024(), not_applicable="whole_form")
    rows = (row(EXECUTION, 1000, 1000), row("P1-01", 5000, 4500))
    book = ReviewBook("a", "s", 2024, "P1", "print", "认可", "", "", (), {}, COLUMNS)
    assert judge(book, replace(SCORED, rows=rows), rulebook)[0].total == 9167


def test_nothing_is_compared_with_a_review_of_zero() -> None:
    assert Review(SCORED, total=0).deviation is None
    assert Review(replace(SCORED, total=None), total=9500).deviation is None
    assert Review(SCORED, total=10000).deviation == Fraction(-1, 20)
    assert Review(SCORED).state == "未复核"


def test_the_fingerprint_changes_with_any_value() -> None:
    values = ("P1-01", "≥1次", "1", "50.00", "45.00", "scored")
    whole = fingerprint(2024, "P1", [values])
    for i in range(len(values)):
        changed = (*values[:i], values[i] + "0", *values[i + 1 :])
        assert fingerprint(2024, "P1", [changed]) != whole
    assert fingerprint(2025, "P1", [values]) != whole
    assert fingerprint(2024, "P1", [values]) == whole


def test_what_was_typed_where_no_indicator_is_known_is_told_and_the_review_is_not_done() -> None:
    entries = [replace(adjust("40"), indicator=indicator) for indicator in ("", "p1-01")]
    review, problems = judging(*entries, verdict="认可")
    assert [one.code for one in problems] == ["E623", "E623"]
    assert "“p1-01”" in problems[0].message + problems[1].message
    assert (review.adjusted, review.unplaced, review.state) == (0, 2, "有误待改")


def test_an_opinion_beside_the_name_of_another_row_is_not_taken() -> None:
    rows = tuple(replace(one, printed=f"数量：{one.name}") for one in ROWS)
    scored = replace(SCORED, rows=rows)
    assert judged(replace(adjust("40"), printed="数量：名P1-0 1"), scored=scored).adjusted == 1
    for same in ("数量:名P1-01", "数量：名Ｐ1-01"):
        assert not judging(replace(adjust("40"), printed=same), scored=scored)[1]
    for printed in ("数量：名P1-03", ""):
        review, problems = judging(replace(adjust("40"), printed=printed), scored=scored)
        assert [one.code for one in problems] == ["E624"]
        assert (review.adjusted, review.refused) == (0, 1)
