"""指标: every indicator of the year as one table that can be filtered."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.kinds import KINDS
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import clean, row_height
from selfeval.workbooks.live.formulas import guarded
from selfeval.workbooks.live.places import SheetColumn
from selfeval.workbooks.summary.overview import unit_label
from selfeval.workbooks.summary.places import INDICATORS_SHEET, Listing

_COLUMNS = (
    SheetColumn("unit", "单位", 13),
    SheetColumn("name", "项目名称", 16),
    SheetColumn("indicator", "指标编号", 12),
    SheetColumn("level1", "一级指标", 9),
    SheetColumn("level2", "二级指标", 10),
    SheetColumn("level3", "三级指标", 20),
    SheetColumn("kind", "类型", 8),
    SheetColumn("target", "指标值", 11),
    SheetColumn("actual", "实际完成值", 12),
    SheetColumn("completion", "完成率", 8.5),
    SheetColumn("points", "分值", 7),
    SheetColumn("score", "得分", 7.5),
    SheetColumn("lost", "失分", 7),
    SheetColumn("state", "状态", 7.5),
    SheetColumn("category", "偏差类别", 11),
    SheetColumn("reason", "偏差原因", 32),
    SheetColumn("sentence", "说明", 30),
)
_AT = {column.id: i for i, column in enumerate(_COLUMNS)}
_TEXTS = ("unit", "name", "indicator", "level1", "level2", "level3", "kind", "target", "actual", "category")
_LONG_TEXTS = ("reason", "sentence")
_CENTRED = {"kind", "target", "actual", "category"}
_FIRST = 3
_GIVEN, _NOT_GIVEN = "未选类别，写了原因", "未选类别，没写原因"


@dataclass(frozen=True)
class ListedRow:
    """One row of the table: its texts by column id, and its numbers; points and score in hundredths."""

    texts: dict[str, str]
    completion: float
    points: int
    score: int | None
    state: State

    @property
    def lost(self) -> int:
        """Points lost, in hundredths; none while there is no score."""
        return 0 if self.score is None else self.points - self.score


@dataclass(frozen=True)
class Indicators:
    """All rows, and where they stand on the sheet 指标."""

    listing: Listing
    rows: tuple[ListedRow, ...]


def listed_indicators(scored: Scored) -> Indicators:
    """Every scored row of the year in document order; the execution rate of each project has its row too."""
    owners = scored.projects[["project", "name", "unit_code", "unit_name"]]
    records = scored.indicators.merge(owners, on="project", how="left", sort=False).to_dict("records")
    rows = tuple(_listed({str(key): value for key, value in one.items()}) for one in records)
    return Indicators(Listing(INDICATORS_SHEET, _FIRST, len(rows), _COLUMNS), rows)


def _listed(record: dict[str, object]) -> ListedRow:
    kind, indicator = str(record["kind"]), str(record["indicator"])
    texts = {name: clean(str(record.get(name, ""))) for name in (*_TEXTS, *_LONG_TEXTS)}
    texts["unit"] = unit_label(record["unit_code"], record["unit_name"])
    texts["kind"] = KINDS[kind].label if kind in KINDS else "执行率" if kind == "execution" else "未识别"
    missing = pd.isna(record["score"])  # type: ignore[call-overload]
    score = None if missing else int(str(record["score"]))
    points = int(str(record["points"]))
    texts["category"] = ""
    if score is not None and score < points:
        without = _GIVEN if texts["reason"].strip() else _NOT_GIVEN
        texts["category"] = EXECUTION if indicator == EXECUTION else clean(str(record["category"])) or without
    return ListedRow(texts, float(str(record["completion"])), points, score, State(str(record["state"])))


def write_indicators(book: Book, year: int, indicators: Indicators, mark: str) -> None:
    """Write the sheet 指标."""
    pen = book.sheet(INDICATORS_SHEET, landscape=True)
    pen.columns([column.width for column in _COLUMNS])
    pen.banner(0, f"全部指标（{year}年度）", "title", mark, 26)
    pen.height(1, 6)
    pen.heads(_FIRST - 1, [column.heading for column in _COLUMNS], 24)
    for i, row in enumerate(indicators.rows):
        _write_row(pen, _FIRST + i, row)
    pen.fit()
    pen.sheet.freeze_panes(_FIRST, _AT["indicator"] + 1)
    pen.sheet.repeat_rows(_FIRST - 1)
    if indicators.rows:
        last = indicators.listing.last
        pen.sheet.autofilter(_FIRST - 1, 0, last, len(_COLUMNS) - 1)
        pen.colour_states(_FIRST, _AT["state"], last)
        lost = xl_rowcol_to_cell(_FIRST, _AT["lost"], col_abs=True)
        pen.colour_lost(_FIRST, _AT["lost"], last, f"=AND(ISNUMBER({lost}),{lost}>0)")


def _write_row(pen: Pen, at: int, row: ListedRow) -> None:
    widths = {column.id: column.width for column in _COLUMNS}
    pen.height(at, row_height([(text, widths[name]) for name, text in row.texts.items()], 24, 9))
    for name, text in row.texts.items():
        pen.text(at, _AT[name], text, "centre" if name in _CENTRED else "small", font_size=9)
    pen.number(at, _AT["completion"], row.completion, "percent", font_size=9)
    pen.number(at, _AT["points"], row.points / 100, "score")
    if row.score is None:
        pen.text(at, _AT["score"], row.state.label, "centre", font_size=9)
        pen.number(at, _AT["lost"], math.nan, "lost")
    else:
        pen.number(at, _AT["score"], row.score / 100, "score")
        points, score = (xl_rowcol_to_cell(at, _AT[one]) for one in ("points", "score"))
        formula = guarded(f"ISNUMBER({score})", f"ROUND({points}-{score},2)", '""')
        pen.live(at, _AT["lost"], formula, row.lost / 100, "lost")
    pen.text(at, _AT["state"], row.state.label, "centre", font_size=9)
