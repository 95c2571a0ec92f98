"""The codes and names of a target table's projects alone, read without what a whole reading needs: for completion."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from selfeval.packages.files import Unreadable
from selfeval.packages.workbook import read_workbook
from selfeval.sources.decoding import decoded

SHEET, CODE, NAME = "项目", "项目编码", "项目名称"
"""As ``domain/targets`` declares them, which takes pandas to import."""

_FILES, _BYTES = 50, 1024 * 1024
_TITLES = 10
"""Rows among which the headings stand."""


def project_names(path: Path) -> dict[str, str]:
    """项目名称 by 项目编码, in document order; nothing of a table that cannot be read."""
    book = read_workbook(path)
    if isinstance(book, Unreadable) or SHEET not in book.sheets:
        return {}
    return _names([[str(value).strip() for value in row] for row in book.sheets[SHEET].rows])


def project_names_in(folder: Path) -> dict[str, str]:
    """The same of a folder of tables, as far as that is quick: of the first workbooks and CSV files."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.xlsx"))[:_FILES]:
        found |= project_names(path)
    for path in sorted(folder.rglob(f"{SHEET}.csv"))[:_FILES]:
        with path.open("rb") as file:
            text = decoded(file.read(_BYTES).rpartition(b"\n")[0])
        found |= _names([[field.strip() for field in line] for line in csv.reader(io.StringIO(text or ""))])
    return found


def _names(rows: list[list[str]]) -> dict[str, str]:
    at = next((number for number, row in enumerate(rows[:_TITLES]) if CODE in row and NAME in row), None)
    if at is None:
        return {}
    code, name = rows[at].index(CODE), rows[at].index(NAME)
    return {row[code]: row[name] for row in rows[at + 1 :] if len(row) > max(code, name) and row[code]}
