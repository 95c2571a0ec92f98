"""预算执行率: executed / full-year budget, times its points; or what a rulebook says where there is no such rate."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import isnan
from typing import NamedTuple

from selfeval.domain.case import Case
from selfeval.domain.curves import share_of
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE, execution_measure, score_of
from selfeval.domain.funds import Funds, says_nothing
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import show_number, show_share
from selfeval.domain.reported import FUND_ITEMS
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import ACTION_WORDS, GIVEN_SHARES, Rulebook, WhenAction, gives_away, show_percent
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND, State
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.scoring.sentences import arithmetic


def score_execution(case: Case, funds: Funds, rulebook: Rulebook) -> tuple[ScoredRow, list[Problem]]:
    """The execution row of a project: the rate as it is and as scored.

    Without a rate the rulebook says what to do; without its word, the row is asked for.
    """
    cell, rule = case.fund("executed"), rulebook.execution
    row = ScoredRow(
        project=case.code,
        indicator=EXECUTION,
        level1=EXECUTION,
        level2=EXECUTION,
        level3=EXECUTION,
        section=rule.section,
        kind=EXECUTION_KIND,
        points=rulebook.execution_points,
        state=State.ASK,
        sentence="预算数或执行数不全，待补充。",
        measure_id="execution_rate",
        rule="execution",
        target_value=funds.full_year,
        target_unit="万元",
        actual=cell.text,
        actual_value=funds.executed,
        file=cell.file,
        sheet=cell.sheet,
        cell=cell.cell,
    )
    if case.is_faulty(EXECUTION):
        return replace(row, state=State.ERROR, sentence="绩效目标表里本项目有错误，改正前不评分。"), []
    if found := _stuck(case, funds, rulebook):
        code, action = found
        facts: dict[str, str] = {"found": "0"} if code == "E421" else {"what": FUND_ITEMS["executed"], "unit_hint": ""}
        place = case.fund("full_year" if code == "E421" else "executed").place(case.code, EXECUTION)
        return _without_rate(row, action, problem(code, place, **facts), rulebook, sent=case.sent)
    if isnan(funds.executed) or isnan(funds.full_year) or funds.full_year == 0:
        unusable = funds.full_year == 0 and case.sent
        return row, [problem("E421", case.fund("full_year").place(case.code), found="0")] if unusable else []
    return _scored(row, case, funds, rulebook)


def _stuck(case: Case, funds: Funds, rulebook: Rulebook) -> tuple[str, WhenAction] | None:
    """The case of ``when`` that a project falls under, as its problem code, and what to do then."""
    when = rulebook.without_rate
    if funds.full_year == 0 and funds.executed == 0 and when.budget_zero != "ask":
        return "E421", when.budget_zero
    if (
        isnan(funds.executed)
        and says_nothing(case.fund("executed"))
        and not isnan(funds.full_year)
        and funds.full_year > 0
        and when.executed_missing != "ask"
    ):
        return "E401", when.executed_missing
    return None


def _without_rate(
    row: ScoredRow, action: WhenAction, found: Problem, rulebook: Rulebook, *, sent: bool
) -> tuple[ScoredRow, list[Problem]]:
    """The row where the rulebook says what to do without a rate."""
    note = problem("W505", found.place, detail=found.message, action=ACTION_WORDS[action])
    problems = [note] if sent else []
    if gives_away(action):
        spread = "分值已分给其他部分" if rulebook.not_applicable == "within_section" else "总分按其余分值折算为百分制"
        spread = spread if row.points else "它没有分值"
        return replace(
            row, state=State.NOT_APPLICABLE, points=0, sentence=f"{note.message}，不评分；{spread}。"
        ), problems
    share, rounding = Fraction(GIVEN_SHARES[action]), rulebook.rounding
    score = score_of(share, row.points, rounding)
    sentence = f"{note.message}，得{rounding.show(score)}分（满分{rounding.show(row.points)}分）。"
    measure = float(share)
    found_row = replace(row, state=State.ATTENTION, score=score, measure=measure, share=measure, sentence=sentence)
    return found_row, problems


class Earned(NamedTuple):
    """The execution rate as it is, what is scored of it, the share of the points, and the score in hundredths."""

    rate: Fraction
    measure: Fraction
    share: Fraction
    score: int


def earned_by(executed: Fraction | float, budget: float, points: int, rulebook: Rulebook) -> Earned:
    """What an executed amount earns of so many points (hundredths); both amounts are 万元, the budget above 0."""
    rule = rulebook.execution
    inputs: Mapping[Hashable, Given] = {
        BUDGET.key: budget,
        EXECUTED.key: executed,
        POINTS.key: in_points(points),
    }
    measure = exact_number(execution_measure(rule), inputs)
    share = share_of(rule.curve, measure, uncapped=rule.uncapped)
    score = score_of(share, points, rulebook.rounding, "uncapped" if rule.uncapped else "points")
    return Earned(exact_number(RATE, inputs), measure, share, score)


def _scored(row: ScoredRow, case: Case, funds: Funds, rulebook: Rulebook) -> tuple[ScoredRow, list[Problem]]:
    rule, rounding, points = rulebook.execution, rulebook.rounding, row.points
    rate, counted, share, score = earned_by(funds.executed, funds.full_year, points, rulebook)
    shown = {"executed": show_number(funds.executed), "budget": show_number(funds.full_year)}
    line = rule.attention.flag_below
    shown["rate"] = show_share(float(rate), 2, beside=Fraction(1) if line is None or rate >= line else line)
    sentence = "全年执行数{executed}万元 ÷ 全年预算数{budget}万元 = {rate}。".format_map(shown)
    if rule.deduct is not None:
        sentence += _deducted(rate, rulebook)
    elif counted != rate:
        sentence += f"按规则先取整为{show_percent(counted)}。"
    place, problems = case.fund("executed").place(case.code, EXECUTION), list[Problem]()
    if rate > 1:
        problems.append(problem("E512", place, **shown))
        sentence += "执行率超过100%，不封顶，须核对。" if rule.uncapped else "执行率超过100%，按100%计，须核对。"
    elif why := rule.attention.doubts(rate):
        problems.append(problem("I570", place, rate=shown["rate"], why=why))
    scored = replace(
        row,
        state=State.ATTENTION if problems else State.SCORED,
        sentence=sentence + arithmetic(float(share), points, score, rounding, in_full=True),
        score=score,
        completion=float(rate),
        measure=float(counted),
        share=float(share),
    )
    return scored, problems


def _deducted(rate: Fraction, rulebook: Rulebook) -> str:
    """What the percentage points below 100% cost, in words."""
    rule = rulebook.execution
    assert rule.deduct is not None
    missed = rule.deducts_from - rate * 100
    if missed <= 0:
        return f"不低于{rule.mark}。"
    costs = replace(rule.deduct, below=None).describe("个百分点")
    return f"比{rule.mark}低{show_number(round(float(missed), 2))}个百分点，{costs}。"
