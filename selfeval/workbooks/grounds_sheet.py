"""评分依据: one row an indicator, every step of every score live, with its rule, source and sentence."""

from __future__ import annotations

import math

from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import Origin, Rulebook
from selfeval.domain.scored import PENDING_GRADE, State
from selfeval.workbooks.formulas import GROUNDS, grade_formula, highest_formula, open_formula, total_formula
from selfeval.workbooks.live_rows import Live, live_row
from selfeval.workbooks.material import Material, Row, is_converted, rule_of
from selfeval.workbooks.pen import Book, Pen
from selfeval.workbooks.places import GROUNDS_COLUMNS, GROUNDS_FIRST, GROUNDS_HEAD, GroundsPlaces, column_of
from selfeval.workbooks.rule_table import write_rules
from selfeval.workbooks.text import row_height

_LAST = len(GROUNDS_COLUMNS) - 1
_NOTE = (
    "蓝字浅黄底的格子（实际数、完成档次、完成比例）可以改动：改后测度、得分比例、得分、总分、等级和「自评表」随之重算。"
    "「说明」一栏写的是评分时的情况，不随改动变化；正式更正请改填报表后重新评分。"
)
_DATE = "日期"
_WHOLE = 100


def write_grounds(book: Book, material: Material, places: GroundsPlaces) -> None:
    """Write the sheet 评分依据."""
    pen = book.sheet(GROUNDS, landscape=True)
    pen.columns([column.width for column in GROUNDS_COLUMNS])
    _write_top(pen, material)
    for i in range(len(material.rows)):
        _write_row(pen, material, places, i)
    _write_sums(pen, material, places)
    last = write_rules(pen, material, places.secured + 6)
    pen.sheet.print_area(0, 0, last, _LAST)  # a long line above the table must not make the page wider
    _dress(pen, material, places)


def _write_top(pen: Pen, material: Material) -> None:
    pen.banner(0, f"评分依据　{material.name}（{material.year}年度）", "title", material.mark, 26)
    where = f"项目编码 {material.project}　单位 {material.unit_code} {material.unit_name}"
    where += f"　规则 {material.rulebook.title}（{material.rulebook.id}）"
    form = _form_of(material)
    pen.banner(1, f"{where}　实际值取自 {form}" if form else where)
    pen.banner(2, _NOTE, "note")
    pen.heads(GROUNDS_HEAD, [column.heading for column in GROUNDS_COLUMNS])


def _write_row(pen: Pen, material: Material, places: GroundsPlaces, i: int) -> None:
    row, at = material.rows[i], places.row(i)
    texts = _texts(row, material.rulebook, _form_of(material))
    widths = {column.id: column.width for column in GROUNDS_COLUMNS}
    pen.height(at, row_height([(text, widths[name]) for name, text in texts.items()], 30))
    for name, text in texts.items():
        centred = name in {"kind", "target", "unit", "actual"}
        pen.text(at, column_of(name), text, "centre" if centred else "text")
    _write_inputs(pen, row, at)
    live = live_row(material, places, i)
    days = row.measure_id == "days_late"
    _write_live(pen, at, "measure", live.measure, "number" if days else "percent")
    _write_live(pen, at, "share", live.share, "percent")
    pen.number(at, column_of("points"), row.points / 100, "score")
    _write_live(pen, at, "score", live.score, "score")
    _write_live(pen, at, "state", live.state, "centre")


def _texts(row: Row, rulebook: Rulebook, form: str) -> dict[str, str]:
    """The cells of a row that hold text, by column id."""
    rule, source = _rule_and_source(row, rulebook)
    path = row.level3 if row.is_execution else f"{row.level1}／{row.level2}\n{row.level3}"
    kind = row.level3 if row.is_execution else _label(row.kind)
    return {
        "indicator": row.indicator,
        "name": path,
        "kind": kind,
        "target": "全年预算数" if row.is_execution else row.target,
        "unit": row.target_unit,
        "actual": row.actual,
        "sentence": row.sentence,
        "rule": rule,
        "source": source,
        "origin": _origin(row, form),
    }


def _label(kind: str) -> str:
    return KINDS[kind].label if kind in KINDS else "未识别"


def _rule_and_source(row: Row, rulebook: Rulebook) -> tuple[str, str]:
    """The rule with its place in the rule file, and what it rests on; the choices made stand in the table below."""
    if row.is_execution:
        execution = rulebook.execution
        return f"预算执行率\n计分 {execution.origin}", rulebook.cite(execution.sources)
    rule = rule_of(row, rulebook)
    if rule is None:
        return row.rule, ""
    read_by = _reading_origin(row, rulebook)
    lines = [row.rule, *([f"识别 {read_by}"] if read_by else []), f"计分 {rule.origin}"]
    return "\n".join(lines), rulebook.cite(rule.sources)


def _reading_origin(row: Row, rulebook: Rulebook) -> Origin | None:
    """The line of the rule file that read the target."""
    override = rulebook.overrides.get(row.indicator)
    if override is not None and row.rule.endswith(row.indicator):
        return override.origin
    return next((entry.origin for entry in rulebook.recognise if entry.id == row.rule), None)


def _form_of(material: Material) -> str:
    """The file that most actuals came from, said once above the table."""
    files = [row.file for row in material.rows if row.file]
    return max(files, key=files.count) if files else ""


def _origin(row: Row, form: str) -> str:
    """The cells that actual and target came from; the file too when it is another than the project's form."""
    file = "" if row.file == form else row.file
    actual = " ".join(one for one in (file, f"{row.sheet}!{row.cell}" if row.sheet else row.cell) if one)
    target = row.target_cell
    return "\n".join(one for one in (f"实际值 {actual}" if actual else "", f"指标值 {target}" if target else "") if one)


def _write_inputs(pen: Pen, row: Row, at: int) -> None:
    """Parsed target and actual. An open row's actual stays blank until a usable one is typed in."""
    money, date = row.is_execution, row.target_unit == _DATE
    look = "money" if money else "date" if date else "number"
    pen.number(at, column_of("target_value"), row.target_value, f"input_{look}" if money else look)
    pen.number(at, column_of("upper"), row.target_upper, look)
    unanswered = row.state in {State.ASK, State.NOT_APPLICABLE, State.ERROR} and not row.is_execution
    by_level, by_month = row.kind == "qualitative", row.kind == "monthly_schedule"
    live = row.state not in {State.NOT_APPLICABLE, State.ERROR}
    column = column_of("actual_value")
    if live and not by_level and not by_month:
        pen.number(at, column, math.nan if unanswered else row.actual_value, f"input_{look}")
    else:
        pen.text(at, column, "见资金进度" if by_month and live else "", "centre")
    if by_level and live:
        pen.text(at, column_of("level"), "" if unanswered else row.actual_level, "input_text")
        percentage = math.nan if unanswered else row.actual_percentage
        pen.number(at, column_of("percentage"), percentage, "input_percent")
    else:
        pen.text(at, column_of("level"), "", "centre")
        pen.text(at, column_of("percentage"), "", "centre")


def _write_live(pen: Pen, at: int, column: str, live: Live, style: str) -> None:
    if live.formula:
        pen.live(at, column_of(column), live.formula, live.value, style)
    else:
        pen.text(at, column_of(column), str(live.value), "centre")


def _write_sums(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    """Sums, the most that can be reached, open rows, total and grade, each below the other."""
    scores, points = places.column("score"), places.column("points")
    shared, secured, highest, still_open, total = (
        places.sum_cell(0, "points"),
        *(places.sum_cell(step) for step in range(4)),
    )
    points_sum = sum(row.points for row in material.rows) / 100
    earned = sum(row.score or 0 for row in material.rows) / 100
    converted = is_converted(material)
    shown: float | str = _span(material) if material.total is None else material.total / 100
    formulas: list[tuple[str, Live, str]] = [
        ("合计（分值、得分）", Live(f"=ROUND(SUM({scores}),2)", earned), "total"),
        (
            "最高可得分",
            Live(highest_formula(scores, points, secured, shared, converted=converted), material.highest / 100),
            "total",
        ),
        ("未评分指标数", Live(open_formula(scores), material.missing), "total_count"),
        (
            f"总分（得分合计 ÷ {points_sum:g} × 100）" if converted and points_sum != _WHOLE else "总分",
            Live(total_formula(secured, highest, still_open, shared, converted=converted), shown),
            "total",
        ),
        ("等级", Live(grade_formula(total, material.rulebook, PENDING_GRADE), material.grade), "total"),
    ]
    first, last = column_of("measure"), column_of("share")
    for step, (label, live, style) in enumerate(formulas):
        at = places.secured + step
        pen.height(at, 20)
        pen.spanned(at, first, at, last, label, "total_label")
        pen.text(at, column_of("points"), "", "total")
        pen.live(at, column_of("score"), live.formula, live.value, style)
    pen.live(places.secured, column_of("points"), f"=ROUND(SUM({points}),2)", round(points_sum, 2), "total")


def _span(material: Material) -> str:
    return f"{material.lowest / 100:.2f} – {material.highest / 100:.2f}"


def _dress(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    """Panes, filter, print titles, colours and the list of levels."""
    pen.sheet.freeze_panes(GROUNDS_FIRST, 2)
    pen.sheet.autofilter(GROUNDS_HEAD, 0, places.last, _LAST)
    pen.sheet.repeat_rows(GROUNDS_HEAD)
    pen.colour_states(GROUNDS_FIRST, column_of("state"), places.last)
    score, points = (xl_rowcol_to_cell(GROUNDS_FIRST, column_of(name), col_abs=True) for name in ("score", "points"))
    pen.colour_lost(GROUNDS_FIRST, column_of("score"), places.last, f"=AND(ISNUMBER({score}),{score}<{points})")
    levels = [level.label for level in material.rulebook.levels]
    for i, row in enumerate(material.rows):
        if row.kind == "qualitative":
            at, col = places.row(i), column_of("level")
            pen.sheet.data_validation(at, col, at, col, {"validate": "list", "source": levels})
