"""What deserves a look, as the finance office would check it before sending the workbooks out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from benchmarks.peers.scoring import EQUAL, LEAST, MONTHS, MOST, Row, Scored, percent, plain, shown

_EXPLAIN = "请在“年度总体目标实际完成情况”中说明未执行的原因和结转结余资金的处理情况"
_TOLD = ("调整", "追加", "调增", "调减", "核减", "压减")


@dataclass(slots=True)
class Finding:
    """One line of the sheet 问题."""

    severity: str
    code: str
    row: Row | None
    message: str
    remedy: str
    place: str = ""
    file: str = ""


def findings(scored: Scored) -> list[Finding]:
    """Warnings first, each about the execution of the budget or one indicator."""
    found = [*_execution(scored), *(finding for row in scored.rows[1:] for finding in _indicator(scored, row))]
    whole = [row for row in scored.rows if row.kind in {LEAST, MOST, EQUAL} and not (row.rate and row.value == 1)]
    if len(whole) >= 3 and all(row.value == row.wanted for row in whole):
        message = f"{len(whole)}个数值指标的实际完成值都恰好等于指标值"
        found.append(Finding("提示", "I520", None, message, "请核实实际完成值的统计来源，并保留统计依据"))
    return sorted(found, key=lambda finding: finding.severity != "警告")


def _execution(scored: Scored) -> Iterator[Finding]:
    row, form = scored.rows[0], scored.form
    assert isinstance(row.wanted, Fraction)
    assert isinstance(row.value, Fraction)
    budget, executed, initial = row.wanted, row.value, form.number("funds.initial")

    def about(code: str, message: str, remedy: str, at: int = row.at) -> Finding:
        return Finding("警告", code, row, message, remedy, f"自评填报!J{at}", scored.file)

    if initial != budget and initial is not None and not any(w in form.text("narrative.result") for w in _TOLD):
        message = f"年中预算由{plain(initial)}万元调整为{plain(budget)}万元，未作说明"
        told = "请在“年度总体目标实际完成情况”中说明调整事项和批复文号"
        yield about("W526", message, told, form.at("narrative.result"))
    unspent = (budget - executed) / budget
    if unspent > Fraction(1, 5):
        amount = f"未支出{plain(budget - executed)}万元，占全年预算数的{percent(unspent)}（提示线20%）"
        yield about("W521", amount, _EXPLAIN)
    elif unspent > Fraction(1, 10):
        yield about("W520", f"预算执行率{percent(executed / budget)}，低于90%", _EXPLAIN)
    earned = (scored.total - (row.score or 0)) / 90
    spent = (row.score or Fraction(0)) / 10
    gap = (earned - spent) / earned
    if gap > Fraction(1, 20):
        rates = f"指标得分率{float(earned):.2%}，预算执行得分率{float(spent):.2%}"
        remedy = "请核实产出和效益指标的完成情况；确已完成的，请说明资金节约或尚未支付的原因"
        yield about("W522", f"{rates}，相对差距{percent(gap)}（提示线5%）", remedy)


def _indicator(scored: Scored, row: Row) -> Iterator[Finding]:
    place = f"自评填报!J{row.at}"
    if row.kind == MONTHS and scored.project.assumed:
        message, remedy = "资金支出计划未填12月底的比例，按100%计算", "请对照绩效文本核对；原文空白的不用处理"
        yield Finding("警告", "W502", row, message, remedy, "targets.xlsx 资金计划", "inputs/2024/targets.xlsx")
    if row.attention and row.kind == EQUAL:
        message = f"实际完成{row.actual}，指标值是{shown(row, row.wanted)}，不相等"
        yield Finding("提示", "I502", row, message, "请复核人员核对", place, scored.file)
    elif row.attention and row.completion is not None:
        message = f"完成率{percent(row.completion)}，达到或超过120%"
        remedy = "请分析原因；年初指标值设定明显偏低的，复核时按偏离度适当调减分值"
        yield Finding("提示", "I501", row, message, remedy, place, scored.file)
