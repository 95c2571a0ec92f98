"""评分依据: one row an indicator, every step of every score live, with its rule, source and sentence; sums below."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from selfeval.domain import totals
from selfeval.domain.expression.tree import Expression, Name, Span, all_of, is_number, steady, total
from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.doubts import highest, lowest
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.rounding import PLACES, WHOLE, in_points
from selfeval.domain.rulebook import Origin, Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.rulebook.shelf import SHIPPED
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.entries import Entry, day, number, percent
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.styles import in_unit
from selfeval.workbooks.conventions import GROUNDS, actual_lines, listing
from selfeval.workbooks.extra_sums import extra_sums
from selfeval.workbooks.rules_sheet import RULES, numbers_of
from selfeval.workbooks.scored_row import (
    STATED,
    in_cell,
    is_live,
    levels_of,
    live_row,
    need_of,
    points_of,
    rule_of,
    stated_columns,
)

COLUMNS = (
    Column("indicator", "编号", 5),
    Column("name", "指标", 18, frozen=True),
    Column("target", "指标值", 9),
    Column("target_value", "目标数", 9.5),
    Column("upper", "上限", 7),
    Column("actual", "填报值\n（识别为）", 11.5),
    Column("actual_value", "实际\n完成值", 9.5),
    Column("level", "完成档次", 9.5),
    Column("percentage", "完成\n比例", 7),
    Column("category", "偏差类别", 10),
    Column("evidence", "佐证材料", 12),
    Column("measure", "完成程度", 8.5),
    Column("share", "得分率", 8),
    Column("points", "分值", 7),
    Column("score", "得分", 7),
    Column("lost", "失分", 7),
    Column("state", "状态", 7.5),
    Column("sentence", "说明", 29.5),
    Column("rule", "规则", 8),
    Column("origin", "数据来源", 60),
    Column("read", "规则文件（行）", 34),
)
_UNPRINTED = ("origin", "read")
"""The last columns, for whoever keeps the files and the rules: they are seen, not printed."""

_LONGEST_NUMBER = 12
"""Letters of a number with its unit that are still printed large enough."""
_HIDDEN = 8.0
"""The width of a hidden column once somebody shows it."""
_DATED, _OF_DAYS = ("target_value", "actual", "actual_value"), 13.0
"""Columns that hold days where a project has such indicators, and their width then."""

_ALL = Name("all")
_LOST = steady(total(_ALL), PLACES)

_NOTE = (
    "蓝字浅黄底的单元格（实际完成值、完成档次、完成比例）可以改动：改后完成程度、得分率、得分、总分、等级和“自评表”随之重算。"
    "“说明”一栏写的是评分时的情况，不随改动变化；正式更正请改填报表后重新评分。"
)
_TEXTS = ("indicator", "name", "target", "actual", "sentence", "rule", "origin", "read")
_STYLES = {"name": "text", "sentence": "text", "origin": "small", "read": "small", "measure": "percent"}
_STYLES |= {"share": "percent", "score": "score", "lost": "lost"}
"""How texts and what is calculated look; all others are centred."""

OWN_POINTS, OWN_TOTAL, OWN_GRADE = (
    cell(row, column, GROUNDS) for row, column in (("sums", "points"), ("total", "score"), ("grade", "score"))
)
"""The points shared out, the total of the self-evaluation (a range while a row is open) and its grade."""

_SUMS = {name: str(name.key) for name in (totals.HIGHEST_AT, totals.OPEN_AT, totals.TOTAL_AT)}
_SUMS |= {totals.SECURED_AT: "sums"}
"""The rows in whose cell 得分 the sums of a project stand."""


def grounds_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet:
    """The sheet 评分依据."""
    case, rows = scored.case, scored.rows
    columns = _columns(rows)
    where = f"项目编码：{case.code}　实施单位：{case.project.unit_code} {case.project.unit_name}"
    where = f"编码：{case.code}　部门：{case.project.unit_name}" if case.is_whole else where
    where += f"　评分规则：{rulebook.title}，各条见“{RULES}”"
    files = [row.file for row in rows if row.file]
    form = max(files, key=files.count, default="")  # the file that most actuals came from is said once
    numbers = numbers_of(rows, rulebook)
    scores, points, lost, state = (
        down(column, EXECUTION, rows[-1].indicator) for column in ("score", "points", "lost", "state")
    )
    shown = [column for column in columns if column.id not in _UNPRINTED]
    losing = all_of(is_number(lost.first), lost.first > 0)
    sheet = listing(
        GROUNDS,
        columns,
        (
            banner(shown, f"评分依据　{case.project.name}（{case.year}年度）", "title", case.mark, 26),
            banner(shown, where),
            banner(shown, _NOTE, "note"),
            headings(columns, frozen=True),
        ),
        (_row(scored, row, rulebook, form, numbers) for row in rows),
        below=tuple(_sums(scored, rulebook, scores, points, lost)),
        colours=(*states(state), *(Colour(marked, losing, "lost") for marked in (scores, lost))),
    )
    page = replace(ACROSS, even=True, printed=(shown[0].id, shown[-1].id))
    return replace(sheet, page=page, protection="entries")


def _columns(rows: Sequence[ScoredRow]) -> tuple[Column, ...]:
    """The columns; of those that no row of this project needs some are hidden, and what no share reads is left out."""
    by_level = any(need_of(row) is LEVEL_PICKED for row in rows)
    ranged = any(not math.isnan(row.target_upper) for row in rows)
    dated = any(row.target_unit == DAY_UNIT for row in rows)
    needed = {"upper": ranged, "level": by_level, "percentage": by_level}
    left_out = STATED - stated_columns(rows)
    return tuple(
        replace(column, width=_OF_DAYS if dated and column.id in _DATED else column.width)
        if needed.get(column.id, True)
        else replace(column, width=_HIDDEN, hidden=True)
        for column in COLUMNS
        if column.id not in left_out
    )


def _row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook, form: str, numbers: Mapping[str, int]) -> Row:
    texts = (
        "" if row.is_execution else row.indicator.removeprefix(f"{scored.case.code}-"),
        row.level3 if row.is_execution else f"{row.level1}／{row.level2}\n{row.level3}",
        "全年预算数" if row.is_execution else row.target,
        actual_lines(row),
        row.sentence,
        _rule(row, numbers),
        _origin(scored, row, form),
        _read(row, rulebook),
    )
    styles = _STYLES | ({} if row.actual_words == row.actual else {"actual": "centre fitting"})  # a day, on one line
    cells = [Cell(name, text, styles.get(name, "centre")) for name, text in zip(_TEXTS, texts, strict=True)]
    cells += [Cell(name, getattr(row, name), "input_text") for name in sorted(stated_columns([row]))]
    cells += [*_inputs(row), points_of(scored, row)]
    in_days = row.promise is not None and row.promise.measure is not None and row.promise.measure.in_days
    for name, content in live_row(scored, row, rulebook).items():
        live = isinstance(content, Expression)
        style, days = _STYLES.get(name, "centre") if live else "centre", live and in_days and name == "measure"
        cells.append(Cell(name, content, "number" if days else style, pattern="days_late" if days else ""))
    # the sums are never alone
    return Row(tuple(cells), row.indicator, Fit(30.0, _TEXTS), together=row is scored.rows[-1])


def _inputs(row: ScoredRow) -> Iterator[Cell]:
    """Parsed target and actual. An open row's actual stays blank until a usable one is typed in."""
    need, live = need_of(row), is_live(row)
    answered = row.is_execution or (live and row.state is not State.ASK)
    look, pattern = "number", in_unit(_short_unit(row))
    if row.is_execution:
        look, pattern = "money", in_unit("万元", "money")
    elif row.target_unit == DAY_UNIT:
        look, pattern = "date", ""
    elif row.target_unit == RATE:
        pattern = "rate"
    entry = _entry(row)
    if row.is_execution:
        yield Cell("target_value", row.target_value, f"input_{look}", pattern=pattern, entry=entry)
    else:
        yield Cell("target_value", in_cell(row, row.target_value), look, pattern=pattern)
    yield Cell("upper", in_cell(row, row.target_upper), look, pattern=pattern)
    if row.is_execution or (live and need is not LEVEL_PICKED and need is not PAYMENTS):
        actual = in_cell(row, row.actual_value, typed=True) if answered else None
        yield Cell("actual_value", actual, f"input_{look}", pattern=pattern, entry=entry)
    else:
        yield Cell("actual_value", "见资金支出进度" if need is PAYMENTS and live else "", "centre")
    levels = Entry("choice", tuple(level.label for level in levels_of(row))) if need is LEVEL_PICKED else None
    if need is LEVEL_PICKED and live:
        yield Cell("level", row.actual_level if answered else "", "input_text", entry=levels)
        within = percent(cell(row.indicator, "percentage"), Fraction(0), Fraction(100))
        yield Cell("percentage", row.actual_percentage if answered else None, "input_percent", entry=within)
    else:
        yield Cell("level", "", "centre", entry=levels)
        yield Cell("percentage", "", "centre")


def _short_unit(row: ScoredRow) -> str:
    """The unit shown behind the numbers; none where they would be printed too small, for the target tells it."""
    numbers = (row.target_value, row.target_upper, row.actual_value)
    longest = max((len(show_number(number)) for number in numbers if not math.isnan(number)), default=0)
    wide = longest + sum(1 if letter.isascii() else 2 for letter in row.target_unit)
    return row.target_unit if wide <= _LONGEST_NUMBER else ""


def _entry(row: ScoredRow) -> Entry:
    """What may be typed as the actual of a row, in the unit of its target."""
    if row.promise is None:
        return number("万元", Fraction(0))
    asked = row.promise.asked
    if asked.unit == DAY_UNIT:
        return day(f"{asked.year}-12-20")
    if asked.unit == RATE:
        return percent(cell(row.indicator, "actual_value"), lowest(asked), highest(asked), small=asked.small)
    return number(asked.unit, lowest(asked), highest(asked))


def _rule(row: ScoredRow, numbers: Mapping[str, int]) -> str:
    """The number of the rule in the sheet of rules."""
    rule = rule_of(row)
    return "第1条" if row.is_execution else row.rule if rule is None else f"第{numbers[str(rule.origin)]}条"


def _read(row: ScoredRow, rulebook: Rulebook) -> str:
    """The entry that read the target, and where it and the rule stand in files."""
    if row.is_execution:
        return f"计分 {_short(rulebook.execution.origin)}"
    rule = rule_of(row)
    if rule is None:
        return ""
    override = rulebook.overrides.get(row.indicator) if row.rule.endswith(row.indicator) else None
    read_by = (entry.origin for entry in rulebook.recognise if entry.id == row.rule)
    read_at = next(read_by, None) if override is None else override.origin
    entry = row.rule if override is None else "单独指定"
    read = f"识别 {_short(read_at)}\n" if read_at else ""
    return f"{KINDS[rule.kind].label}　{entry}\n{read}计分 {_short(rule.origin)}"


def _short(origin: Origin) -> str:
    """national-2020:240; the table below names the files in full."""
    return str(origin).removeprefix("rules/").removeprefix(f"{SHIPPED}/").replace(".yaml:", ":")


def _origin(scored: ScoredCase, row: ScoredRow, form: str) -> str:
    """The cells that actual and target came from; the file too when it is another than the project's form.

    An actual that is not taken as it stands there is quoted.
    """
    file = "" if row.file == form and not row.is_execution else row.file  # that of most rows is said once
    actual = " ".join(part for part in (file, f"{row.sheet}!{row.cell}" if row.sheet else row.cell) if part)
    written = scored.written(row)
    actual += f"“{written}”" if actual and written else ""
    origins = (f"实际完成值：{actual}" if actual else "", f"指标值：{row.target_cell}" if row.target_cell else "")
    return "\n".join(line for line in origins if line)


def _sums(scored: ScoredCase, rulebook: Rulebook, scores: Span, points: Span, lost: Span) -> Iterator[Row]:
    """Sums, the most that can be reached, open rows, total and grade, each below the other."""
    cells: dict[Name, Name | Span] = {totals.SCORES: scores, totals.ALL_POINTS: points}
    cells |= {name: cell(row, "score") for name, row in _SUMS.items()}
    cells[totals.SHARED_AT] = cell("sums", "points")
    top = (
        _label("合计"),
        Cell("points", totals.SHARED.of(cells), "total_score"),
        Cell("score", totals.SECURED.of(cells), "total_score"),
        Cell("lost", _LOST.of({_ALL: lost}), "total_lost"),
        Cell("state", "", "total"),
    )
    yield Row(top, "sums")
    shared, way = sum(row.points for row in scored.rows), scored.way
    outside, names = extra_sums(scored, rulebook, lambda row: cell(row.indicator, "score"))
    for extra in way.extras:
        most = f"最多{'加' if extra.bonus else '扣'}{way.rounding.show(extra.points)}分"
        label = next(section.label for section in rulebook.sections if section.id == extra.id)
        counted = extra.counted(extra.got).bind(outside)
        shown = (_label(f"{label}（{most}）"), Cell("points", "", "total"), Cell("score", counted, "total", "state"))
        yield Row(shown, f"extra.{extra.id}")
    out_of = f"（得分合计 ÷ {show_number(in_points(shared))} × 100）" if way.converted and shared != WHOLE else ""
    said = "（不封顶的按满分算）" if way.uncapped else ""
    for name, label, formula, style in (
        ("highest", f"最高可得分{said}", totals.highest(way), "total"),
        ("open", "未评分指标数", totals.OPEN_ROWS, "total_count"),
        ("total", f"总分{out_of}", totals.total_shown(way), "total"),
        ("grade", "等级", totals.grade_shown(rulebook), "total"),
    ):
        content = formula.bind({**cells, **outside, **names}) if way.extras or way.uncapped else formula.of(cells)
        yield Row((_label(label), Cell("points", "", "total"), Cell("score", content, style, "state")), name)


def _label(text: str) -> Cell:
    return Cell("measure", text, "total_label", "share")
