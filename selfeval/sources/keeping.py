"""Codes that people gave stay over imports: of units that a document names without one, and of their projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfeval.domain.tables import Rows
from selfeval.domain.targets import PROJECTS, Targets
from selfeval.sources import codes
from selfeval.sources.differences import same
from selfeval.sources.imported import Imported

UNIT_CODE = "单位编码"
"""What is inferred of a unit that stands without its code."""


@dataclass(frozen=True)
class Unit:
    """A unit by its code and name, as a command or the settings name it; each may be blank."""

    code: str = ""
    name: str = ""


def lacking(targets: Targets) -> tuple[str, ...]:
    """The names of the units that have no code of their own; a blank one where no name stands either."""
    pairs = _units(targets).items()
    return tuple(dict.fromkeys(name for (name, code), _ in pairs if not code or _is_made(code)))


def _units(targets: Targets) -> dict[tuple[str, str], None]:
    return dict.fromkeys(targets.projects.columns("unit_name", "unit_code"))


def with_shared_codes(parts: Sequence[Imported]) -> list[Imported]:
    """The imports with the code of a unit that one table names, where others name the unit alone; several are none."""
    told: dict[str, set[str]] = {}
    for part in parts:
        for name, code in _units(part.targets):
            if name and code and not _is_made(code):
                told.setdefault(same(name), set()).add(code)
    known = {name: next(iter(found)) for name, found in told.items() if len(found) == 1}
    return [_with_units(part, known) for part in parts]


def _with_units(part: Imported, known: Mapping[str, str]) -> Imported:
    """An import with these codes, by names of units, instead of none or of those of our making; which is said."""
    missing = {name: known[same(name)] for name in lacking(part.targets) if same(name) in known}
    if not missing:
        return part
    pairs = part.targets.projects.columns("unit_name", "unit_code")
    made = [missing[name] if name in missing and (not code or _is_made(code)) else code for name, code in pairs]
    projects = part.targets.projects.with_columns(unit_code=made)
    said = _said_of_units(part, known, "这里没有单位编码，取别处所写的")
    return replace(said, targets=replace(part.targets, projects=projects))


def _said_of_units(part: Imported, known: Mapping[str, str], how: str) -> Imported:
    """An import that says of units whose codes, by their names, are known from elsewhere ``how`` they are."""
    readings = (
        replace(one, reading=f"{how}{known[same(one.original)]}")
        if one.what == UNIT_CODE and same(one.original) in known
        else one
        for one in part.readings
    )
    return replace(part, readings=tuple(readings))


def _is_made(code: str) -> bool:
    return code.startswith(codes.MARK)


def with_kept_codes(imported: Imported, before: Targets | None, given: Unit) -> Imported:
    """The import with the codes that are known, instead of none or of those of our making.

    Of units: the ``given`` one, else that of the table ``before``, else one of our making. Of projects: that which the
    table before has for the same unit and name. A project without any unit keeps that of the table before.
    """
    targets = imported.targets
    names = {name: name or given.name for name in lacking(targets)}
    wanted = [name for name in names if not given.name or same(names[name]) == same(given.name)]
    known = {} if before is None else {same(name): code for name, code in _units(before) if code}
    units = {
        name: (given.code if name in wanted else "") or known.get(same(full)) or (codes.unit_code(full) if full else "")
        for name, full in names.items()
    }
    kept = {same(name): code for name, code in units.items() if name and code and not _is_made(code)}
    imported = _said_of_units(imported, kept, "这里没有单位编码，取给出的或现有绩效目标表里的")
    earlier = {} if before is None else {row["project"]: row for row in before.projects.records}
    projects = []
    for row in targets.projects.records:
        own = dict(row)
        if own["unit_name"] in units and (not own["unit_code"] or _is_made(own["unit_code"])):
            own |= {"unit_code": units[own["unit_name"]], "unit_name": names[own["unit_name"]]}
        if not own["unit_code"] and not own["unit_name"] and (was := earlier.get(own["project"])):
            own |= {"unit_code": was["unit_code"], "unit_name": was["unit_name"]}
        projects.append(own)
    renamed = dict(_renamed(projects, before))
    return _with_codes(imported, PROJECTS.rows(projects), renamed)


def _renamed(projects: list[dict[str, Any]], before: Targets | None) -> dict[str, str]:
    """The codes of our making, with those that the table before has instead."""
    if before is None:
        return {}
    rows = before.projects.records
    own = {(same(row["unit_name"]), same(row["name"])): row["project"] for row in rows}
    there = {row["project"] for row in projects}
    pairs: dict[str, str] = {
        row["project"]: own.get((same(row["unit_name"]), same(row["name"])), "") for row in projects
    }
    count = Counter(pairs.values())
    return {
        code: kept for code, kept in pairs.items() if _is_made(code) and kept and kept not in there and count[kept] == 1
    }


def _with_codes(imported: Imported, projects: Rows, renamed: Mapping[str, str]) -> Imported:
    """The same with the projects under other codes, wherever these stand."""
    targets = imported.targets

    def project(code: str) -> str:
        return renamed.get(code, code)

    def indicator(number: str) -> str:
        code, line, last = number.rpartition("-")
        return f"{project(code)}{line}{last}"

    rows, plan, goals = targets.indicators, targets.plan, targets.department
    linked = ["、".join(map(indicator, text.split("、"))) for text in goals.column("indicators")]
    numbers = [*map(indicator, rows.column("indicator"))]
    readings = (replace(one, project=project(one.project)) for one in imported.readings)
    places = (
        replace(one, place=one.place.at(project=project(one.place.project), indicator=indicator(one.place.indicator)))
        for one in imported.problems
    )
    faulty = frozenset((project(one), indicator(row)) for one, row in targets.faulty)
    return replace(
        imported,
        targets=replace(
            targets,
            projects=_mapped(projects, project),
            indicators=_mapped(rows, project).with_columns(indicator=numbers),
            plan=_mapped(plan, project),
            department=goals.with_columns(indicators=linked),
            faulty=faulty,
        ),
        readings=tuple(readings),
        problems=tuple(places),
    )


def _mapped(rows: Rows, project: Callable[[str], str]) -> Rows:
    return rows.with_columns(project=[*map(project, rows.column("project"))])
