"""Two calculators beside LibreOffice, so that no formula rests on what one program makes of it.

IronCalc comes with the development packages and runs inside the tests. Gnumeric is a program of the system: where it
is not installed it calculates nothing, unless SELFEVAL_REQUIRE_RECALC=1 makes that a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import ironcalc

from tests.recalculation.engine import Recalculated, RecalculationError

SECONDS = 60.0
"""What Gnumeric may take for one workbook on a slow machine."""


def by_ironcalc(files: Sequence[Path]) -> tuple[Recalculated, ...]:
    """Each workbook with what IronCalc calculates. Raises RecalculationError for one that it cannot open."""
    return tuple(Recalculated(file, file.read_bytes(), _saved(file, _ironcalc)) for file in files)


def by_gnumeric(files: Sequence[Path]) -> tuple[Recalculated, ...]:
    """Each workbook with what Gnumeric calculates, none where it is not installed. Raises RecalculationError."""
    if shutil.which("ssconvert") is None:
        if os.environ.get("SELFEVAL_REQUIRE_RECALC") == "1":
            raise RecalculationError("Gnumeric (ssconvert) is not installed")
        return ()
    return tuple(Recalculated(file, file.read_bytes(), _saved(file, _gnumeric)) for file in files)


OTHERS: Mapping[str, Callable[[Sequence[Path]], tuple[Recalculated, ...]]] = {
    "IronCalc": by_ironcalc,
    "Gnumeric": by_gnumeric,
}
"""By name."""


def _saved(file: Path, save: Callable[[Path, Path], None]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="selfeval-recalculation-") as name:
        made = Path(name) / "made.xlsx"
        save(file, made)
        if not made.is_file():
            raise RecalculationError(f"{file.name}: nothing was calculated")
        return made.read_bytes()


def _ironcalc(file: Path, made: Path) -> None:
    try:
        model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
        model.evaluate()
        model.save_to_xlsx(str(made))
    except ironcalc.WorkbookError as error:
        raise RecalculationError(f"{file.name}: {error}") from error


def _gnumeric(file: Path, made: Path) -> None:
    command = ["ssconvert", "--recalc", "--export-type=Gnumeric_Excel:xlsx2", str(file), str(made)]
    environment = os.environ | {"HOME": str(made.parent), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise RecalculationError(f"{file.name}: Gnumeric took longer than {SECONDS:.0f} seconds") from error
    if done.returncode != 0:
        raise RecalculationError(f"{file.name}: {done.stderr.strip()}")
