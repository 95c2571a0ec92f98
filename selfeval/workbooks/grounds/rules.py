"""The rules below 评分依据: for each kind that occurs, how it is measured and what share of the points it earns."""

from __future__ import annotations

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import NOT_APPLICABLE_WORDS, KindRule, Rulebook, show_percent
from selfeval.domain.wording import curve_in_short
from selfeval.workbooks.drawing.pen import Pen
from selfeval.workbooks.drawing.text import row_height
from selfeval.workbooks.live.places import column_of
from selfeval.workbooks.material import Material, rule_of

_SPANS = (
    ("indicator", "name"),
    ("target", "actual_value"),
    ("level", "state"),
    ("sentence", "sentence"),
    ("rule", "origin"),
)
_HEADINGS = ("类型", "怎样计算计量值（A 实际完成值，T 指标值）", "计量值换成得分比例", "说明", "依据和规则文件")


def rules_used(material: Material) -> dict[str, int]:
    """The number in the table of each rule that scores a row, by its place in the rule file; 1 is the execution's."""
    places = [material.rulebook.execution.origin]
    places += [rule.origin for row in material.rows if (rule := rule_of(row))]
    return {place: number for number, place in enumerate(dict.fromkeys(map(str, places)), start=1)}


def write_rules(pen: Pen, material: Material, top: int) -> int:
    """Write the table of rules from row ``top`` on; the last row used."""
    used = {str(rule.origin): rule for row in material.rows if (rule := rule_of(row))}
    numbers = rules_used(material)
    lines = [_numbered(1, _execution(material.rulebook))]
    lines += [_numbered(numbers[place], _line(rule, material.rulebook)) for place, rule in used.items()]
    lines.append(_sections(material.rulebook))
    if any(row.kind == "qualitative" for row in material.rows):
        lines.append(_levels(material.rulebook))
    lines.append(_grades(material.rulebook))
    pen.banner(top, "本表用到的计分规则", "section", least=22)
    for step, line in enumerate((_HEADINGS, *lines)):
        _write_line(pen, top + 1 + step, line, "small" if step else "head")
    return top + 1 + len(lines)


def _numbered(number: int, line: tuple[str, ...]) -> tuple[str, ...]:
    return f"第 {number} 条　{line[0]}", *line[1:]


def _positions() -> list[tuple[int, int]]:
    return [(column_of(first), column_of(last)) for first, last in _SPANS]


def _write_line(pen: Pen, at: int, texts: tuple[str, ...], style: str) -> None:
    cells = list(zip(texts, _positions(), strict=True))
    pen.height(at, row_height([(text, pen.width(first, last)) for text, (first, last) in cells], 20, 9))
    for text, (first, last) in cells:
        pen.spanned(at, first, at, last, text, style)


def _execution(rulebook: Rulebook) -> tuple[str, ...]:
    rule = rulebook.execution
    sources = f"{rulebook.cite(rule.sources)}\n{rule.origin}"
    return "预算执行率", "全年执行数 ÷ 全年预算数", curve_in_short(rule.curve), rule.note, sources


def _line(rule: KindRule, rulebook: Rulebook) -> tuple[str, ...]:
    kind = KINDS[rule.kind]
    definition = kind.measures[rule.measure].definition if rule.measure in kind.measures else "不评分"
    curve = curve_in_short(rule.curve, rule.measure) if rule.measure in kind.measures else "—"
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
    parts = "；".join(f"{one.label} {one.points / 100:g} 分" for one in rulebook.sections)
    spread = NOT_APPLICABLE_WORDS[rulebook.not_applicable]
    notes = "；".join(dict.fromkeys(one.note for one in rulebook.sections if one.note))
    sources = rulebook.cite(tuple(dict.fromkeys(name for one in rulebook.sections for name in one.sources)))
    origin = str(rulebook.sections[0].origin) if rulebook.sections else ""
    return "分值构成", parts, spread, notes, f"{sources}\n{origin}".strip()


def _grades(rulebook: Rulebook) -> tuple[str, ...]:
    *upper, last = rulebook.grades
    scale = "；".join(f"{one.label}：总分 ≥ {one.lowest / 100:g}" for one in upper)
    basis = rulebook.grading
    sources = f"{rulebook.cite(basis.sources)}\n{basis.origin}" if basis.sources else ""
    return "等级", f"{scale}；{last.label}：其余", "—", basis.note or "按打印的总分（两位小数）确定", sources
