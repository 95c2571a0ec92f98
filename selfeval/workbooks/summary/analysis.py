"""分析: by unit, by level, kind and reason where points were lost, and the spread of totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import Total
from selfeval.sheets.colours import Colour
from selfeval.sheets.model import Sheet
from selfeval.sheets.rows import banner
from selfeval.workbooks.summary.indicators import ListedRow
from selfeval.workbooks.summary.losses import LOST, losses
from selfeval.workbooks.summary.spread import spread
from selfeval.workbooks.summary.tables import ANALYSIS, Table, columns
from selfeval.workbooks.summary.units import units

_NOTE = "失分 = 分值 − 得分，只计已评分的指标；待补充的不算失分。各表按失分从多到少排列，随「指标」「汇总」两表重算。"


@dataclass(frozen=True)
class Analysis:
    """The tables of 分析."""

    units: Table
    levels: Table
    kinds: Table
    reasons: Table
    spread: Table


def analyse(projects: Sequence[Total], rows: Sequence[ListedRow], rulebook: Rulebook) -> Analysis:
    """The tables of a year."""
    return Analysis(
        units(projects, len(rows), rulebook),
        losses("level", "按指标级次", ("level1", "level2"), rows),
        losses("kind", "按指标类型", ("kind",), rows),
        losses("category", "按偏差类别（只列有失分的）", ("category",), rows),
        spread(len(projects)),
    )


def analysis_sheet(year: int, analysis: Analysis, mark: str) -> Sheet:
    """The sheet 分析."""
    lost = (analysis.levels, analysis.kinds, analysis.reasons)
    tables = (analysis.units, *lost, analysis.spread)
    width = columns(*tables)
    top = banner(width, f"失分和分布（{year}年度）", "title", mark, 26), banner(width, _NOTE, "note")
    if not analysis.units.lines:  # no project at all
        return Sheet(ANALYSIS, width, top)
    lines = (row for table in tables for row in table.rows())
    areas = (table.all(LOST) for table in lost if table.lines)
    colours = tuple(Colour(area, area.first > 0, "lost") for area in areas)
    return Sheet(ANALYSIS, width, (top[0], top[1]._replace(frozen=True), *lines), colours=colours)
