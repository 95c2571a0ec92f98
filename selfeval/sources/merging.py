"""Several imports to one: what stands in two files is taken once, or told where the two differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from selfeval.domain.case import records
from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.packages.columns import letters
from selfeval.sources.blocks import Spot
from selfeval.sources.codes import MARK
from selfeval.sources.differences import NOT_COMPARED, Difference, Whole, by_project, inside, paired, same
from selfeval.sources.imported import Imported, Reading
from selfeval.sources.magnitude import among

_TARGET = letters([column.name for column in INDICATORS.published].index("target"))
_MOST_TOLD = 5


def merged(parts: Sequence[Imported], year: int) -> Imported:
    """One import of several, in their order; ``sources`` name the files that had a project in them.

    A project is the same where its code is, or its unit and name while one of the codes is of our making. Where two
    files say the same of it, it is taken once; where they differ, that is a problem of the project, and the first file
    stands in the table. A 主管部门 that one of them does not name, as lists do not, is no difference.
    """
    found: dict[str, tuple[Imported, str]] = {}
    titles: dict[tuple[str, str], str] = {}
    departments: dict[str, str] = {}
    wholes = {id(part): by_project(part.targets) for part in parts} if len(parts) > 1 else {}
    readings, problems = list[Reading](), list[Problem]()
    for part in parts:
        several = len(parts) > 1
        readings += (replace(one, file=part.source) if several else one for one in part.readings)
        problems += (one for one in part.problems if len(part.targets.projects) or one.severity is Severity.ERROR)
        for project in records(part.targets.projects):
            code, title = project["project"], (same(project["unit_name"]), same(project["name"]))
            known = code if code in found else titles.get(title, "")
            if not known or (known != code and MARK not in {known[: len(MARK)], code[: len(MARK)]}):
                found[code] = (part, code)
                titles.setdefault(title, code)
                departments[code] = project["department"]
                continue
            departments[known] = departments[known] or project["department"]
            said = _compared((*found[known], departments[known]), (part, code), wholes)
            if isinstance(said, Problem):
                problems.append(said)
                continue
            readings.append(said)
            if known != code and known.startswith(MARK):  # the same, with the code that a bureau gave
                found = {code if key == known else key: value for key, value in found.items()}
                found[code] = (part, code)
                titles[title] = code
                departments[code] = departments.pop(known)
    budgets = {code: (part.budgets.get(own), _file(part)) for code, (part, own) in found.items()}
    problems += among(budgets)
    targets = _put_together(parts, [(*one, departments[code]) for code, one in found.items()], year)
    once = dict.fromkeys(source for part in parts if len(part.targets.projects) for source in part.files)
    titles_ = dict.fromkeys(filter(None, (part.title for part in parts)))
    goals = dict.fromkeys(filter(None, (part.overall_goal for part in parts)))
    return Imported(
        targets,
        tuple(readings),
        tuple(dict.fromkeys(problems)),
        "；".join(titles_),
        "\n".join(goals),
        sources=tuple(once),
    )


def _compared(
    first: tuple[Imported, str, str], second: tuple[Imported, str], wholes: Mapping[int, Mapping[str, Whole]]
) -> Reading | Problem:
    """What is said of a project that stands in two files: that they say the same, or in what they differ.

    The first comes with the 主管部门 that is known of it; ``wholes`` are the projects of each import, by its identity.
    """
    (first_part, own, department), (second_part, code) = first, second
    one, other = (wholes[id(part)] for part in (first_part, second_part))
    named = {"department": other[code].project["department"] and department}
    before = replace(one[own], project={**one[own].project, **named})
    differing = [found for found in inside(before, other[code]) if found.column not in NOT_COMPARED]
    names, name = [_file(part) for part in (first_part, second_part)], one[own].project["name"]
    if not differing:
        return Reading(own, "重复的项目", name, f"{names[0]}和{names[1]}里都有，内容相同，只读入一次", Spot())
    pairs = paired(one[own].indicators, other[code].indicators)
    rows = {new["indicator"]: old["indicator"] for old, new in pairs if old and new}
    told = [(found, rows.get(found.indicator, found.indicator)) for found in differing[:_MOST_TOLD]]
    short = "；".join(
        _in_short(found, _where(first_part, row) if found.indicator else "", _where(second_part, found.indicator))
        for found, row in told
    )
    more = f"；等{len(differing)}处" if len(differing) > _MOST_TOLD else ""
    both = [f"{file}{_where(*which)}" for file, which in zip(names, (first[:2], second), strict=True)]
    spot = second_part.spots.get(differing[0].indicator) or second_part.spots.get(code) or Spot()
    facts = {"name": name, "first": both[0], "second": both[1], "differing": short + more}
    return problem("E163", Place(own, file=names[1], sheet=spot.sheet, cell=str(spot)), **facts)


def _where(part: Imported, number: str) -> str:
    """Where a project or an indicator stands in its file, in brackets; blank where nothing is known of it."""
    spot = part.spots.get(number)
    cells = part.targets.indicators.loc[part.targets.indicators["indicator"] == number, "cell"].tolist()
    # a targets.xlsx knows the cells of its rows; those of an import are of the table that it writes
    place = str((spot and spot.in_file) or "") or (cells[0] if cells and not part.spots else "")
    return f"（{place}）" if place else ""


def _file(part: Imported) -> str:
    return part.source or part.targets.file


def _in_short(found: Difference, first: str, second: str) -> str:
    """A difference, with where it stands in the first file and in the second."""
    where = " ".join(filter(None, (found.indicator, found.column)))
    if found.column:
        return f"{where}“{found.old}”{first}与“{found.new}”{second}"
    return f"{where} 只有一份里有：{found.old or found.new}{first if found.old else second}"


def _put_together(parts: Sequence[Imported], chosen: Sequence[tuple[Imported, str, str]], year: int) -> Targets:
    """The tables of the chosen projects, numbered anew, each with its 主管部门; all goals of departments, each once."""
    projects, indicators, plan = list[dict[str, object]](), list[dict[str, object]](), list[dict[str, object]]()
    rows = {
        id(part): [_grouped(frame) for frame in (part.targets.projects, part.targets.indicators, part.targets.plan)]
        for part in parts
    }
    for number, (part, code, department) in enumerate(chosen, start=1):
        own, its, planned = (groups.get(code, []) for groups in rows[id(part)])
        numbered = {"seq": number} if len(parts) > 1 else {}
        projects += [{**row, **numbered, "department": department} for row in own[:1]]
        indicators += its
        plan += planned
    cells = ({**row, "cell": f"指标!{_TARGET}{at}"} for at, row in enumerate(indicators, start=2))
    told = ({**row, "cell": ""} for part in parts for row in records(part.targets.department))
    goals = {tuple(row.items()): row for row in told}
    files = "、".join(dict.fromkeys(filter(None, map(_file, parts))))
    faulty = frozenset().union(*(part.targets.faulty for part in parts))
    return Targets(
        year,
        PROJECTS.frame(projects),
        INDICATORS.frame(cells),
        PLAN.frame(plan),
        DEPARTMENT.frame(goals.values()),
        files,
        parts[0].targets.sha256 if len(parts) == 1 else "",
        faulty,
    )


def _grouped(frame: pd.DataFrame) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = {}
    for row in records(frame):
        found.setdefault(row["project"], []).append(row)
    return found
