"""The summaries of the units of a year that is too large for one summary of all: each in the folder of its unit."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from selfeval.domain.faults import own_fault
from selfeval.domain.problems import Place, Problem, by_project
from selfeval.domain.scored import Scored
from selfeval.domain.targets import Targets
from selfeval.runs.project_books import Desk
from selfeval.workbooks.books import summary_workbook

SUMMARY = "汇总.xlsx"


class UnitYear(NamedTuple):
    """The projects of a unit, scored: the path of its summary, and those of its workbooks relative to that."""

    path: str
    scored: Scored
    targets: Targets
    links: dict[str, str]
    mark: str


def unit_years(scored: Scored, targets: Targets, links: Mapping[str, str], mark: str) -> Iterator[UnitYear]:
    """Those of all units with a workbook; ``links`` are the paths of the workbooks, each in the folder of its unit."""
    folders: dict[str, list[str]] = {}
    for code, path in links.items():
        folders.setdefault(path.partition("/")[0], []).append(code)
    problems = by_project(scored.problems)
    for folder, codes in folders.items():
        own = replace(
            scored,
            indicators=scored.indicators.of_projects(codes),
            projects=scored.projects.of_projects(codes),
            problems=tuple(one for code in codes for one in problems.get(code, ())),
        )
        names = {code: PurePosixPath(links[code]).name for code in codes}
        yield UnitYear(f"{folder}/{SUMMARY}", own, targets.only(codes), names, mark)


def unit_summary(desk: Desk, unit: UnitYear) -> tuple[str, bytes | Problem]:
    """The summary of a unit with its path, or the fault of ours that kept it from being made. Raises OSError."""
    try:
        return unit.path, summary_workbook(unit.scored, unit.targets, desk.rulebook, unit.links, desk.day, unit.mark)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one workbook; the others are written
        return unit.path, own_fault(error, Place(), f"{unit.path}没有写出")
    finally:
        gc.collect()  # a book of thousands of rows hangs together: it goes before the next is made
