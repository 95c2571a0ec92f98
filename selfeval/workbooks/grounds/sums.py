"""Below the rows of 评分依据: sums, the most that can be reached, open rows, total and grade."""

from __future__ import annotations

from selfeval.domain.scored import PENDING_GRADE
from selfeval.workbooks.drawing.pen import Pen
from selfeval.workbooks.live.formulas import grade_formula, highest_formula, open_formula, total_formula
from selfeval.workbooks.live.places import GroundsPlaces, column_of
from selfeval.workbooks.live.rows import Live
from selfeval.workbooks.material import Material, is_converted

_WHOLE = 100


def write_sums(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    """Write them, each below the other, from row ``places.secured`` on."""
    lines = _below_sums(material, places)
    first, last = column_of("measure"), column_of("share")
    for step, label in enumerate(["合计", *(label for label, _, _ in lines)]):
        pen.height(places.secured + step, 20)
        pen.spanned(places.secured + step, first, places.secured + step, last, label, "total_label")
    _write_columns(pen, material, places)
    for step, (_, live, style) in enumerate(lines, start=1):
        at = places.secured + step
        pen.text(at, column_of("points"), "", "total")
        pen.span(at, column_of("score"), at, column_of("state"), style)
        pen.live(at, column_of("score"), live.formula, live.value, style)


def _write_columns(pen: Pen, material: Material, places: GroundsPlaces) -> None:
    """The sums of points, scores and points lost."""
    done = [row for row in material.rows if row.score is not None]
    for column, value, style in (
        ("points", sum(row.points for row in material.rows), "total_score"),
        ("score", sum(row.score or 0 for row in done), "total_score"),
        ("lost", sum(row.points - (row.score or 0) for row in done), "total_lost"),
    ):
        formula = f"=ROUND(SUM({places.column(column)}),2)"
        pen.live(places.secured, column_of(column), formula, value / 100, style)
    pen.text(places.secured, column_of("state"), "", "total")


def _below_sums(material: Material, places: GroundsPlaces) -> list[tuple[str, Live, str]]:
    """Label, formula and style of the lines below the sums."""
    scores, points = places.column("score"), places.column("points")
    shared, secured, highest, still_open, total = (
        places.sum_cell(0, "points"),
        *(places.sum_cell(step) for step in range(4)),
    )
    converted, points_sum = is_converted(material), sum(row.points for row in material.rows) / 100
    most = highest_formula(scores, points, secured, shared, converted=converted)
    shown: float | str = _span(material) if material.total is None else material.total / 100
    named = f"总分（得分合计 ÷ {points_sum:g} × 100）" if converted and points_sum != _WHOLE else "总分"
    reached = total_formula(secured, highest, still_open, shared, converted=converted)
    grade = grade_formula(total, material.rulebook, PENDING_GRADE)
    return [
        ("最高可得分", Live(most, material.highest / 100), "total"),
        ("未评分指标数", Live(open_formula(scores), material.missing), "total_count"),
        (named, Live(reached, shown), "total"),
        ("等级", Live(grade, material.grade), "total"),
    ]


def _span(material: Material) -> str:
    return f"{material.lowest / 100:.2f} – {material.highest / 100:.2f}"
