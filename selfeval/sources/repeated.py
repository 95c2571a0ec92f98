"""Indicators that stand twice in a project with the same target: both are read, which is told."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.imported import Imported
from selfeval.sources.layout import squeeze

_SAME = ("project", "level1", "level2", "level3", "description", "target")


def repeated(found: Imported) -> Iterator[Problem]:
    """A problem for each indicator of a file that says the same as one before it."""
    seen: dict[tuple[str, ...], str] = {}
    for row in found.targets.indicators.records:
        number = str(row["indicator"])
        key = tuple(squeeze(str(row[name] or "")) for name in _SAME)
        if not (row["level3"] and row["target"]) or (first := seen.setdefault(key, number)) == number:
            continue
        before, spot = found.spots.get(first), found.spots.get(number)
        where = before.in_file if before else first
        place = Place(str(row["project"]), number, file=found.source)
        place = place.at(sheet=spot.sheet, cell=str(spot)) if spot else place
        yield problem("W179", place, level3=row["level3"], target=row["target"], where=where)
