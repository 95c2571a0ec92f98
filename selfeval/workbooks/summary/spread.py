"""总分分布: how many projects reached which band of totals, live."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression, Name, count_cells, is_number, sum_product
from selfeval.domain.scored import PENDING_GRADE
from selfeval.domain.scored_case import PROJECTS_FILE
from selfeval.workbooks.summary.losses import share
from selfeval.workbooks.summary.overview import listed
from selfeval.workbooks.summary.tables import Figure, Line, Table

_BANDS: tuple[tuple[str, int, int], ...] = (
    ("60 以下", 0, 60),
    ("60–80", 60, 80),
    ("80–90", 80, 90),
    ("90–95", 90, 95),
    ("95–100", 95, 100),
    ("100", 100, 1_000),
)
"""Name, lowest total and the total from which the next band begins."""

COUNT = Name("count")
_MET = Name("met")


def spread(count: int) -> Table:
    """The table over so many projects."""
    totals = listed("total", count)
    known = is_number(totals)
    met: dict[str, Expression] = {name: known * (totals >= lowest) * (totals < end) for name, lowest, end in _BANDS}
    met[PENDING_GRADE] = 1 - known
    figures = (
        Figure(COUNT, "项目数", sum_product(_MET)),
        Figure(Name("share"), "占比", share(COUNT, count_cells(listed("seq", count))), "percent"),
    )
    lines = tuple(Line((name,), {_MET: condition}) for name, condition in met.items())
    names = (PROJECTS_FILE["total"].header,)
    return Table("spread", "总分分布（含下限，不含上限）", names, figures, lines, len(lines) if count else 0, "centre")
