"""Where points were lost: by level, by kind and by reason, the most first, live."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.workbooks.drawing.styles import LOST
from selfeval.workbooks.live.formulas import DASH, guarded
from selfeval.workbooks.live.rounded import PLACES, rounded
from selfeval.workbooks.summary.indicators import Indicators, ListedRow
from selfeval.workbooks.summary.places import ANALYSIS_SHEET, Area
from selfeval.workbooks.summary.stack import NAMES, Stack

_HEADINGS = (
    "指标数",
    "已评分",
    "失分的\n指标数",
    "分值\n（已评分）",
    "得分",
    "失分",
    "失分率",
    "占全部\n失分",
)
LOSS_FIGURES = len(_HEADINGS)
_COUNT, _SCORED, _LOSING, _POINTS, _SCORE, _LOST, _RATE, _SHARE = range(NAMES, NAMES + LOSS_FIGURES)


def write_losses(
    stack: Stack, title: str, names: Sequence[str], columns: Sequence[str], indicators: Indicators
) -> tuple[Area, Area] | None:
    """One table by the texts of ``columns`` (one or two); rows where they are all blank are left out.

    Gives the names (those of the last column) and the points lost of the lines that lost any, for a chart.
    """
    groups: dict[tuple[str, ...], list[ListedRow]] = {}
    for row in indicators.rows:
        key = tuple(row.texts[column] for column in columns)
        if any(key):
            groups.setdefault(key, []).append(row)
    ordered = sorted(groups.items(), key=lambda one: -sum(row.lost for row in one[1]))
    first = stack.open(title, names, _HEADINGS)
    for key, rows in ordered:
        _write_line(stack, stack.line(key), rows, columns, indicators)
    losing = sum(any(row.lost for row in rows) for _, rows in ordered)
    if ordered:
        lost = xl_rowcol_to_cell(first, _LOST, col_abs=True)
        stack.pen.sheet.conditional_format(
            first, _LOST, stack.row - 1, _LOST,
            {"type": "formula", "criteria": f"={lost}>0", "format": stack.pen.book.format(dict(LOST))},
        )  # fmt: skip
    stack.close()
    if not losing:
        return None
    last, name = first + losing - 1, len(columns) - 1
    return [ANALYSIS_SHEET, first, name, last, name], [ANALYSIS_SHEET, first, _LOST, last, _LOST]


def _write_line(stack: Stack, at: int, rows: list[ListedRow], columns: Sequence[str], indicators: Indicators) -> None:
    pen, listing = stack.pen, indicators.listing
    # not COUNTIF or SUMIF: those read a name such as ">5" or "*" as a condition
    mine = "*".join(
        f"EXACT({listing.seen(column)},{xl_rowcol_to_cell(at, col, col_abs=True)})"
        for col, column in enumerate(columns)
    )
    known, lost = f"ISNUMBER({listing.seen('score')})", listing.seen("lost")
    done = [row for row in rows if row.score is not None]
    points, gone = sum(row.points for row in done), sum(row.lost for row in done)
    pen.live(at, _COUNT, f"=SUMPRODUCT({mine}*1)", len(rows), "count")
    pen.live(at, _SCORED, f"=SUMPRODUCT({mine}*{known})", len(done), "count")
    losing = f"=SUMPRODUCT({mine}*ISNUMBER({lost})*({lost}<>0))"
    pen.live(at, _LOSING, losing, sum(row.lost != 0 for row in done), "count")
    pen.live(at, _POINTS, f"=ROUND(SUMPRODUCT({mine}*{known},{listing.seen('points')}),2)", points / 100, "score")
    earned = f"=ROUND(SUMPRODUCT({mine}*1,{listing.seen('score')}),2)"
    pen.live(at, _SCORE, earned, (points - gone) / 100, "score")
    cells = {col: xl_rowcol_to_cell(at, col) for col in (_POINTS, _SCORE, _LOST)}
    pen.live(at, _LOST, f"=ROUND({cells[_POINTS]}-{cells[_SCORE]},2)", gone / 100, "lost")
    _write_share(stack, at, _RATE, (cells[_LOST], cells[_POINTS]), (gone, points))
    everything = sum(row.lost for row in indicators.rows)
    _write_share(stack, at, _SHARE, (cells[_LOST], f"ROUND(SUM({lost}),2)"), (gone, everything))


def _write_share(stack: Stack, at: int, col: int, cells: tuple[str, str], values: tuple[int, int]) -> None:
    """One amount as a share of another; a dash where that is nothing."""
    (part, whole), (gone, everything) = cells, values
    result = rounded(float(Fraction(gone, everything))) if everything else None
    share = f"ROUND({part}/{whole},{result.places if result else PLACES})"
    formula = guarded(f"{whole}>0", share, f'"{DASH}"')
    stack.pen.live(at, col, formula, result.value if result else DASH, "percent")
