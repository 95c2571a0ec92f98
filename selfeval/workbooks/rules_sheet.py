"""计分规则: for each kind that occurs in a project, how it is measured and what share of the points it earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import NOT_APPLICABLE_WORDS, UNCAPPED_SAID, USUAL, Cited, KindRule, Level, Rulebook
from selfeval.domain.scored import EXECUTION, EXECUTION_RATE
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.wording import (
    RATE_CALLED,
    category_words,
    curve_words,
    evidence_words,
    execution_words,
    grade_words,
    levels_words,
    sentences,
    type_words,
)
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner, headings
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.scored_row import levels_of, need_of, rule_of

RULES = "计分规则"
_COLUMNS = (
    Column("kind", "类型", 23),
    Column("measure", "完成程度的计算方法\n（A为指标值，B为实际完成值）", 30),
    Column("curve", "计分标准", 27),
    Column("note", "说明", 38),
    Column("source", "依据", 38),
    Column("origin", "规则文件（行）", 32),
)
"""The last column is for whoever keeps the rules: it is seen, not printed."""


def numbers_of(rows: Sequence[ScoredRow], rulebook: Rulebook) -> dict[str, int]:
    """The number in the table of each rule that scores a row, by its place in the rule file; 1 is the execution's."""
    places = [rulebook.execution.origin, *(rule.origin for row in rows if (rule := rule_of(row)))]
    return {place: number for number, place in enumerate(dict.fromkeys(map(str, places)), start=1)}


def rules_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet:
    """The sheet 计分规则."""
    case, shown = scored.case, _COLUMNS[:-1]
    top = (
        banner(shown, f"本项目用到的计分规则　{case.project.name}（{case.year}年度）", "title", case.mark, 26),
        banner(shown, f"评分规则：{rulebook.title}"),
        headings(_COLUMNS, frozen=True),
    )
    cells = (zip(_COLUMNS, line, strict=True) for line in _lines(scored.rows, rulebook))
    lines = (Row(tuple(Cell(column.id, text, "small") for column, text in line), height=Fit(20.0)) for line in cells)
    page = replace(ACROSS, printed=(shown[0].id, shown[-1].id))
    return Sheet(RULES, _COLUMNS, (*top, *lines), page, protection="entries")


def _lines(rows: Sequence[ScoredRow], rulebook: Rulebook) -> list[tuple[str, ...]]:
    used = {str(rule.origin): rule for row in rows if (rule := rule_of(row))}
    execution = rulebook.execution
    said = "".join(execution_words(execution))
    how = f"{EXECUTION_RATE}。{said}" if said else EXECUTION_RATE
    measured = (
        EXECUTION,
        how,
        curve_words(execution.curve, what=RATE_CALLED if execution.deduct is None else ""),
        *_basis(rulebook, execution),
    )
    lines = [measured, *(_line(rule, rulebook) for rule in used.values())]
    lines = [(f"第{number}条　{label}", *texts) for number, (label, *texts) in enumerate(lines, start=1)]
    sections = "；".join(f"{part.label}{show_number(in_points(part.points))}分" for part in rulebook.inside)
    outside = [
        f"{part.label}最多{'加' if part.extra == 'bonus' else '扣'}{show_number(in_points(part.points))}分"
        for part in rulebook.sections
        if part.extra
    ]
    if outside:
        capped = "加分后总分不超过100分" if rulebook.total_cap == "hundred" else "加分后总分可以超过100分"
        sections += f"。另有：{'；'.join(outside)}（{capped}）"
    spread = NOT_APPLICABLE_WORDS[rulebook.not_applicable]
    if rulebook.rounding != USUAL:
        spread += f"；每个得分{rulebook.rounding.said}分，总分为各得分之和"
    lines.append(("分值构成", sections, spread, *_basis(rulebook, *rulebook.sections)))
    numbers, scales = numbers_of(rows, rulebook), dict[tuple[Level, ...], dict[int, None]]()
    for row in rows:
        if need_of(row) is LEVEL_PICKED and (rule := rule_of(row)):
            scales.setdefault(levels_of(row), {})[numbers[str(rule.origin)]] = None
    for levels, of in scales.items():
        label = f"完成档次（第{'、'.join(map(str, of))}条）"
        lines.append((label, levels_words(levels), "按档次内的比例得分", *_basis(rulebook, *levels)))
    return [*lines, _grades(rulebook)]


def _line(rule: KindRule, rulebook: Rulebook) -> tuple[str, ...]:
    measure = KINDS[rule.kind].measures.get(rule.measure)
    definition = measure.definition if measure else "不评分"
    curve = curve_words(rule.curve, rule.measure) if measure else DASH
    curve = "；".join(filter(None, (curve, category_words(rule), evidence_words(rule))))
    if rule.deduct is not None:
        definition += f"。{rule.deducted}"
    if rule.uncapped:
        definition += f"。{UNCAPPED_SAID}"
    notes, *basis = _basis(rulebook, rule)
    said = "；".join(filter(None, (notes, *sentences(rule.attention), *sentences(rule.when))))
    return type_words(rule), definition, curve, said, *basis


def _grades(rulebook: Rulebook) -> tuple[str, ...]:
    scale = "；".join(f"{label}：{totals}" for label, totals in grade_words(rulebook.grades))
    note, sources, origin = _basis(rulebook, rulebook.grading)
    said = note or f"按自评表列示的总分（{rulebook.rounding.decimals}）确定"
    return "等级", scale, DASH, said, sources, origin if rulebook.grading.sources else ""


def _basis(rulebook: Rulebook, *parts: Cited) -> tuple[str, str, str]:
    """The notes of some parts and what they rest on, each once, and the line of the rule file of the first."""
    notes = "；".join(dict.fromkeys(part.note for part in parts if part.note))
    sources = rulebook.cite(tuple(dict.fromkeys(name for part in parts for name in part.sources)))
    origin = str(parts[0].origin) if parts else ""
    return notes, sources, origin
