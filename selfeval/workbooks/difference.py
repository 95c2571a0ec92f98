"""The comparison of two runs as a workbook: what it is about, projects, indicators, problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from selfeval.domain.difference.differ import Change, Difference, FileChange
from selfeval.domain.difference.past import Record
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import row_height
from selfeval.workbooks.live.places import SheetColumn

_GENERAL = (SheetColumn("what", "类别", 14), SheetColumn("item", "项", 60), SheetColumn("change", "变化", 50))
_PROJECTS = (
    SheetColumn("project", "项目编码", 26),
    SheetColumn("name", "项目名称", 34),
    SheetColumn("presence", "变化", 9),
    SheetColumn("difference", "总分\n增减", 9),
    SheetColumn("data", "数据的变化", 44),
    SheetColumn("result", "结果的变化", 44),
)
_ROWS = (
    SheetColumn("project", "项目名称", 26),
    SheetColumn("indicator", "指标编号", 29),
    SheetColumn("name", "三级指标", 26),
    SheetColumn("presence", "变化", 9),
    SheetColumn("cause", "原因", 11),
    SheetColumn("data", "数据的变化", 36),
    SheetColumn("rules", "规则的变化", 36),
    SheetColumn("result", "结果的变化", 36),
)
_PROBLEMS = (
    SheetColumn("presence", "变化", 9),
    SheetColumn("code", "代码", 8),
    SheetColumn("project", "项目编码", 24),
    SheetColumn("indicator", "指标编号", 26),
    SheetColumn("message", "问题", 70),
)
_CENTRED = {"presence", "cause", "difference", "code"}
_FIRST = 2


def difference_workbook(difference: Difference, date: dt.date) -> bytes:
    """The comparison as the bytes of an xlsx file, the same for the same input."""
    old, new = difference.old, difference.new
    title = f"两次评分的比较：{old.name} → {new.name}"
    book = Book(title, date)
    _table(book, "说明", title, _GENERAL, _general(difference))
    _table(book, "项目", "总分、等级和资金有变化的项目", _PROJECTS, _projects(difference))
    _table(book, "指标", "有变化的指标，数据和规则分开列", _ROWS, _rows(difference))
    _table(book, "问题", "新出现的和没有了的问题", _PROBLEMS, _problems(difference))
    return book.finish()


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


def _table(book: Book, name: str, title: str, columns: Sequence[SheetColumn], rows: Sequence[Sequence[str]]) -> None:
    """One sheet: a title, headings, and rows of text; 没有变化 when there are none."""
    pen: Pen = book.sheet(name, landscape=True)
    pen.columns([column.width for column in columns])
    pen.banner(0, title, "title", least=26)
    pen.heads(1, [column.heading for column in columns])
    pen.sheet.repeat_rows(1)
    pen.sheet.freeze_panes(_FIRST, 0)
    if not rows:
        pen.height(_FIRST, 24)
        pen.spanned(_FIRST, 0, _FIRST, len(columns) - 1, "没有变化", "centre")
    for at, row in enumerate(rows, start=_FIRST):
        widths = [column.width for column in columns]
        pen.height(at, row_height(list(zip(row, widths, strict=True)), 22))
        for col, (column, text) in enumerate(zip(columns, row, strict=True)):
            pen.text(at, col, text, "centre" if column.id in _CENTRED else "text")
    if rows:
        pen.sheet.autofilter(1, 0, _FIRST + len(rows) - 1, len(columns) - 1)
    pen.fit()
