"""W525: two amounts of which one is about ten thousand times the other: 元 was written for 万元 or the reverse."""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import (
    CONTENT,
    DONE,
    MET,
    Answered,
    Check,
    Example,
    Facts,
    Findings,
    Limit,
    Sample,
    as_floats,
)
from selfeval.domain.expression.columns import Flags, Floats
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number


def _find(facts: Facts, limit: Limit) -> Findings:
    """Actuals in money against their targets, then budgets against those of the targets."""
    actual, target, unit = (
        facts.column("actual_value"),
        facts.column("target_value"),
        facts.scores.column("target_unit"),
    )
    for i, place in facts.actual_places(facts.is_unit(*facts.money) & facts.scored & _far(actual, target, limit)):
        found, expected = (show_value(float(amount[i]), unit[i]) for amount in (actual, target))
        names = {"what": "实际完成值", "found": found, "other": "指标值", "expected": expected}
        yield place, {"ratio": _ratio(actual[i], target[i]), **names}
    promised = as_floats(facts.targets.projects.column("budget"))
    budget = facts.project_column("full_year")
    for i, place in facts.executed_places(_far(budget, promised, limit)):
        found, expected = (f"{show_number(float(amount[i]))}万元" for amount in (budget, promised))
        names = {"what": "全年预算数", "found": found, "other": "绩效文本的预算数", "expected": expected}
        yield place, {"ratio": _ratio(budget[i], promised[i]), **names}


def _far(left: Floats, right: Floats, limit: Limit) -> Flags:
    """Where two positive amounts differ by the factor ``limit`` or more."""
    known = (left > 0) & (right > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(known, left / right, 1.0)
    return np.asarray((ratio >= float(limit)) | (ratio <= 1 / float(limit)))


def _ratio(left: float, right: float) -> str:
    return show_number(round(max(left, right) / min(left, right)))


def _cost(actual: float | str) -> Example:
    return Example([Sample([DONE, Answered("≤100万元", actual, level2="成本指标", reason="涨价"), MET, CONTENT])])


CHECK = Check(
    code="W525",
    find=_find,
    title="金额单位可能有误（元、万元）",
    message="{what}是{found}，{other}是{expected}，相差约{ratio}倍",
    remedy="请核对单位：金额一律填万元；单位不同的，请在数后面写明单位",
    limit="相差多少倍",
    unit="倍",
    looks_for="实际完成值与指标值、全年预算数与绩效文本的预算数相差悬殊，金额单位可能有误",
    source="公开、核验",
    says=(
        _cost("900000万元"),
        Example([Sample(full_year="150000万元", executed="150000万元", budget=20.0)], "7500倍"),
    ),
    note="没有写明单位、相差1000倍以上的，暂不计分，待核实单位后再计（E428、E433）。",
    silent=(_cost(99.0),),
)
