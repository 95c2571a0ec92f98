"""A desk: one folder with rules and inputs in which commands are run, one after the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.sameness.making.program import BUG, Said, run
from tests.sameness.making.tables import (
    read_tables,
    vary_targets,
    write_reported_csv,
    write_reported_workbook,
    write_targets,
)
from tests.sameness.making.years import reported_year

YEAR = "2024"

VARIED = 3
"""Every so many random years has a target table of its own as well."""

KEPT = 4
"""Workbooks kept of a random year or of a rulebook: another few projects each time."""

OWN = ("own/lenient", "own/strict", "own/rearranged")
"""Rulebooks that only the harness has: they use the options that the others leave alone."""

_OWN = Path(__file__).resolve().parents[1] / "rules"
RULEBOOKS = (
    *("national-2020", "central-2021", "examples/hubei", "examples/jiangxi", "examples/linear-excess"),
    *("examples/per-unit-deduction", "examples/whole-form"),
)
"""The rulebooks beside the one of the year, by the names that users give them."""


class Desk:
    """A workspace of its own in ``folder``, with the rules and targets of ``source`` (a checkout).

    ``past`` is a full set of outputs that an older state of the program made, when there is one.
    ``run`` keeps what each command said in ``said/``, in the order of the commands.
    """

    def __init__(self, folder: Path, source: Path, past: Path | None = None, *, forms: bool = False) -> None:
        self.folder = folder
        self.source = source
        self.past = past
        self.bugs: list[str] = []
        self._count = 0
        folder.mkdir(parents=True)
        shutil.copytree(source / "rules", folder / "rules")
        shutil.copytree(_OWN, folder / "rules" / "own")
        self.targets.parent.mkdir(parents=True)
        shutil.copyfile(source / "inputs" / YEAR / "targets.xlsx", self.targets)
        if forms:
            shutil.copytree(source / "inputs" / YEAR / "forms", self.targets.parent / "forms")
        shutil.copytree(source / "examples" / "sample-2024", folder / "sample")
        os.chdir(folder)

    @property
    def targets(self) -> Path:
        """The target table of the year."""
        return self.folder / "inputs" / YEAR / "targets.xlsx"

    @property
    def codes(self) -> list[str]:
        """The projects of the target table, by code."""
        return [str(one["项目编码"]) for one in read_tables(self.targets)["项目"]]

    def some(self, number: int) -> list[str]:
        """A few projects, others for each number."""
        codes = self.codes
        return [codes[(number * KEPT + i) % len(codes)] for i in range(KEPT)]

    def fill_year(self, seed: int) -> str:
        """Make the random year of a seed, a workbook or a folder of CSV files; the path that ``--reported`` takes."""
        tables = read_tables(self.targets)
        if seed % VARIED == VARIED - 1:
            tables = vary_targets(tables, seed)
            write_targets(self.targets, tables)
        year = reported_year(tables["指标"], tables["项目"], seed)
        if seed % 2:
            write_reported_workbook(self.folder / "reported.xlsx", year)
            return "reported.xlsx"
        write_reported_csv(self.folder / "reported", year)
        return "reported"

    def run(self, label: str, *words: str) -> Said:
        """Run a command in the folder; what it said is written under the label."""
        said = run(words)
        self._count += 1
        file = self.folder / "said" / f"{self._count:03}-{label}.txt"
        file.parent.mkdir(exist_ok=True)
        text = f"selfeval {' '.join(words)}\n{said}".replace(str(self.folder), "(desk)")
        file.write_text(text, encoding="utf-8", newline="")
        if said.code == BUG:
            self.bugs.append(f"{file}: {said.err.strip()[-300:]}")
        return said

    def both(self, label: str, *words: str) -> None:
        """Run a command twice: for people, and with ``--format json``."""
        self.run(label, *words)
        self.run(f"{label}-json", *words, "--format", "json")


def rules_file(name: str) -> str:
    """A rulebook by its name, as ``--rules`` takes it."""
    return f"rules/{name}.yaml"


def keep_some(outputs: Path, kept: Sequence[str]) -> None:
    """Leave the workbooks of some projects (their codes) and of no other; those are as good as these."""
    for file in outputs.rglob("*_自评表.xlsx"):
        if not file.name.startswith(tuple(kept)):
            file.unlink()
