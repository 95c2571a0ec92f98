"""Number formats that a workbook shows under a condition: nobody here knows whether it holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import replace

from selfeval.packages.columns import position
from selfeval.packages.elements import Found
from selfeval.packages.looks import Look
from selfeval.packages.merged import SHOWS_NOTHING, Area, within

Conditional = tuple[Area, str]
"""Cells, and the number format that they may be shown by."""
_AREA = re.compile(r"([A-Z]{1,3})?(\d{1,7})?(?::([A-Z]{1,3})?(\d{1,7})?)?", re.ASCII)
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LONGEST = 6
_MARK = b"conditionalFormatting"


def conditional_formats(styles: bytes) -> Sequence[str]:
    """The number formats of the styles that conditions switch on, by their numbers; blank where one has none.

    Raises RefusedError.
    """
    found: list[str] = []
    for inside, name, said in Found(styles, "dxf", "numFmt").elements if b"dxf" in styles else ():
        if name == "dxf":
            found.append("")
        elif inside == "dxf":
            found[-1] = said.get("formatCode", "")
    return found if any(found) else ()


def conditional(sheet: bytes, formats: Sequence[str]) -> Iterator[Conditional]:
    """The cells of a sheet's part that may be shown by one of those formats. Raises RefusedError."""
    areas: list[Area] = []
    if not formats or _MARK not in sheet:
        return
    for _, name, said in Found(sheet, _MARK.decode(), "cfRule").elements:
        if name != "cfRule":
            areas = [*map(_area, said.get("sqref", "").split())]
            continue
        code = _of_number(formats, said.get("dxfId", ""))
        yield from ((area, code) for area in areas if code)


def doubt(
    rows: Sequence[Sequence[object]], looks: MutableMapping[tuple[int, int], Look], found: Sequence[Conditional]
) -> None:
    """Give the cells that would be shown otherwise under a condition the look of cells that show nothing.

    Of these it is told that what they hold is not what is seen. Raises RefusedError.
    """
    height, width = len(rows), max(map(len, rows), default=0)
    for code in dict.fromkeys(code for _, code in found):
        for top, left, bottom, right in within([area for area, own in found if own == code], height, width):
            for row in range(top, bottom):
                for column, value in enumerate(rows[row][left:right], left):
                    look = looks.get((row, column), Look())
                    if _differs(value, look, replace(look, format=code)):
                        looks[row, column] = replace(look, format=SHOWS_NOTHING)


def _differs(value: object, look: Look, other: Look) -> bool:
    if isinstance(value, dt.date):
        return look.beside_day() != other.beside_day()
    if isinstance(value, str):
        return bool(value) and look.beside_text() != other.beside_text()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return (look.shown(value), look.digits(value)) != (other.shown(value), other.digits(value))


def _of_number(formats: Sequence[str], number: str) -> str:
    known = number.isascii() and number.isdecimal() and len(number) <= _LONGEST and int(number) < len(formats)
    return formats[int(number)] if known else ""


def _area(named: str) -> Area:
    """The cells of a reference: F3, F3:G9, F:F, 3:9; none that a sheet has, where it is no reference."""
    found = _AREA.fullmatch(named.replace("$", ""))
    if found is None:
        return _LAST_ROW, 0, 0, 0
    left, top, right, bottom = found.groups()
    if ":" not in named:
        right, bottom = left, bottom or top
    return (
        int(top) - 1 if top else 0,
        position(left) if left else 0,
        int(bottom) - 1 if bottom else _LAST_ROW,
        position(right) if right else _LAST_COLUMN,
    )
