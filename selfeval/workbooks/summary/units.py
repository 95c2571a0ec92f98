"""按单位: projects, money, rate, average total, points lost, and how many of each grade, live."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE
from selfeval.workbooks.live.formulas import PENDING, guarded, quoted
from selfeval.workbooks.live.rounded import PLACES, rounded
from selfeval.workbooks.summary.indicators import Indicators
from selfeval.workbooks.summary.overview import average_of, exact_sum, rate_of, unit_label
from selfeval.workbooks.summary.places import Listing
from selfeval.workbooks.summary.stack import NAMES, Stack

_HEADINGS = (
    "项目数",
    "全年预算数\n（万元）",
    "全年执行数\n（万元）",
    "执行率",
    "平均总分\n（已定的）",
    "失分合计",
)
_COUNT, _BUDGET, _EXECUTED, _RATE, _AVERAGE, _LOST, _GRADES = range(NAMES, NAMES + 7)


def unit_figures(rulebook: Rulebook) -> int:
    """How many columns of figures the table has."""
    return len(_HEADINGS) + len(_grades(rulebook))


def _grades(rulebook: Rulebook) -> list[str]:
    return [*(grade.label for grade in rulebook.grades), PENDING_GRADE]


def write_units(
    stack: Stack, frame: pd.DataFrame, rulebook: Rulebook, projects: Listing, indicators: Indicators
) -> None:
    """Write the table; ``frame`` is that of the scored projects."""
    grades = _grades(rulebook)
    stack.open("按单位", ["单位"], [*_HEADINGS, *(f"{grade}\n（个）" for grade in grades)])
    lost: dict[str, int] = {}
    for row in indicators.rows:
        lost[row.texts["unit"]] = lost.get(row.texts["unit"], 0) + row.lost
    for unit, mine in _by_unit(frame):
        at = stack.line([unit])
        here = f"EXACT({projects.seen('unit')},{xl_rowcol_to_cell(at, 0, col_abs=True)})"
        _write_money(stack, at, here, mine, projects)
        _write_marks(stack, at, here, mine, projects, grades)
        theirs = f"EXACT({indicators.listing.seen('unit')},{xl_rowcol_to_cell(at, 0, col_abs=True)})"
        formula = f"=ROUND(SUMPRODUCT({theirs}*1,{indicators.listing.seen('lost')}),2)"
        stack.pen.live(at, _LOST, formula, lost.get(unit, 0) / 100, "lost")
    stack.close()


def _by_unit(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The projects of each unit, in document order."""
    names = pd.Series(
        [unit_label(code, name) for code, name in zip(frame["unit_code"], frame["unit_name"], strict=True)],
        index=frame.index,
        dtype=object,
    )
    return [(str(name), frame[names == name]) for name in names.unique()]


def _write_money(stack: Stack, at: int, here: str, mine: pd.DataFrame, projects: Listing) -> None:
    # not COUNTIF or SUMIF: those read a name such as ">5" or "*" as a condition
    pen = stack.pen
    count, budget, executed = (xl_rowcol_to_cell(at, col) for col in (_COUNT, _BUDGET, _EXECUTED))
    pen.live(at, _COUNT, f"=SUMPRODUCT({here}*1)", len(mine), "count")
    for col, column in ((_BUDGET, "full_year"), (_EXECUTED, "executed")):
        result = rounded(exact_sum(mine[column].tolist()))
        formula = f"=ROUND(SUMPRODUCT({here}*1,{projects.seen(column)}),{result.places})"
        pen.live(at, col, formula, result.value, "money")
    rate = rate_of(mine)
    shown = None if math.isnan(rate) else rounded(rate)
    both = f"ISNUMBER({projects.seen('full_year')})*ISNUMBER({projects.seen('executed')})"
    share = f"ROUND({executed}/{budget},{shown.places if shown else PLACES})"
    usable = guarded(f"{budget}>0", share).removeprefix("=")
    formula = guarded(f"SUMPRODUCT({here}*{both})={count}", usable)
    pen.live(at, _RATE, formula, shown.value if shown else PENDING, "percent")


def _write_marks(
    stack: Stack, at: int, here: str, mine: pd.DataFrame, projects: Listing, grades: Sequence[str]
) -> None:
    pen, totals = stack.pen, projects.seen("total")
    count = f"SUMPRODUCT({here}*ISNUMBER({totals}))"
    average = f"ROUND(SUMPRODUCT({here}*1,{totals})/{count},2)"
    pen.live(at, _AVERAGE, f'=IF({count}=0,"{PENDING}",{average})', average_of(mine["total"]), "score")
    for step, grade in enumerate(grades):
        formula = f"=SUMPRODUCT({here}*({projects.seen('grade')}={quoted(grade)}))"
        pen.live(at, _GRADES + step, formula, int((mine["grade"] == grade).sum()), "count")
