"""评分依据: one row an indicator, every step of every score live, with its rule, source and sentence."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from selfeval.domain.expression.tree import Expression, all_of, is_number
from selfeval.domain.expression.values import Given
from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Origin, Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.entries import Entry
from selfeval.sheets.heights import Fit
from selfeval.sheets.layout import Layout
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.styles import in_unit
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import Seen, Values
from selfeval.workbooks.grounds_sums import sums
from selfeval.workbooks.rules_used import numbers_of, rules_used
from selfeval.workbooks.schedule_sheet import schedule_sheet
from selfeval.workbooks.scored_row import GROUNDS, is_live, live_row, need_of, rule_of

COLUMNS = (
    Column("indicator", "编号", 5),
    Column("name", "指标", 18, frozen=True),
    Column("target", "指标值", 9),
    Column("target_value", "目标数", 9.5),
    Column("upper", "上限", 7),
    Column("actual", "填报原文", 10),
    Column("actual_value", "实际\n完成值", 9.5),
    Column("level", "完成档次", 9.5),
    Column("percentage", "完成\n比例", 7),
    Column("measure", "完成率\n（计量值）", 8.5),
    Column("share", "得分\n比例", 8),
    Column("points", "分值", 7),
    Column("score", "得分", 7),
    Column("lost", "失分", 7),
    Column("state", "状态", 7.5),
    Column("sentence", "说明", 31),
    Column("rule", "规则（文件:行）", 22),
    Column("origin", "数据来源", 15),
)
_HIDDEN = 8.0
"""The width of a hidden column once somebody shows it."""

_NOTE = (
    "蓝字浅黄底的格子（实际完成值、完成档次、完成比例）可以改动：改后计量值、得分比例、得分、总分、等级和「自评表」随之重算。"
    "「说明」一栏写的是评分时的情况，不随改动变化；正式更正请改填报表后重新评分。"
)
_TEXTS = {
    "indicator": "centre",
    "name": "text",
    "target": "centre",
    "actual": "centre",
    "sentence": "text",
    "rule": "small",
    "origin": "small",
}
"""The columns that hold text, with their style."""

_LOSING = ("score", "lost")
"""The columns that are marked where points are lost."""


def grounds_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet:
    """The sheet 评分依据. Where its floats would miss the exact score of a row, the score is written out."""
    sheet = _sheet(scored, rulebook, {})
    day = dt.date(scored.case.year, 1, 1)
    by_month = any(need_of(row) is PAYMENTS for row in scored.rows)
    named = (schedule_sheet(scored, rulebook),) if by_month else ()
    layout = Layout(Book("", day, WORKBOOKS, (sheet, *named)))
    calculated = Seen(Values(layout), layout, GROUNDS)
    pinned = {
        row.indicator: calculated.value(cell(row.indicator, "measure").key)
        for row in scored.rows
        if row.score is not None and calculated.value(cell(row.indicator, "score").key) != float(in_points(row.score))
    }
    return _sheet(scored, rulebook, pinned) if pinned else sheet


def _sheet(scored: ScoredCase, rulebook: Rulebook, pinned: Mapping[str, Given]) -> Sheet:
    case, rows = scored.case, scored.rows
    columns = _columns(rows)
    where = f"项目编码 {case.code}　单位 {case.project.unit_code} {case.project.unit_name}"
    where += f"　规则 {rulebook.title}（{rulebook.id}）"
    form = _form_of(rows)
    numbers = numbers_of(rows, rulebook)
    last = rows[-1].indicator
    lines = (
        banner(columns, f"评分依据　{case.project.name}（{case.year}年度）", "title", case.mark, 26),
        banner(columns, f"{where}　实际值取自 {form}" if form else where),
        banner(columns, _NOTE, "note"),
        headings(columns, frozen=True),
        *(_row(scored, row, rulebook, numbers, pinned.get(row.indicator)) for row in rows),
        *sums(scored, rulebook),
        Row(height=None),
        *rules_used(columns, rows, rulebook),
    )
    page = replace(ACROSS, printed=("indicator", "origin"))  # a long line above must not make the page wider
    lost = cell(EXECUTION, "lost")
    losing = tuple(Colour(down(name, EXECUTION, last), all_of(is_number(lost), lost > 0), "lost") for name in _LOSING)
    colours = (*states(down("state", EXECUTION, last)), *losing)
    return Sheet(GROUNDS, columns, lines, page, filter=("head", last), colours=colours)


def _columns(rows: Sequence[ScoredRow]) -> tuple[Column, ...]:
    """The columns; those that no row of this project needs are hidden."""
    by_level = any(need_of(row) is LEVEL_PICKED for row in rows)
    ranged = any(not math.isnan(row.target_upper) for row in rows)
    needed = {"upper": ranged, "level": by_level, "percentage": by_level}
    return tuple(
        column if needed.get(column.id, True) else replace(column, width=_HIDDEN, hidden=True) for column in COLUMNS
    )


def _row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook, numbers: Mapping[str, int], pinned: Given) -> Row:
    assert pinned is None or isinstance(pinned, float)
    texts = {
        "indicator": "" if row.is_execution else row.indicator.removeprefix(f"{scored.case.code}-"),
        "name": row.level3 if row.is_execution else f"{row.level1}／{row.level2}\n{row.level3}",
        "target": "全年预算数" if row.is_execution else row.target,
        "actual": row.actual,
        "sentence": row.sentence,
        "rule": _rule(row, rulebook, numbers),
        "origin": _origin(row, _form_of(scored.rows)),
    }
    live = live_row(scored, row, rulebook, pinned)
    in_days = row.promise is not None and row.promise.measure is not None and row.promise.measure.in_days
    calculated = (
        _live("measure", live.measure, "number" if in_days else "percent", "days_late" if in_days else ""),
        _live("share", live.share, "percent"),
        _live("score", live.score, "score"),
        _live("lost", live.lost, "lost"),
        _live("state", live.state, "centre"),
    )
    written = (Cell(name, text, _TEXTS[name]) for name, text in texts.items())
    cells = (*written, *_inputs(row, rulebook), Cell("points", in_points(row.points), "score"), *calculated)
    return Row(cells, row.indicator, Fit(30.0, tuple(_TEXTS)))


def _live(column: str, content: Expression | str, style: str, pattern: str = "") -> Cell:
    return (
        Cell(column, content, style, pattern=pattern)
        if isinstance(content, Expression)
        else Cell(column, content, "centre")
    )


def _inputs(row: ScoredRow, rulebook: Rulebook) -> Iterator[Cell]:
    """Parsed target and actual. An open row's actual stays blank until a usable one is typed in."""
    need, live = need_of(row), is_live(row)
    answered = row.is_execution or (live and row.state is not State.ASK)
    look, pattern = "number", in_unit(row.target_unit)
    if row.is_execution:
        look, pattern = "money", in_unit("万元", "money")
    elif row.target_unit == DAY_UNIT:
        look, pattern = "date", ""
    yield Cell("target_value", row.target_value, f"input_{look}" if row.is_execution else look, pattern=pattern)
    yield Cell("upper", row.target_upper, look, pattern=pattern)
    if live and need is not LEVEL_PICKED and need is not PAYMENTS:
        yield Cell("actual_value", row.actual_value if answered else None, f"input_{look}", pattern=pattern)
    else:
        yield Cell("actual_value", "见资金进度" if need is PAYMENTS and live else "", "centre")
    levels = Entry("choice", tuple(level.label for level in rulebook.levels)) if need is LEVEL_PICKED else None
    if need is LEVEL_PICKED and live:
        yield Cell("level", row.actual_level if answered else "", "input_text", entry=levels)
        yield Cell("percentage", row.actual_percentage if answered else None, "input_percent")
    else:
        yield Cell("level", "", "centre", entry=levels)
        yield Cell("percentage", "", "centre")


def _rule(row: ScoredRow, rulebook: Rulebook, numbers: Mapping[str, int]) -> str:
    """The kind and the entry that read the target, their places in the rule file, and the number in the table below."""
    if row.is_execution:
        return f"第 1 条\n计分 {_short(rulebook.execution.origin)}"
    rule = rule_of(row)
    if rule is None:
        return row.rule
    read_by = _reading_origin(row, rulebook)
    entry = "逐项指定" if row.indicator in rulebook.overrides and row.rule.endswith(row.indicator) else row.rule
    lines = [f"第 {numbers[str(rule.origin)]} 条　{KINDS[rule.kind].label}　{entry}"]
    lines += [*([f"识别 {_short(read_by)}"] if read_by else []), f"计分 {_short(rule.origin)}"]
    return "\n".join(lines)


def _short(origin: Origin) -> str:
    """national-2020:240; the table below names the files in full."""
    return str(origin).removeprefix("rules/").replace(".yaml:", ":")


def _reading_origin(row: ScoredRow, rulebook: Rulebook) -> Origin | None:
    """The line of the rule file that read the target."""
    override = rulebook.overrides.get(row.indicator)
    if override is not None and row.rule.endswith(row.indicator):
        return override.origin
    return next((entry.origin for entry in rulebook.recognise if entry.id == row.rule), None)


def _form_of(rows: Sequence[ScoredRow]) -> str:
    """The file that most actuals came from, said once above the table."""
    files = [row.file for row in rows if row.file]
    return max(files, key=files.count) if files else ""


def _origin(row: ScoredRow, form: str) -> str:
    """The cells that actual and target came from; the file too when it is another than the project's form."""
    file = "" if row.file == form else row.file
    actual = " ".join(part for part in (file, f"{row.sheet}!{row.cell}" if row.sheet else row.cell) if part)
    told = (f"实际值 {actual}" if actual else "", f"指标值 {row.target_cell}" if row.target_cell else "")
    return "\n".join(line for line in told if line)
