"""分值: every project's points add up to 100.00, whatever is 不涉及, missing or given."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.scoring.allocation import share_out
from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Project, Result, Row, evaluate
from tests.domain.random_projects import split_points

DONE = Row("≥1次", 1.0)
NONE = Row("不涉及")
GOOD = Row("持续提升", level="达成", level1="效益指标")
NO_GOOD = Row("不涉及", level1="效益指标")
NO_CONTENT = Row("/", level1="满意度指标")


def points(result: Result, code: str = "P1") -> list[int]:
    """分值 in hundredths in row order, the execution row first."""
    table = result.scored.indicators
    return [int(one) for one in table.frame.loc[table.frame["project"] == code, "points"]]


@given(st.integers(0, 20000), st.lists(st.fractions(0, 100, max_denominator=1000), min_size=1, max_size=12))
def test_shares_add_up_and_stay_within_a_hundredth(total: int, weights: list[Fraction]) -> None:
    if not any(weights):
        with pytest.raises(ValueError, match="positive"):
            share_out(total, weights)
        return
    parts = share_out(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1


@given(st.integers(1, 10000), st.integers(1, 60))
def test_an_even_split_gives_the_missing_hundredths_to_the_first_rows(total: int, count: int) -> None:
    parts = share_out(total, [Fraction(1)] * count)
    assert parts == [int(one * 100) for one in oracle.even_points(Decimal(total) / 100, count)]


def test_negative_weights_are_a_bug() -> None:
    with pytest.raises(ValueError, match="positive"):
        share_out(100, [Fraction(2), Fraction(-1)])


def test_fifty_over_six() -> None:
    result = evaluate([Project([*[DONE] * 6, MET, CONTENT])])
    assert points(result) == [1000, 834, 834, 833, 833, 833, 833, 3000, 1000]


def test_the_missing_hundredths_follow_the_document_not_the_section() -> None:
    result = evaluate([Project([DONE, MET, DONE, CONTENT, DONE])])
    assert points(result) == [1000, 1667, 3000, 1667, 1000, 1666]


def test_not_applicable_gives_its_points_to_the_rest_of_its_section() -> None:
    result = evaluate([Project([NONE, DONE, NONE, DONE, DONE, MET, CONTENT])])
    assert points(result) == [1000, 0, 1667, 0, 1667, 1666, 3000, 1000]
    row = result.rows["P1-01"]
    assert (row["state"], result.projects["P1"]["total"]) == ("not_applicable", 10000)
    assert row["score"] is None or row["score"] != row["score"]  # no score, rather than a zero


def test_a_section_without_anything_to_score_gives_its_points_in_proportion() -> None:
    result = evaluate([Project([DONE, NO_GOOD, CONTENT])])
    assert points(result) == [1000, 7500, 0, 1500]
    assert "“效益指标”没有要评分的指标（没有列出，或者全部不涉及），它的30.00分" in result.problem("W501").message


def test_two_empty_sections_leave_everything_to_the_third() -> None:
    result = evaluate([Project([DONE, DONE, NO_GOOD, NO_CONTENT])])
    assert points(result) == [1000, 4500, 4500, 0, 0]
    assert sorted(one.code for one in result.scored.problems) == ["W501", "W501"]


def test_the_execution_rate_keeps_its_points() -> None:
    assert points(evaluate([Project([NONE, NO_GOOD, CONTENT])])) == [1000, 0, 0, 9000]


@settings(max_examples=40)
@given(st.lists(st.sampled_from([DONE, NONE, GOOD, NO_GOOD, CONTENT, NO_CONTENT]), min_size=1, max_size=15))
def test_points_equal_the_oracle_whatever_is_not_applicable(rows: list[Row]) -> None:
    result = evaluate([Project(rows)])
    live = [one for one in rows if one.level is not None or one.actual is not None]
    if not live:
        assert "E513" in result.codes
        return
    counts = Counter(one.level1 for one in live)
    sections = oracle.section_points(list(counts))
    each = {name: iter(oracle.even_points(given, counts[name])) for name, given in sections.items()}
    wanted = [next(each[row.level1]) if row in live else Decimal(0) for row in rows]
    assert points(result) == [1000, *(int(one * 100) for one in wanted)]
    assert sum(points(result)) == 10000


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(2, 9))
def test_given_points_are_taken_as_they_are(seed: int, count: int) -> None:
    given_points = split_points(Random(seed), count)
    rows = [Row("≥1次", 1.0, points=float(one)) for one in given_points]
    assert points(evaluate([Project([*rows, MET, CONTENT])]))[1:-2] == [int(one * 100) for one in given_points]


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(3, 9))
def test_given_points_weigh_the_redistribution(seed: int, count: int) -> None:
    given_points = split_points(Random(seed), count)
    rows = [Row("不涉及" if i == 1 else "≥1次", 1.0, points=float(one)) for i, one in enumerate(given_points)]
    kept = [Fraction(one) for i, one in enumerate(given_points) if i != 1]
    wanted = [int(one * 100) for one in oracle.weighted_points(Decimal(50), kept)]
    found = points(evaluate([Project([*rows, MET, CONTENT])]))
    assert found[2] == 0
    assert [found[1], *found[3:-2]] == wanted


@pytest.mark.parametrize(
    ("given_points", "code"),
    [
        ((20.0, 29.99), "E508"),
        ((20.0, 31.0), "E508"),
        ((60.0, -10.0), "E508"),
        ((50.0, None), "E509"),
    ],
)
def test_given_points_that_cannot_be_used_stop_the_section(given_points: tuple[float | None, ...], code: str) -> None:
    rows = [Row("≥1次", 1.0, points=one) for one in given_points]
    result = evaluate([Project([*rows, MET, CONTENT])])
    assert result.codes == {code}
    assert result.rows["P1-01"]["state"] == result.rows["P1-02"]["state"] == "error"
    assert result.rows["P1-03"]["state"] == "scored"
    total = result.projects["P1"]
    assert (total["lowest"], total["highest"], total["grade"]) == (5000, 10000, "待定")
    assert sum(points(result)) == 10000


def test_points_that_do_not_add_up_are_told_with_the_project_and_its_rows() -> None:
    rows = [Row("≥1次", 1.0, points=one) for one in (20.0, 29.5)]
    told = evaluate([Project([*rows, MET, CONTENT])]).problem("E508")
    assert "的“产出指标”分值合计49.5分（01 20、02 29.5），应为50.00分" in told.message


def test_a_row_without_points_that_is_not_applicable_does_no_harm() -> None:
    rows = [Row("≥1次", 1.0, points=30), Row("≥1次", 1.0, points=20), NONE]
    assert points(evaluate([Project([*rows, MET, CONTENT])])) == [1000, 3000, 2000, 0, 3000, 1000]


@pytest.mark.parametrize("rows", [(), (NONE, NO_GOOD)])
def test_a_project_without_anything_to_score_says_so(rows: tuple[Row, ...]) -> None:
    result = evaluate([Project(rows)])
    assert "E513" in result.codes
    total = result.projects["P1"]
    assert (total["state"], total["lowest"], total["highest"], total["grade"]) == ("error", 1000, 10000, "待定")


def test_an_unknown_first_level_is_an_error_and_takes_no_points() -> None:
    result = evaluate([Project([Row("≥1次", 1.0, level1="综合指标"), DONE, MET, CONTENT])])
    assert result.codes == {"E507"}
    assert re.match("“.+”的指标“.+”，一级指标“综合指标”不属于", result.problem("E507").message)
    assert result.rows["P1-01"]["state"] == "error"
    assert result.projects["P1"]["grade"] == "待定"


def test_a_blank_first_level_is_no_name_of_a_rule() -> None:
    told = evaluate([Project([Row("≥1次", 1.0, level1=""), DONE, MET, CONTENT])]).problem("E507")
    assert ", ]" not in told.remedy


def test_a_judgement_of_what_carries_no_points_is_0() -> None:
    nothing = Row("由评审打分", judged=0.0, reason="按评审意见", kind="judged", points=0.0)
    row = evaluate([Project([nothing, Row("≥1次", 1.0, points=50.0), MET, CONTENT])]).rows["P1-01"]
    assert (row["state"], row["score"]) == ("scored", 0)
