"""The columns of a sheet of a reported table, found by their headings, and the unit that a heading gives."""

from __future__ import annotations

import re

from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.amount_units import says_no_unit, unit_below, unit_said, units_around
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.forms.reading.spelling import usual_month
from selfeval.forms.reading.table_parts import FUND_COLUMNS, TablePart

_NO_BRACKETS = r"[^（()）［\]【】\[］*]"
_HEADER = re.compile(rf"\*?(?P<name>{_NO_BRACKETS}+)(?:[（(［【\[](?P<unit>{_NO_BRACKETS}*)[）)］】\]])?\*?")
HEADER_WITHIN = 10
"""The header is looked for in so many first rows, so that a title above it does no harm."""

Columns = dict[str, tuple[int, str]]
"""Where each item stands, and the unit that its heading names (blank: none)."""
Doubted = dict[str, list[int]]
"""Where the items stand of which it is in doubt what their numbers are."""


def columns_of(
    part: TablePart, grid: SheetGrid, year: int, problems: list[Problem]
) -> tuple[int, int, Columns, Doubted] | None:
    """The row of headings, the column of ids, and the others; None without ids, and then nothing else is said.

    A column that is there twice, or in a unit that nobody knows, is told and in doubt.
    """
    top, headings = _header(part, grid, year)
    place = Place(file=grid.file, sheet=grid.sheet)
    missing = {"sheet": part.name, "found": "、".join(name for name, _, _ in headings) or "（空）"}
    hits: dict[str, list[tuple[str, int]]] = {}
    for name, said, at in headings:
        hits.setdefault(name, []).append((said, at))
    if part.key not in hits:
        problems.append(problem("E317", place, what=part.key, **missing))
        return None
    left_out: list[str] = []
    found: Columns = {}
    doubted: Doubted = {}
    for item, name in {"": part.key, **part.items}.items():
        match hits.get(name, []):
            case [(said, at)]:
                found[item] = (at, said)
            case []:
                if item in part.needed:
                    problems.append(problem("E317", place, what=name, **missing))
                elif item not in OPTIONAL_ITEMS:
                    left_out.append(name)
            case several:
                problems.append(problem("E322", place, sheet=part.name, what=name, count=len(several)))
                doubted[item] = [at for _, at in several]
    if left_out:
        problems.append(problem("W302", place, sheet=part.name, what="”“".join(left_out)))
    if "" not in found:
        return None
    key, _ = found.pop("")
    known = _with_units(part, grid, found, (top, key, year), problems)
    doubted |= {item: [at] for item, (at, _) in found.items() if item not in known}
    return top, key, known, doubted


def _with_units(
    part: TablePart, grid: SheetGrid, found: Columns, head: tuple[int, int, int], problems: list[Problem]
) -> Columns:
    """The columns with the units of their headings, or of the lines around them.

    ``head``: the row of headings, the column of ids, and the year. A column whose numbers are in a unit that is not
    known, or may be others, is told and left out.
    """
    known: Columns = {}
    top, key, year = head
    around = units_around(grid, top, key) if part.numeric & FUND_COLUMNS.keys() else []
    for item, (at, said) in found.items():
        money, stated = item in FUND_COLUMNS, [(top, at, said)]
        if money and says_no_unit(said, year):
            below = unit_below(grid, top, key, at)
            stated = [(top + 1, at, below)] if below else around or stated
        units = {unit_said(name, year, item, money=money) if item in part.numeric else "" for _, _, name in stated}
        if len(units) == 1 and (unit := units.pop()) is not None:
            known[item] = (at, unit)
        else:
            row, column, name = stated[-1]
            facts = {"sheet": part.name, "found": f"{part.items[item]}（{name}）", "unit": name}
            place = Place(file=grid.file, sheet=grid.sheet, cell=address(row, column))
            problems.append(problem("E337", place, **facts))
    return known


def _header(part: TablePart, grid: SheetGrid, year: int) -> tuple[int, list[tuple[str, str, int]]]:
    """The header row and its (name, what stands in brackets, column); the first row when none holds the ids."""
    first: list[tuple[str, str, int]] = []
    for row in range(min(grid.rows, HEADER_WITHIN)):
        texts = ("".join(grid.label(row, column).split()) for column in range(grid.width(row)))
        headings = [
            (usual_month(match["name"], year), match["unit"] or "", column)
            for column, text in enumerate(texts)
            if (match := _HEADER.fullmatch(text))
        ]
        if any(name == part.key for name, _, _ in headings):
            return row, headings
        first = first or headings
    return 0, first
