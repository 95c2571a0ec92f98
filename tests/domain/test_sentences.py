"""How the number of a row is taken, and what its sentence says of that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.rulebook.kind_rules import Attention
from selfeval.rulebook.loading import load
from tests.domain.build import CONTENT, MET, Project, Row, evaluate, evaluate_row
from tests.domain.rules import rulebook_2024


@pytest.mark.parametrize(
    ("actual", "says"),
    [(15.0, "与指标值15套一致"), (16.0, "多于指标值15套，不扣分"), (3.0, "少于指标值15套，完成率为")],
)
def test_a_number_that_is_wanted_exactly_is_told_on_its_side(actual: float, says: str) -> None:
    row, _ = evaluate_row(Row("15套", actual, reason="有原因"))
    assert says in str(row["sentence"])


def test_a_growth_may_be_below_zero_and_earns_nothing(project_root: Path) -> None:
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    row, codes = evaluate_row(Row("≥5%", "-2%", level3="收入增长率", reason="有原因"), rulebook)
    assert (row["score"], "E426" in codes) == (0, False)
    assert "实际完成-2%是负数" in str(row["sentence"])


def test_a_plan_that_ends_blank_is_said_to_count_as_whole_where_it_ends() -> None:
    row = evaluate([Project([Row("按月支付", kind="monthly_schedule"), MET, CONTENT], plan=(0.25, 0.5, 0.9, None))])
    assert "6月底60%（计划50%）" in str(row.rows["P1-01"]["sentence"])
    assert "12月底100%（计划100%，原文空白按100%）" in str(row.rows["P1-01"]["sentence"])


@pytest.mark.parametrize(("target", "actual"), [("≥8%", "95%"), ("≥5‰", "20‰")])
def test_a_low_rate_of_satisfaction_is_no_mark_of_ten(project_root: Path, target: str, actual: str) -> None:
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    row, codes = evaluate_row(Row(target, actual, level3="服务对象满意度", reason="有原因"), rulebook)
    assert row["state"] != "ask"
    assert "E435" not in codes


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [
        (">10次", 10.0, True),
        (">10次", 10.5, False),
        ("≥10次", 10.0, False),
        ("100%（不含）", "100%", True),
        ("90%（不含）-95%", "90%", True),
        ("90%-95%（不含95%）", "95%", True),
        ("90%（不含）-95%", "92%", False),
        ("90%-95%", "95%", False),
        ("12月31日前（不含）", "2024-12-31", True),
        ("12月31日前", "2024-12-31", False),
    ],
)
def test_what_just_reaches_an_end_that_is_left_out_is_looked_at(
    project_root: Path, target: str, actual: float | str, *, told: bool
) -> None:
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    _, codes = evaluate_row(Row(target, actual, reason="有原因"), rulebook)
    assert ("I503" in codes) == told


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [("100次", 101.0, True), ("100次", 100.0, False), ("≥100次", 101.0, False), ("90-110次", 100.0, False)],
)
def test_what_differs_from_one_number_is_looked_at_where_the_rules_say_so(
    target: str, actual: float, *, told: bool
) -> None:
    rules = rulebook_2024()
    flagged = replace(rules.kinds["range"], attention=Attention(unequal=True))
    rules = replace(rules, kinds={**rules.kinds, "range": flagged})
    assert ("I502" in evaluate_row(Row(target, actual, reason="有原因"), rules)[1]) == told
