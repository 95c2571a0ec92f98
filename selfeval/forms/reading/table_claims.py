"""What a row of a reported table says of itself beside its id: the name, the target, the project, the year.

Exports have such columns, and where ids have shifted they alone tell it. A blank says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, problem
from selfeval.domain.targets import Targets
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.forms.reading.spelling import bare, is_other_code, is_other_name, is_other_target
from selfeval.forms.reading.table_parts import ANSWERS, TablePart
from selfeval.forms.reading.table_years import is_other_year

_IN_BRACKETS = re.compile(r"[(\[【].*|\*")
_LOOKED_AT = 300
"""Characters of a cell that are compared: no name is longer."""
_HEADINGS = {
    **dict.fromkeys(("三级指标", "三级指标名称", "指标名称", "绩效指标名称", "指标"), "level3"),
    **dict.fromkeys(("指标值", "年度指标值", "绩效指标值", "目标值", "年度目标值"), "target"),
    **dict.fromkeys(("项目编码", "项目代码"), "project"),
    "项目名称": "name",
    **dict.fromkeys(
        (
            *("年度", "年份", "预算年度", "会计年度", "财政年度", "所属年度", "数据年度"),
            *("评价年度", "自评年度", "绩效年度", "填报年度", "考核年度"),
        ),
        "year",
    ),
}
"""Columns that say of what a row is, as people head them."""


@dataclass(frozen=True)
class Own:
    """What the targets say of an id: of an indicator, its project, name and target; of a project, its name."""

    project: str
    name: str
    level3: str = ""
    target: str = ""


@dataclass(frozen=True)
class Promises:
    """What the targets of a year say of every id; ``names``, ``codes`` and, by project, ``level3`` are bare."""

    year: int
    indicators: Mapping[str, Own]
    projects: Mapping[str, Own]
    names: frozenset[str]
    codes: frozenset[str]
    level3: Mapping[str, frozenset[str]]


def promises_of(targets: Targets) -> Promises:
    """What the targets say of every project and indicator."""
    names, level3 = targets.names, dict[str, set[str]]()
    columns = (targets.indicators.column(column) for column in ("indicator", "project", "level3", "target"))
    indicators: dict[str, Own] = {}
    for indicator, project, name, target in zip(*columns, strict=True):
        indicators[indicator] = Own(project, names.get(project, ""), name, target)
        level3.setdefault(project, set()).add(bare(name))
    return Promises(
        targets.year,
        indicators,
        {code: Own(code, name) for code, name in names.items()},
        frozenset(map(bare, names.values())),
        frozenset(map(str.upper, names)),
        {project: frozenset(others) for project, others in level3.items()},
    )


Claim = tuple[int, str, str]
"""A column that says something of its rows: where it stands, its heading, and what it says."""


def contradicted(
    part: TablePart, grid: SheetGrid, head: tuple[int, int], rows: Mapping[str, Sequence[int]], promises: Promises
) -> tuple[frozenset[int], list[Problem]]:
    """The rows that say something else of themselves than the targets do of their id, and what is to be told of them.

    ``head``: the row of headings and the column of ids.
    """
    top, key = head
    headings = ((at, bare(grid.label(top, at))) for at in range(grid.width(top)) if at != key)
    columns = [(at, text, _HEADINGS.get(_IN_BRACKETS.sub("", text), "")) for at, text in headings]
    claims = [claim for claim in columns if claim[2]]
    refused: set[int] = set()
    problems: list[Problem] = []
    known = promises.indicators if part is ANSWERS else promises.projects
    for name, places in rows.items() if claims else ():
        if (own := known.get(name)) is None:
            continue
        for row in places:
            if (wrong := next(_wrong(grid, row, claims, own, promises), None)) is None:
                continue
            refused.add(row)
            if len(problems) < MOST_TOLD:
                at, facts = wrong
                place = Place(own.project, name if part is ANSWERS else "", grid.file, grid.sheet, address(row, at))
                problems.append(problem("E344", place, what=part.key, found=name, row=row + 1, **facts))
    problems += more_of_the_same(Place(file=grid.file, sheet=grid.sheet), len(refused), "E344")
    return frozenset(refused), problems


def _wrong(
    grid: SheetGrid, row: int, claims: Sequence[Claim], own: Own, promises: Promises
) -> Iterator[tuple[int, dict[str, str]]]:
    """Where a row says something else than the targets, and what."""
    for at, heading, what in claims:
        found = grid.cell(row, at).text[:_LOOKED_AT]
        if _is_other(what, found, own, promises):
            said = {
                "level3": own.level3,
                "target": own.target,
                "project": own.project,
                "name": own.name,
                "year": f"{promises.year}",
            }
            yield at, {"column": heading, "said": found, "own": said[what]}


def _is_other(what: str, found: str, own: Own, promises: Promises) -> bool:
    match what:
        case "level3":
            return is_other_name(found, own.level3, promises.level3.get(own.project, frozenset()))
        case "target":
            return is_other_target(found, own.target)
        case "project":
            return is_other_code(found, own.project, promises.codes)
        case "name":
            return is_other_name(found, own.name, promises.names)
        case _:
            return is_other_year(found, promises.year)
