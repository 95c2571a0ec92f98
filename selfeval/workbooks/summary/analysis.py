"""分析: by unit, by level, kind and reason where points were lost, and the spread of totals."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.workbooks.drawing.pen import Book
from selfeval.workbooks.summary.indicators import Indicators
from selfeval.workbooks.summary.losses import LOSS_FIGURES, write_losses
from selfeval.workbooks.summary.places import ANALYSIS_SHEET, Area, Listing
from selfeval.workbooks.summary.spread import write_spread
from selfeval.workbooks.summary.stack import FIGURE_WIDTH, NAME_WIDTH, NAMES, Stack
from selfeval.workbooks.summary.units import unit_figures, write_units

_NOTE = "失分 = 分值 − 得分，只计已评分的指标；待补充的不算失分。各表按失分从多到少排列，随「指标」「汇总」两表重算。"


@dataclass(frozen=True)
class Analysis:
    """What charts show: names and numbers of each table; None where there is nothing to show."""

    spread: tuple[Area, Area] | None
    levels: tuple[Area, Area] | None
    reasons: tuple[Area, Area] | None


def prepare_analysis(
    book: Book, scored: Scored, rulebook: Rulebook, projects: Listing, indicators: Indicators, mark: str
) -> Analysis:
    """Write the sheet 分析; where its tables stand, for the charts."""
    pen = book.sheet(ANALYSIS_SHEET, landscape=True)
    figures = max(LOSS_FIGURES, unit_figures(rulebook))
    pen.columns([*[NAME_WIDTH] * NAMES, *[FIGURE_WIDTH] * figures])
    pen.banner(0, f"失分和分布（{scored.year}年度）", "title", mark, 26)
    pen.banner(1, _NOTE, "note")
    stack = Stack(pen, 2, figures)
    if not projects.count:
        return Analysis(None, None, None)
    write_units(stack, scored.projects, rulebook, projects, indicators)
    levels = write_losses(stack, "按指标级次", ["一级指标", "二级指标"], ["level1", "level2"], indicators)
    write_losses(stack, "按指标类型", ["类型"], ["kind"], indicators)
    reasons = write_losses(stack, "按偏差类别（只列有失分的）", ["偏差类别"], ["category"], indicators)
    spread = write_spread(stack, scored.projects, projects)
    pen.fit()
    pen.sheet.freeze_panes(2, 0)
    return Analysis(spread, levels, reasons)
