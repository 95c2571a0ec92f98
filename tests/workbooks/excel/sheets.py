"""What Excel asks of a sheet: the order of its elements, its limits, and that things do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

from tests.workbooks.excel.package import MAIN, RELATION, Package

ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF",
    "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
]  # fmt: skip
"""Elements of a worksheet in the only order that Excel reads."""

LONGEST_TEXT, LONGEST_NAME, LONGEST_HEADER, LONGEST_ADDRESS = 32_767, 31, 255, 2_079
LAST_ROW, LAST_COLUMN, HIGHEST_ROW, WIDEST_COLUMN = 1_048_576, 16_384, 409.5, 255.0
MOST_BREAKS, MOST_LINKS = 1_026, 65_530
_LONGEST = {"prompt": 255, "promptTitle": 32, "error": 225, "errorTitle": 32}
_NOT_IN_NAMES = set("[]:*?/\\")


def length(text: str) -> int:
    """The length as Excel counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def name_faults(package: Package) -> Iterator[str]:
    """Sheet names that Excel does not take."""
    names = [*package.sheets()]
    if len({name.casefold() for name in names}) < len(names):
        yield f"sheet names stand twice: {names}"
    for name in names:
        odd = _NOT_IN_NAMES & set(name) or name[:1] == "'" or name[-1:] == "'" or name.casefold() == "history"
        if not name or length(name) > LONGEST_NAME or odd:
            yield f"sheet name {name!r}"


def sheet_faults(package: Package, name: str) -> Iterator[str]:
    """Everything wrong with one sheet."""
    part = package.sheets()[name]
    sheet = package.parts[part]
    checks = (
        _order_faults(sheet),
        _row_faults(sheet),
        _text_faults(package, sheet),
        _merge_faults(sheet),
        _validation_faults(sheet),
        _link_faults(package, part, sheet),
        _page_faults(sheet),
    )
    yield from (f"{name}: {fault}" for check in checks for fault in check)


def _order_faults(sheet: Element) -> Iterator[str]:
    tags = [one.tag.removeprefix(MAIN) for one in sheet]
    yield from (f"unknown element {tag}" for tag in tags if tag not in ORDER)
    places = [ORDER.index(tag) for tag in tags if tag in ORDER]
    if places != sorted(places):
        yield f"elements out of order: {tags}"
    once = [tag for tag in tags if tag != "conditionalFormatting"]
    yield from (f"{tag} stands twice" for tag in set(once) if once.count(tag) > 1)


def _row_faults(sheet: Element) -> Iterator[str]:
    before = 0
    for row in sheet.iterfind(f"{MAIN}sheetData/{MAIN}row"):
        number, last = int(row.get("r", "0")), 0
        if not before < number <= LAST_ROW:
            yield f"row {number} after row {before}"
        before = number
        if float(row.get("ht", "15")) > HIGHEST_ROW:
            yield f"row {number} is {row.get('ht')} high"
        for cell in row.iterfind(f"{MAIN}c"):
            column, at = coordinate_from_string(cell.get("r", ""))
            position = column_index_from_string(column)
            if at != number or not last < position <= LAST_COLUMN:
                yield f"cell {cell.get('r')} in row {number}"
            last = position
    for one in sheet.iterfind(f"{MAIN}cols/{MAIN}col"):
        if float(one.get("width", "8")) > WIDEST_COLUMN or int(one.get("min", "1")) > int(one.get("max", "1")):
            yield f"column {one.get('min')} is {one.get('width')} wide"


def _text_faults(package: Package, sheet: Element) -> Iterator[str]:
    shared = package.parts.get("xl/sharedStrings.xml")
    texts = [] if shared is None else ["".join(one.itertext()) for one in shared.iterfind(f"{MAIN}si")]
    for cell in sheet.iter(f"{MAIN}c"):
        value = cell.findtext(f"{MAIN}v", "")
        if cell.get("t") == "s" and int(value) >= len(texts):
            yield f"{cell.get('r')} holds text no. {value}, which is missing"
        text = texts[int(value)] if cell.get("t") == "s" else value
        if length(text) > LONGEST_TEXT:
            yield f"{cell.get('r')} holds {length(text)} characters"


def _merge_faults(sheet: Element) -> Iterator[str]:
    taken: set[tuple[int, int]] = set()
    for one in sheet.iter(f"{MAIN}mergeCell"):
        left, top, right, bottom = _bounds(one.get("ref", ""))
        mine = {(row, col) for row in range(top, bottom + 1) for col in range(left, right + 1)}
        if len(mine) == 1 or mine & taken:
            yield f"merged cells {one.get('ref')} overlap others or are a single one"
        taken |= mine


def _bounds(ref: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(ref)
    return int(left or 0), int(top or 0), int(right or 0), int(bottom or 0)


def _validation_faults(sheet: Element) -> Iterator[str]:
    for one in sheet.iter(f"{MAIN}dataValidation"):
        where = one.get("sqref", "")
        if not where:
            yield "a validation without cells"
        for key, most in _LONGEST.items():
            if length(one.get(key, "")) > most:
                yield f"{key} of {where} has {length(one.get(key, ''))} characters"
        formula = one.findtext(f"{MAIN}formula1", "")
        if length(formula.strip('"')) > 255:
            yield f"the list of {where} has {length(formula)} characters"


def _link_faults(package: Package, part: str, sheet: Element) -> Iterator[str]:
    links, addresses = [*sheet.iter(f"{MAIN}hyperlink")], dict(package.outside(part))
    if len(links) > MOST_LINKS:
        yield f"{len(links)} links"
    for one in links:
        key = one.get(f"{RELATION}id")
        if key is not None and not 0 < length(addresses.get(key, "")) <= LONGEST_ADDRESS:
            yield f"the address of {one.get('ref')} has {length(addresses.get(key, ''))} characters"
        yield from (
            f"{name} of {one.get('ref')}" for name in ("tooltip", "location") if length(one.get(name, "")) > 255
        )


def _page_faults(sheet: Element) -> Iterator[str]:
    for text in sheet.iterfind(f"{MAIN}headerFooter/*"):
        if length(text.text or "") > LONGEST_HEADER:
            yield f"{text.tag.removeprefix(MAIN)} has {length(text.text or '')} characters"
    for breaks in (*sheet.iterfind(f"{MAIN}rowBreaks"), *sheet.iterfind(f"{MAIN}colBreaks")):
        if not len(breaks) == int(breaks.get("count", "-1")) <= MOST_BREAKS:
            yield f"{len(breaks)} page breaks, {breaks.get('count')} announced"
    setup = sheet.find(f"{MAIN}pageSetup")
    if setup is not None and not 10 <= int(setup.get("scale", "100")) <= 400:
        yield f"scale {setup.get('scale')}"
