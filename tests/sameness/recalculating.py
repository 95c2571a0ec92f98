"""``recalculate``: LibreOffice computes every formula of the workbooks anew and compares with what they store."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from zipfile import is_zipfile

from selfeval.packages.office import find_soffice
from tests.recalculation.engine import Calculator, Difference
from tests.sameness.parts import belongs

_BATCH = 60
"""Workbooks that LibreOffice is given at once."""

_SHOWN = 50


def recalculate(out: Path, only: Collection[str], some: int | None) -> int:
    """Print what comes out differently; 1 when anything does, or when nothing was recalculated.

    ``some`` takes so many workbooks, spread evenly over all; equal files are taken once.
    """
    soffice = find_soffice()
    if soffice is None:
        sys.stderr.write("LibreOffice is not installed: nothing was recalculated\n")
        return 1
    files = _spread(_workbooks(out, only), some)
    differences: list[Difference] = []
    formulas = 0
    for start in range(0, len(files), _BATCH):
        books = Calculator(soffice).recalculate(files[start : start + _BATCH])
        formulas += sum(book.count for book in books)
        differences += [difference for book in books for difference in book.differences]
        sys.stdout.write(f"{start + len(books)} of {len(files)} workbooks\n")
        sys.stdout.flush()
    for one in differences[:_SHOWN]:
        sys.stdout.write(f"{one.file.relative_to(out).parent}/{one}\n")
    for sheet, count in Counter(one.sheet for one in differences).most_common():
        sys.stdout.write(f"{sheet}: {count}\n")
    sys.stdout.write(f"{len(files)} workbooks, {formulas} formulas recalculated, {len(differences)} differences\n")
    return 1 if differences or not formulas else 0


def _workbooks(out: Path, only: Collection[str]) -> list[Path]:
    """The workbooks that the program made, each content once; not what the harness gave to it."""
    found: dict[str, Path] = {}
    for file in sorted(out.rglob("*.xlsx")):
        name = file.relative_to(out)
        given = file.name in {"reported.xlsx", "目标.xlsx"} or any(one == "got" or one[0] == "_" for one in name.parts)
        if given or (name.parts[0] in {"faulty", "collect"} and "inputs" in name.parts) or not is_zipfile(file):
            continue
        if belongs(name.as_posix(), only):
            found.setdefault(hashlib.sha256(file.read_bytes()).hexdigest(), file)
    return list(found.values())


def _spread(files: Sequence[Path], some: int | None) -> list[Path]:
    if some is None or some >= len(files):
        return list(files)
    return [files[i * len(files) // some] for i in range(some)]
