"""What Excel asks of formulas, and what previews ask: a stored value beside each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.workbooks.excel.package import MAIN, Package
from tests.workbooks.excel.sheets import length

KNOWN = {
    "ABS", "AND", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATE", "DATEVALUE", "FIND",
    "HYPERLINK", "IF", "IFERROR", "INDEX", "INT", "ISERROR", "ISNUMBER", "ISTEXT", "LARGE", "LEFT", "LEN", "LOOKUP",
    "MATCH", "MAX", "MID", "MIN", "MOD", "MONTH", "N", "NA", "NOT", "OR", "RIGHT", "ROUND", "ROW", "ROWS", "SMALL",
    "SUBSTITUTE", "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "TEXT", "TRIM", "VALUE", "YEAR",
}  # fmt: skip
"""Functions that Excel 2010, WPS and LibreOffice all know by these names."""

LONGEST_FORMULA, LONGEST_LITERAL, DEEPEST = 8_192, 255, 64
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_SHEET = re.compile(r"'((?:[^']|'')+)'!")
_FUNCTION = re.compile(r"([A-Za-z_.][A-Za-z0-9_.]*)\(")


def formula_faults(package: Package) -> Iterator[str]:
    """Everything wrong with the formulas of a workbook's cells."""
    for name, part in package.sheets().items():
        for cell in package.parts[part].iter(f"{MAIN}c"):
            formula = cell.find(f"{MAIN}f")
            if formula is None:
                continue
            place = f"{name}!{cell.get('r')}"
            yield from (f"{place}: {fault}" for fault in text_faults(formula.text or "", set(package.sheets())))
            if cell.find(f"{MAIN}v") is None:
                yield f"{place}: a formula without its value"


def text_faults(formula: str, sheets: set[str]) -> Iterator[str]:
    """What is wrong with one formula, without its leading =, in a workbook of some sheets."""
    if not formula or formula.startswith("="):
        yield f"no formula: {formula[:20]!r}"
    if length(formula) > LONGEST_FORMULA:
        yield f"a formula of {length(formula)} characters"
    yield from (
        f"a text of {length(one)} characters" for one in _LITERAL.findall(formula) if length(one) > LONGEST_LITERAL
    )
    bare = _LITERAL.sub('""', formula)
    yield from (f"no sheet {one}" for one in _SHEET.findall(bare) if one.replace("''", "'") not in sheets)
    named = _SHEET.sub("", bare)
    yield from (f"unknown function {one}" for one in _FUNCTION.findall(named) if one not in KNOWN)
    if "[" in named or "|" in named or "{" in named:
        yield "another workbook, program or array"
    depth = deepest = 0
    for one in named:
        depth += (one == "(") - (one == ")")
        deepest = max(deepest, depth)
    if depth or deepest > DEEPEST:
        yield f"brackets: {depth} open, {deepest} deep"
