"""Below the rows of 评分依据: sums, the most that can be reached, open rows, total and grade."""

from __future__ import annotations

from selfeval.domain.expression.tree import Name, Span, steady, total
from selfeval.domain.formulas import (
    ALL_POINTS,
    HIGHEST_AT,
    OPEN_AT,
    OPEN_ROWS,
    SCORES,
    SECURED,
    SECURED_AT,
    SHARED,
    SHARED_AT,
    TOTAL_AT,
    grade_shown,
    highest,
    total_shown,
)
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import PLACES, WHOLE, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION
from selfeval.domain.scored_case import ScoredCase
from selfeval.sheets.model import Cell, Row, cell, down
from selfeval.workbooks.scored_row import GROUNDS

OWN_POINTS, OWN_TOTAL, OWN_GRADE = (
    cell(row, column, GROUNDS) for row, column in (("sums", "points"), ("total", "score"), ("grade", "score"))
)
"""The points shared out, the total of the self-evaluation (a range while a row is open) and its grade."""


def sums(scored: ScoredCase, rulebook: Rulebook) -> tuple[Row, ...]:
    """The five rows, each below the other."""
    scores, points, lost = (
        down(column, EXECUTION, scored.rows[-1].indicator) for column in ("score", "points", "lost")
    )
    cells: dict[Name, Name | Span] = {
        SCORES: scores,
        ALL_POINTS: points,
        SHARED_AT: cell("sums", "points"),
        **{name: cell(row, "score") for name, row in _STEPS.items()},
    }
    converted = scored.converted
    top = (
        _label("合计"),
        Cell("points", SHARED.of(cells), "total_score"),
        Cell("score", SECURED.of(cells), "total_score"),
        Cell("lost", steady(total(lost), PLACES), "total_lost"),
        Cell("state", "", "total"),
    )
    below = (
        ("highest", "最高可得分", highest(converted=converted), "total"),
        ("open", "未评分指标数", OPEN_ROWS, "total_count"),
        ("total", _total_label(scored), total_shown(converted=converted), "total"),
        ("grade", "等级", grade_shown(rulebook), "total"),
    )
    return Row(top, "sums", 20.0), *(
        Row(
            (_label(label), Cell("points", "", "total"), Cell("score", formula.of(cells), style, "state")),
            name,
            20.0,
        )
        for name, label, formula, style in below
    )


_STEPS = {SECURED_AT: "sums", HIGHEST_AT: "highest", OPEN_AT: "open", TOTAL_AT: "total"}


def _label(text: str) -> Cell:
    return Cell("measure", text, "total_label", "share")


def _total_label(scored: ScoredCase) -> str:
    points = sum(row.points for row in scored.rows)
    return (
        f"总分（得分合计 ÷ {show_number(in_points(points))} × 100）" if scored.converted and points != WHOLE else "总分"
    )
