"""The codes and names of a target table's projects alone, read without what a whole reading needs: for completion."""

from __future__ import annotations

from pathlib import Path

from selfeval.packages.files import Unreadable
from selfeval.packages.workbook import read_workbook

SHEET, CODE, NAME = "项目", "项目编码", "项目名称"
"""As ``domain/targets`` declares them, which takes pandas to import."""

_TITLES = 10
"""Rows among which the headings stand."""


def project_names(path: Path) -> dict[str, str]:
    """项目名称 by 项目编码, in document order; nothing of a table that cannot be read."""
    book = read_workbook(path)
    if isinstance(book, Unreadable) or SHEET not in book.sheets:
        return {}
    rows = [[str(value).strip() for value in row] for row in book.sheets[SHEET].rows]
    at = next((number for number, row in enumerate(rows[:_TITLES]) if CODE in row and NAME in row), None)
    if at is None:
        return {}
    code, name = rows[at].index(CODE), rows[at].index(NAME)
    return {row[code]: row[name] for row in rows[at + 1 :] if row[code]}
