"""``selfeval init``: a workspace for a unit and a year, written whole over nothing that is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.packages.links import real
from selfeval.packages.printable import printable
from selfeval.rulebook.loading import load
from selfeval.rulebook.settings import HEAD
from selfeval.rulebook.shelf import every_rulebook, on_shelf
from selfeval.rulebook.trying.cases import cases_path
from selfeval.rulebook.writing.drafting import UNAPPROVED, draft, draft_cases
from selfeval.runs.folders import as_typed, years_with_rules
from selfeval.runs.init.example import ANSWERS, example_answers, example_targets
from selfeval.runs.init.guide import guide
from selfeval.runs.placing import write_new
from selfeval.runs.rulebooks import schemas_beside, with_schema_beside
from selfeval.runs.workspace import Workspace
from selfeval.sources.layout import unified

BASE = "national-2020"
"""The rulebook that a new workspace's extends."""
README = "说明.md"
FIRST_YEAR, LAST_YEAR = 2000, 2100
_LONGEST_CODE, _LONGEST_NAME = 30, 60
"""Characters of a unit's code and name that still make a name of a folder."""


@dataclass(frozen=True)
class Unit:
    """For whom a workspace is made, and for which year."""

    code: str
    name: str
    year: int


def wrong_code(text: str) -> str:
    """Why a text is no code of a unit, in Chinese; blank for one that is."""
    if text and text.replace("-", "").isalnum() and len(text) <= _LONGEST_CODE:
        return ""
    return f"单位编码是{_LONGEST_CODE}个字以内的数字、字母，如412001"


def wrong_name(text: str) -> str:
    """Why a text is no name of a unit; blank for one that is."""
    if text and text == printable(text) and len(text) <= _LONGEST_NAME and any(map(str.isalpha, text)):
        return ""
    return f"单位名称写全称，一行，{_LONGEST_NAME}个字以内，如清源县文化和旅游局"


def plain_year(text: str) -> str:
    """A year as it is counted: ２０２５年度 is 2025."""
    return unified(text).strip().removesuffix("度").removesuffix("年")


def wrong_year(text: str) -> str:
    """Why a text is no year; blank for one that is."""
    year = plain_year(text)
    if year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR:
        return ""
    return f"年度写四位数字，{FIRST_YEAR}至{LAST_YEAR}，如2025"


def new_workspace(folder: Path, unit: Unit) -> tuple[tuple[str, ...], Problem | None]:
    """Make a workspace: the names of its files, or why not. Raises CannotWriteError and BusyError.

    One that has rules is never touched. Targets that are there already stay, without an example beside them.
    """
    root = real(folder)
    workspace = Workspace(root)
    there = _there(workspace) if every_rulebook(workspace.rules) else []
    files = {} if there else _files(workspace, unit)
    name = write_new(root, files, root.parent)
    there = [name] if name else there
    if there:
        years = [year for year in years_with_rules(root) if year != unit.year]
        facts = {"folder": as_typed(folder), "there": "、".join(there), "year": unit.year}
        return (), problem("E630", Place(), **facts, base=max(years, default=BASE))
    with suppress(OSError):
        (root / "outputs").mkdir(exist_ok=True)
    return tuple(files), None


def _there(workspace: Workspace) -> list[str]:
    """What a workspace has: its rulebooks, the inputs of its years, its settings."""
    found = [*every_rulebook(workspace.rules), *sorted(workspace.settings.parent.glob("20[0-9][0-9]"))]
    return [workspace.name(path) for path in (*found, workspace.settings) if path.exists()]


def _files(workspace: Workspace, unit: Unit) -> Mapping[str, bytes]:
    """Every file of a new workspace by its name from there."""
    base, problems = load(on_shelf(workspace.rules)[BASE], workspace.root)
    assert base is not None, problems
    year, inputs = unit.year, workspace.inputs(unit.year)
    example = not (workspace.targets(year).exists() or workspace.has_targets(year))
    rules = workspace.rules / f"{year}.yaml"
    facts = {"unit": unit.name, "year": year, "next": year + 1, "base": BASE, "unapproved": UNAPPROVED}
    texts = {
        rules: with_schema_beside(draft(year, base, BASE, unit=unit.name), workspace.root),
        cases_path(rules): with_schema_beside(draft_cases(year, base), workspace.root),
        workspace.settings: f"{HEAD}unit: {json.dumps(unit.name, ensure_ascii=False)}\n",
        workspace.root / README: guide(example=example).format(**facts),
    }
    if workspace.settings.exists():
        del texts[workspace.settings]
    contents = {path: text.encode() for path, text in texts.items()}
    contents |= {workspace.rules / name: data for name, data in schemas_beside(workspace.root)}
    if example:
        contents[workspace.targets(year)] = example_targets(year, unit.code, unit.name)
        contents |= {inputs / ANSWERS / name: data for name, data in example_answers(year).items()}
    return {path.relative_to(workspace.root).as_posix(): data for path, data in contents.items()}
