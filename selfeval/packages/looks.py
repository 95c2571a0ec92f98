"""How cells are shown, and what stands in those that show nothing: number formats, formulas, error values.

A direct look at three parts of the package, much quicker than a whole reading by openpyxl. The file must have passed
the guard, which refuses what an XML reader could be led astray by.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, iterparse  # the guard lets no DOCTYPE through

_BUILT_IN = {9: "0%", 10: "0.00%"}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class Look:
    """The number format of a cell (blank: general), and its error value or formula; a formula without a result too."""

    format: str = ""
    fault: str = ""

    @property
    def percent(self) -> bool:
        """Whether a number in the cell is shown as a percentage: a % stands in the format, unquoted."""
        return shows_percent(self.format)


def shows_percent(number_format: str) -> bool:
    """Whether a number format shows a share as a percentage."""
    return "%" in _QUOTED.sub("", number_format)


def looks(data: bytes, sheet: str) -> dict[tuple[int, int], Look]:
    """The cells of a sheet of a package that have a number format or a fault, by row and column, counted from 0.

    A package that is not as it should be gives what could be read: its numbers stay plain, and doubts are asked about.
    """
    found: dict[tuple[int, int], Look] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            part = _part_of(package, sheet)
            if part is None:
                return found
            formats = _formats(package)
            for cell in _elements(package, part, "c"):
                look = _look(cell, formats)
                place = _PLACE.fullmatch(cell.get("r", ""))
                if place and look != Look():
                    found[int(place[2]) - 1, _column(place[1])] = look
    except (KeyError, ParseError, ValueError, zipfile.BadZipFile, OSError):
        return found
    return found


def _look(cell: Element, formats: list[str]) -> Look:
    style = int(cell.get("s", "0"))
    code = formats[style] if style < len(formats) else ""
    kinds = {_name(one): one for one in cell}
    value, formula, kind = kinds.get("v"), kinds.get("f"), cell.get("t", "n")
    if kind == "e":
        return Look(code, (value.text if value is not None else None) or "#?")
    without_result = formula is not None and kind != "str" and (value is None or not value.text)
    return Look(code, f"={formula.text or '…'}" if formula is not None and without_result else "")


def _part_of(package: zipfile.ZipFile, sheet: str) -> str | None:
    """The part that holds the sheet of this name."""
    relation = next(
        (
            next(value for key, value in one.attrib.items() if key.endswith("}id"))
            for one in _elements(package, "xl/workbook.xml", "sheet")
            if one.get("name") == sheet
        ),
        None,
    )
    for one in _elements(package, "xl/_rels/workbook.xml.rels", "Relationship"):
        if relation is not None and one.get("Id") == relation:
            target = one.get("Target", "")
            return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
    return None


def _formats(package: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style, by its number; blank where it cannot matter."""
    codes = dict(_BUILT_IN)
    styles: list[str] = []
    inside = False
    with package.open("xl/styles.xml") as file:
        for event, one in iterparse(file, ("start", "end")):  # noqa: S314 - the guard has looked
            name = _name(one)
            if name == "cellXfs":
                inside = event == "start"
            if event == "start":
                continue
            if name == "numFmt":
                codes[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
            if name == "xf" and inside:
                styles.append(codes.get(int(one.get("numFmtId", "0")), ""))
    return styles


def _elements(package: zipfile.ZipFile, part: str, name: str) -> Iterator[Element]:
    with package.open(part) as file:
        for _, one in iterparse(file):  # noqa: S314 - the guard has looked
            if _name(one) == name:
                yield one
                one.clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1
