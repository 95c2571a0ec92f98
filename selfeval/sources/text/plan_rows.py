"""The rows of a spending plan out of lines of text, with the tokens that were broken over two lines put together."""

from __future__ import annotations

import re

from selfeval.sources.form.spending_plan import LABEL_ENDS, MONTH, token_like
from selfeval.sources.layout import squeeze

_WHOLE = re.compile(rf"{MONTH.pattern}|(?:{MONTH.pattern}[:：]?)?\d+(?:\.\d+)?(?:%|百分比)")
_PARTIAL = re.compile(r"\d{1,2}(?:月(?:[底末](?:\d+(?:\.\d*)?%?)?)?)?|\d+(?:\.\d*)?%?")

PlanRow = tuple[int, list[tuple[int, str]]]
"""The offset of a row, and its cells with theirs."""


def read(text: str) -> tuple[list[PlanRow], int]:
    """The plan's rows, and where they end (an offset): before the first cell that is neither a month nor a value."""
    rows = _rows(text)
    for at, (_, cells) in enumerate(rows):
        below = squeeze(rows[at + 1][1][0][1]) if at + 1 < len(rows) else ""
        for index, (start, cell) in enumerate(cells):
            bare = squeeze(cell)
            # The 1 of "1. …", broken off at the end of its line, is no value.
            broken_off = bare.isdigit() and index == len(cells) - 1 and below and not token_like(below)
            if bare not in {"", *LABEL_ENDS} and (broken_off or not token_like(bare)):
                return [*rows[:at], (rows[at][0], cells[:index])], start
    return rows, len(text)


def _rows(text: str) -> list[PlanRow]:
    rows: list[PlanRow] = []
    offset = 0
    for physical in text.split("\n"):
        cells: list[tuple[int, str]] = []
        for cell in physical.split("\t"):
            cells.append((offset, cell))
            offset += len(cell) + 1
        if not any(cell.strip() for _, cell in cells) and rows:
            continue
        if rows and _continues(rows[-1][1][-1][1], cells[0][1]):
            start, broken = rows[-1][1][-1]
            rows[-1][1][-1] = (start, broken + cells[0][1])
            rows[-1][1].extend(cells[1:])
        else:
            rows.append((cells[0][0], cells))
    return rows


def _continues(before: str, after: str) -> bool:
    left, right = squeeze(before), squeeze(after)
    if not left or not right:
        return False
    halves_whole = _WHOLE.fullmatch(left) and _WHOLE.fullmatch(right)
    return _PARTIAL.fullmatch(left + right) is not None and not halves_whole
