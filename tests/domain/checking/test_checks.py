"""Every check is provoked by the smallest case of what it looks for, and stays silent beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from selfeval.domain.catalogue.checking import CHECKING
from selfeval.domain.checking import CHECKS
from selfeval.domain.problems import Problem
from selfeval.domain.rulebook import Check
from selfeval.domain.scored import Scored
from selfeval.rulebook.loading import load
from tests.conftest import ROOT
from tests.domain.build import CONTENT, MET, Project, Row, Value, evaluate
from tests.domain.rules import rulebook_2024

DONE = Row("≥3次", 4.0, reason="活动增加")


def check(name: str) -> Check:
    """The check with the lines that the national rulebook draws."""
    rulebook, problems = load(ROOT / "rules" / "national-2020.yaml", ROOT)
    assert rulebook is not None, problems
    return rulebook.checks[name]


def said(name: str, projects: list[Project], limit: Fraction | None = None) -> list[Problem]:
    """What one check says of the projects."""
    one = check(name) if limit is None else replace(check(name), limit=limit)
    rulebook = replace(rulebook_2024(), checks={name: one})
    scored = evaluate(projects, rulebook).scored
    assert scored.indicators.equals(evaluate(projects).scored.indicators), "a check changed a score"
    return [found for found in scored.problems if found.code == CHECKS[name].code]


def of(*rows: Row, **more: object) -> list[Project]:
    return [Project([*rows, MET, CONTENT], **more)]  # type: ignore[arg-type]


def spent(executed: float, *rows: Row) -> list[Project]:
    return of(*(rows or (DONE,)), executed=executed)


def cost(actual: Value, **more: object) -> list[Project]:
    return of(DONE, Row("≤100万元", actual, level2="成本指标", reason="涨价"), **more)


def asked(evidence: Value) -> list[Project]:
    return [Project([DONE, MET, replace(CONTENT, evidence=evidence)])]


def finished(day: date, target: str) -> list[Project]:
    return of(Row(target, day, level2="时效指标"))


def named(*names: str) -> list[Project]:
    return of(*(replace(DONE, level3=name) for name in names))


def copies(*targets: str) -> list[Project]:
    """Projects of three indicators each, one of which has the given target."""
    return [
        Project([replace(DONE, level3="活动"), Row(one, level3="其他", level="达成"), MET], code=f"P{i}")
        for i, one in enumerate(targets)
    ]


def changed(initial: float, result: Value) -> list[Project]:
    return of(DONE, initial=initial, result=result)


def full_marks(*executed: float) -> list[Project]:
    return [Project([DONE, MET, CONTENT], code=f"P{i}", executed=one) for i, one in enumerate(executed)]


def equal(*rows: Row) -> list[Project]:
    return of(Row("≥2次", 2.0), Row("3套", 3.0), *rows)


Case = Callable[[], list[Project]]

CASES: dict[str, tuple[Case, Case]] = {
    "execution_low": (lambda: spent(89.99), lambda: spent(90.0)),
    "unspent": (lambda: spent(79.99), lambda: spent(80.0)),
    "better_than_execution": (lambda: spent(94.9), lambda: spent(95.0)),
    "outputs_without_money": (lambda: spent(49.99), lambda: spent(49.99, DONE, Row("≥3次", 2.0, reason="少"))),
    "cost_over_money": (lambda: cost(80.02, executed=80.0), lambda: cost(80.01, executed=80.0)),
    "unit_ratio": (lambda: cost(900_000.0), lambda: cost(99.0)),
    "budget_changed": (lambda: changed(90.0, "完成任务"), lambda: changed(90.0, "年中追加 10 万元")),
    "satisfaction_evidence": (lambda: asked(None), lambda: asked("问卷 200 份")),
    "after_year": (
        lambda: finished(date(2025, 1, 20), "2025年3月底前"),
        lambda: finished(date(2024, 12, 31), "2025年3月底前"),
    ),
    "full_unit": (lambda: full_marks(100.0, 100.0), lambda: full_marks(100.0, 99.0)),
    "heavy_indicator": (lambda: of(DONE), lambda: of(DONE, DONE)),
    "duplicate_names": (lambda: named("培训", " 培　训"), lambda: named("培训", "培训率")),
    "cost_at_least": (
        lambda: of(Row("≥17.4万元", 18.0, level2="成本指标")),
        lambda: of(Row("≥5%", 6.0, level2="成本指标")),
    ),
    "payment_as_output": (lambda: named("资金支付金额"), lambda: named("培训人数")),
    "all_equal": (lambda: equal(Row("≤5日", 5.0)), lambda: equal(Row("≤5日", 4.0))),
    "reason_without_loss": (
        lambda: of(Row("≥3次", 3.0, reason="经费不足")),
        lambda: of(Row("≥3次", 3.0, reason="无")),
    ),
    "same_indicators": (lambda: copies("提升", "提升"), lambda: copies("提升", "明显提升")),
}


@pytest.mark.parametrize("name", CASES)
def test_a_check_says_what_it_looks_for_once(name: str) -> None:
    found = said(name, CASES[name][0]())
    assert len(found) == 1
    for text in (found[0].message, found[0].remedy):
        assert not set("{}") & set(text)
        assert "nan" not in text.lower()


@pytest.mark.parametrize("name", CASES)
def test_a_check_is_silent_beside_its_case(name: str) -> None:
    assert said(name, CASES[name][1]()) == []


def test_no_check_is_left_without_a_case_an_entry_and_a_line_in_the_rules() -> None:
    assert list(CASES) == list(CHECKS)
    assert sorted(one.code for one in CHECKS.values()) == sorted(CHECKING)
    rulebook, _ = load(ROOT / "rules" / "2024.yaml", ROOT)
    assert rulebook is not None
    assert list(rulebook.checks) == list(CHECKS)


def test_no_check_is_an_error() -> None:
    assert {code[0] for code in CHECKING} == {"W", "I"}


def everything(projects: list[Project]) -> Scored:
    rulebook, _ = load(ROOT / "rules" / "2024.yaml", ROOT)
    assert rulebook is not None
    return evaluate(projects, replace(rulebook_2024(), checks=rulebook.checks)).scored


def test_a_check_that_is_turned_off_says_nothing() -> None:
    off = replace(check("execution_low"), enabled=False)
    result = evaluate(spent(10.0), replace(rulebook_2024(), checks={"execution_low": off}))
    assert "W520" not in result.codes


def test_what_is_unspent_is_not_said_again_as_low_execution() -> None:
    codes = [one.code for one in everything(spent(50.0)).problems]
    assert "W521" in codes
    assert "W520" not in codes


@pytest.mark.parametrize("share", ["0.05", "0.0499999"])
def test_the_lead_over_execution_is_compared_exactly(share: str) -> None:
    # full indicators at 95.00%: 1 - 9.50/10 is 0.05 exactly, which is not more than 5%
    found = said("better_than_execution", spent(95.0), Fraction(share))
    assert bool(found) is (share != "0.05")


def test_a_hundredth_less_than_9_50_for_execution_is_too_far_below_full_indicators() -> None:
    found = said("better_than_execution", spent(94.9))
    assert "执行率得 9.49/10.00 分" in found[0].message
    assert "高出 5.1%" in found[0].message


def test_a_project_without_a_total_is_not_compared_with_its_execution() -> None:
    assert said("better_than_execution", of(Row("≥3次"), executed=10.0)) == []


def test_cost_in_yuan_is_compared_in_ten_thousands() -> None:
    rows = Row("≤2000000元", "900001元", level2="成本指标")
    assert [one.message for one in said("cost_over_money", of(DONE, rows, executed=90.0))] == []
    rows = replace(rows, actual="900101元")
    found = said("cost_over_money", of(DONE, rows, executed=90.0))
    assert found[0].message == "成本的实际完成值是 90.0101 万元，大于全年执行数 90 万元"


def test_a_cost_above_the_budget_is_said_of_the_budget() -> None:
    found = said("cost_over_money", cost(150.0))
    assert "全年预算数 100 万元" in found[0].message


def test_a_budget_in_yuan_is_seen_against_the_targets() -> None:
    projects = of(DONE, full_year=200_000.0, executed=200_000.0, budget=20.0)
    found = said("unit_ratio", projects)
    assert "10000 倍" in found[0].message


def test_a_project_added_during_the_year_needs_no_word_about_its_budget() -> None:
    assert said("budget_changed", changed(0.0, None)) == []


def test_no_complaints_are_no_survey() -> None:
    assert "无投诉" in said("satisfaction_evidence", asked("全年无投诉"))[0].message


def test_satisfaction_without_points_needs_no_evidence() -> None:
    missed = replace(CONTENT, level="未达成", percentage="0%", reason="差")
    assert said("satisfaction_evidence", [Project([DONE, MET, missed])]) == []


def test_a_unit_with_one_project_may_have_100() -> None:
    assert said("full_unit", full_marks(100.0)) == []


def test_a_rate_of_100_is_no_sign_of_copying() -> None:
    assert said("all_equal", equal(Row("100%", "100%"))) == []


def test_a_reason_for_an_excess_is_not_stray() -> None:
    assert said("reason_without_loss", of(Row("≥100次", 130.0, reason="活动增加"))) == []


def test_the_points_of_an_indicator_may_be_the_limit() -> None:
    assert said("heavy_indicator", of(DONE, DONE)) == []
    assert len(said("heavy_indicator", of(DONE, DONE), Fraction(2999, 100))) == 1


def test_checks_cope_with_a_year_of_nothing_and_with_projects_that_sent_nothing() -> None:
    assert everything([]).problems == ()
    codes = {one.code for one in everything([Project([DONE, MET, CONTENT], sent=False)]).problems}
    assert codes <= {"E423", "W530"}
