"""Check: every problem of every form at once, by unit, and the lists that go back to the units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path, PurePosixPath

from selfeval.domain.case import records
from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import Problem, by_project, worst_first
from selfeval.domain.scored import Scored
from selfeval.forms.returning import ReturnRow, return_list
from selfeval.runs.inputs import Inputs
from selfeval.runs.kept import changed_since
from selfeval.runs.placing import write_own
from selfeval.runs.workspace import Workspace

LISTS = "退回修改清单"

_NEW_FORM = "请向财务要一份新的填报表，把内容填进去后报送；不要删除行和列"
_TO_DEPARTMENTS = {
    "E301": "请填好填报表并报送",
    "E303": _NEW_FORM,
    "E304": _NEW_FORM,
    "E305": "请填报本年度的填报表；没有的，请向财务索取",
    "E307": "请告诉财务以哪一份为准",
    "E308": _NEW_FORM,
    "E309": _NEW_FORM,
    "E314": _NEW_FORM,
    "E335": "请打开核对，用自己项目的填报表填写后报送",
    "W315": "请核对这张工作表是不是放错了文件",
    "W303": "请按新的指标值核对这一行；需要新表的，请向财务索取",
}
"""What a department can do where the catalogue tells the analyst which command to run."""


@dataclass(frozen=True)
class UnitCheck:
    """The problems of one unit, worst first within each project; ``clean`` names projects without any."""

    code: str
    name: str
    problems: tuple[Problem, ...]
    clean: tuple[str, ...]


@dataclass(frozen=True)
class Checked:
    """What a check found: by unit in document order, and what belongs to no unit (a stray file, a rule)."""

    units: tuple[UnitCheck, ...]
    other: tuple[Problem, ...]


def check(inputs: Inputs, scored: Scored) -> Checked:
    """The problems of a scoring, which are those of its forms too, sorted by who has to mend them."""
    found = by_project(scored.problems)
    units: dict[tuple[str, str], dict[str, str]] = {}
    for project in records(inputs.targets.projects):
        units.setdefault((project["unit_code"], project["unit_name"]), {})[project["project"]] = project["name"]
    checks = []
    for unit, names in units.items():
        clean = tuple(name for project, name in names.items() if project not in found)
        checks.append(UnitCheck(*unit, tuple(chain.from_iterable(found.pop(project, ()) for project in names)), clean))
    return Checked(tuple(checks), worst_first(chain.from_iterable(found.values())))


def return_lists(checked: Checked, inputs: Inputs, day: date) -> Iterator[tuple[str, bytes]]:
    """One workbook for every unit that has something to mend in its forms, as (file name, content)."""
    targets = inputs.targets
    forms = inputs.workspace.name(inputs.workspace.forms(targets.year))
    projects = dict(zip(targets.projects["project"], targets.projects["name"], strict=True))
    taken: set[str] = set()
    levels = dict(zip(targets.indicators["indicator"], targets.indicators["level3"], strict=True))
    for unit in checked.units:
        rows = [
            ReturnRow(
                projects[found.place.project],
                PurePosixPath(found.place.file).name,
                found.place.sheet,
                found.place.cell,
                levels.get(found.place.indicator, ""),
                str(found.severity),
                found.message,
                _TO_DEPARTMENTS.get(found.code, found.remedy),
            )
            for found in unit.problems
            if found.code[0] in "EW" and (found.code[1] == "3" or found.place.file.startswith(forms))
        ]
        if rows:
            data = return_list(f"{unit.code} {unit.name}", targets.year, rows, day)
            name, again = safe_name(f"{unit.code}_{unit.name}"), 1
            while f"{name}{again}".casefold() in taken:  # units whose names differ in what no file can bear
                again += 1
            taken.add(f"{name}{again}".casefold())
            yield f"{name}{f'（{again}）' if again > 1 else ''}_{LISTS}.xlsx", data


def write_lists(
    workspace: Workspace, year: int, lists: Iterable[tuple[str, bytes]], *, whole: bool
) -> tuple[Path, tuple[Problem, ...]]:
    """Write the lists beside the outputs of the year; the folder, in which other files stay, and what was kept (W617).

    ``whole``: all projects were checked. Then lists of an earlier check that have no successor go: those units have
    mended everything, and they would be sent again. Raises CannotWriteError and BusyError.
    """
    folder = workspace.outputs(year).with_name(f"{year}-{LISTS}{'' if whole else '-部分'}")
    written = dict(lists)
    earlier = sorted(path.name for path in folder.glob(f"*_{LISTS}.xlsx")) if whole else ()
    gone = [name for name in earlier if name not in written and not name.startswith("~$")]
    kept = write_own(folder, written, workspace.root, gone) if written or gone else {}
    return folder, changed_since(folder, kept, workspace)
