"""总分分布: how many projects reached which band of totals, live."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.scored import PENDING_GRADE
from selfeval.workbooks.live.formulas import DASH, guarded
from selfeval.workbooks.live.rounded import PLACES, rounded
from selfeval.workbooks.summary.places import ANALYSIS_SHEET, Area, Listing
from selfeval.workbooks.summary.stack import NAMES, Stack

_BANDS: tuple[tuple[str, int, int], ...] = (
    ("60 以下", 0, 60),
    ("60–80", 60, 80),
    ("80–90", 80, 90),
    ("90–95", 90, 95),
    ("95–100", 95, 100),
    ("100", 100, 1_000),
)
"""Name, lowest total and the total from which the next band begins."""

_COUNT, _SHARE = NAMES, NAMES + 1


def write_spread(stack: Stack, frame: pd.DataFrame, projects: Listing) -> tuple[Area, Area]:
    """Write the table; the names of the bands and the numbers of projects, for a chart."""
    first = stack.open("总分分布（含下限，不含上限）", ["总分"], ["项目数", "占比"])
    totals, known = projects.seen("total"), f"ISNUMBER({projects.seen('total')})"
    final = [int(one) for one in frame["total"].dropna()]
    for name, lowest, end in _BANDS:
        count = sum(lowest * 100 <= one < end * 100 for one in final)
        formula = f"=SUMPRODUCT({known}*({totals}>={lowest})*({totals}<{end}))"
        _write_line(stack, name, formula, count, len(frame), projects)
    _write_line(stack, PENDING_GRADE, f"=SUMPRODUCT(1-{known})", len(frame) - len(final), len(frame), projects)
    last = stack.row - 1
    stack.close()
    return [ANALYSIS_SHEET, first, 0, last, 0], [ANALYSIS_SHEET, first, _COUNT, last, _COUNT]


def _write_line(stack: Stack, name: str, formula: str, count: int, whole: int, projects: Listing) -> None:
    at = stack.line([name], "centre")
    stack.pen.live(at, _COUNT, formula, count, "count")
    result = rounded(float(Fraction(count, whole))) if whole else None
    places = result.places if result else PLACES
    share = f"ROUND({xl_rowcol_to_cell(at, _COUNT)}/ROWS({projects.seen('seq')}),{places})"
    formula = guarded(f"ROWS({projects.seen('seq')})>0", share, f'"{DASH}"')
    stack.pen.live(at, _SHARE, formula, result.value if result else DASH, "percent")
