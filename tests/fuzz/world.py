"""A small year in a folder of its own: four projects of the sample with all their files, as they are and as read."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

import xlsxwriter

from selfeval.domain.case import cases
from selfeval.domain.scored import Scored
from selfeval.domain.targets import Targets
from selfeval.forms.reading.folder import form_path
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.runs.execute import outputs
from selfeval.runs.inputs import Choice, Inputs, Unusable, load_inputs
from selfeval.runs.workspace import Workspace
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook

ROOT = Path(__file__).resolve().parents[2]
PROJECTS = ("13080024P00010310005F", "13080024P000105100047", "13080024P000094100062", "13080023P000242100025")
YEAR = 2024
TARGETS = f"inputs/{YEAR}/targets.xlsx"
OUTPUTS = f"outputs/{YEAR}"
TABLE, PARTS, BOOK = "表", ("指标", "资金", "项目"), "表.xlsx"
"""The reported table: a folder of CSV files, and the same as a workbook."""

Scores = dict[tuple[str, str], tuple[int | None, str]]
"""The score (None: none) and state of each row, by project and indicator."""


@dataclass(frozen=True)
class World:
    """The folder, and what it holds when nothing has been changed."""

    root: Path
    targets: Targets
    sound: dict[str, bytes]
    """The files by their paths in the folder."""
    before: dict[str, Scores] = field(default_factory=dict)
    """The scores of the sound world, by where what is reported comes from (blank: the forms)."""

    @property
    def workspace(self) -> Workspace:
        """The folder as the product knows it."""
        return Workspace(self.root)

    @property
    def forms(self) -> tuple[str, ...]:
        """The paths of the forms, one a project."""
        return tuple(name for name in self.sound if name.startswith(f"inputs/{YEAR}/forms/"))

    @property
    def books(self) -> tuple[str, ...]:
        """The paths of the workbooks for reviewers, one a project."""
        return tuple(name for name in self.sound if name.endswith("_自评表.xlsx"))

    def form_of(self, project: str) -> str:
        """The path of a project's form."""
        return next(name for name in self.forms if project_of(name) == project)

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
        for folder in self.root.iterdir():
            shutil.rmtree(folder) if folder.is_dir() else folder.unlink()
        for name, data in self.sound.items():
            self.put(name, data)

    def inputs(self, reported: str = "", projects: tuple[str, ...] = ()) -> Inputs | Unusable:
        """What a run reads, from the forms or from a reported table."""
        table = self.root / reported if reported else None
        return load_inputs(self.workspace, Choice(YEAR, reported=table, projects=projects))

    def scored(self, reported: str = "", projects: tuple[str, ...] = ()) -> Scored:
        """The scores, of inputs that can be used."""
        inputs = self.inputs(reported, projects)
        assert isinstance(inputs, Inputs), inputs.problems
        return inputs.score()


def project_of(name: str) -> str:
    """The project whose code a path begins with."""
    return PurePosixPath(name).name.partition("_")[0]


def scores_of(scored: Scored) -> Scores:
    """The score and state of each row."""
    return {
        (row["project"], row["indicator"]): (row["score"] if isinstance(row["score"], int) else None, row["state"])
        for row in scored.indicators.frame.to_dict("records")
    }


def small_year(root: Path) -> World:
    """The small year, written below ``root``."""
    targets, _ = read_targets(ROOT / f"inputs/{YEAR}/targets.xlsx", YEAR, "targets.xlsx")
    targets = targets.only([*PROJECTS])
    rulebook, problems = load(ROOT / f"rules/{YEAR}.yaml", ROOT)
    assert rulebook is not None, problems
    reported = read_reported(ROOT / "examples/sample-2024", targets, ROOT)
    sound = {TARGETS: targets_workbook(Imported(targets))}
    for case in cases(targets, reported):
        project = case.project
        path = form_path(project.unit_code, project.unit_name, project.project, project.name)
        sound[f"inputs/{YEAR}/forms/{path}"] = write_form(case, rulebook)
    for part in PARTS:
        head, *rows = (ROOT / f"examples/sample-2024/{part}.csv").read_bytes().splitlines(keepends=True)
        sound[f"{TABLE}/{part}.csv"] = b"".join((head, *(row for row in rows if row.decode().startswith(PROJECTS))))
    sound[BOOK] = _as_workbook({part: sound[f"{TABLE}/{part}.csv"] for part in PARTS})
    for file in (ROOT / "rules").rglob("*.yaml"):
        sound[file.relative_to(ROOT).as_posix()] = file.read_bytes()
    world = World(root, targets, sound)
    world.restore()
    world.before.update({table: scores_of(world.scored(table)) for table in ("", TABLE, BOOK)})
    inputs = world.inputs()
    assert isinstance(inputs, Inputs)
    made = outputs(inputs, inputs.score(), date(YEAR, 12, 31))
    sound |= {f"{OUTPUTS}/{name}": content for name, content in made if isinstance(content, bytes)}
    world.restore()
    return world


def _as_workbook(tables: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            for row, fields in enumerate(csv.reader(io.StringIO(table.decode("utf-8-sig")))):
                for column, text in enumerate(fields):
                    sheet.write_string(row, column, text)
    return file.getvalue()
