"""LibreOffice as the independent calculator: it opens workbooks, computes every formula anew and saves them.

What a generated workbook stores must come out again. Each run has a profile of its own in a temporary folder,
set to recalculate always; a normal profile trusts the stored results and would prove nothing.

LibreOffice saves numbers with 15 significant digits, so a stored result with more digits (0.1 + 0.2) is
reported as a difference. Workbooks therefore store what a sheet shows: results of 15 digits at most.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from selfeval.packages.resaved import is_as_made
from tests.recalculation.values import Formulas, Sheets, Value, formulas, same, stored_values

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"
><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"
><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

START_SECONDS = 120.0
"""What starting may take on a slow machine; each workbook adds PER_FILE_SECONDS."""

PER_FILE_SECONDS = 10.0


class RecalculationError(Exception):
    """LibreOffice did not do its work; the message holds what it said."""


@dataclass(frozen=True)
class Difference:
    """A formula whose stored result is not what it calculates."""

    file: Path
    sheet: str
    cell: str
    formula: str
    stored: Value
    recalculated: Value

    def __str__(self) -> str:
        return (
            f"{self.file.name} {self.sheet}!{self.cell}: stored {self.stored!r}, "
            f"recalculated {self.recalculated!r}, {self.formula}"
        )


@dataclass(frozen=True)
class Recalculated:
    """One workbook, its ``content``, and what LibreOffice made of it; either is looked into once it is asked for."""

    file: Path
    content: bytes
    made: bytes

    @cached_property
    def formulas(self) -> Formulas:
        """The formulas of the workbook."""
        return formulas(BytesIO(self.content))

    @cached_property
    def stored(self) -> Sheets:
        """The values that it stores."""
        return stored_values(BytesIO(self.content))

    @cached_property
    def recalculated(self) -> Sheets:
        """The values that LibreOffice calculates."""
        return stored_values(BytesIO(self.made))

    @property
    def known(self) -> bool:
        """Whether a workbook without changes is still one once it was saved; one that is not ours passes."""
        return not is_as_made(self.content) or is_as_made(self.made)

    @property
    def count(self) -> int:
        """How many formulas were compared: a check over none proves nothing."""
        return sum(len(cells) for cells in self.formulas.values())

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Every formula whose stored value differs, in the order of sheets, rows and columns."""
        found = []
        for sheet, cells in self.formulas.items():
            before, after = self.stored[sheet], self.recalculated.get(sheet, {})
            for cell, formula in cells.items():
                stored, recalculated = before.get(cell), after.get(cell)
                if not same(stored, recalculated):
                    found.append(Difference(self.file, sheet, cell, formula, stored, recalculated))
        return tuple(found)


@dataclass(frozen=True)
class Calculator:
    """LibreOffice at ``soffice``. Every method starts it once, however many workbooks there are."""

    soffice: Path

    def recalculate(self, files: Sequence[Path]) -> tuple[Recalculated, ...]:
        """Each workbook with its stored and its recalculated values, in the order given.

        The files stay untouched. Raises RecalculationError when LibreOffice fails, takes too long or leaves a
        workbook out.
        """
        with tempfile.TemporaryDirectory(prefix="selfeval-recalculation-") as name:
            folder = Path(name)
            sources = folder / "in"
            sources.mkdir()
            # Workbooks of different folders may share a name, so each gets a number for the journey.
            copies = [sources / f"{number:05}{file.suffix}" for number, file in enumerate(files)]
            for file, copy in zip(files, copies, strict=True):
                shutil.copyfile(file, copy)
            made = self._convert(copies, folder)
            return tuple(
                Recalculated(file, copy.read_bytes(), result.read_bytes())
                for file, copy, result in zip(files, copies, made, strict=True)
            )

    def differences(self, file: Path) -> tuple[Difference, ...]:
        """Every formula of one workbook whose stored value is not what it calculates."""
        return self.recalculate([file])[0].differences

    def change(self, file: Path, edits: Mapping[str, float | str | bool | None]) -> Sheets:
        """The values of the workbook after typing ``edits`` into it, such as ``{"评分依据!F5": 95}``.

        The file stays untouched. Raises KeyError when a sheet does not exist, RecalculationError as
        ``recalculate`` does.
        """
        return self.changes(file, edits)[0]

    def changes(self, file: Path, *edits: Mapping[str, float | str | bool | None]) -> tuple[Sheets, ...]:
        """The same for each of several edits, which do not add up, and may be none."""
        with tempfile.TemporaryDirectory(prefix="selfeval-change-") as name:
            copies = [Path(name) / f"{number:05}{file.suffix}" for number in range(len(edits))]
            for copy, typed in zip(copies, edits, strict=True):
                book = load_workbook(file)
                for place, value in typed.items():
                    sheet, _, cell = place.rpartition("!")
                    book[sheet][cell] = value
                book.save(copy)
            return tuple(one.recalculated for one in self.recalculate(copies))

    def save(self, file: Path, target: Path) -> None:
        """Open a workbook and save it to ``target``, as a person does who changes nothing more."""
        with tempfile.TemporaryDirectory(prefix="selfeval-save-") as name:
            folder = Path(name)
            copy = folder / "in" / "00000.xlsx"
            copy.parent.mkdir()
            shutil.copyfile(file, copy)
            shutil.copyfile(self._convert([copy], folder)[0], target)

    def saved_as(self, kind: str, files: Sequence[Path], folder: Path) -> list[Path]:
        """The workbooks saved in an empty folder as another kind, such as xls or ods. Raises RecalculationError."""
        return self._convert(files, folder, kind)

    def _convert(self, files: Sequence[Path], folder: Path, kind: str = "xlsx:Calc MS Excel 2007 XML") -> list[Path]:
        if not files:
            return []
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
        target = folder / "out"
        self._run(
            [
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--norestore",
                "--convert-to",
                kind,
                "--outdir",
                str(target),
                *map(str, files),
            ],
            START_SECONDS + PER_FILE_SECONDS * len(files),
            folder,
        )
        made = [target / f"{file.stem}.{kind.partition(':')[0]}" for file in files]
        left_out = [number for number, file in enumerate(made) if not file.is_file()]
        if left_out:
            raise RecalculationError(f"LibreOffice could not open workbooks no. {left_out} of those given")
        return made

    def _run(self, arguments: list[str], seconds: float, home: Path) -> None:
        # One language for every machine: texts made by formulas may depend on it. The group of its own lets a
        # late run be ended with all its children: soffice is only a starter.
        environment = os.environ | {"HOME": str(home), "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
        with subprocess.Popen(
            [str(self.soffice), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
            text=True,
        ) as process:
            try:
                said, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired as error:
                _end(process)
                raise RecalculationError(f"LibreOffice took longer than {seconds:.0f} seconds") from error
        if process.returncode != 0:
            raise RecalculationError(f"LibreOffice ended with {process.returncode}: {said.strip()}")


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
