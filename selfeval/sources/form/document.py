"""The blocks of a 部门预算绩效文本 to Targets.

Driven by the labels of the form, never by positions in a certain file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.blocks import Document
from selfeval.sources.form import department_goals, indicator_rows, project_table
from selfeval.sources.form.clause_matching import Candidate
from selfeval.sources.form.indicator_rows import IndicatorTable
from selfeval.sources.form.outline import Outline, outline, plain
from selfeval.sources.form.project_table import ProjectTable
from selfeval.sources.imported import Imported, Reading
from selfeval.sources.layout import tidy

_YEAR = re.compile(r"(\d{4})年")


def read_document(document: Document, year: int, source: str = "") -> Imported:
    """Read a target document from the blocks that a reader made of it.

    ``source`` is the file's name, for messages. Text comes out as printed, without the white space of page layout.
    Everything inferred is among ``readings``; everything doubtful or unreadable among ``problems``. A table without
    a 项目编码, or with one that came before, is left out, and its problem says so.
    """
    parts = outline(document.blocks)
    place = Place(file=source)
    tables, faults = _tables(parts, place)
    problems = [*document.problems, *faults]
    records = [record for _, _, rows in tables for record in rows.records]
    names = {table.code: table.name for _, table, _ in tables}
    goals = department_goals.read(parts.partial, _candidates(records, names), place)
    readings = [one for _, table, rows in tables for one in (*table.readings, *rows.readings)]
    problems += [one for _, table, rows in tables for one in (*table.problems, *rows.problems)]
    problems += [*_document_problems(parts, year, place, bool(tables)), *goals.problems]
    targets = Targets(
        year,
        PROJECTS.frame(_project(seq, table) for seq, table, _ in tables),
        INDICATORS.frame({**record, "cell": f"指标!G{row}"} for row, record in enumerate(records, start=2)),
        PLAN.frame(_plan(table) for _, table, _ in tables),
        DEPARTMENT.frame(goals.records),
        source,
    )
    everything: tuple[Reading, ...] = (*goals.readings, *readings)
    return Imported(targets, everything, tuple(problems), parts.title, tidy(parts.overall), source)


_Table = tuple[int, ProjectTable, IndicatorTable]


def _tables(parts: Outline, place: Place) -> tuple[list[_Table], list[Problem]]:
    """The tables that have a code of their own, with their numbers; and what is wrong with the others."""
    tables: list[_Table] = []
    problems: list[Problem] = []
    first: dict[str, ProjectTable] = {}
    for order, section in enumerate(parts.sections, start=1):
        table = project_table.read(section, place)
        here = table.spot.of(place.at(project=table.code))
        if not table.code:
            problems.append(problem("E108", here, name=table.name or section.heading or "（无名称）"))
        elif table.code in first:
            before = first[table.code]
            facts = {"key": table.code, "name": table.name, "first": before.name, "line": before.spot.line}
            problems.append(problem("E110", here, **facts))
        else:
            first[table.code] = table
            rows = indicator_rows.read(section, place.at(project=table.code))
            tables.append((section.seq or order, table, rows))
    return tables, problems


def _document_problems(parts: Outline, year: int, place: Place, found: bool) -> Iterable[Problem]:  # noqa: FBT001
    if not found:
        yield problem("E105", place)
    printed = _YEAR.search(parts.title)
    if printed and int(printed[1]) != year:
        yield problem("W102", place, title=parts.title, printed=printed[1], year=year)
    for section in parts.bare:
        yield problem("W111", section.heading_spot.of(place), name=section.heading)
    count = len(parts.sections)
    if parts.contents.count and parts.contents.count != count:
        yield problem("W101", place, listed=parts.contents.count, found=count, differing=_differing(parts))


def _differing(parts: Outline) -> str:
    """Which names the contents and the tables do not share, as far as the contents' lines can be read."""
    listed = Counter(plain(name) for name in parts.contents.names)
    there = Counter(plain(section.name) for section in parts.sections)
    missing, extra = listed - there, there - listed
    said = [f"只在目录里：{'、'.join(missing)}"] if missing else []
    said += [f"目录里没有：{'、'.join(extra)}"] if extra else []
    return f"（{'；'.join(said)}）" if said else ""


def _candidates(records: list[dict[str, object]], names: dict[str, str]) -> list[Candidate]:
    return [
        Candidate(
            str(record["indicator"]),
            str(record["project"]),
            names[str(record["project"])],
            str(record["level3"]),
            str(record["target"]),
        )
        for record in records
    ]


def _project(seq: int, table: ProjectTable) -> dict[str, object]:
    return {
        "seq": seq,
        "unit_code": table.unit_code,
        "unit_name": table.unit_name,
        "project": table.code,
        "name": table.name,
        "budget": table.budget,
        "fiscal": table.fiscal,
        "other": table.other,
        "purpose": table.purpose,
        "goal": table.goal,
    }


def _plan(table: ProjectTable) -> dict[str, object]:
    shares = {f"month_{month}": table.plan.shares.get(month) for month in CHECKPOINTS}
    return {"project": table.code, **shares}
