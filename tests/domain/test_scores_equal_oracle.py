"""Every score equals a second calculation in fractions, tie or not, over thousands of rows scored in one frame."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Project, Row, evaluate, evaluate_row
from tests.domain.random_projects import Expected, random_project, tie
from tests.domain.rules import kind_rule, rulebook_2024


def points_of(hundredths: object) -> Decimal:
    return Decimal(int(str(hundredths))) / 100


def differences(expected: list[Expected]) -> list[str]:
    """Whatever differs between the answer and the oracle, for people."""
    result = evaluate([one.project for one in expected])
    found: list[str] = []
    for one in expected:
        code = one.project.code
        facts = zip(one.project.rows, one.points, one.scores, one.flags, strict=True)
        for i, (promised, points, score, flagged) in enumerate(facts):
            row = result.rows[one.project.indicator(i)]
            state = "attention" if flagged else "scored"
            seen = (row["points"] / Decimal(100), row["score"], row["state"])
            if seen != (points, int(score * 100), state):
                found.append(f"{code} {promised}: {seen} instead of {points}, {score}, {state}")
        total = result.projects[code]
        seen_total = tuple(int(total[name]) for name in ("execution_score", "total", "lowest", "highest"))
        wanted = tuple(int(one_sum * 100) for one_sum in (one.execution, one.total, one.total, one.total))
        if seen_total != wanted or total["grade"] != oracle.grade(one.total):
            found.append(f"{code}: {seen_total} {total['grade']} instead of {wanted} {oracle.grade(one.total)}")
    return found


@settings(max_examples=4)
@given(st.integers(0, 2**32))
def test_thousands_of_rows_in_one_frame(seed: int) -> None:
    rng = Random(seed)
    assert differences([random_project(rng, f"P{i:04d}") for i in range(250)]) == []


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(2, 5))
def test_single_projects(seed: int, count: int) -> None:
    assert differences([random_project(Random(seed), "P1", count)]) == []


@pytest.mark.parametrize(
    ("actual", "score"),
    [
        ("855", "4.28"),  # exactly 4.275
        ("854.99999998", "4.27"),  # 4.2749999999
        ("855.00000002", "4.28"),  # 4.2750000001
        ("854.999999999", "4.27"),
        ("855.000000001", "4.28"),
    ],
)
def test_a_tie_goes_up_and_its_neighbours_go_their_own_way(actual: str, score: str) -> None:
    rows = [Row("≥1000次", float(actual), points=5), Row("≥1次", 1.0, points=45), MET, CONTENT]
    result = evaluate([Project(rows)])
    assert points_of(result.rows["P1-01"]["score"]) == Decimal(score)


@settings(max_examples=6)
@given(st.integers(0, 2**32))
def test_ties_of_the_rival_measure(seed: int) -> None:
    rng = Random(seed)
    rulebook = rulebook_2024(kinds={"at_most": kind_rule("at_most", "excess")})
    points = Decimal(rng.randrange(1, 4999)) / 100
    pairs = [(target, 2 * target - less) for less, target in (tie(rng, points) for _ in range(200))]
    rest = Row("≥1次", 1.0, points=float(50 - points))
    projects = [
        Project([Row(f"≤{a:f}万元", float(t), points=float(points)), rest, MET, CONTENT], f"P{i}")
        for i, (a, t) in enumerate(pairs)
    ]
    result = evaluate(projects, rulebook)
    for project in projects:
        row = result.rows[f"{project.code}-01"]
        share = oracle.excess_share(Fraction(str(row["actual_value"])), Fraction(str(row["target_value"])))
        assert points_of(row["score"]) == oracle.scored(share, points), project


@given(
    st.decimals(0, 10**6, places=4).filter(lambda one: one > 0),
    st.decimals(0, 10**6, places=4),
)
@example(Decimal(10000), Decimal("9584.51"))  # 95.8451% × 10 = 9.58451, not 9.585 from a rate rounded first
@example(Decimal(200), Decimal("85.5"))  # 4.275
def test_execution_is_rounded_once(budget: Decimal, executed: Decimal) -> None:
    assume(executed < budget * 10)  # nobody spends ten times a budget: it would be asked about
    result = evaluate([Project([Row("≥1次", 1.0)], full_year=float(budget), executed=float(executed))])
    row = result.rows["P1 预算执行率"]
    assert points_of(row["score"]) == oracle.execution_score(Fraction(executed), Fraction(budget))
    assert ("E512" in result.codes) == (executed > budget)
    assert row["state"] == ("attention" if executed > budget else "scored")


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("≥0次", 0.0, "50.00"),
        ("≥0次", 5.0, "50.00"),
        ("≥5次", 0.0, "0.00"),
        ("≤0万元", 0.0, "50.00"),
        ("≤0万元", 0.01, "0.00"),
        ("≤10万元", 20.0, "25.00"),
        ("≤10万元", 19.99, "25.01"),
        ("0次", 0.0, "50.00"),
        ("0次", 3.0, "0.00"),
        ("0-5天", 0.0, "50.00"),
        ("0-5天", 10.0, "25.00"),
        ("4-5天", 2.0, "25.00"),
    ],
)
def test_zero_values_and_values_beside_zero(target: str, actual: float, score: str) -> None:
    row, _ = evaluate_row(Row(target, actual))
    assert points_of(row["score"]) == Decimal(score)


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥0次", -1.0), ("≥5次", -1.0), ("≤0万元", -1.0), ("≤10万元", 1e9), ("0次", -3.0), ("0-5天", -1.0)],
)
def test_what_can_hardly_be_meant_earns_nothing_and_costs_nothing(target: str, actual: float) -> None:
    row, codes = evaluate_row(Row(target, actual))
    assert row["state"] == "ask"
    assert codes & {"E426", "E428"}
