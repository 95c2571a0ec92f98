"""What Excel asks of styles, conditional formats, names and charts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.workbooks.excel.formulas import text_faults
from tests.workbooks.excel.package import MAIN, Package
from tests.workbooks.excel.sheets import length

MOST_FONTS, MOST_LOOKS, MOST_NUMBER_FORMATS, LONGEST_NUMBER_FORMAT = 1_024, 64_000, 200, 255
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def style_faults(package: Package) -> Iterator[str]:
    """Too many or too long styles, and cells whose style is missing."""
    styles = package.parts["xl/styles.xml"]
    formats = [*styles.iterfind(f"{MAIN}numFmts/{MAIN}numFmt")]
    counts = {one: len(styles.findall(f"{MAIN}{one}/*")) for one in ("fonts", "fills", "borders", "cellXfs", "dxfs")}
    if counts["fonts"] > MOST_FONTS or counts["cellXfs"] > MOST_LOOKS or len(formats) > MOST_NUMBER_FORMATS:
        yield f"too many styles: {counts}, {len(formats)} number formats"
    for one in formats:
        code = one.get("formatCode", "")
        if length(code) > LONGEST_NUMBER_FORMAT or code.count('"') % 2:
            yield f"number format {code}"
    for part in package.sheets().values():
        used = {int(one.get("s", "0")) for one in package.parts[part].iter(f"{MAIN}c")}
        yield from (f"{part}: style {one} is missing" for one in used if one >= counts["cellXfs"])


def condition_faults(package: Package) -> Iterator[str]:
    """Conditional formats without cells, look or an order of their own, or that look at other sheets."""
    looks = len(package.parts["xl/styles.xml"].findall(f"{MAIN}dxfs/{MAIN}dxf"))
    for name, part in package.sheets().items():
        blocks = [*package.parts[part].iter(f"{MAIN}conditionalFormatting")]
        yield from (f"{name}: conditional format without cells" for block in blocks if not block.get("sqref"))
        rules = [rule for block in blocks for rule in block.iterfind(f"{MAIN}cfRule")]
        order = Counter(rule.get("priority", "") for rule in rules)
        yield from (f"{name}: priority {one} stands twice" for one, count in order.items() if count > 1 or not one)
        for rule in rules:
            if int(rule.get("dxfId", "0")) >= looks:
                yield f"{name}: look {rule.get('dxfId')} is missing"
            for formula in rule.iterfind(f"{MAIN}formula"):
                yield from (f"{name}: condition {fault}" for fault in text_faults(formula.text or "", set()))


def defined_name_faults(package: Package) -> Iterator[str]:
    """Names of ranges that stand twice or point at sheets that are not there."""
    sheets = package.sheets()
    found = [*package.parts["xl/workbook.xml"].iter(f"{MAIN}definedName")]
    keys = Counter((one.get("name", "").casefold(), one.get("localSheetId")) for one in found)
    yield from (f"name {key} stands twice" for key, count in keys.items() if count > 1)
    for one in found:
        if int(one.get("localSheetId", "0")) >= len(sheets):
            yield f"name {one.get('name')} of a sheet that is missing"
        for sheet in re.findall(r"(?:'((?:[^']|'')+)'|(\w+))!", one.text or ""):
            if (sheet[0] or sheet[1]).replace("''", "'") not in sheets:
                yield f"name {one.get('name')} points at {sheet}"


def chart_faults(package: Package) -> Iterator[str]:
    """Series that point at missing sheets or keep no values for previews."""
    for name, part in package.parts.items():
        if not name.startswith("xl/charts/chart"):
            continue
        for reference in part.iter(f"{_CHART}f"):
            sheet = (reference.text or "").rpartition("!")[0].strip("'").replace("''", "'")
            if sheet not in package.sheets():
                yield f"{name} points at {reference.text}"
        for series in part.iter(f"{_CHART}ser"):
            if not [*series.iter(f"{_CHART}ptCount")]:
                yield f"{name}: a series without values"
