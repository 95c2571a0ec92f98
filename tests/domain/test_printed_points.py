"""Scores as a rulebook has them printed: to 0.01, 0.1 or 1, cut or half up; above the points only where it says so."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.expression.evaluate import as_sheet, exact_number
from selfeval.domain.expression.tree import Name, rounded_down
from selfeval.domain.expression.values import Loose
from selfeval.domain.expression.worksheet import text
from selfeval.domain.formulas import SHARE, rounded_score, score_formula, score_of
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.rulebook import Earning, Rounding, Rulebook
from selfeval.domain.scoring.allocation import share_out
from selfeval.domain.totals import way_of
from tests.domain import oracle
from tests.domain.build import CONTENT, MET, Project, Row, evaluate
from tests.domain.rules import rulebook_2024

Mode = Literal["half_up", "floor"]
STEPS = {2: "0.01", 1: "0.1", 0: "1"}


def rounding_to(rounding: Rounding) -> Rulebook:
    return replace(rulebook_2024(), rounding=rounding)


@settings(max_examples=300)
@given(
    st.fractions(0, 2, max_denominator=3000),
    st.integers(1, 10_000),
    st.sampled_from(sorted(STEPS)),
    st.sampled_from(["half_up", "floor"]),
    st.sampled_from(["points", "uncapped"]),
)
@example(Fraction(865, 1000), 1000, 1, "half_up", "points")  # 8.65 to 0.1: a tie goes up
@example(Fraction(99, 100), 850, 0, "half_up", "points")  # 8.415 of 8.50 to whole points: never 9 of 8.50
@example(Fraction(1), 833, 0, "floor", "points")  # full marks are all the points
def test_a_printed_score_is_that_of_the_oracle(
    share: Fraction, points: int, places: int, mode: Mode, earning: Earning
) -> None:
    capped = earning == "points"
    share = min(share, Fraction(1)) if capped else share
    found = score_of(share, points, Rounding(places, mode), earning)
    step = Decimal(STEPS[places])
    wanted = oracle.printed(share, Decimal(points) / 100, step, floor=mode == "floor", capped=capped)
    assert Decimal(found) / 100 == wanted


def test_truncate_is_another_word_for_floor() -> None:
    for share in (Fraction(1, 3), Fraction(865, 1000), Fraction(1)):
        assert score_of(share, 1000, Rounding(1, "truncate")) == score_of(share, 1000, Rounding(1, "floor"))


@settings(max_examples=300)
@given(st.integers(0, 10**7), st.sampled_from([0, 1, 2]))
def test_a_sheet_cuts_where_the_record_does(hundred_thousandths: int, places: int) -> None:
    number = Name("number")
    cut = rounded_down(number, places)
    known = {number.key: hundred_thousandths / 100_000}
    assert as_sheet(cut, Loose(known)) == float(exact_number(cut, known))
    assert text(cut, lambda _key: "A1") == f"ROUNDDOWN(ROUND(A1,9),{places})"


@pytest.mark.parametrize(("mode", "score"), [("half_up", 960), ("floor", 950)])
def test_every_printed_score_and_the_total_are_rounded(mode: Mode, score: int) -> None:
    rows = [Row("≥900件", 860.0, points=10), Row("≥1次", 1.0, points=40), MET, CONTENT]  # 9.5555… of 10
    rulebook = rounding_to(Rounding(1, mode))
    result = evaluate([Project(rows, full_year=1000.0, executed=958.451)], rulebook)
    assert result.rows["P1-01"]["score"] == score
    assert result.rows["P1 预算执行率"]["score"] == (960 if mode == "half_up" else 950)
    assert result.projects["P1"]["total"] == score + 4000 + 3000 + 1000 + (960 if mode == "half_up" else 950)
    assert ("四舍五入到0.1" if mode == "half_up" else "只舍不入到0.1") in result.rows["P1-01"]["sentence"]


@pytest.mark.parametrize("places", [0, 1, 2])
@pytest.mark.parametrize("count", [1, 3, 6, 7, 30, 61])
def test_a_perfect_project_has_100_whatever_is_printed(places: int, count: int) -> None:
    rows = [Row("≥1次", 1.0) for _ in range(count)]
    project = Project([*rows, MET, CONTENT])
    result = evaluate([project], rounding_to(Rounding(places, "floor")))
    assert (result.projects["P1"]["total"], result.projects["P1"]["highest"]) == (10000, 10000)
    assert sum(int(row["points"]) for row in result.rows.values()) == 10000
    assert all(int(row["points"]) > 0 for row in result.rows.values())


def test_points_are_shared_out_in_whole_steps_where_all_rows_get_one() -> None:
    even = [Fraction(1)] * 6
    assert share_out(5000, even, 100) == [900, 900, 800, 800, 800, 800]
    assert share_out(5000, even, 10) == [840, 840, 830, 830, 830, 830]
    assert share_out(500, even, 100) == share_out(500, even)  # five whole points are not enough for six


def test_the_grade_is_that_of_the_printed_total() -> None:
    rows = [Row("≥1000次", 899.0), MET, CONTENT]  # 44.95 of 50 → 45 half up, 44 cut
    modes: tuple[Mode, ...] = ("half_up", "floor")
    up, cut = (
        evaluate([Project(rows, executed=50.0)], rounding_to(Rounding(0, mode))).projects["P1"] for mode in modes
    )
    assert (up["total"], up["grade"], cut["total"], cut["grade"]) == (9000, "优", 8900, "良")


def uncapped() -> Rulebook:
    rulebook = rulebook_2024()
    free = replace(rulebook.kinds["at_least"], cap="none", curve=StepCurve((Step(Fraction(0), None),)))
    return replace(rulebook, kinds={**rulebook.kinds, "at_least": free})


def test_an_uncapped_score_may_be_above_its_points_and_the_total_above_100() -> None:
    result = evaluate([Project([Row("≥20场", 31.9, reason="需求多"), MET, CONTENT])], uncapped())
    row, project = result.rows["P1-01"], result.projects["P1"]
    assert (row["score"], row["share"]) == (7975, 1.595)
    assert "不封顶" in row["sentence"]
    assert (project["total"], project["grade"], project["highest"]) == (12975, "优", 12975)


def test_a_capped_score_stays_where_it_was() -> None:
    result = evaluate([Project([Row("≥20场", 31.9, reason="需求多"), MET, CONTENT])])
    assert result.rows["P1-01"]["score"] == 5000


@pytest.mark.parametrize(
    ("places", "points", "shown"), [(1, (8333, 1667), 2), (1, (8000, 2000), 1), (0, (8050, 1950), 2)]
)
def test_all_is_printed_as_finely_as_the_points(places: int, points: tuple[int, ...], shown: int) -> None:
    assert way_of(rounding_to(Rounding(places)), (), points).places == shown


def test_a_score_as_fine_as_the_points_is_a_plain_product_in_a_sheet() -> None:
    assert score_formula(Rounding()) == rounded_score(SHARE * POINTS, Rounding())
