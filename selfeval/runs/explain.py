"""Explain: one score from its cells to its source, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from selfeval.domain.case import is_whole
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Problem, by_project
from selfeval.domain.promise import Promise
from selfeval.domain.promised_at import promised_at
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.recognise import BY_TABLE
from selfeval.domain.reported import FUND_ITEMS, Cell
from selfeval.domain.rulebook import UNCAPPED_SAID, KindRule, Rulebook
from selfeval.domain.scored import EXECUTION_RATE
from selfeval.domain.scored_case import ScoredCase, ScoredRow, where
from selfeval.domain.wording import category_words, curve_words, evidence_words, execution_words
from selfeval.rulebook.trying.explaining import as_read
from selfeval.runs.inputs import Inputs, score_one

_WRITTEN = "绩效目标表的“类型”列写明了类型"
Parts = dict[str, tuple[str, ...]]  # lines under what they are about


@dataclass(frozen=True)
class Explained:
    """A title, named parts of lines, and the problems of the indicator."""

    title: str
    parts: Parts
    problems: tuple[Problem, ...]


def explain(inputs: Inputs, project: str, wanted: str) -> Explained:
    """Where target and actual of an indicator came from, its rule and arithmetic, or those of the execution rate."""
    cut, scored = score_one(inputs, project)
    row = next(row for row in scored.rows if row.indicator == wanted)
    of_row = {wanted, ""} if row.is_execution else {wanted}
    own = by_project(cut.score().problems).get(project, ())
    problems = tuple(found for found in own if found.place.indicator in of_row)
    rounding = inputs.rulebook.rounding
    earned = "未评分" if row.score is None else f"{rounding.show(row.score)}分"
    extra = next((extra for extra in scored.way.extras if extra.id == row.section), None)
    full = f"满分{rounding.show(row.points)}分"
    if extra is not None:
        full = f"100分之外，最多{'加' if extra.bonus else '扣'} {rounding.show(row.most)}分"
    result = f"{earned}（{full}），{row.state.label}", row.sentence
    parts = _parts(scored, row, row.promise, inputs) if row.promise else _execution_parts(scored, inputs.rulebook)
    name = "" if row.is_execution else f"  {row.level3}"  # the rate has no code but its name
    title = f"{wanted}{name}  （{project} {scored.total.name}）"
    return Explained(title, {"结果": result, **parts}, problems)


def _parts(scored: ScoredCase, row: ScoredRow, promise: Promise, inputs: Inputs) -> Parts:
    rulebook, rule = inputs.rulebook, promise.rule
    understood = as_read(promise.reading.numbers)
    place = promised_at(inputs.targets.file, row.target_cell)
    target = [f"指标值：{row.target}", f"出处：{where(place.file, place.sheet, place.cell)}"]
    target += [f"识别为：{understood}"] if understood else []
    target += [f"识别说明：{'；'.join(promise.reading.said)}"] if promise.reading.said else []
    target += [f"评分标准：{promise.indicator.standard}"] if promise.indicator.standard else []
    written = scored.written(row)
    actual = (f"实际完成值：{row.actual_words or '（没有）'}", *([f"原文：{written}"] if written else []))
    actual += tuple(_origins(scored, row, promise))
    parts: Parts = {"目标": tuple(target), "实际": actual, "识别": _recognised(promise, rulebook)}
    if rule is not None:
        parts |= {"算法": tuple(_method(promise, rule)), "依据": _sources(rulebook, rule.sources, rule.note)}
    typed = {"偏差原因": row.reason, "改进措施": row.remedy, "佐证材料": row.evidence}
    return parts | {label: (text,) for label, text in typed.items() if text}


def _execution_parts(scored: ScoredCase, rulebook: Rulebook) -> Parts:
    rule = rulebook.execution
    figures = []
    for item in ("full_year", "executed"):
        amount = getattr(scored.funds, item)
        shown = "（没有）" if isnan(amount) else f"{show_number(amount)}万元"
        figures.append(f"{FUND_ITEMS[item]}：{shown}  {_from(scored.case.fund(item))}")
    method = (f"执行率 = {EXECUTION_RATE}", *execution_words(rule), f"规则：{rule.origin}")
    return {"数据": tuple(figures), "算法": method, "依据": _sources(rulebook, rule.sources, rule.note)}


def _origins(scored: ScoredCase, row: ScoredRow, promise: Promise) -> Iterator[str]:
    """Where everything that made the actual stands: its cell, a level's percentage, or months, budget and plan."""
    if promise.need is PAYMENTS:
        cells = [cell for cell in scored.case.reports.payments.values() if cell.cell]
        yield f"各月支付：{f'{_from(cells[0])}至{cells[-1].cell}' if cells else '没有收到'}"
        yield f"全年预算数：{_from(scored.case.fund('full_year'))}"
        plan = scored.case.promised_in("资金计划")
        yield f"资金支出计划：{plan.file}{f' [{plan.sheet}]' if plan.sheet else ''}"
        return
    yield f"出处：{row.origin or '没有收到'}"
    percentage = scored.case.answer(promise.indicator.indicator, "percentage")
    if promise.need is LEVEL_PICKED and percentage.text:
        yield f"完成比例出处：{_from(percentage)}"


def _from(cell: Cell) -> str:
    return where(cell.file, cell.sheet, cell.cell) or "没有收到"


def _recognised(promise: Promise, rulebook: Rulebook) -> tuple[str, ...]:
    kind, rule = promise.kind, promise.reading.rule
    label = "类型：无法识别" if kind is None else f"类型：{kind.label}（{kind.id}）"
    if rule == BY_TABLE:
        where = "指标值没有写符号，类型同所对应的项目指标" if is_whole(promise.indicator.project) else _WRITTEN
        return label, where
    override = rulebook.overrides.get(promise.indicator.indicator)
    if override is not None and rule.startswith("override:"):
        written_for = f"写给：{override.printed or '（没有写）'}"
        return label, f"规则：{rule}，{override.origin}", written_for, f"原因：{override.because}"
    entry = next((entry for entry in rulebook.recognise if entry.id == rule), None)
    return (label, *(filter(None, (f"规则：{entry.id}，{entry.origin}", entry.note)) if entry else ()))


def _method(promise: Promise, rule: KindRule) -> Iterator[str]:
    yield f"规则：{rule.origin}"
    if promise.measure is None:
        return
    yield f"完成程度：{promise.measure.definition}"
    if rule.deduct:
        yield rule.deduct.describe(promise.asked.unit)
    if rule.uncapped:
        yield UNCAPPED_SAID
    yield f"计分标准：{curve_words(rule.curve, rule.measure)}"
    yield from filter(None, (category_words(rule), evidence_words(rule)))


def _sources(rulebook: Rulebook, ids: tuple[str, ...], note: str) -> tuple[str, ...]:
    return (*(str(rulebook.sources[source]) for source in ids), *([f"说明：{note}"] if note else []))
