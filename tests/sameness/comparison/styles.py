"""What the style numbers of a workbook mean: everything that a cell's looks are made of, in words."""

from __future__ import annotations

from dataclasses import dataclass, fields
from xml.etree import ElementTree as ET

from tests.sameness.comparison.package import canonical

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Style:
    """The looks of a cell, each part in words that do not depend on how styles are numbered."""

    number_format: str = "builtin 0"
    font: str = ""
    fill: str = ""
    border: str = ""
    alignment: str = ""
    protection: str = ""
    named: str = ""

    def differing(self, other: Style) -> list[tuple[str, str, str]]:
        """Name, own and other value of each part that differs."""
        pairs = [(one.name, getattr(self, one.name), getattr(other, one.name)) for one in fields(self)]
        return [(name.replace("_", " "), old, new) for name, old, new in pairs if old != new]


class Styles:
    """The cell styles (``cells``, by number) and the conditional ones (``conditional``, by number) of a workbook."""

    def __init__(self, root: ET.Element | None) -> None:
        self.cells: list[Style] = []
        self.conditional: list[str] = []
        if root is None:
            return
        codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in root.iter(f"{MAIN}numFmt")}
        fonts, fills, borders = (_each(root, name) for name in ("fonts", "fills", "borders"))
        names = {one.get("xfId", ""): one.get("name", "") for one in root.iter(f"{MAIN}cellStyle")}
        for one in root.iterfind(f"{MAIN}cellXfs/*"):
            number = one.get("numFmtId", "0")
            self.cells.append(
                Style(
                    codes.get(number, f"builtin {number}"),
                    fonts[int(one.get("fontId", "0"))],
                    fills[int(one.get("fillId", "0"))],
                    borders[int(one.get("borderId", "0"))],
                    _child(one, "alignment"),
                    _child(one, "protection"),
                    names.get(one.get("xfId", "0"), ""),
                )
            )
        self.conditional = [canonical(one, frozenset({"numFmtId"})) for one in root.iterfind(f"{MAIN}dxfs/*")]

    def cell(self, number: str | None) -> Style:
        """The style of a number as it stands in a sheet; the first one for none."""
        at = int(number or 0)
        return self.cells[at] if at < len(self.cells) else Style()


def _each(root: ET.Element, name: str) -> list[str]:
    return [canonical(one) for one in root.iterfind(f"{MAIN}{name}/*")]


def _child(element: ET.Element, name: str) -> str:
    found = element.find(f"{MAIN}{name}")
    return "" if found is None else canonical(found)
