"""The rules below 评分依据: for each kind that occurs, how it is measured and what share of the points it earns."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import NOT_APPLICABLE_WORDS, UNCAPPED_SAID, USUAL, Cited, KindRule, Level, Rulebook
from selfeval.domain.scored import EXECUTION, EXECUTION_RATE
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.wording import category_words, curve_in_short, evidence_words, execution_words, levels_words
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row
from selfeval.sheets.rows import banner
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.scored_row import levels_of, need_of, rule_of

_SPANS = (
    ("indicator", "name"),
    ("target", "actual_value"),
    ("level", "state"),
    ("sentence", "sentence"),
    ("rule", "origin"),
)
_HEADINGS = ("类型", "怎样计算计量值（A 指标值，B 实际完成值）", "计量值换成得分比例", "说明", "依据和规则文件")


def numbers_of(rows: Sequence[ScoredRow], rulebook: Rulebook) -> dict[str, int]:
    """The number in the table of each rule that scores a row, by its place in the rule file; 1 is the execution's."""
    places = [rulebook.execution.origin, *(rule.origin for row in rows if (rule := rule_of(row)))]
    return {place: number for number, place in enumerate(dict.fromkeys(map(str, places)), start=1)}


def rules_used(columns: Sequence[Column], rows: Sequence[ScoredRow], rulebook: Rulebook) -> tuple[Row, ...]:
    """The rows of the table of rules."""
    used = {str(rule.origin): rule for row in rows if (rule := rule_of(row))}
    execution = rulebook.execution
    said = "".join(execution_words(execution))
    how = f"{EXECUTION_RATE}。{said}" if said else EXECUTION_RATE
    measured = (EXECUTION, how, curve_in_short(execution.curve), *_basis(rulebook, execution))
    lines = [measured, *(_line(rule, rulebook) for rule in used.values())]
    lines = [(f"第 {number} 条　{label}", *texts) for number, (label, *texts) in enumerate(lines, start=1)]
    sections = "；".join(f"{part.label} {show_number(in_points(part.points))} 分" for part in rulebook.inside)
    outside = [
        f"{part.label} 最多{'加' if part.extra == 'bonus' else '扣'} {show_number(in_points(part.points))} 分"
        for part in rulebook.sections
        if part.extra
    ]
    if outside:
        capped = "加分后总分不超过 100" if rulebook.total_cap == "hundred" else "加分后总分可以超过 100"
        sections += f"。另有：{'；'.join(outside)}（{capped}）"
    spread = NOT_APPLICABLE_WORDS[rulebook.not_applicable]
    if rulebook.rounding != USUAL:
        spread += f"；每个得分{rulebook.rounding.said} 分，总分为各得分之和"
    lines.append(("分值构成", sections, spread, *_basis(rulebook, *rulebook.sections)))
    numbers, scales = numbers_of(rows, rulebook), dict[tuple[Level, ...], dict[int, None]]()
    for row in rows:
        if need_of(row) is LEVEL_PICKED and (rule := rule_of(row)):
            scales.setdefault(levels_of(row), {})[numbers[str(rule.origin)]] = None
    for levels, of in scales.items():
        label = f"完成档次（第 {'、'.join(map(str, of))} 条）"
        lines.append((label, levels_words(levels), "档次内的比例即得分比例", *_basis(rulebook, *levels)))
    lines.append(_grades(rulebook))
    title = banner(columns, "本表用到的计分规则", "section", least=22)
    return title, _row(_HEADINGS, "head"), *(_row(line, "small") for line in lines)


def _row(texts: tuple[str, ...], style: str) -> Row:
    spans = zip(texts, _SPANS, strict=True)
    return Row(tuple(Cell(first, text, style, last) for text, (first, last) in spans), height=Fit(20.0))


def _line(rule: KindRule, rulebook: Rulebook) -> tuple[str, ...]:
    measure = KINDS[rule.kind].measures.get(rule.measure)
    definition = measure.definition if measure else "不评分"
    curve = curve_in_short(rule.curve, rule.measure) if measure else DASH
    curve = "；".join(filter(None, (curve, category_words(rule, short=True), evidence_words(rule))))
    if rule.deduct is not None:
        definition += f"。{rule.deducted}"
    if rule.uncapped:
        definition += f"。{UNCAPPED_SAID}"
    return rule.label, definition, curve, *_basis(rulebook, rule)


def _grades(rulebook: Rulebook) -> tuple[str, ...]:
    *upper, last = rulebook.grades
    scale = "；".join(f"{grade.label}：总分 ≥ {show_number(in_points(grade.lowest))}" for grade in upper)
    note, sources = _basis(rulebook, rulebook.grading)
    said = note or f"按打印的总分（{rulebook.rounding.decimals}）确定"
    return "等级", f"{scale}；{last.label}：其余", DASH, said, sources if rulebook.grading.sources else ""


def _basis(rulebook: Rulebook, *parts: Cited) -> tuple[str, str]:
    """The notes of some parts and what they rest on, each once, with the line of the rule file of the first."""
    notes = "；".join(dict.fromkeys(part.note for part in parts if part.note))
    sources = rulebook.cite(tuple(dict.fromkeys(name for part in parts for name in part.sources)))
    origin = str(parts[0].origin) if parts else ""
    return notes, f"{sources}\n{origin}".strip()
