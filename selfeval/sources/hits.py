"""Whose is a cell that cannot be relied on: a reader of a format knows cells, and of indicators nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from selfeval.domain.problems import Problem, Severity
from selfeval.sources.imported import Imported

_ROW = re.compile(r"[A-Z]+(\d+)")


def with_indicators(problems: Sequence[Problem], of_cells: Collection[Problem], found: Imported) -> Iterator[Problem]:
    """The problems, errors of a cell of a sheet with each indicator in whose row it is: it is not scored.

    ``of_cells``: those that the reader of the format told; ``found``: what was read of the file.
    """
    rows: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for indicator, project in found.targets.indicators.columns("indicator", "project"):
        if (spot := found.spots.get(indicator)) and spot.cell:
            rows.setdefault((spot.sheet, spot.line), []).append((project, indicator))
    for one in problems:
        cell = _ROW.fullmatch(one.place.cell)
        is_open = one.severity is Severity.ERROR and one in of_cells
        owners = rows.get((one.place.sheet, int(cell[1])), []) if cell and is_open else []
        for project, indicator in owners:
            yield replace(one, place=one.place.at(project=project, indicator=indicator))
        if not owners:
            yield one
