"""The repository's own year, read once: its targets, rules and sample values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.case import Case, cases
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import form_path
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.sources.targets_reader import read_targets

HOTLINE = "13080024P00010310005F"
CLOTHES = "13080024P000105100047"
CENTRE = "13080024P000094100062"
WORKS = "13080023P000242100025"


@dataclass(frozen=True)
class Year:
    """2024 as the repository holds it."""

    root: Path
    targets: Targets
    rulebook: Rulebook
    reported: Reported
    _forms: dict[tuple[object, ...], bytes] = field(default_factory=dict, init=False, repr=False)
    """Forms that were made already: most tests begin with the same."""

    def path(self, project: str) -> str:
        """Where a project's form lies in a workspace."""
        row = self.row(project)
        return f"inputs/2024/forms/{form_path(row['unit_code'], row['unit_name'], project, row['name'])}"

    def row(self, project: str) -> pd.Series:
        return self.targets.projects.frame[self.targets.projects.frame["project"] == project].iloc[0]

    def form(
        self, project: str, *, filled: bool = True, year: int = 2024, mark: str = "", cover: Cover | None = None
    ) -> bytes:
        """The form of a project, filled with the sample values or blank."""
        key = (project, filled, year, mark, cover)
        if key not in self._forms:
            case = self.case(project, self.reported if filled else Reported(), year)
            self._forms[key] = write_form(case, self.rulebook, cover=cover, mark=mark)
        return self._forms[key]

    @property
    def promised(self) -> dict[str, Case]:
        """The projects, with nothing reported."""
        return {case.code: case for case in cases(self.targets)}

    def case(self, project: str, reported: Reported, year: int = 2024) -> Case:
        """A project with what was reported for it."""
        return next(cases(replace(self.targets.only([project]), year=year), reported))


@pytest.fixture(scope="session")
def year(project_root: Path) -> Year:
    path = project_root / "inputs/2024/targets.xlsx"
    targets, faults = read_targets(path, 2024, "inputs/2024/targets.xlsx")
    rulebook, more = load(project_root / "rules/2024.yaml", project_root)
    assert rulebook is not None, more
    assert not faults, faults
    assert not doubtful_targets(targets, rulebook)
    reported = read_reported(project_root / "examples/sample-2024", targets, project_root)
    return Year(project_root, targets, rulebook, reported)


@pytest.fixture(scope="session")
def rulebook(project_root: Path) -> Rulebook:
    """The national rules, which say nothing of a year of their own."""
    found, problems = load(project_root / "rules/national-2020.yaml", project_root)
    assert found is not None, problems
    return found


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty workspace with its folder of forms."""
    (tmp_path / "inputs/2024/forms").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """The folder in which an analyst saves what comes by mail."""
    (tmp_path / "交来的").mkdir()
    return tmp_path / "交来的"
