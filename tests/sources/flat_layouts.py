"""The same targets as tables that platforms export: one row an indicator, in several layouts and formats."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import openpyxl
import xlsxwriter

from selfeval.domain.targets import Targets

Row = dict[str, object]
_SIGNED = re.compile(r"([≥≤=])?(.*?)([^\d.,]*)", re.DOTALL)


@dataclass(frozen=True)
class Layout:
    """Which columns there are, headed how (from left to right).

    ``repeated``: what says the same as the row above is "merged", "repeated" or "blank". ``titles`` stand above,
    ``foot`` below. ``times``: what 万元 are multiplied by. ``upper``: the headings over several columns.
    """

    columns: Mapping[str, str]
    repeated: str = "repeated"
    titles: Sequence[str] = ()
    times: int = 1
    upper: Mapping[str, str] = field(default_factory=dict)
    foot: Sequence[str] = ()


_LEVELS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}
LAYOUTS: Mapping[str, Layout] = {
    "plain": Layout(
        {
            "unit_code": "单位编码",
            "unit_name": "单位名称",
            "project": "项目编码",
            "name": "项目名称",
            "budget": "预算数（万元）",
            "fiscal": "其中：财政资金（万元）",
            "goal": "绩效目标",
            "purpose": "资金用途",
            **_LEVELS,
            "description": "绩效指标描述",
            "target": "指标值",
            "basis": "指标值确定依据",
        }
    ),
    "merged, three cells, in 元": Layout(
        {
            "seq": "序号",
            "whole_unit": "预算单位",
            "project": "项目代码",
            "name": "项目名称",
            "budget": "项目金额（元）",
            "goal": "年度绩效目标",
            "level1": "一级指标名称",
            "level2": "二级指标名称",
            "level3": "三级指标名称",
            "sign": "计算符号",
            "number": "指标值",
            "measure": "计量单位",
            "description": "指标解释",
            "points": "分值",
            "standard": "评(扣)分标准",
            "note": "备注",
        },
        "merged",
        ("2024年度项目支出绩效目标汇总表", "填报单位：承德市司法局"),
        10_000,
        foot=("合计", "注：本表由系统导出"),
    ),
    "blank as above, four cells, another order": Layout(
        {
            "name": "项目名称",
            "project": "项目编码",
            "unit_code": "预算单位编码",
            "unit_name": "预算单位名称",
            "year": "年度",
            "level3": "三级指标",
            "nature": "指标性质",
            "sign": "指标方向",
            "number": "目标值",
            "measure": "度量单位",
            "basis": "指标值设定依据",
            "points": "权重（分值）",
            "level1": "一级指标",
            "level2": "二级指标",
            "budget": "预算金额",
        },
        "blank",
        ("项目绩效目标表", "单位：元"),
        10_000,
    ),
    "two rows of headings": Layout(
        {
            "unit_code": "编码",
            "unit_name": "名称",
            "project": "编码",
            "name": "名称",
            **_LEVELS,
            "sign": "符号",
            "number": "数值",
            "measure": "单位",
            "basis": "指标值确定依据",
            "budget": "预算数",
        },
        "merged",
        ("金额单位：万元",),
        upper={
            **dict.fromkeys(("unit_code", "unit_name"), "单位"),
            **dict.fromkeys(("project", "name"), "项目"),
            **dict.fromkeys(_LEVELS, "绩效指标"),
            **dict.fromkeys(("sign", "number", "measure"), "指标值"),
        },
    ),
    "the value whole and the unit again": Layout(
        {
            "whole_unit": "预算单位",
            "project": "项目编码",
            "name": "项目名称",
            **_LEVELS,
            "target": "年度指标值",
            "measure": "单位",
            "budget": "预算数(万元)",
        },
        "blank",
    ),
}
OF_PROJECT = frozenset(
    {"seq", "unit_code", "unit_name", "whole_unit", "project", "name", "budget", "fiscal", "goal", "purpose", "year"}
)
UPPER_LEVELS = ("level1", "level2")


def rows_of(targets: Targets, layout: Layout) -> list[Row]:
    """One row an indicator, with what each column holds."""
    projects = {row["project"]: row for row in targets.projects.frame.to_dict("records")}
    rows = []
    for number, indicator in enumerate(targets.indicators.frame.to_dict("records"), start=1):
        project = projects[indicator["project"]]
        sign, value, unit = split(str(indicator["target"]))
        budget = round(float(project["budget"]) * layout.times, 6)
        whole = {
            **project,
            **indicator,
            "budget": int(budget) if budget.is_integer() else budget,
            "whole_unit": f"{project['unit_code']} {project['unit_name']}",
            "nature": "定量" if re.search(r"\d", value) else "定性",
            "sign": sign,
            "number": value,
            "measure": unit,
            "seq": number,
            "year": 2024,
            "points": 10,
            "standard": "按完成比例得分",
            "note": "无",
        }
        rows.append({name: whole[name] for name in layout.columns})
    return rows


def split(target: str) -> tuple[str, str, str]:
    """A target in three cells; words, and what is no plain number with its unit, stay in one."""
    found = re.fullmatch(r"([≥≤=]?)(\d+(?:\.\d+)?)([^\d月]{0,8})", target)
    return (found[1], found[2], found[3]) if found else ("", target, "")


@dataclass(frozen=True)
class Area:
    """A cell: its row and column from 0, the rows and columns it covers, and its value."""

    row: int
    column: int
    rows: int
    columns: int
    value: object


def areas(targets: Targets, layout: Layout) -> list[Area]:
    """The cells of the sheet of a layout."""
    names, width = list(layout.columns), len(layout.columns)
    cells = [Area(at, 0, 1, width, title) for at, title in enumerate(layout.titles)]
    top = len(layout.titles)
    cells += _heads(layout, top)
    top += 2 if layout.upper else 1
    rows = rows_of(targets, layout)
    for column, name in enumerate(names):
        for (_, value), group in groupby(
            enumerate(rows), key=lambda pair: (_run(pair[1], name, rows[pair[0]]), pair[1][name])
        ):
            places = [at for at, _ in group]
            cells += _written(layout, places, top, column, value)
    below = top + len(rows)
    for at, text in enumerate(layout.foot):
        cells.append(Area(below + at, 0, 1, 1, text))
    return [cell for cell in cells if cell.value not in ("", None)]


def _run(row: Row, name: str, _own: Row) -> object:
    """What a cell shares with the one below when they are merged: the project, and the level above."""
    if name in OF_PROJECT and name != "seq":
        return row["project"]
    if name in UPPER_LEVELS:
        return (row["project"], *(row[upper] for upper in UPPER_LEVELS[: UPPER_LEVELS.index(name) + 1]))
    return id(row)


def _written(layout: Layout, places: Sequence[int], top: int, column: int, value: object) -> list[Area]:
    if layout.repeated == "merged":
        return [Area(top + places[0], column, len(places), 1, value)]
    shown = places if layout.repeated == "repeated" else places[:1]
    return [Area(top + at, column, 1, 1, value) for at in shown]


def _heads(layout: Layout, top: int) -> list[Area]:
    if not layout.upper:
        return [Area(top, at, 1, 1, title) for at, title in enumerate(layout.columns.values())]
    cells = []
    columns = list(enumerate(layout.columns.items()))
    for upper, group in groupby(columns, key=lambda one: layout.upper.get(one[1][0], one[1][0])):
        inside = list(group)
        if inside[0][1][0] in layout.upper:
            cells.append(Area(top, inside[0][0], 1, len(inside), upper))
            cells += [Area(top + 1, at, 1, 1, title) for at, (_, title) in inside]
        else:
            cells += [Area(top, at, 2, 1, title) for at, (_, title) in inside]
    return cells


def xlsx(path: Path, cells: Sequence[Area]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("绩效目标")
        for cell in cells:
            if cell.rows * cell.columns > 1:
                last = cell.row + cell.rows - 1, cell.column + cell.columns - 1
                sheet.merge_range(cell.row, cell.column, *last, cell.value)
            else:
                sheet.write(cell.row, cell.column, cell.value)


def openpyxl_xlsx(path: Path, cells: Sequence[Area]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell in cells:
        sheet.cell(
            cell.row + 1, cell.column + 1, cell.value if isinstance(cell.value, int | float) else str(cell.value)
        )
        if cell.rows * cell.columns > 1:
            first, last = (cell.row + 1, cell.column + 1), (cell.row + cell.rows, cell.column + cell.columns)
            sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
    book.save(path)


def csv_in(encoding: str, separator: str = ",") -> Callable[[Path, Sequence[Area]], None]:
    def write(path: Path, cells: Sequence[Area]) -> None:
        table = io.StringIO()
        writer = csv.writer(table, delimiter=separator)
        writer.writerows(_texts(cells))
        path.write_bytes(table.getvalue().encode(encoding))

    return write


def _texts(cells: Sequence[Area]) -> list[list[str]]:
    """The cells as lines; of a merged cell only the first holds its text."""
    height, width = max(cell.row for cell in cells) + 1, max(cell.column for cell in cells) + 1
    lines = [[""] * width for _ in range(height)]
    for cell in cells:
        lines[cell.row][cell.column] = str(cell.value)
    return lines


def web_page(path: Path, cells: Sequence[Area]) -> None:
    lines: list[list[str]] = [[] for _ in range(max(cell.row + cell.rows for cell in cells))]
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    starts = {(cell.row, cell.column): cell for cell in cells}
    width = max(cell.column + cell.columns for cell in cells)
    for row, line in enumerate(lines):
        for column in range(width):
            if cell := starts.get((row, column)):
                spans = f' rowspan="{cell.rows}" colspan="{cell.columns}"' if cell.rows * cell.columns > 1 else ""
                line.append(f"<td{spans}>{html.escape(str(cell.value))}</td>")
            elif (row, column) not in taken:
                line.append("<td>&nbsp;</td>")
    body = "\n".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    head = '<head><meta charset="gb2312"><title>导出</title></head>'
    page = f"<html>{head}<body><table border=1>\n{body}\n</table></body></html>"
    path.write_bytes(page.encode("gb18030"))
