"""指标: every indicator of the year as one table that can be filtered."""

from __future__ import annotations

import math

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.kinds import KINDS
from selfeval.domain.scored import Scored, State
from selfeval.workbooks.pen import Book, Pen
from selfeval.workbooks.places import SheetColumn
from selfeval.workbooks.text import row_height

INDICATORS = "指标"
_COLUMNS = (
    SheetColumn("unit_name", "单位", 20),
    SheetColumn("name", "项目名称", 22),
    SheetColumn("indicator", "指标编号", 14),
    SheetColumn("level1", "一级指标", 12),
    SheetColumn("level2", "二级指标", 14),
    SheetColumn("level3", "三级指标", 26),
    SheetColumn("kind", "类型", 9),
    SheetColumn("target", "指标值", 14),
    SheetColumn("actual", "实际完成值", 16),
    SheetColumn("completion", "完成率", 10),
    SheetColumn("points", "分值", 8),
    SheetColumn("score", "得分", 8),
    SheetColumn("lost", "失分", 8),
    SheetColumn("state", "状态", 9),
    SheetColumn("reason", "偏差原因", 30),
    SheetColumn("sentence", "说明", 40),
)
_AT = {column.id: i for i, column in enumerate(_COLUMNS)}
_TEXTS = (
    "unit_name",
    "name",
    "indicator",
    "level1",
    "level2",
    "level3",
    "kind",
    "target",
    "actual",
    "reason",
    "sentence",
)
_CENTRED = {"kind", "target", "actual"}
_FIRST = 3


def write_indicators(book: Book, scored: Scored, mark: str) -> None:
    """Write the sheet 指标; the execution rate of each project has its row too."""
    pen = book.sheet(INDICATORS, landscape=True)
    pen.columns([column.width for column in _COLUMNS])
    pen.banner(0, f"全部指标（{scored.year}年度）", "title", mark, 26)
    pen.height(1, 6)
    pen.heads(_FIRST - 1, [column.heading for column in _COLUMNS], 24)
    owners = scored.projects[["project", "name", "unit_name"]]
    rows = scored.indicators.merge(owners, on="project", how="left", sort=False).to_dict("records")
    for i, record in enumerate(rows):
        _write_row(pen, _FIRST + i, {str(key): value for key, value in record.items()})
    pen.fit()
    pen.sheet.freeze_panes(_FIRST, _AT["indicator"] + 1)
    pen.sheet.repeat_rows(_FIRST - 1)
    if rows:
        last = _FIRST + len(rows) - 1
        pen.sheet.autofilter(_FIRST - 1, 0, last, len(_COLUMNS) - 1)
        pen.colour_states(_FIRST, _AT["state"], last)
        pen.colour_lost(_FIRST, _AT["lost"], last, f"={xl_rowcol_to_cell(_FIRST, _AT['lost'], col_abs=True)}>0")


def _write_row(pen: Pen, row: int, record: dict[str, object]) -> None:
    kind = str(record["kind"])
    texts = {name: str(record[name]) for name in _TEXTS}
    texts["kind"] = KINDS[kind].label if kind in KINDS else "执行率" if kind == "execution" else "未识别"
    widths = {column.id: column.width for column in _COLUMNS}
    pen.height(row, row_height([(text, widths[name]) for name, text in texts.items()], 24, 9))
    for name, text in texts.items():
        pen.text(row, _AT[name], text, "centre" if name in _CENTRED else "small", font_size=9)
    pen.number(row, _AT["completion"], float(str(record["completion"])), "percent")
    pen.number(row, _AT["points"], int(str(record["points"])) / 100, "score")
    state, score = State(str(record["state"])), record["score"]
    if pd.isna(score):  # type: ignore[call-overload]
        pen.text(row, _AT["score"], state.label, "centre")
        pen.number(row, _AT["lost"], math.nan)
    else:
        lost = int(str(record["points"])) - int(str(score))
        pen.number(row, _AT["score"], int(str(score)) / 100, "score")
        points, got = (xl_rowcol_to_cell(row, _AT[one]) for one in ("points", "score"))
        pen.live(row, _AT["lost"], f"=ROUND({points}-{got},2)", lost / 100, "score")
    pen.text(row, _AT["state"], state.label, "centre")
