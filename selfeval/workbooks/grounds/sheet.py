"""评分依据: one row an indicator, every step of every score live, with its rule, source and sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping

from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.kinds import KINDS
from selfeval.domain.rulebook import Origin, Rulebook
from selfeval.domain.scored import State
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.styles import MONEY_FORMAT, unit_format
from selfeval.workbooks.drawing.text import row_height
from selfeval.workbooks.grounds.rules import rules_used, write_rules
from selfeval.workbooks.grounds.sums import write_sums
from selfeval.workbooks.live.formulas import (
    GROUNDS,
    guarded,
)
from selfeval.workbooks.live.places import GROUNDS_COLUMNS, GROUNDS_FIRST, GROUNDS_HEAD, GroundsPlaces, column_of
from selfeval.workbooks.live.rows import Live, live_row
from selfeval.workbooks.material import Material, Row, rule_of

_LAST = len(GROUNDS_COLUMNS) - 1
_NOTE = (
    "蓝字浅黄底的格子（实际完成值、完成档次、完成比例）可以改动：改后计量值、得分比例、得分、总分、等级和「自评表」随之重算。"
    "「说明」一栏写的是评分时的情况，不随改动变化；正式更正请改填报表后重新评分。"
)
_DATE = "日期"
_CENTRED = {"indicator", "target", "actual"}
_SMALL = {"rule", "origin"}
_DAYS_LATE = {"num_format": '"晚"0"天";"早"0"天";"按时"'}
"""The measure of a deadline is no rate."""


def write_grounds(book: Book, material: Material, places: GroundsPlaces) -> None:
    """Write the sheet 评分依据."""
    pen = book.sheet(GROUNDS, landscape=True)
    pen.columns(_widths(material))
    _write_top(pen, material)
    numbers = rules_used(material)
    for i in range(len(material.rows)):
        _write_row(pen, material, places, i, numbers)
    write_sums(pen, material, places)
    last = write_rules(pen, material, places.secured + 6)
    pen.fit()
    pen.sheet.print_area(0, 0, last, _LAST)  # a long line above the table must not make the page wider
    _dress(pen, material, places)


def _widths(material: Material) -> list[float]:
    """The widths of the columns; those that no row of this project needs are hidden."""
    rows = material.rows
    by_level = any(row.kind == "qualitative" for row in rows)
    needed = {
        "upper": any(not math.isnan(row.target_upper) for row in rows),
        "level": by_level,
        "percentage": by_level,
    }
    return [column.width if needed.get(column.id, True) else 0.0 for column in GROUNDS_COLUMNS]


def _write_top(pen: Pen, material: Material) -> None:
    pen.banner(0, f"评分依据　{material.name}（{material.year}年度）", "title", material.mark, 26)
    where = f"项目编码 {material.project}　单位 {material.unit_code} {material.unit_name}"
    where += f"　规则 {material.rulebook.title}（{material.rulebook.id}）"
    form = _form_of(material)
    pen.banner(1, f"{where}　实际值取自 {form}" if form else where)
    pen.banner(2, _NOTE, "note")
    pen.heads(GROUNDS_HEAD, [column.heading for column in GROUNDS_COLUMNS])


def _write_row(pen: Pen, material: Material, places: GroundsPlaces, i: int, numbers: Mapping[str, int]) -> None:
    row, at = material.rows[i], places.row(i)
    texts = _texts(material, row, numbers)
    pen.height(at, max(_height(pen, name, text) for name, text in texts.items()))
    for name, text in texts.items():
        pen.text(at, column_of(name), text, "centre" if name in _CENTRED else "small" if name in _SMALL else "text")
    _write_inputs(pen, row, at)
    live = live_row(material, places, i)
    days = row.measure_id == "days_late"
    _write_live(pen, at, "measure", live.measure, "number" if days else "percent", **_DAYS_LATE if days else {})
    _write_live(pen, at, "share", live.share, "percent")
    pen.number(at, column_of("points"), row.points / 100, "score")
    _write_live(pen, at, "score", live.score, "score")
    _write_lost(pen, row, places, i)
    _write_live(pen, at, "state", live.state, "centre")


def _height(pen: Pen, name: str, text: str) -> float:
    position = column_of(name)
    return row_height([(text, pen.width(position, position))], 30, 9 if name in _SMALL else 10)


def _write_lost(pen: Pen, row: Row, places: GroundsPlaces, i: int) -> None:
    """The points lost; blank while a row has no score."""
    score, points = places.cell("score", i), places.cell("points", i)
    lost = "" if row.score is None else (row.points - row.score) / 100
    formula = guarded(f"ISNUMBER({score})", f"ROUND({points}-{score},2)", '""')
    pen.live(places.row(i), column_of("lost"), formula, lost, "lost")


def _texts(material: Material, row: Row, numbers: Mapping[str, int]) -> dict[str, str]:
    """The cells of a row that hold text, by column id."""
    return {
        "indicator": "" if row.is_execution else row.indicator.removeprefix(f"{material.project}-"),
        "name": row.level3 if row.is_execution else f"{row.level1}／{row.level2}\n{row.level3}",
        "target": "全年预算数" if row.is_execution else row.target,
        "actual": row.actual,
        "sentence": row.sentence,
        "rule": _rule(row, material.rulebook, numbers),
        "origin": _origin(row, _form_of(material)),
    }


def _label(kind: str) -> str:
    return KINDS[kind].label if kind in KINDS else "未识别"


def _rule(row: Row, rulebook: Rulebook, numbers: Mapping[str, int]) -> str:
    """The kind and the entry that read the target, their places in the rule file, and the number in the table below."""
    if row.is_execution:
        return f"第 1 条\n计分 {_short(rulebook.execution.origin)}"
    rule = rule_of(row)
    if rule is None:
        return row.rule
    read_by = _reading_origin(row, rulebook)
    entry = "逐项指定" if row.indicator in rulebook.overrides and row.rule.endswith(row.indicator) else row.rule
    lines = [f"第 {numbers[str(rule.origin)]} 条　{_label(row.kind)}　{entry}"]
    lines += [*([f"识别 {_short(read_by)}"] if read_by else []), f"计分 {_short(rule.origin)}"]
    return "\n".join(lines)


def _short(origin: Origin) -> str:
    """national-2020:240; the table below names the files in full."""
    return str(origin).removeprefix("rules/").replace(".yaml:", ":")


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
    shown = {} if date else {"num_format": f'{MONEY_FORMAT}"万元"' if money else unit_format(row.target_unit)}
    pen.number(at, column_of("target_value"), row.target_value, f"input_{look}" if money else look, **shown)
    pen.number(at, column_of("upper"), row.target_upper, look, **shown)
    unanswered = row.state in {State.ASK, State.NOT_APPLICABLE, State.ERROR} and not row.is_execution
    by_level, by_month = row.kind == "qualitative", row.kind == "monthly_schedule"
    live = row.state not in {State.NOT_APPLICABLE, State.ERROR}
    column = column_of("actual_value")
    if live and not by_level and not by_month:
        pen.number(at, column, math.nan if unanswered else row.actual_value, f"input_{look}", **shown)
    else:
        pen.text(at, column, "见资金进度" if by_month and live else "", "centre")
    if by_level and live:
        pen.text(at, column_of("level"), "" if unanswered else row.actual_level, "input_text")
        percentage = math.nan if unanswered else row.actual_percentage
        pen.number(at, column_of("percentage"), percentage, "input_percent")
    else:
        pen.text(at, column_of("level"), "", "centre")
        pen.text(at, column_of("percentage"), "", "centre")


def _write_live(pen: Pen, at: int, column: str, live: Live, style: str, **changes: str) -> None:
    if live.formula:
        pen.live(at, column_of(column), live.formula, live.value, style, **changes)
    else:
        pen.text(at, column_of(column), str(live.value), "centre")


def _dress(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    """Panes, filter, print titles, colours and the list of levels."""
    pen.sheet.freeze_panes(GROUNDS_FIRST, 2)
    pen.sheet.autofilter(GROUNDS_HEAD, 0, places.last, _LAST)
    pen.sheet.repeat_rows(GROUNDS_HEAD)
    pen.colour_states(GROUNDS_FIRST, column_of("state"), places.last)
    lost = xl_rowcol_to_cell(GROUNDS_FIRST, column_of("lost"), col_abs=True)
    for name in ("score", "lost"):
        pen.colour_lost(GROUNDS_FIRST, column_of(name), places.last, f"=AND(ISNUMBER({lost}),{lost}>0)")
    levels = [level.label for level in material.rulebook.levels]
    for i, row in enumerate(material.rows):
        if row.kind == "qualitative":
            at, col = places.row(i), column_of("level")
            pen.sheet.data_validation(at, col, at, col, {"validate": "list", "source": levels})
