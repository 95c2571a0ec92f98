"""``python -m tests.recalculation outputs/2024``: recalculates every workbook below the folders and compares.

LibreOffice, IronCalc and Gnumeric each calculate all of it. Ends with 1 when a stored value differs in one of them,
when a workbook that LibreOffice saved is taken for a changed one, when LibreOffice is missing, or when there was
nothing to compare.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from selfeval.packages.office import find_soffice
from tests.recalculation.engine import Calculator, Recalculated
from tests.recalculation.others import OTHERS

SHOWN = 50


def main(folders: Sequence[str]) -> int:
    """The exit code, after printing a line a difference and one that sums up."""
    soffice = find_soffice()
    if soffice is None:
        sys.stderr.write("LibreOffice is not installed: nothing was recalculated\n")
        return 1
    files = sorted(file for folder in folders for file in Path(folder).rglob("*.xlsx") if file.name[0] not in "~.")
    books = Calculator(soffice).recalculate(files)
    changed = [book.file for book in books if not book.known]
    for file in changed[:SHOWN]:
        sys.stdout.write(f"{file.name}: saved by LibreOffice, it is taken for one that somebody changed\n")
    agreed = [_agrees("LibreOffice", books), *(_agrees(name, by(files)) for name, by in OTHERS.items())]
    return 1 if changed or not all(agreed) or not any(book.count for book in books) else 0


def _agrees(name: str, books: Sequence[Recalculated]) -> bool:
    """Whether a calculator found every stored value again, after printing what it found."""
    differences = [difference for book in books for difference in book.differences]
    for difference in differences[:SHOWN]:
        sys.stdout.write(f"{difference}\n")
    formulas = sum(book.count for book in books)
    sys.stdout.write(f"{name}: {len(books)} workbooks, {formulas} formulas, {len(differences)} differences\n")
    return not differences


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
