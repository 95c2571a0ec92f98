"""What came back: every file of a folder or an archive that may be a form, by its content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.reading.folder import files_below
from selfeval.packages.archive import is_archive, unpack
from selfeval.packages.printable import readable

_PACKED = (".rar", ".7z", ".tar", ".gz", ".zip")
_SHEETS = (".xlsx", ".xls", ".xlsm", ".et", ".csv")


@dataclass(frozen=True)
class Received:
    """One file: its name as the analyst knows it, from the folder given, and where its bytes are."""

    shown: str
    path: Path


def gather(source: Path, aside: Path) -> tuple[list[Received], list[Problem]]:
    """Every file that may be a form below ``source``, a folder, an archive or a single workbook, sorted by name.

    Archives are opened into ``aside``. Hidden files and locks are passed over; links are not followed.
    """
    found: list[Received] = []
    problems: list[Problem] = []
    for path in [source] if source.is_file() else sorted(files_below(source)):
        shown = readable(source.name if path == source else f"{source.name}/{path.relative_to(source).as_posix()}")
        if path != source and path.is_symlink():
            if not path.is_dir():
                problems.append(problem("E313", Place(file=shown), name=readable(path.name)))
        elif is_archive(path):
            unpacked = unpack(path, shown, aside)
            problems += [problem("E324", Place(file=readable(name)), reason=why) for name, why in unpacked.refused]
            found += [Received(readable(name), file) for name, file in unpacked.files]
        else:
            found.append(Received(shown, path))
    kept = []
    for received in found:
        suffix = Path(received.shown).suffix.lower()
        place = Place(file=received.shown)
        if suffix in _PACKED:
            problems.append(problem("E324", place, reason="不是 .zip 压缩包，或者已损坏"))
        elif suffix in _SHEETS:
            kept.append(received)
        else:
            problems.append(problem("W301", place, name=Path(received.shown).name))
    return sorted(kept, key=lambda received: received.shown), problems
