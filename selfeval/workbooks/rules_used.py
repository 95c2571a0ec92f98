"""The rules below 评分依据: for each kind that occurs, how it is measured and what share of the points it earns."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import NOT_APPLICABLE_WORDS, KindRule, Rulebook, show_percent
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.wording import curve_in_short
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row
from selfeval.sheets.rows import banner
from selfeval.workbooks.scored_row import DASH, need_of, rule_of

_SPANS = (
    ("indicator", "name"),
    ("target", "actual_value"),
    ("level", "state"),
    ("sentence", "sentence"),
    ("rule", "origin"),
)
_HEADINGS = ("类型", "怎样计算计量值（A 实际完成值，T 指标值）", "计量值换成得分比例", "说明", "依据和规则文件")


def numbers_of(rows: Sequence[ScoredRow], rulebook: Rulebook) -> dict[str, int]:
    """The number in the table of each rule that scores a row, by its place in the rule file; 1 is the execution's."""
    places = [rulebook.execution.origin, *(rule.origin for row in rows if (rule := rule_of(row)))]
    return {place: number for number, place in enumerate(dict.fromkeys(map(str, places)), start=1)}


def rules_used(columns: Sequence[Column], rows: Sequence[ScoredRow], rulebook: Rulebook) -> tuple[Row, ...]:
    """The rows of the table of rules."""
    used = {str(rule.origin): rule for row in rows if (rule := rule_of(row))}
    numbers = numbers_of(rows, rulebook)
    lines = [_numbered(1, _execution(rulebook))]
    lines += [_numbered(numbers[place], _line(rule, rulebook)) for place, rule in used.items()]
    lines.append(_sections(rulebook))
    if any(need_of(row) is LEVEL_PICKED for row in rows):
        lines.append(_levels(rulebook))
    lines.append(_grades(rulebook))
    title = banner(columns, "本表用到的计分规则", "section", least=22)
    return title, _row(_HEADINGS, "head"), *(_row(line, "small") for line in lines)


def _numbered(number: int, line: tuple[str, ...]) -> tuple[str, ...]:
    return f"第 {number} 条　{line[0]}", *line[1:]


def _row(texts: tuple[str, ...], style: str) -> Row:
    spans = zip(texts, _SPANS, strict=True)
    return Row(tuple(Cell(first, text, style, last) for text, (first, last) in spans), height=Fit(20.0))


def _execution(rulebook: Rulebook) -> tuple[str, ...]:
    rule = rulebook.execution
    sources = f"{rulebook.cite(rule.sources)}\n{rule.origin}"
    return "预算执行率", "全年执行数 ÷ 全年预算数", curve_in_short(rule.curve), rule.note, sources


def _line(rule: KindRule, rulebook: Rulebook) -> tuple[str, ...]:
    kind = KINDS[rule.kind]
    measure = kind.measures.get(rule.measure)
    definition = measure.definition if measure else "不评分"
    curve = curve_in_short(rule.curve, rule.measure) if measure else DASH
    if rule.deduct is not None:
        definition += f"。{rule.deduct.describe()}"
    return rule.label, definition, curve, rule.note, f"{rulebook.cite(rule.sources)}\n{rule.origin}"


def _levels(rulebook: Rulebook) -> tuple[str, ...]:
    bands = "；".join(f"{one.label} {one.band}，默认 {show_percent(one.default)}" for one in rulebook.levels)
    notes = "；".join(dict.fromkeys(one.note for one in rulebook.levels if one.note))
    sources = rulebook.cite(tuple(dict.fromkeys(name for one in rulebook.levels for name in one.sources)))
    origin = str(rulebook.levels[0].origin) if rulebook.levels else ""
    return "完成档次", bands, "档次内的比例即得分比例", notes, f"{sources}\n{origin}".strip()


def _sections(rulebook: Rulebook) -> tuple[str, ...]:
    parts = "；".join(f"{one.label} {show_number(in_points(one.points))} 分" for one in rulebook.sections)
    spread = NOT_APPLICABLE_WORDS[rulebook.not_applicable]
    notes = "；".join(dict.fromkeys(one.note for one in rulebook.sections if one.note))
    sources = rulebook.cite(tuple(dict.fromkeys(name for one in rulebook.sections for name in one.sources)))
    origin = str(rulebook.sections[0].origin) if rulebook.sections else ""
    return "分值构成", parts, spread, notes, f"{sources}\n{origin}".strip()


def _grades(rulebook: Rulebook) -> tuple[str, ...]:
    *upper, last = rulebook.grades
    scale = "；".join(f"{one.label}：总分 ≥ {show_number(in_points(one.lowest))}" for one in upper)
    basis = rulebook.grading
    sources = f"{rulebook.cite(basis.sources)}\n{basis.origin}" if basis.sources else ""
    return "等级", f"{scale}；{last.label}：其余", DASH, basis.note or "按打印的总分（两位小数）确定", sources
