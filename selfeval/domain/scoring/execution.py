"""预算执行率: executed / full-year budget, times its points, capped."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction, half_up, show_points
from selfeval.domain.rulebook import Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scoring.funds import ProjectFunds
from selfeval.domain.scoring.sentences import show_share


@dataclass(frozen=True)
class ExecutionScore:
    """The execution row of one project: rate as a share (NaN: unknown), share of points, score in hundredths.

    ``measure`` is the rate that was scored, rounded first where the rulebook says so.
    """

    state: State
    rate: float
    measure: float
    share: float
    points: int
    score: int | None
    sentence: str


def score_execution(funds: ProjectFunds, rulebook: Rulebook) -> tuple[ExecutionScore, list[Problem]]:
    """Score the execution of one project; without a usable budget and executed amount it is asked for."""
    rule = rulebook.execution
    points = next(one.points for one in rulebook.sections if one.id == rule.section)
    unknown = np.isnan(funds.executed) or np.isnan(funds.full_year) or funds.full_year == 0
    if unknown:
        nan = float("nan")
        return ExecutionScore(State.ASK, nan, nan, nan, points, None, "预算数或执行数不全，待补充。"), []
    rate = fraction(funds.executed) / fraction(funds.full_year)
    counted = Fraction(half_up(rate * 10_000), 10_000) if rule.rate_first else rate
    share = rule.curve.of(counted)
    score = half_up(share * points)
    executed, budget = show_number(funds.executed), show_number(funds.full_year)
    sentence = f"全年执行数 {executed} 万元 ÷ 全年预算数 {budget} 万元 = {show_share(float(rate))}。"
    if rule.rate_first and counted != rate:
        sentence += f"按规则先取整为 {show_percent(counted)}。"
    problems: list[Problem] = []
    state = State.SCORED
    if rate > 1:
        state = State.ATTENTION
        at = funds.executed_cell
        place = Place(funds.project, EXECUTION, at.file, at.sheet, at.cell)
        facts = {"executed": executed, "budget": budget, "rate": show_share(float(rate))}
        problems.append(problem("E512", place, **facts))
        sentence += "执行率超过 100%，按 100% 计，须核对。"
    if share == 1:
        sentence += f"得满分 {show_points(points)} 分。"
    else:
        shown = show_percent(share) if share.denominator == 1 else show_share(float(share))
        sentence += f"得分 = 分值 {show_points(points)} × {shown} = {show_points(score)} 分（四舍五入到 0.01）。"
    return ExecutionScore(state, float(rate), float(counted), float(share), points, score, sentence), problems
