"""The columns of a sheet of a reported table, found by their headings, and the unit that a heading gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.forms.reading.table_parts import FUND_COLUMNS, TablePart

_HEADER = re.compile(r"(?P<name>[^（()）]+)(?:[（(](?P<unit>[^（()）]*)[）)])?")
_MONEY = frozenset({"元", "千元", "百万元", "亿元"})
"""Units that a header may name instead of 万元."""
_SAYS_UNIT = re.compile(r"^单位[:：]?|^人民币")
_REMARKS = frozenset({"", "全年", "年度", "本年", "合计", "调整后", "必填", "选填", "可不填", "A", "B"})
"""What may stand behind a heading of numbers; 上年, 占比 or ×100 say that they are others."""
_ABOVE = re.compile(
    r"单位[:：](?:人民币)?(?P<said>[^：:，,；;（()）]*?[元角%％‰])(?:$|[，,；;（()）])|[（(](?P<alone>[^（()）：:]*[元角])[）)]"
)
"""A unit in the lines above: 单位：千元, （元）; 单位：某局 is none."""
HEADER_WITHIN = 10
"""The header is looked for in so many first rows, so that a title above it does no harm."""

Columns = dict[str, tuple[int, str]]
"""Where each item stands, and the unit that its heading names (blank: none)."""


def columns_of(part: TablePart, grid: SheetGrid, problems: list[Problem]) -> tuple[int, int, Columns] | None:
    """The row of headings, the column of ids, and the others; None without ids, and then nothing else is said.

    A column that is there twice, or in a unit that nobody knows, is told and left out.
    """
    top, headings = _header(part, grid)
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
    if left_out:
        problems.append(problem("W302", place, sheet=part.name, what="”“".join(left_out)))
    if "" not in found:
        return None
    key, _ = found.pop("")
    return top, key, _with_units(part, grid, found, top, problems)


def _with_units(part: TablePart, grid: SheetGrid, found: Columns, top: int, problems: list[Problem]) -> Columns:
    """The columns with the units of their headings, or of the lines above them.

    One whose numbers are in a unit that is not known, or may be others, is told and left out.
    """
    known: Columns = {}
    above = list(_units_above(grid, top))
    for item, (at, said) in found.items():
        money = item in FUND_COLUMNS
        stated = above if above and money and said in _REMARKS else [(top, at, said)]
        units = {_unit(name, money=money) if item in part.numeric else "" for _, _, name in stated}
        if len(units) == 1 and (unit := units.pop()) is not None:
            known[item] = (at, unit)
        else:
            row, column, name = stated[-1]
            facts = {"sheet": part.name, "found": f"{part.items[item]}（{name}）", "unit": name}
            place = Place(file=grid.file, sheet=grid.sheet, cell=address(row, column))
            problems.append(problem("E337", place, **facts))
    return known


def _units_above(grid: SheetGrid, top: int) -> Iterator[tuple[int, int, str]]:
    """The units in the lines above the headings, with their row and column."""
    for row in range(top):
        for column in range(grid.width(row)):
            for found in _ABOVE.finditer("".join(grid.label(row, column).split())):
                yield row, column, found["said"] or found["alone"]


def _unit(said: str, *, money: bool) -> str | None:
    """The unit that a heading gives its numbers (blank: none of its own, or a remark); None where it is not known."""
    unit = _SAYS_UNIT.sub("", said)
    if money and unit in {"万元", *_MONEY}:
        return "" if unit == "万元" else unit
    return "" if said in _REMARKS else None


def _header(part: TablePart, grid: SheetGrid) -> tuple[int, list[tuple[str, str, int]]]:
    """The header row and its (name, what stands in brackets, column); the first row when none holds the ids."""
    first: list[tuple[str, str, int]] = []
    for row in range(min(grid.rows, HEADER_WITHIN)):
        texts = ("".join(grid.label(row, column).split()) for column in range(grid.width(row)))
        headings = [
            (match["name"], match["unit"] or "", column)
            for column, text in enumerate(texts)
            if (match := _HEADER.fullmatch(text))
        ]
        if any(name == part.key for name, _, _ in headings):
            return row, headings
        first = first or headings
    return 0, first
