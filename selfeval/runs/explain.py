"""Explain: one score from its cells to its source, in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from selfeval.domain.case import cases
from selfeval.domain.curves import StepCurve
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.recognise import BY_TABLE
from selfeval.domain.reported import NOTHING, Cell
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import KindRule, Rulebook, show_percent
from selfeval.domain.scored import EXECUTION
from selfeval.domain.scored_case import ScoredCase, ScoredRow, where
from selfeval.domain.scoring.score import score, score_case
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
    projects = dict(zip(targets.indicators["indicator"], targets.indicators["project"], strict=True))
    projects |= {project: project for project in targets.projects["project"]}
    if indicator not in projects:
        facts = {"year": targets.year, "found": indicator, "hint": nearest(indicator, [*projects])}
        return Unusable((problem("E605", Place(indicator=indicator), **facts),))
    project = projects[indicator]
    cut = inputs.only([project])
    (case,) = cases(cut.targets, cut.reported)
    scored = score_case(case, inputs.rulebook)
    wanted = EXECUTION if indicator == project else indicator
    row = next(row for row in scored.rows if row.indicator == wanted)
    told = {wanted, ""} if row.is_execution else {wanted}
    found = score(cut.targets, cut.reported, inputs.rulebook).problems
    problems = tuple(one for one in found if one.place.project == project and one.place.indicator in told)
    title = f"{wanted}  {row.level3}  （{project} {case.project.name}）"
    if row.promise is None:
        parts = _execution_parts(scored, inputs.rulebook)
    else:
        parts = _parts(scored, row, row.promise, inputs)
    return Explained(title, (_result(row), *parts), problems)


Part = tuple[str, tuple[str, ...]]


def _result(row: ScoredRow) -> Part:
    earned = "未评分" if row.score is None else f"{show_points(row.score)} 分"
    return "结果", (f"{earned}（满分 {show_points(row.points)} 分），{row.state.label}", row.sentence)


def _parts(scored: ScoredCase, row: ScoredRow, promise: Promise, inputs: Inputs) -> tuple[Part, ...]:
    rulebook, numbers = inputs.rulebook, promise.reading.numbers
    target = [f"指标值：{row.target}", f"出处：{inputs.targets.file} [{row.target_cell}]"]
    ends = [show_value(end, numbers.unit) for end in (numbers.value, numbers.upper) if not isnan(end)]
    if ends:
        target.append("读作：" + " 至 ".join(ends))
    actual = [f"实际完成值：{row.actual or '（没有）'}", *_origins(scored, row, promise)]
    parts: list[Part] = [("目标", tuple(target)), ("实际", tuple(actual)), ("识别", _recognised(promise, rulebook))]
    if promise.rule is not None:
        rule = promise.rule
        parts += [("算法", _method(promise, rule)), ("依据", _sources(rulebook, rule.sources, rule.note))]
    said = (("偏差原因", row.reason), ("改进措施", row.remedy), ("佐证材料", row.evidence))
    return (*parts, *((label, (text,)) for label, text in said if text))


def _execution_parts(scored: ScoredCase, rulebook: Rulebook) -> tuple[Part, ...]:
    rule, funds = rulebook.execution, scored.funds
    figures = (
        f"全年预算数：{_money(funds.full_year)}  {_fund(scored, 'full_year')}",
        f"全年执行数：{_money(funds.executed)}  {_fund(scored, 'executed')}",
    )
    return (
        ("数据", figures),
        ("算法", ("执行率 = 全年执行数 ÷ 全年预算数", f"规则：{rule.origin}")),
        ("依据", _sources(rulebook, rule.sources, rule.note)),
    )


def _money(amount: float) -> str:
    return "（没有）" if isnan(amount) else f"{show_number(amount)} 万元"


def _fund(scored: ScoredCase, item: str) -> str:
    """Where an amount of the project stands."""
    return _from(scored.case.reports.funds.get(item, NOTHING))


def _origins(scored: ScoredCase, row: ScoredRow, promise: Promise) -> list[str]:
    """Where everything that made the actual stands: its cell, a level's percentage, or months, budget and plan."""
    if promise.need is not PAYMENTS:
        origins = [f"出处：{row.origin or '没有收到'}"]
        percentage = scored.case.answer(promise.indicator.indicator, "percentage")
        if promise.need is LEVEL_PICKED and percentage.text:
            origins.append(f"完成比例出处：{_from(percentage)}")
        return origins
    cells = [cell for cell in scored.case.reports.payments.values() if cell.cell]
    months = f"{_from(cells[0])} 至 {cells[-1].cell}" if cells else "没有收到"
    return [
        f"各月支付：{months}",
        f"全年预算数：{_fund(scored, 'full_year')}",
        f"支出计划：{scored.case.targets_file} [资金计划]",
    ]


def _from(cell: Cell) -> str:
    return where(cell.file, cell.sheet, cell.cell) or "没有收到"


def _recognised(promise: Promise, rulebook: Rulebook) -> tuple[str, ...]:
    kind, rule = promise.kind, promise.reading.rule
    label = "没有认出" if kind is None else f"{kind.label}（{kind.id}）"
    if rule == BY_TABLE:
        return (f"类型：{label}", "目标表的「类型」列写明了类型")
    override = rulebook.overrides.get(promise.indicator.indicator)
    if override is not None and rule.startswith("override:"):
        return (f"类型：{label}", f"规则：{rule}，{override.origin}", f"原因：{override.because}")
    entry = next((one for one in rulebook.recognise if one.id == rule), None)
    if entry is None:
        return (f"类型：{label}",)
    lines = [f"类型：{label}", f"规则：{entry.id}，{entry.origin}"]
    return (*lines, entry.note) if entry.note else tuple(lines)


def _method(promise: Promise, rule: KindRule) -> tuple[str, ...]:
    lines = [f"规则：{rule.origin}"]
    if promise.measure is not None:
        deduct = [rule.deduct.describe()] if rule.deduct else []
        lines += [f"计量值：{promise.measure.definition}", *deduct, *_curve(rule, in_days=promise.measure.in_days)]
    return tuple(lines)


def _curve(rule: KindRule, *, in_days: bool) -> list[str]:
    if not isinstance(rule.curve, StepCurve):
        points = "、".join(f"({show_percent(x)}, {show_percent(y)})" for x, y in rule.curve.points)
        return [f"得分比例：按折线 {points}"]
    lines = []
    for step in rule.curve.steps:
        start = f"{show_number(step.start)} 天" if in_days else show_percent(step.start)
        share = "等于计量值" if step.share is None else show_percent(step.share)
        lines.append(f"得分比例：从 {start} 起，{share}")
    return lines


def _sources(rulebook: Rulebook, ids: tuple[str, ...], note: str) -> tuple[str, ...]:
    lines = [str(rulebook.sources[one]) for one in ids]
    return (*lines, f"说明：{note}") if note else tuple(lines)
