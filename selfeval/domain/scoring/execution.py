"""预算执行率: executed / full-year budget, times its points, capped."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.curves import share_of
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE, execution_measure, score_of
from selfeval.domain.funds import Funds
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import show_number, show_share
from selfeval.domain.rulebook import Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND, State
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.scoring.sentences import arithmetic


def score_execution(case: Case, funds: Funds, rulebook: Rulebook) -> tuple[ScoredRow, list[Problem]]:
    """The execution row of a project: the rate as it is and as scored; asked for without a usable budget or amount."""
    points, cell = rulebook.execution_points, case.fund("executed")
    row = ScoredRow(
        project=case.code,
        indicator=EXECUTION,
        level1=EXECUTION,
        level2=EXECUTION,
        level3=EXECUTION,
        section=rulebook.execution.section,
        kind=EXECUTION_KIND,
        points=points,
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
    if isnan(funds.executed) or isnan(funds.full_year) or funds.full_year == 0:
        return row, []
    inputs = {BUDGET.key: funds.full_year, EXECUTED.key: funds.executed}
    rate, counted = exact_number(RATE, inputs), exact_number(execution_measure(rulebook), inputs)
    share = share_of(rulebook.execution.curve, counted)
    score = score_of(share, points)
    shown = {"executed": show_number(funds.executed), "budget": show_number(funds.full_year)}
    shown["rate"] = show_share(float(rate))
    sentence = "全年执行数 {executed} 万元 ÷ 全年预算数 {budget} 万元 = {rate}。".format_map(shown)
    if counted != rate:
        sentence += f"按规则先取整为 {show_percent(counted)}。"
    problems: list[Problem] = []
    if rate > 1:
        problems.append(problem("E512", cell.place(case.code, EXECUTION), **shown))
        sentence += "执行率超过 100%，按 100% 计，须核对。"
    scored = replace(
        row,
        state=State.ATTENTION if rate > 1 else State.SCORED,
        sentence=sentence + arithmetic(float(share), points, score, in_full=True),
        score=score,
        completion=float(rate),
        measure=float(counted),
        share=float(share),
    )
    return scored, problems
