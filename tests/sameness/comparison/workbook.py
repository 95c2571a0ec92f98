"""Two workbooks compared: sheets, cells, looks, and everything else that stands in their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.sameness.comparison.difference import FORMULA_TEXT, Difference
from tests.sameness.comparison.package import RELATED, Package, local
from tests.sameness.comparison.sheet import Sheet, read_sheet, shared_text
from tests.sameness.comparison.styles import Style, Styles

_TEXTS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_STYLES = "xl/styles.xml"
_PROPERTIES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


@dataclass(frozen=True)
class Book:
    """Sheets in their order, and the facts of the workbook itself: (kind, spot) to what is so there."""

    sheets: Mapping[str, Sheet]
    facts: Mapping[tuple[str, str], str]


def read_book(path: Path) -> Book:
    """A workbook. Raises BadZipFile, ParseError or KeyError when it is none."""
    package = Package(path)
    styles = Styles(package.tree(_STYLES))
    shared = package.tree(_TEXTS)
    texts = [] if shared is None else [shared_text(one) for one in shared]
    root = package.tree(_BOOK)
    if root is None:
        raise KeyError(_BOOK)
    parts = package.relations(_BOOK)
    sheets: dict[str, Sheet] = {}
    facts: dict[tuple[str, str], str] = {}
    for element in root:
        if local(element.tag) == "sheets":
            for one in element:
                name = one.get("name", "")
                sheets[name] = read_sheet(package, parts[one.get(f"{RELATED}id", "")][1], styles, texts)
                facts["sheet state", name] = one.get("state", "visible")
        elif local(element.tag) == "definedNames":
            for one in element:
                scope = one.get("localSheetId")
                where = "" if scope is None else f"{list(sheets)[int(scope)]}!"
                more = " ".join(f"{key}={value}" for key, value in one.items() if key not in {"name", "localSheetId"})
                facts["defined name", f"{where}{one.get('name')}"] = f"{one.text} {more}".strip()
        else:
            facts |= {("workbook", f"{local(element.tag)}{p}"): v for p, v in package.leaves(element, _BOOK)}
    facts["sheets", "order"] = ", ".join(sheets)
    for name in _PROPERTIES:
        part = package.tree(name)
        facts |= {("properties", p): v for p, v in ([] if part is None else package.leaves(part, name))}
    facts |= {("part", name): package.digest(name) for name in sorted(package.names - package.seen)}
    return Book(sheets, facts)


def compare_workbooks(old: Path, new: Path, file: str) -> Iterator[Difference]:
    """Every difference of two workbooks; ``file`` is what they are called."""
    before, after = read_book(old), read_book(new)
    yield from _facts(file, "", before.facts, after.facts)
    for name, sheet in before.sheets.items():
        if name in after.sheets:
            other = after.sheets[name]
            yield from _facts(file, name, sheet.facts, other.facts)
            yield from _cells(file, name, sheet, other)


def _facts(
    file: str, place: str, old: Mapping[tuple[str, str], str], new: Mapping[tuple[str, str], str]
) -> Iterator[Difference]:
    for kind, spot in dict.fromkeys((*old, *new)):
        one, other = old.get((kind, spot), ""), new.get((kind, spot), "")
        if one != other:
            yield Difference(kind, file, place, spot, one, other)


def _cells(file: str, name: str, old: Sheet, new: Sheet) -> Iterator[Difference]:
    known: dict[tuple[Style, Style], list[tuple[str, str, str]]] = {}
    for spot in dict.fromkeys((*old.cells, *new.cells)):
        one, other = old.cell(spot), new.cell(spot)
        if one.value != other.value:
            yield Difference("value", file, name, spot, one.value, other.value)
        if one.formula != other.formula:
            kind = FORMULA_TEXT if one.formula and other.formula else "formula or none"
            yield Difference(kind, file, name, spot, one.formula, other.formula)
        if one.style is not other.style:
            pair = one.style, other.style
            if pair not in known:
                known[pair] = one.style.differing(other.style)
            for kind, was, became in known[pair]:
                yield Difference(kind, file, name, spot, was, became)
