"""The comparison of two runs as a workbook: what it is about, projects, indicators, problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from selfeval.domain.difference.differ import Change, Difference, FileChange, Record
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.rows import banner, headings, over
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook

_GENERAL = (Column("what", "类别", 14), Column("item", "项", 60), Column("change", "变化", 50))
_PROJECTS = (
    Column("project", "项目编码", 26),
    Column("name", "项目名称", 34),
    Column("presence", "变化", 9),
    Column("difference", "总分\n增减", 9),
    Column("data", "数据的变化", 44),
    Column("result", "结果的变化", 44),
)
_ROWS = (
    Column("project", "项目名称", 26),
    Column("indicator", "指标编号", 29),
    Column("name", "三级指标", 26),
    Column("presence", "变化", 9),
    Column("cause", "原因", 11),
    Column("data", "数据的变化", 36),
    Column("rules", "规则的变化", 36),
    Column("result", "结果的变化", 36),
)
_PROBLEMS = (
    Column("presence", "变化", 9),
    Column("code", "代码", 8),
    Column("project", "项目编码", 24),
    Column("indicator", "指标编号", 26),
    Column("message", "问题", 70),
)
_CENTRED = {"presence", "cause", "difference", "code"}


def difference_workbook(difference: Difference, date: dt.date) -> bytes:
    """The comparison as the bytes of an xlsx file, the same for the same input."""
    old, new = difference.old, difference.new
    title = f"两次评分的比较：{old.name} → {new.name}"
    sheets = (
        _table("说明", title, _GENERAL, _general(difference)),
        _table("项目", "总分、等级和资金有变化的项目", _PROJECTS, _projects(difference)),
        _table("指标", "有变化的指标，数据和规则分开列", _ROWS, _rows(difference)),
        _table("问题", "新出现的和没有了的问题", _PROBLEMS, _problems(difference)),
    )
    return workbook(Book(title, date, WORKBOOKS, sheets))


def told(changes: Iterable[Change]) -> str:
    """Changes as lines: 实际完成值：860 → 900."""
    return "\n".join(map(str, changes))


def _general(difference: Difference) -> list[tuple[str, ...]]:
    old, new = difference.old, difference.new
    rows = [
        ("比较", f"旧：{old.name}　（{old.year}年度，规则 {old.rulebook}）", ""),
        ("比较", f"新：{new.name}　（{new.year}年度，规则 {new.rulebook}）", ""),
    ]
    rows += [("输入文件", one.path, str(one.presence)) for one in difference.inputs]
    rows += [("规则文件", one.path, str(one.presence)) for one in difference.rules]
    rows += [
        ("程序版本", one.what, f"{one.old or '（没有）'} → {one.new or '（没有）'}") for one in difference.versions
    ]
    none: tuple[tuple[str, Sequence[FileChange | Change]], ...] = (
        ("输入文件", difference.inputs),
        ("规则文件", difference.rules),
        ("程序版本", difference.versions),
    )
    return [*rows, *((what, "没有变化", "") for what, found in none if not found)]


def _projects(difference: Difference) -> list[tuple[str, ...]]:
    return [
        (
            one.project,
            one.name,
            str(one.presence),
            "" if one.difference is None else f"{one.difference:+.2f}",
            told(one.data),
            told(one.result),
        )
        for one in difference.projects
    ]


def _rows(difference: Difference) -> list[tuple[str, ...]]:
    return [
        (
            one.project_name,
            one.indicator,
            one.name,
            str(one.presence),
            str(one.cause),
            told(one.data),
            told(one.rules),
            told(one.result),
        )
        for one in difference.rows
    ]


def _problems(difference: Difference) -> list[tuple[str, ...]]:
    def rows(presence: str, records: Iterable[Record]) -> list[tuple[str, ...]]:
        return [(presence, *(one.get(column.id, "") for column in _PROBLEMS[1:])) for one in records]

    return rows("新增", difference.problems_added) + rows("没有了", difference.problems_gone)


def _table(name: str, title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Sheet:
    """One sheet: a title, headings, and rows of text; 没有变化 when there are none."""
    top = banner(columns, title, "title", least=26), headings(columns, frozen=True)
    lines = [_line(f"line.{at}", columns, texts) for at, texts in enumerate(rows)]
    if not lines:
        return Sheet(name, tuple(columns), (*top, over(columns, "没有变化", "centre", 24.0)))
    return Sheet(name, tuple(columns), (*top, *lines), filter=("head", lines[-1].id))


def _line(name: str, columns: Sequence[Column], texts: Sequence[str]) -> Row:
    cells = (
        Cell(column.id, text, "centre" if column.id in _CENTRED else "text")
        for column, text in zip(columns, texts, strict=True)
    )
    return Row(tuple(cells), name, Fit(22.0))
