"""Explain: one score from its cells to its source, in words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from selfeval.domain.curves import StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.recognise import BY_TABLE
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import KindRule, Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scoring.year import score
from selfeval.runs.inputs import Inputs, Unusable, nearest


@dataclass(frozen=True)
class Explained:
    """A title, named parts of lines, and the problems of the indicator."""

    title: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


def explain(inputs: Inputs, indicator: str) -> Explained | Unusable:
    """Where target and actual of an indicator came from, which rule read it, the arithmetic and the source.

    A 项目编码 instead of an 指标编号 explains the execution rate of the project.
    """
    targets = inputs.targets
    known = targets.indicators["indicator"].tolist()
    projects = targets.projects["project"].tolist()
    if indicator in known:
        project = str(targets.indicators.loc[targets.indicators["indicator"] == indicator, "project"].iloc[0])
    elif indicator in projects:
        project = indicator
    else:
        facts = {"year": targets.year, "found": indicator, "hint": nearest(indicator, known + projects)}
        return Unusable((problem("E605", Place(indicator=indicator), **facts),))
    cut = Inputs(inputs.workspace, targets.only([project]), inputs.rulebook, inputs.reported, inputs.files)
    scored = score(cut.targets, cut.reported, cut.rulebook)
    wanted = EXECUTION if indicator == project else indicator
    row = scored.indicators[scored.indicators["indicator"] == wanted].iloc[0]
    name = str(scored.projects["name"].iloc[0])
    problems = tuple(
        one
        for one in scored.problems
        if one.place.project == project and one.place.indicator in ({wanted, ""} if wanted == EXECUTION else {wanted})
    )
    title = f"{wanted}  {row['level3']}  （{project} {name}）"
    execution = wanted == EXECUTION
    parts = _execution_parts(row, cut) if execution else _parts(row, cut)
    return Explained(title, (_result(row), *parts), problems)


Part = tuple[str, tuple[str, ...]]


def _result(row: pd.Series) -> Part:
    points = show_points(int(row["points"]))
    earned = "未评分" if pd.isna(row["score"]) else f"{show_points(int(row['score']))} 分"
    return "结果", (f"{earned}（满分 {points} 分），{State(row['state']).label}", str(row["sentence"]))


def _parts(row: pd.Series, inputs: Inputs) -> tuple[Part, ...]:
    rulebook = inputs.rulebook
    target = [f"指标值：{row['target']}", f"出处：{inputs.targets.file} [{row['target_cell']}]"]
    if not pd.isna(row["target_value"]):
        ends = [one for one in (row["target_value"], row["target_upper"]) if not pd.isna(one)]
        target.append("读作：" + " 至 ".join(show_value(float(one), str(row["target_unit"])) for one in ends))
    actual = [f"实际完成值：{row['actual'] or '（没有）'}", *_origins(inputs, row)]
    names = {name: str(row[name]) for name in ("indicator", "level1", "level2", "level3")}
    rule = rulebook.rule_for(str(row["kind"]), **names, unit=str(row["target_unit"]))
    parts: list[Part] = [("目标", tuple(target)), ("实际", tuple(actual)), ("识别", _recognised(row, rulebook))]
    if rule is not None:
        parts += [("算法", _method(rule)), ("依据", _sources(rulebook, rule.sources, rule.note))]
    for label, name in (("偏差原因", "reason"), ("改进措施", "remedy"), ("佐证材料", "evidence")):
        if row[name]:
            parts.append((label, (str(row[name]),)))
    return tuple(parts)


def _execution_parts(row: pd.Series, inputs: Inputs) -> tuple[Part, ...]:
    rule = inputs.rulebook.execution
    figures = (
        f"全年预算数：{_money(row['target_value'])}  {_fund(inputs, row, 'full_year')}",
        f"全年执行数：{_money(row['actual_value'])}  {_fund(inputs, row, 'executed')}",
    )
    return (
        ("数据", figures),
        ("算法", ("执行率 = 全年执行数 ÷ 全年预算数", f"规则：{rule.origin}")),
        ("依据", _sources(inputs.rulebook, rule.sources, rule.note)),
    )


def _money(amount: float) -> str:
    return "（没有）" if pd.isna(amount) else f"{show_number(amount)} 万元"


def _fund(inputs: Inputs, row: pd.Series, item: str) -> str:
    """Where an amount of the project stands."""
    funds = inputs.reported.funds
    found = funds[(funds["project"] == row["project"]) & (funds["item"] == item)]
    return _from(found.iloc[0]) if len(found) else "没有收到"


def _origins(inputs: Inputs, row: pd.Series) -> list[str]:
    """Where everything that made the actual stands: its cell, a level's percentage, or months, budget and plan."""
    if row["kind"] != "monthly_schedule":
        return [f"出处：{_from(row)}", *_percentage_origin(inputs, row)]
    paid = inputs.reported.payments
    cells = paid[(paid["project"] == row["project"]) & (paid["cell"] != "")]
    months = f"{_from(cells.iloc[0])} 至 {cells['cell'].iloc[-1]}" if len(cells) else "没有收到"
    return [
        f"各月支付：{months}",
        f"全年预算数：{_fund(inputs, row, 'full_year')}",
        f"支出计划：{inputs.targets.file} [资金计划]",
    ]


def _percentage_origin(inputs: Inputs, row: pd.Series) -> list[str]:
    actuals = inputs.reported.actuals
    wanted = (actuals["indicator"] == row["indicator"]) & (actuals["item"] == "percentage")
    found = actuals[wanted & (actuals["text"] != "")]
    return [f"完成比例出处：{_from(found.iloc[0])}"] if row["kind"] == "qualitative" and len(found) else []


def _from(row: pd.Series) -> str:
    if not row["file"]:
        return "没有收到"
    spot = f"{row['sheet']}!{row['cell']}" if row["sheet"] else str(row["cell"])
    return f"{row['file']} [{spot}]"


def _recognised(row: pd.Series, rulebook: Rulebook) -> tuple[str, ...]:
    kind = KINDS.get(str(row["kind"]))
    label = f"{kind.label}（{kind.id}）" if kind else "没有认出"
    rule = str(row["rule"])
    if rule == BY_TABLE:
        return (f"类型：{label}", "目标表的「类型」列写明了类型")
    override = rulebook.overrides.get(str(row["indicator"]))
    if override is not None and rule.startswith("override:"):
        return (f"类型：{label}", f"规则：{rule}，{override.origin}", f"原因：{override.because}")
    entry = next((one for one in rulebook.recognise if one.id == rule), None)
    if entry is None:
        return (f"类型：{label}",)
    lines = [f"类型：{label}", f"规则：{entry.id}，{entry.origin}"]
    return (*lines, entry.note) if entry.note else tuple(lines)


def _method(rule: KindRule) -> tuple[str, ...]:
    measure = KINDS[rule.kind].measures.get(rule.measure)
    lines = [f"规则：{rule.origin}"]
    if measure is not None:
        lines += [f"计量值：{measure.definition}", *([rule.deduct.describe()] if rule.deduct else []), *_curve(rule)]
    return tuple(lines)


def _curve(rule: KindRule) -> list[str]:
    if not isinstance(rule.curve, StepCurve):
        points = "、".join(f"({show_percent(x)}, {show_percent(y)})" for x, y in rule.curve.points)
        return [f"得分比例：按折线 {points}"]
    days = rule.measure == "days_late"
    lines = []
    for step in rule.curve.steps:
        start = f"{show_number(step.start)} 天" if days else show_percent(step.start)
        share = "等于计量值" if step.share is None else show_percent(step.share)
        lines.append(f"得分比例：从 {start} 起，{share}")
    return lines


def _sources(rulebook: Rulebook, ids: tuple[str, ...], note: str) -> tuple[str, ...]:
    lines = [str(rulebook.sources[one]) for one in ids]
    return (*lines, f"说明：{note}") if note else tuple(lines)
