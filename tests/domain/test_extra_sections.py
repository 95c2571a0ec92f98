"""Sections outside the 100: what they add and take, up to their points, and where the total stops."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.rulebook import Rulebook
from selfeval.runs.results import results_csv
from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Project, Row, evaluate
from tests.domain.rules import rulebook_2024, section


def rulebook(bonus: int = 500, deduction: int = 1000, cap: str = "hundred") -> Rulebook:
    base = rulebook_2024()
    more = (
        replace(section(7, "bonus", "加分项", bonus, "加分项"), extra="bonus"),
        replace(section(8, "deduction", "扣分项", deduction, "扣分项"), extra="deduction"),
    )
    return replace(base, sections=(*base.sections, *more), total_cap=cap)  # type: ignore[arg-type]


def bonus(actual: float | None, points: float | None = None) -> Row:
    return Row("≥4篇", actual, level1="加分项", points=points, reason="说明")


def taken(actual: float | None, points: float | None = None, reason: str = "说明") -> Row:
    return Row("≤10起", actual, level1="扣分项", points=points, reason=reason)


MAIN = Row("≥100件", 80.0, reason="说明")


def test_a_bonus_adds_and_a_deduction_takes() -> None:
    result = evaluate([Project([MAIN, MET, CONTENT, bonus(2.0), taken(20.0)])], rulebook())
    assert (result.rows["P1-04"]["score"], result.rows["P1-05"]["score"]) == (250, -500)
    assert [result.rows[f"P1-0{i}"]["points"] for i in (4, 5)] == [0, 0]
    project = result.projects["P1"]
    assert (project["total"], project["lowest"], project["highest"]) == (8750, 8750, 8750)
    assert project["execution_score"] + project["indicator_score"] == 8750


def test_what_a_person_takes_away_is_taken() -> None:
    row = Row("财务管理", judged=3.0, reason="凭证不全", level1="扣分项", kind="judged")
    result = evaluate([Project([MAIN, MET, CONTENT, row])], rulebook())
    assert (result.rows["P1-04"]["score"], result.projects["P1"]["total"]) == (-300, 8700)
    beyond = replace(row, judged=11.0)
    assert "E418" in evaluate([Project([MAIN, MET, CONTENT, beyond])], rulebook()).codes_of("P1-04")


def test_points_taken_need_a_reason_and_a_bonus_not_earned_needs_none() -> None:
    rows = [MET, CONTENT, Row("≥1次", 1.0), replace(bonus(1.0), reason=None), taken(20.0, reason="")]
    result = evaluate([Project(rows)], rulebook())
    assert (result.codes_of("P1-05"), result.codes_of("P1-04")) == ({"E510"}, set())


def test_a_project_without_such_rows_is_as_ever() -> None:
    assert evaluate([Project([MAIN, MET, CONTENT])], rulebook()).projects["P1"]["total"] == 9000


def test_open_rows_count_at_their_worst_and_at_their_best() -> None:
    result = evaluate([Project([MAIN, MET, CONTENT, bonus(None), taken(None)])], rulebook())
    project = result.projects["P1"]
    assert (project["lowest"], project["highest"], project["grade"]) == (8000, 9500, "待定")


@pytest.mark.parametrize(("cap", "total"), [("hundred", 10000), ("none", 10500)])
def test_a_bonus_lifts_a_total_above_100_only_where_the_rulebook_says_so(cap: str, total: int) -> None:
    rows = [Row("≥1次", 1.0), MET, CONTENT, bonus(4.0)]
    assert evaluate([Project(rows)], rulebook(cap=cap)).projects["P1"]["total"] == total


def test_nothing_is_left_to_take_below_zero() -> None:
    poor = [replace(row, level="未达成年度指标且效果较差", percentage="0%", reason="说明") for row in (MET, CONTENT)]
    rows = [Row("≥100件", 6.0, reason="说明"), *poor, taken(1000.0)]
    result = evaluate([Project(rows, executed=0.0)], rulebook())
    assert (result.rows["P1-04"]["score"], result.projects["P1"]["total"]) == (-990, 0)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=0, max_size=4),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 80)), min_size=0, max_size=4),
    st.integers(0, 100),
    st.sampled_from(["hundred", "none"]),
)
def test_the_total_is_that_of_the_oracle(
    added: list[tuple[int, int]], lost: list[tuple[int, int]], main: int, cap: str
) -> None:
    rows = [Row("≥100件", float(main), reason="说明"), MET, CONTENT]
    rows += [bonus(actual / 10, points / 10) for actual, points in added]
    rows += [taken(float(actual), points / 10) for actual, points in lost]
    result = evaluate([Project(rows)], rulebook(cap=cap))
    inside = [oracle.scored(Fraction(main, 100), Decimal(50)), Decimal(50)]
    bonuses = [oracle.scored(min(Fraction(1), Fraction(a, 40)), Decimal(p) / 10) for a, p in added]
    taken_off = [oracle.scored(1 - oracle.inverse_share(Fraction(a), Fraction(10)), Decimal(p) / 10) for a, p in lost]
    wanted = oracle.total_with_extras(inside, bonuses, taken_off, (5, 10), limit=cap == "hundred")
    project = result.projects["P1"]
    assert Decimal(int(project["total"])) / 100 == wanted
    assert project["lowest"] == project["highest"] == project["total"]
    assert project["grade"] == oracle.grade(wanted)


def test_what_a_row_outside_the_hundred_may_add_is_told_apart_from_its_points() -> None:
    scored = evaluate([Project([MAIN, MET, CONTENT, bonus(2.0), taken(20.0)])], rulebook()).scored
    rows = list(csv.DictReader(io.StringIO(b"".join(results_csv(scored)).decode("utf-8-sig"), newline="")))
    told = [(row["分值"], row["得分"], row["100分外最多加减"]) for row in rows]
    assert told[-2:] == [("", "2.50", "5.00"), ("", "-5.00", "10.00")]
    assert all(points and not most for points, _, most in told[:-2])
