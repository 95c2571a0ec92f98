"""绩效目标表 as grids, in the layouts that units use, from the content of tables that units really published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from selfeval.sources.blocks import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.form.document import read_document
from selfeval.sources.imported import Imported

_SEEN = Path(__file__).parent / "published_tables.jsonl"
_SPLIT = re.compile(r"(>=|[≥≤=≧═]|不少于)?\s*(?:\|\s*)?(-?[\d.]+)\s*(?:\|\s*)?(.*)")


@dataclass(frozen=True)
class Over:
    """A cell that covers several columns or rows."""

    text: str
    columns: int = 1
    rows: int = 1


Cells = Sequence[str | Over]


@dataclass(frozen=True)
class Row:
    """An indicator as published."""

    level1: str
    level2: str
    level3: str
    target: str
    points: str

    @property
    def parts(self) -> tuple[str, str, str]:
        """Its target as sign, value and unit."""
        found = _SPLIT.fullmatch(self.target)
        return (found[1] or "", found[2], found[3]) if found else ("定性", self.target, "")

    @property
    def printed(self) -> str:
        """Its target in one cell."""
        return re.sub(r"[ |]", "", self.target)


@dataclass(frozen=True)
class Published:
    """A project as published."""

    name: str
    unit: str
    year: int
    budget: str
    goal: str
    rows: tuple[Row, ...]


def published() -> dict[str, Published]:
    """The tables that are known, by a short name."""
    lines = map(json.loads, _SEEN.read_text(encoding="utf-8").splitlines())
    return {
        one["id"]: Published(
            one["project"] or "日常公用经费",
            one["unit"],
            one["year"],
            one["budget"] or "12.5",
            one["goal"] or "目标1：保障正常运转。",
            tuple(Row(*row) for row in one["indicators"] if row[2]),
        )
        for one in lines
    }


def grid(rows: Sequence[Cells], *, sheet: str = "", table: int = 0, first: int = 1) -> Grid:
    """A grid of rows; a cell that covers several stands once, and moves those behind it."""
    taken: dict[tuple[int, int], bool] = {}
    made = []
    for number, cells in enumerate(rows):
        column, line = 0, []
        for cell in cells:
            while (number, column) in taken:
                column += 1
            over = cell if isinstance(cell, Over) else Over(cell)
            spot = Spot(number + first, table=table, sheet=sheet)
            line.append(GridCell(over.text, spot, column, over.columns, over.rows))
            for down in range(over.rows):
                taken |= {(number + down, column + across): True for across in range(over.columns)}
            column += over.columns
        made.append(GridRow(tuple(line)))
    return Grid(tuple(made), Spot(first, table=table, sheet=sheet))


def parted(merged: Grid, *, filled: bool) -> Grid:
    """The same with every merged cell parted, as in CSV, its text in the first of them or ``filled`` in all."""
    width = max(cell.column + cell.columns for row in merged.rows for cell in row.cells)
    texts = [[""] * width for _ in merged.rows]
    for number, row in enumerate(merged.rows):
        for cell in row.cells:
            for line in texts[number : number + (cell.rows if filled else 1)]:
                columns = cell.columns if filled else 1
                line[cell.column : cell.column + columns] = [cell.text] * columns
    return grid(texts, sheet=merged.spot.sheet)


def _merged(rows: Sequence[Row], columns: Callable[[Row], Cells]) -> Iterator[Cells]:
    """Rows of indicators, their levels merged downwards as printed."""
    for at, row in enumerate(rows):
        above = rows[at - 1] if at else None
        cells: list[str | Over] = []
        if above is None or above.level1 != row.level1:
            cells.append(Over(row.level1, rows=_run(rows, at, "level1")))
        if above is None or (above.level1, above.level2) != (row.level1, row.level2):
            cells.append(Over(row.level2, rows=_run(rows, at, "level2")))
        yield [*cells, *columns(row)]


def _run(rows: Sequence[Row], at: int, level: str) -> int:
    def key(row: Row) -> tuple[str, ...]:
        return (row.level1,) if level == "level1" else (row.level1, row.level2)

    count = 1
    while at + count < len(rows) and key(rows[at + count]) == key(rows[at]):
        count += 1
    return count


def national(one: Published) -> list[Cells]:
    """The target half of the state's form, with the goals of a longer period beside those of the year."""
    rows = list(_merged(one.rows, lambda row: [row.level3, row.printed]))
    side = Over("绩\n效\n指\n标", rows=len(rows) + 1)
    return [
        [Over("项目支出绩效目标表", 7)],
        [Over(f"（{one.year}年度）", 7)],
        ["项目名称", Over(one.name, 6)],
        ["主管部门及代码", Over("412-清源县文旅局", 3), "实施单位", Over(one.unit, 2)],
        ["项目属性", Over("延续项目", 3), "项目期", Over("1年", 2)],
        [Over("项目资金\n（万元）", rows=3), Over("年度资金总额：", 2), Over(one.budget, 4)],
        [Over("其中：财政拨款", 2), Over(one.budget, 4)],
        [Over("其他资金", 2), Over("0", 4)],
        [Over("总体目标", rows=2), Over("实施期目标", 3), Over("年度目标", 3)],
        [Over("到2030年全面完成。", 3), Over(one.goal, 3)],
        [side, "一级指标", "二级指标", Over("三级指标", 1), Over("指标值", 3)],
        *rows,
        [Over("填表人：张三", 4), Over("联系电话：0314-1234567", 3)],
    ]


def sichuan(one: Published) -> list[Cells]:
    """四川: target in three cells, points, and the scored half that is no target."""
    rows = _merged(one.rows, lambda row: [row.level3, *row.parts, row.points, "", "", ""])
    return [
        [Over(f"部门预算项目支出绩效自评表（{one.year}年度）", 10)],
        ["项目名称", Over(one.name, 9)],
        ["预算单位", Over(one.unit, 9)],
        [
            Over("预算执行情况(10分)", rows=5),
            *("", "年初预算", "调整后预算数", "预算执行数", "预算执行率", "权重", "得分", "原因", ""),
        ],
        ["总额", f"{one.budget}万元", f"{one.budget}万元", "0.00", "0%", "10", "0", "", ""],
        ["财政资金", f"{one.budget}万元", f"{one.budget}万元", "0.00", "0%", "/", "/", "", ""],
        ["财政专户管理资金", "", "", "", "", "/", "/", "", ""],
        ["单位资金", "", "", "", "", "/", "/", "", ""],
        ["年度总体目标", Over(one.goal, 9)],
        *[
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "指标性质",
                "指标值",
                "度量单位",
                "权重",
                "完成值",
                "得分",
                "未完成原因分析",
            ]
        ],
        *rows,
        [Over("合计", 6), "100", "", "100", ""],
        [Over("评价结论：较好。", 10)],
        [Over("项目负责人：李四", 5), Over("财务负责人：王五", 5)],
    ]


def anhui(one: Published) -> list[Cells]:
    """安徽: four lines of money, the goal beside what became of it, value and points."""
    rows = _merged(one.rows, lambda row: [row.level3, row.printed, "", row.points, "", ""])
    return [
        [Over(f"{one.unit}项目支出绩效自评表", 8)],
        [Over(f"（{one.year}年度）", 8)],
        ["项目名称", Over(one.name, 7)],
        ["主管部门", Over(one.unit, 3), "实施单位", Over(one.unit, 3)],
        [
            Over("项目资金（万元）", rows=5),
            "",
            "年初预算数",
            "全年预算数（A）",
            "全年执行数（B）",
            "分值",
            "执行率（B/A）",
            "得分",
        ],
        ["年度资金总额", one.budget, one.budget, "0", "10", "0%", "0"],
        ["其中：本年财政拨款", one.budget, one.budget, "0", "—", "0%", "—"],
        ["上年结转资金", "0", "0", "0", "—", "", "—"],
        ["其他资金", "0", "0", "0", "—", "", "—"],
        [Over("年度总体目标", rows=2), Over("预期目标", 3), Over("实际完成情况", 4)],
        [Over(one.goal, 3), Over("已经完成。", 4)],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值（A）",
            "实际完成值（B）",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        *rows,
        [Over("总分", 5), "100", "100", ""],
    ]


def tianjin(one: Published) -> list[Cells]:
    """天津: money in one row, its use below it, and a description of each indicator."""
    rows = _merged(one.rows, lambda row: [row.level3, f"反映{row.level3}", row.printed])
    return [
        [Over("项目支出绩效目标表", 7)],
        [Over(f"单位：{one.unit}", 5), Over("单位：万元", 2)],
        ["项目名称", Over(one.name, 6)],
        [Over("预算规模及资金用途", rows=2), "预算数", one.budget, "其中：财政资金", one.budget, "其他资金", ""],
        [Over("用于本项目的各项支出", 6)],
        ["绩效目标", Over(one.goal, 6)],
        ["一级指标", "二级指标", "三级指标", Over("绩效指标描述", 2), Over("指标值", 2)],
        *[[*cells[:-2], Over(str(cells[-2]), 2), Over(str(cells[-1]), 2)] for cells in rows],
    ]


LAYOUTS: dict[str, Callable[[Published], list[Cells]]] = {
    "national": national,
    "sichuan": sichuan,
    "anhui": anhui,
    "tianjin": tianjin,
}


def read(*blocks: Block, year: int = 2025) -> Imported:
    """What some blocks mean."""
    return read_document(Document(blocks), year, "目标.xlsx")


def lines(*texts: str) -> list[Block]:
    """Paragraphs."""
    return [Paragraph(text, Spot(paragraph=number)) for number, text in enumerate(texts, start=1)]
