"""W522: the indicators did better than the money by more than the limit."""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.reading.quantity import show_share
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
            "indicators": f"{facts.rounding.show(int(score[i]))}/{facts.rounding.show(int(points[i]))}",
            "execution": f"{facts.rounding.show(int(money[i]))}/{facts.rounding.show(int(full[i]))}",
            "better": show_share(float(gap[i] / (score[i] * full[i])), 2),
        }
        yield place, {"limit": show_percent(limit), **found}


CHECK = Check(
    code="W522",
    find=_find,
    title="指标得分明显好于预算执行",
    message="指标得{indicators}分，执行率得{execution}分，指标的得分率高出{better}，超过{limit}",
    remedy="请核对产出和效益指标是否真的完成；确实完成的，请说明少花钱也能办成的原因",
    limit="指标得分率比执行得分率高出多少",
    unit="%",
    looks_for="（指标得分率 − 执行得分率）÷ 指标得分率太大",
    source="C22 平台",
    note=(
        "W522 的算法与平台相同，用整数精确比较：指标得 90.00（满分）时，执行率95.00%、得9.50，比值正好0.05，\n"
        "不提示；得9.49，比值0.051，提示。没有总分的项目不比。"
    ),
    says=(Example([Sample(executed=94.9)], "执行率得 9.49/10.00 分，指标的得分率高出 5.1%"),),
    silent=(
        Example([Sample(executed=95.0)]),
        Example([Sample([Answered("≥3次"), MET, CONTENT], executed=10.0)]),  # nothing reported, so no total
    ),
)
