"""A desk: one folder with rules and inputs in which commands are run, one after the other."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.sameness.program import BUG, Said, run

YEAR = "2024"


class Desk:
    """A workspace of its own in ``folder``, with the rules and targets of ``source`` (a checkout).

    ``run`` keeps what each command said in ``said/``, in the order of the commands.
    """

    def __init__(self, folder: Path, source: Path, *, forms: bool = False) -> None:
        self.folder = folder
        self.source = source
        self.bugs: list[str] = []
        self._count = 0
        folder.mkdir(parents=True)
        shutil.copytree(source / "rules", folder / "rules")
        inputs = folder / "inputs" / YEAR
        inputs.mkdir(parents=True)
        shutil.copyfile(source / "inputs" / YEAR / "targets.xlsx", inputs / "targets.xlsx")
        if forms:
            shutil.copytree(source / "inputs" / YEAR / "forms", inputs / "forms")
        shutil.copytree(source / "examples" / "sample-2024", folder / "sample")
        os.chdir(folder)

    def run(self, label: str, *words: str) -> Said:
        """Run a command in the folder; what it said is written under the label."""
        said = run(words)
        self._count += 1
        file = self.folder / "said" / f"{self._count:03}-{label}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"selfeval {' '.join(words)}\n{said}", encoding="utf-8", newline="")
        if said.code == BUG:
            self.bugs.append(f"{file}: {said.err.strip()[-300:]}")
        return said

    def both(self, label: str, *words: str) -> None:
        """Run a command twice: for people, and with ``--format json``."""
        self.run(label, *words)
        self.run(f"{label}-json", *words, "--format", "json")


def keep_some(outputs: Path, kept: Sequence[str]) -> None:
    """Leave the workbooks of some projects (their codes) and of no project; the others are as good as these."""
    for file in outputs.rglob("*_自评表.xlsx"):
        if not file.name.startswith(tuple(kept)):
            file.unlink()
