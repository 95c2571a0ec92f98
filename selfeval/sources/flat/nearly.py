"""Tables that would be flat but for a column that is not found: what is missing is said, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfeval.domain.problems import Place, Problem, problem
from selfeval.sources.blocks import Document, Grid, GridRow
from selfeval.sources.flat.columns import OTHER_YEAR, name_of
from selfeval.sources.flat.lines import OF_UNITS
from selfeval.sources.form.labels import COLUMNS
from selfeval.sources.layout import tidy, unified

_MOST_TITLES = 20
_OF_ROWS = frozenset({"level1", "level2", "level3", "target", OTHER_YEAR})
_OF_PROJECTS = frozenset({"code", "name", "unit_code", *OF_UNITS, "budget", "fiscal"})
_LEAST = 3
_MOST_NAMED = 8
_BLAMED = frozenset({"E105", "E108", "E179"})
"""The codes of what such a table is taken for by those who look for a table of one project."""


@dataclass(frozen=True)
class _Nearly:
    """The head of such a table: its row, the names that are known, and the titles that are not."""

    grid: Grid
    row: GridRow
    names: frozenset[str]
    unknown: tuple[str, ...]

    @property
    def missing(self) -> list[str]:
        found = [] if self.names & {"code", "name"} else ["项目名称"]
        found += [] if "level3" in self.names else [COLUMNS["level3"][0]]
        return found + ([] if self.names & {"target", OTHER_YEAR} else [COLUMNS["target"][0]])

    @property
    def is_head(self) -> bool:
        """Whether the row names what indicators have, and beside that what projects have."""
        of_rows, of_projects = len(self.names & _OF_ROWS), len(self.names & _OF_PROJECTS)
        return min(of_rows, of_projects) > 0 and of_rows + of_projects >= _LEAST

    def problem(self, file: str) -> Problem:
        spot = self.row.cells[0].spot
        titles = [title for title in self._titles() if title not in self.unknown]
        what = "、".join(f"“{one}”" for one in self.missing)
        unknown = "、".join(f"“{one}”" for one in self.unknown[:_MOST_NAMED])
        how = f"请核对未识别的列名{unknown}，把这一栏的列名改成{what}" if unknown else f"请在表头里补上{what}"
        known = "、".join(f"“{one}”" for one in titles[:_MOST_NAMED])
        place = Place(file=file, sheet=spot.sheet, cell=str(spot))
        return problem("E175", place, known=known, what=what, how=how)

    def _titles(self) -> list[str]:
        return list(dict.fromkeys(tidy(unified(cell.text)) for cell in self.row.cells if cell.text.strip()))

    def is_meant(self, told: Problem) -> bool:
        """Whether a problem is what the table was told to be for want of that column."""
        spots = [self.grid.spot, *(cell.spot for row in self.grid.rows for cell in row.cells)]
        here = {(spot.sheet, str(spot)) for spot in spots}
        return told.code == "E105" or (told.place.sheet, told.place.cell) in here


def with_the_reason(document: Document, problems: tuple[Problem, ...], file: str) -> tuple[Problem, ...]:
    """The problems of a document, a table that lacks a column told as such and not as one without a project."""
    if not _BLAMED & {one.code for one in problems}:
        return problems
    near = [*_nearly(document)]
    kept = [one for one in problems if one.code not in _BLAMED or not any(table.is_meant(one) for table in near)]
    return (*(table.problem(file) for table in near), *kept)


def _nearly(document: Document) -> Iterator[_Nearly]:
    for grid in (block for block in document.blocks if isinstance(block, Grid)):
        found = (_head(grid, row) for row in grid.rows[:_MOST_TITLES])
        yield from [head for head in found if head.missing and head.is_head][:1]


def _head(grid: Grid, row: GridRow) -> _Nearly:
    titles = {tidy(unified(cell.text)): name_of(cell.text) for cell in row.cells if cell.text.strip()}
    unknown = tuple(title for title, name in titles.items() if not name)
    return _Nearly(grid, row, frozenset(titles.values()) - {""}, unknown)
