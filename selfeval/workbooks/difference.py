"""The comparison of two runs as a workbook: what it is about, projects, indicators, problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from selfeval.domain.difference.differ import Difference
from selfeval.domain.problems import PROBLEMS_FILE
from selfeval.domain.rounding import signed
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.conventions import listing, published

_GENERAL = (Column("what", "类别", 14), Column("item", "项", 60), Column("change", "变化", 50))
_PROJECTS = (
    *published(PROJECTS_FILE, project=26, name=34),
    Column("presence", "变化", 9),
    Column("difference", "总分\n增减", 9),
    Column("data", "数据的变化", 44),
    Column("result", "结果的变化", 44),
)
_ROWS = (
    Column("project_name", "项目名称", 26),
    *published(RESULTS_FILE, indicator=29),
    Column("name", "三级指标", 26),
    Column("presence", "变化", 9),
    Column("cause", "原因", 11),
    Column("data", "数据的变化", 36),
    Column("rules", "规则的变化", 36),
    Column("result", "结果的变化", 36),
)
_PROBLEMS = (Column("presence", "变化", 9), *published(PROBLEMS_FILE, code=8, project=24, indicator=26, message=70))
_CENTRED = {"presence", "cause", "difference", "code"}


def difference_workbook(difference: Difference, date: dt.date) -> bytes:
    """The comparison as the bytes of an xlsx file, the same for the same input."""
    title = f"两次评分的比较：{difference.old.name} → {difference.new.name}"
    sheets = (
        _table("说明", title, _GENERAL, _general(difference)),
        _table("项目", "总分、等级和资金有变化的项目", _PROJECTS, _lines(_PROJECTS, difference.projects)),
        _table("指标", "有变化的指标，数据和规则分开列", _ROWS, _lines(_ROWS, difference.rows)),
        _table("问题", "新出现的和已消除的问题", _PROBLEMS, _problems(difference)),
    )
    return workbook(Book(title, date, WORKBOOKS, sheets))


def _general(difference: Difference) -> Sequence[Sequence[str]]:
    both = ("旧", difference.old), ("新", difference.new)
    none = "（没有）"
    changed = {
        "输入文件": [(file.path, str(file.presence)) for file in difference.inputs],
        "规则文件": [(file.path, str(file.presence)) for file in difference.rules],
        "程序版本": [(part.what, f"{part.old or none} → {part.new or none}") for part in difference.versions],
    }
    rows = [("比较", f"{age}：{run.name}　（{run.year}年度，规则{run.rulebook}）", "") for age, run in both]
    rows += [(what, *line) for what, lines in changed.items() for line in lines]
    return rows + [(what, "没有变化", "") for what, lines in changed.items() if not lines]


def _lines(columns: Sequence[Column], changes: Iterable[object]) -> Iterator[list[str]]:
    """Changes of projects or rows: a column's id is the property that it tells."""
    return ([_text(getattr(change, column.id)) for column in columns] for change in changes)


def _text(value: object) -> str:
    """A word; an amount with its sign; changes as lines: 实际完成值：860 → 900."""
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return "" if value is None else signed(f"{value:f}") if isinstance(value, Decimal) else str(value)


def _problems(difference: Difference) -> Iterator[list[str]]:
    both = ("新增", difference.problems_added), ("没有了", difference.problems_gone)
    rows = ((presence, record) for presence, records in both for record in records)
    return ([presence, *(record.get(column.id, "") for column in _PROBLEMS[1:])] for presence, record in rows)


def _table(name: str, title: str, columns: Sequence[Column], lines: Iterable[Sequence[str]]) -> Sheet:
    """One sheet: a title, headings, and rows of text; 没有变化 when there are none."""
    styles = ["centre" if column.id in _CENTRED else "text" for column in columns]
    rows = (
        Row(
            tuple(Cell(column.id, text, style) for column, text, style in zip(columns, texts, styles, strict=True)),
            f"line.{at}",
            Fit(22.0),
        )
        for at, texts in enumerate(lines)
    )
    top = banner(columns, title, "title", least=26), headings(columns, frozen=True)
    return listing(name, columns, top, rows, "没有变化")
