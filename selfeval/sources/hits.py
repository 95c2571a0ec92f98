"""Whose is a cell that cannot be relied on: a reader of a format knows cells, and of indicators nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from selfeval.domain.problems import Problem, Severity
from selfeval.sources.imported import Imported

_CELL = re.compile(r"[A-Z]+(?=\d+$)")


def with_indicators(problems: Sequence[Problem], of_cells: Collection[Problem], found: Imported) -> Iterator[Problem]:
    """The problems, errors of a cell with each indicator in whose row it is: it is not scored.

    ``of_cells``: those that the reader of the format told; ``found``: what was read of the file.
    """
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for indicator, project in found.targets.indicators.columns("indicator", "project"):
        if spot := found.spots.get(indicator):
            rows.setdefault((spot.sheet, _row(str(spot))), []).append((project, indicator))
    for one in problems:
        is_open = one.severity is Severity.ERROR and one.place.cell and one in of_cells
        owners = rows.get((one.place.sheet, _row(one.place.cell)), []) if is_open else []
        for project, indicator in owners:
            yield replace(one, place=one.place.at(project=project, indicator=indicator))
        if not owners:
            yield one


def _row(cell: str) -> str:
    """The row that a place names: 12 of F12, 第1个表第3行 as it stands."""
    return _CELL.sub("", cell)
