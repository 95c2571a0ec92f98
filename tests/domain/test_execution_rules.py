"""What a rulebook may say of the budget execution: points off a unit, and projects without a budget."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.options import Mark
from selfeval.domain.rulebook import UNCAPPED_SAID, Deduction, ExecutionWhen, Rulebook, When
from selfeval.domain.rulebook.execution import ExecutionAttention
from selfeval.domain.wording import execution_words, reached
from tests.domain.build import CONTENT, MET, MONTHLY, Project, Result, Row, Value, evaluate
from tests.domain.rules import rulebook_2024

DONE = Row("≥1次", 1.0)
EVERY_FIVE = Deduction(Fraction(2), Fraction(5), "ignored")


def changed(**changes: object) -> Rulebook:
    rulebook = rulebook_2024()
    return replace(rulebook, execution=replace(rulebook.execution, **changes))  # type: ignore[arg-type]


def money(rulebook: Rulebook, full_year: Value, executed: Value, *rows: Row) -> Result:
    paid = executed if isinstance(executed, float) else 0.0
    payments = (paid, *(0.0,) * 11)
    project = Project([DONE, *rows, MET, CONTENT], full_year=full_year, executed=executed, payments=payments)
    return evaluate([project], rulebook)


@pytest.mark.parametrize(
    ("executed", "score"),
    [
        (100.0, 1000),
        (95.1, 1000),
        (95.0, 800),
        (90.000001, 800),
        (90.0, 600),
        (75.0, 0),
        (74.0, 0),
        (0.0, 0),
        (110.0, 1000),
    ],
)
def test_two_points_off_for_every_five_percentage_points(executed: float, score: int) -> None:
    rules = changed(measure="per_unit", deduct=EVERY_FIVE, curve=StepCurve((Step(Fraction(0), None),)))
    row = money(rules, 100.0, executed).rows["P1 预算执行率"]
    assert row["score"] == score
    assert row["completion"] == executed / 100


@pytest.mark.parametrize(("executed", "score"), [(95.0, 1000), (90.0, 1000), (89.0, 1000), (85.0, 800)])
def test_points_may_be_off_from_a_mark_below_100(executed: float, score: int) -> None:
    marked = replace(EVERY_FIVE, below=Mark(Fraction(90), percent=True))
    rules = changed(measure="per_unit", deduct=marked, curve=StepCurve((Step(Fraction(0), None),)))
    row = money(rules, 100.0, executed).rows["P1 预算执行率"]
    assert row["score"] == score
    assert "90%" in row["sentence"]


@pytest.mark.parametrize(("action", "score", "total"), [("full", 1000, 10000), ("zero", 0, 9000)])
def test_a_cancelled_project_is_closed_with_a_mark(action: str, score: int, total: int) -> None:
    result = money(changed(when=ExecutionWhen(budget_zero=action)), 0.0, 0.0)  # type: ignore[arg-type]
    row = result.rows["P1 预算执行率"]
    assert (row["score"], row["state"]) == (score, "attention")
    assert (result.projects["P1"]["total"], result.codes) == (total, {"W505"})


def test_a_cancelled_project_gives_the_points_of_execution_to_the_others() -> None:
    result = money(changed(when=ExecutionWhen(budget_zero="not_applicable")), 0.0, 0.0)
    row = result.rows["P1 预算执行率"]
    assert (row["points"], row["state"]) == (0, "not_applicable")
    assert [result.rows[f"P1-0{i}"]["points"] for i in (1, 2, 3)] == [5556, 3333, 1111]
    assert (result.projects["P1"]["total"], result.codes) == (10000, {"W501", "W505"})


def test_a_form_that_is_converted_leaves_the_points_of_execution_out() -> None:
    rules = replace(changed(when=ExecutionWhen(budget_zero="not_applicable")), not_applicable="whole_form")
    result = money(rules, 0.0, 0.0)
    assert (result.rows["P1-01"]["points"], result.projects["P1"]["total"]) == (5000, 10000)
    assert result.codes == {"W505", "W506"}


@pytest.mark.parametrize("action", ["ask", "full", "zero", "not_applicable"])
def test_money_spent_without_a_budget_is_always_asked_for(action: str) -> None:
    result = money(changed(when=ExecutionWhen(budget_zero=action)), 0.0, 5.0)  # type: ignore[arg-type]
    assert result.rows["P1 预算执行率"]["state"] == "ask"
    assert result.codes == {"E421"}
    assert "budget_zero" in result.problem("E421").remedy


def test_without_a_word_of_the_rulebook_a_budget_of_zero_is_asked_for() -> None:
    result = money(rulebook_2024(), 0.0, 0.0)
    assert (result.rows["P1 预算执行率"]["state"], result.codes) == ("ask", {"E421"})


@pytest.mark.parametrize(("action", "score"), [("full", 1000), ("zero", 0)])
def test_a_missing_amount_may_have_a_mark_too(action: str, score: int) -> None:
    result = money(changed(when=ExecutionWhen(executed_missing=action)), 100.0, None)  # type: ignore[arg-type]
    assert (result.rows["P1 预算执行率"]["score"], result.codes) == (score, {"W505"})


@pytest.mark.parametrize(("full_year", "executed"), [(None, 5.0), (100.0, None), (None, None)])
def test_a_missing_amount_is_asked_for(full_year: float | None, executed: float | None) -> None:
    scored = money(rulebook_2024(), full_year, executed).scored
    missing = [one.place.cell for one in scored.problems if one.code == "E401"]
    assert missing == [cell for cell, amount in (("C2", full_year), ("C3", executed)) if amount is None]


def test_an_amount_that_cannot_be_read_is_not_missing() -> None:
    result = money(changed(when=ExecutionWhen(executed_missing="zero")), 100.0, "十来万")
    assert result.rows["P1 预算执行率"]["state"] == "ask"


def test_a_schedule_of_a_cancelled_project_is_closed_by_its_own_rule() -> None:
    rules = changed(when=ExecutionWhen(budget_zero="not_applicable"))
    monthly = replace(rules.kinds["monthly_schedule"], when=When(budget_zero="not_applicable"))
    closed = replace(rules, kinds={**rules.kinds, "monthly_schedule": monthly})
    result = money(closed, 0.0, 0.0, Row("月度时序"))
    assert (result.rows["P1-02"]["state"], result.projects["P1"]["total"]) == ("not_applicable", 10000)
    asked = money(rules, 0.0, 0.0, Row("月度时序"))
    assert (asked.rows["P1-02"]["state"], asked.codes_of("P1-02")) == ("ask", {"E421"})


def test_an_execution_without_a_cap_is_said_in_words() -> None:
    assert f"{UNCAPPED_SAID}。" in execution_words(changed(cap="none").execution)
    assert f"{UNCAPPED_SAID}。" not in execution_words(changed().execution)


def test_only_a_rate_that_was_rounded_first_is_said_to_be() -> None:
    plain, first = (money(changed(rate_first=each), 300.0, 100.0).rows["P1 预算执行率"] for each in (False, True))
    assert "先取整" not in str(plain["sentence"])
    assert "按规则先取整为33.33%。" in str(first["sentence"])


def test_a_rate_on_the_line_is_not_below_it() -> None:
    line = ExecutionAttention(flag_below=Fraction(9, 10))
    assert (line.doubts(Fraction(9, 10)), line.doubts(Fraction(899, 1000))) == ("", "低于90%")
    other = ExecutionAttention(unequal=True)
    assert [bool(other.doubts(Fraction(each, 100))) for each in (99, 100, 101)] == [True, False, True]


def test_where_a_step_begins_is_said_in_its_own_unit() -> None:
    assert [reached(Fraction(31), "days_late"), reached(Fraction(4, 5), "ratio")] == ["31天", "80%"]


@pytest.mark.parametrize(("paid", "told"), [(1.0, "；已填的月份合计11万元，全年执行数100万元"), (None, "")])
def test_missing_months_are_asked_for_with_what_the_others_add_up_to(paid: float | None, told: str) -> None:
    payments: tuple[Value, ...] = (1.0,) * 11 if paid else (*MONTHLY[:11], None)
    rows = [Row("月度时序"), Row("≥1次", 1.0)]
    found = evaluate([Project(rows, executed=100.0 if paid else None, payments=payments)]).problem("E420")
    assert found.message == f"计算支出进度需要12个月的支付金额，缺：12月{told}"
