"""W522: the indicators did better than the money by more than the limit."""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.reading.quantity import show_share
from selfeval.domain.rounding import sheet_round
from selfeval.domain.rulebook import show_percent


def _find(facts: Facts, limit: Limit) -> Findings:
    """The projects with a total and (S/I - B/E) / (S/I) > limit.

    S and I are score and points of the indicators, B and E of the execution. Whole hundredths, so exact at the bound.
    """
    score, points = (facts.sum_by_project(name, facts.scored) for name in ("score", "points"))
    executed = facts.execution & ~np.isnan(facts.column("score"))
    money, full = (facts.sum_by_project(name, executed) for name in ("score", "points"))
    gap = score * full - money * points
    hit = gap * limit.denominator > limit.numerator * score * full
    for i, place in facts.executed_places(hit & ~np.isnan(facts.project_column("total"))):
        found = {
            "indicators": f"{sheet_round(score[i] / points[i], 4):.2%}",
            "execution": f"{sheet_round(money[i] / full[i], 4):.2%}",
            "better": show_share(float(gap[i] / (score[i] * full[i])), 2, beside=limit),
        }
        yield place, {"limit": show_percent(limit), **found}


CHECK = Check(
    code="W522",
    find=_find,
    title="指标得分率明显高于预算执行得分率",
    message="指标得分率{indicators}，预算执行得分率{execution}，相对差距{better}（提示线{limit}）",
    remedy="请核实产出和效益指标的完成情况；确已完成的，请说明资金节约或尚未支付的原因",
    limit="指标得分率高于预算执行得分率的相对差距",
    unit="%",
    looks_for="（指标得分率 − 预算执行得分率）÷ 指标得分率，超过提示线",
    source="平台",
    note=(
        "W522 的算法与平台相同，用整数精确比较：指标得满分90.00分时，执行率95.00%、得9.50分，相对差距正好5%，\n"
        "不提示；得9.49分，相对差距5.1%，提示。没有总分的项目不比较。"
    ),
    says=(Example([Sample(executed=94.9)], "指标得分率100.00%，预算执行得分率94.90%，相对差距5.1%（提示线5%）"),),
    silent=(
        Example([Sample(executed=95.0)]),
        Example([Sample([Answered("≥3次"), MET, CONTENT], executed=10.0)]),  # nothing reported, so no total
    ),
)
