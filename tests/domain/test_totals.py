"""Totals, ranges and grades of a project, from its printed scores."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.problems import Place, problem
from selfeval.domain.scoring.score import score
from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Project, Row, evaluate, make_reported, make_targets
from tests.domain.rules import rulebook_2024

DONE = Row("≥1次", 1.0)


@pytest.mark.parametrize(
    ("executed", "actual", "total", "grade"),
    [
        (100.0, 100.0, 10000, "优"),
        (0.0, 100.0, 9000, "优"),
        (0.0, 99.98, 8999, "良"),
        (0.0, 80.0, 8000, "良"),
        (0.0, 79.98, 7999, "中"),
        (0.0, 40.0, 6000, "中"),
        (0.0, 39.98, 5999, "差"),
        (0.0, 99.99, 9000, "优"),  # 49.995 is printed 50.00, and the grade is that of the printed total
    ],
)
def test_the_grade_is_that_of_the_printed_total(executed: float, actual: float, total: int, grade: str) -> None:
    result = evaluate([Project([Row("≥100次", actual), MET, CONTENT], executed=executed)])
    project = result.projects["P1"]
    assert (project["total"], project["grade"]) == (total, grade)
    assert project["lowest"] == project["highest"] == total


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 1300)), min_size=1, max_size=9),
    st.integers(0, 1000),
)
def test_the_total_is_the_sum_of_the_printed_scores(pairs: list[tuple[int, int]], executed: int) -> None:
    rows = [Row(f"≥{target}次", float(actual)) for target, actual in pairs]
    result = evaluate([Project([*rows, MET, CONTENT], executed=executed / 10)])
    project = result.projects["P1"]
    scores = [int(one) for one in result.scored.indicators.frame["score"]]
    points = [int(one) for one in result.scored.indicators.frame["points"]]
    assert project["total"] == sum(scores)
    assert project["execution_score"] + project["indicator_score"] == project["total"]
    assert sum(points) == 10000
    assert all(0 <= score <= most for score, most in zip(scores, points, strict=True))
    assert project["grade"] == oracle.grade(Decimal(sum(scores)) / 100)


def test_a_missing_value_gives_a_range_instead_of_a_total() -> None:
    result = evaluate([Project([DONE, Row("≥1次"), MET, CONTENT], executed=90.0)])
    project = result.projects["P1"]
    assert (project["lowest"], project["highest"]) == (7400, 9900)
    assert project["total"] != project["total"] or project["total"] is None
    assert (project["grade"], project["state"], project["missing"]) == ("待定", "ask", 1)


def test_a_missing_budget_gives_a_range_too() -> None:
    project = evaluate([Project([DONE, MET, CONTENT], full_year=None)]).projects["P1"]
    assert (project["lowest"], project["highest"], project["grade"]) == (9000, 10000, "待定")


def test_an_error_outranks_what_is_missing_and_what_is_flagged() -> None:
    unread = Row("暂不确定")
    flagged = Row("1次", 2.0, reason="有原因")
    assert evaluate([Project([unread, Row("≥1次"), flagged, MET])]).projects["P1"]["state"] == "error"
    assert evaluate([Project([Row("≥1次"), flagged, MET])]).projects["P1"]["state"] == "ask"
    assert evaluate([Project([DONE, flagged, MET])]).projects["P1"]["state"] == "attention"
    assert evaluate([Project([DONE, MET])]).projects["P1"]["state"] == "scored"


def test_flags_are_counted_and_cost_nothing() -> None:
    project = evaluate([Project([Row("1次", 2.0, reason="有原因"), MET, CONTENT], executed=101.0)]).projects["P1"]
    assert (project["flagged"], project["total"], project["state"]) == (2, 10000, "attention")


def test_a_project_that_sent_nothing_has_everything_open() -> None:
    result = evaluate([Project([DONE, MET, CONTENT], "P1", sent=False), Project([DONE, MET, CONTENT], "P2")])
    project = result.projects["P1"]
    assert (project["lowest"], project["highest"], project["state"], project["missing"]) == (0, 10000, "ask", 4)
    assert [one.code for one in result.scored.problems] == ["E423"]
    assert result.projects["P2"]["total"] == 10000


def test_a_form_that_is_known_to_be_missing_is_not_told_twice() -> None:
    silent = [Project([DONE, MET, CONTENT, Row("月度时序")], sent=False)]
    told = problem("E301", Place("P1"), name="项目P1", project="P1", path="P1.xlsx", year=2024)
    scored = score(make_targets(silent), make_reported(silent, (told,)), rulebook_2024())
    assert [one.code for one in scored.problems] == ["E301"]


def test_a_year_without_projects_is_an_empty_answer() -> None:
    scored = evaluate([]).scored
    assert (len(scored.indicators), len(scored.projects), scored.problems) == (0, 0, ())


def test_of_a_project_that_could_not_be_scored_every_row_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("selfeval.domain.scoring.score.promises", fails)
    project = evaluate([Project([DONE, MET, CONTENT])]).projects["P1"]
    assert (project["missing"], project["state"]) == (4, "error")
    assert (project["lowest"], project["highest"]) == (0, 10000)
