"""A small year in a folder of its own: four projects of the sample with their targets, forms, table and rules."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.scored import Scored
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import form_path
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.runs.inputs import Choice, Inputs, Unusable, load_inputs
from selfeval.runs.workspace import Workspace
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = ("13080024P00010310005F", "13080024P000105100047", "13080024P000094100062", "13080023P000242100025")
YEAR = 2024
TABLES = ("指标.csv", "资金.csv", "项目.csv")


@dataclass(frozen=True)
class World:
    """The folder, and what it holds when nothing has been changed."""

    root: Path
    targets: Targets
    sound: dict[str, bytes]
    """The files by their paths in the folder."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The paths of the forms, one a project."""
        return tuple(name for name in self.sound if name.startswith(f"inputs/{YEAR}/forms/"))

    def put(self, name: str, data: bytes | None) -> None:
        """A file in the folder, or none of that name."""
        path = self.root / name
        if data is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def restore(self) -> None:
        """All as it was."""
        shutil.rmtree(self.root / "inputs", ignore_errors=True)
        for name, data in self.sound.items():
            self.put(name, data)

    def inputs(self, *, reported: bool = False, projects: tuple[str, ...] = ()) -> Inputs | Unusable:
        """What a run reads, from the forms or from the reported table."""
        table = self.root / "表" if reported else None
        return load_inputs(Workspace(self.root), Choice(YEAR, reported=table, projects=projects))

    def scored(self, *, reported: bool = False, projects: tuple[str, ...] = ()) -> Scored:
        """The scores, of inputs that can be used."""
        inputs = self.inputs(reported=reported, projects=projects)
        assert isinstance(inputs, Inputs), inputs.problems
        return inputs.score()


def small_year(root: Path) -> World:
    """The small year, written below ``root``."""
    targets, _ = read_targets(ROOT / f"inputs/{YEAR}/targets.xlsx", YEAR, "targets.xlsx")
    targets = targets.only([*PROJECTS])
    rulebook, problems = load(ROOT / f"rules/{YEAR}.yaml", ROOT)
    assert rulebook is not None, problems
    reported = read_reported(ROOT / "examples/sample-2024", targets, ROOT)
    sound = {f"inputs/{YEAR}/targets.xlsx": targets_workbook(Imported(targets))}
    for case in cases(targets, reported):
        project = case.project
        path = form_path(project.unit_code, project.unit_name, project.project, project.name)
        sound[f"inputs/{YEAR}/forms/{path}"] = write_form(case, rulebook)
    for name in TABLES:
        head, *rows = (ROOT / "examples/sample-2024" / name).read_bytes().splitlines(keepends=True)
        kept = [
            row for row in rows if row.lstrip(b"\xef\xbb\xbf").startswith(tuple(code.encode() for code in PROJECTS))
        ]
        sound[f"表/{name}"] = b"".join((head, *kept))
    for file in (ROOT / "rules").rglob("*.yaml"):
        sound[file.relative_to(ROOT).as_posix()] = file.read_bytes()
    world = World(root, targets, sound)
    world.restore()
    return world
