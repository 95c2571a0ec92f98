"""A worksheet as cells and facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from tests.sameness.comparison.package import Package, canonical, local
from tests.sameness.comparison.styles import MAIN, Style, Styles

_KINDS = {
    "sheetPr": "sheet properties",
    "sheetViews": "view",
    "sheetFormatPr": "default size",
    "sheetProtection": "sheet protection",
    "autoFilter": "autofilter",
    "printOptions": "print",
    "pageMargins": "print",
    "pageSetup": "print",
    "headerFooter": "print",
    "rowBreaks": "print",
    "colBreaks": "print",
    "drawing": "chart",
    "legacyDrawing": "comment size",
}
"""The kind of difference that an element of a sheet makes; one that is not named makes one of its own name."""

_RANGES = {"mergeCells": "merge", "dataValidations": "validation", "hyperlinks": "hyperlink"}
_CELL = re.compile(r"([A-Z]+)(\d+)")
_LAST_COLUMN = 256
"""A run of columns is told column by column up to here, and as one beyond."""


@dataclass(frozen=True)
class Cell:
    """``value`` with its type (``n:`` number, ``s:`` text, ``r:`` rich text, ``b:`` truth, ``e:`` error; "" blank)."""

    value: str
    formula: str
    style: Style


@dataclass
class Sheet:
    """Cells by name, and facts: (kind, spot) to what is so there."""

    cells: dict[str, Cell] = field(default_factory=dict)
    facts: dict[tuple[str, str], str] = field(default_factory=dict)
    rows: dict[str, Style] = field(default_factory=dict)
    columns: dict[str, Style] = field(default_factory=dict)
    usual: Style = field(default_factory=Style)

    def cell(self, name: str) -> Cell:
        """A cell; one that the file does not name is blank and looks as its row, else its column."""
        found = self.cells.get(name)
        if found is not None:
            return found
        match = _CELL.fullmatch(name)
        assert match is not None
        return Cell("", "", self.rows.get(match[2]) or self.columns.get(match[1]) or self.usual)


def read_sheet(package: Package, part: str, styles: Styles, texts: Sequence[str]) -> Sheet:
    """The sheet in a part; ``texts`` are the shared strings."""
    root = package.tree(part)
    sheet = Sheet(usual=styles.cell(None))
    if root is None:
        return sheet
    for element in root:
        tag = local(element.tag)
        if tag == "sheetData":
            _read_rows(sheet, element, styles, texts)
        elif tag == "cols":
            _read_columns(sheet, element, styles)
        elif tag in _RANGES:
            _read_ranges(sheet, element, package, part)
        elif tag not in {"conditionalFormatting", "dimension"}:
            kind, leaves = _KINDS.get(tag, tag), package.leaves(element, part)
            sheet.facts |= {(kind, f"{tag}{path}"): value for path, value in leaves}
    _read_conditional(sheet, root.findall(f"{MAIN}conditionalFormatting"), styles)
    for kind, target, outside in package.relations(part).values():
        if kind == "comments" and not outside:
            _read_comments(sheet, package, target)
    return sheet


def _read_rows(sheet: Sheet, data: ET.Element, styles: Styles, texts: Sequence[str]) -> None:
    for row in data:
        number = row.get("r", "")
        looks = {key: value for key, value in row.items() if key not in {"r", "spans", "s", "customFormat"}}
        if looks:
            sheet.facts["row", number] = " ".join(f"{key}={value}" for key, value in sorted(looks.items()))
        if "s" in row.attrib:
            sheet.rows[number] = styles.cell(row.get("s"))
            sheet.facts["row format", number] = repr(sheet.rows[number])
        for cell in row:
            sheet.cells[cell.get("r", "")] = _cell(cell, styles, texts)


def _cell(cell: ET.Element, styles: Styles, texts: Sequence[str]) -> Cell:
    kind, value, formula = cell.get("t", "n"), "", ""
    for child in cell:
        tag, text = local(child.tag), child.text or ""
        if tag == "f":
            more = " ".join(f"{key}={one}" for key, one in sorted(child.items()))
            formula = f"={text}" + (f" {{{more}}}" if more else "")
        elif tag == "is":
            value = shared_text(child)
        elif tag == "v":
            value = _value(kind, text, texts)
    return Cell(value, formula, styles.cell(cell.get("s")))


def _value(kind: str, text: str, texts: Sequence[str]) -> str:
    if kind == "s":
        return texts[int(text)]
    if kind == "str":
        return f"s:{text}" if text else ""
    return f"n:{float(text)!r}" if kind == "n" and text else f"{kind}:{text}"


def shared_text(element: ET.Element) -> str:
    """A text as a cell holds it, with its fonts when it has any."""
    if element.find(f"{MAIN}r") is None:
        return "s:" + "".join(one.text or "" for one in element.iter(f"{MAIN}t"))
    return "r:" + canonical(element)


def _read_columns(sheet: Sheet, columns: ET.Element, styles: Styles) -> None:
    for column in columns:
        first, last = int(column.get("min", "1")), int(column.get("max", "1"))
        looks = {key: value for key, value in column.items() if key not in {"min", "max", "style"}}
        said = " ".join(f"{key}={value}" for key, value in sorted(looks.items()))
        names = [letters(one) for one in range(first, min(last, _LAST_COLUMN) + 1)]
        names += [f"{letters(max(first, _LAST_COLUMN + 1))}:{letters(last)}"] if last > _LAST_COLUMN else []
        for name in names:
            sheet.facts["column", name] = said
            if "style" in column.attrib:
                sheet.columns[name] = styles.cell(column.get("style"))
                sheet.facts["column format", name] = repr(sheet.columns[name])


def _read_conditional(sheet: Sheet, elements: Iterable[ET.Element], styles: Styles) -> None:
    """Tell each rule under its range, and the order in which they apply."""
    ranked = []
    for element in elements:
        for rule in element:
            number = rule.get("dxfId")
            looks = "" if number is None else styles.conditional[int(number)]
            spot = _free(sheet, "conditional format", element.get("sqref", ""))
            said = canonical(rule, frozenset({"dxfId", "priority"}))
            sheet.facts["conditional format", spot] = f"{said} → {looks}"
            ranked.append((int(rule.get("priority", "0")), spot))
    sheet.facts["conditional format", "order"] = "; ".join(where for _, where in sorted(ranked))


def _read_ranges(sheet: Sheet, element: ET.Element, package: Package, part: str) -> None:
    """Merges, validations and hyperlinks, each under its range."""
    kind = _RANGES[local(element.tag)]
    for name, value in element.items():
        if name != "count":
            sheet.facts[kind, f"all@{name}"] = value
    for child in element:
        where = child.get("sqref") or child.get("ref") or ""
        leaves = [f"{path}={value}" for path, value in package.leaves(child, part) if path not in {"@sqref", "@ref"}]
        sheet.facts[kind, _free(sheet, kind, where)] = " ".join(leaves) or "there"


def _read_comments(sheet: Sheet, package: Package, target: str) -> None:
    root = package.tree(target)
    if root is None:
        return
    authors = [one.text or "" for one in root.iter(f"{MAIN}author")]
    for comment in root.iter(f"{MAIN}comment"):
        text = "".join(canonical(one) for one in comment)
        author = authors[int(comment.get("authorId", "0"))]
        sheet.facts["comment", comment.get("ref", "")] = f"{author}: {text}"


def _free(sheet: Sheet, kind: str, where: str) -> str:
    """The place, numbered when the kind already has something there."""
    taken = Counter(spot.partition(" #")[0] for one, spot in sheet.facts if one == kind)
    return f"{where} #{taken[where] + 1}" if taken[where] else where


def letters(column: int) -> str:
    """The letters of a column counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
