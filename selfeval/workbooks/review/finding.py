"""Finding the sheet 复核意见 among those of a workbook, and saying why it is not known again where it must be one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selfeval.packages.workbook import Sheet

FAMILY = "selfeval.review."
MARKER = f"{FAMILY}v1"
"""Stands where the row of column ids and the column of row ids meet; finds the sheet and says its version."""

REVIEW = "复核意见"
REASON = "理由（调整、退回必填）"
"""A heading that no other sheet has."""

_MOST_TOLD = 5

Marked = tuple[Sheet, int, int]
"""A sheet with the row and column of its marker."""


def review_sheets(sheets: Sequence[Sheet]) -> list[Marked] | str:
    """The sheets with a marker, the one with the usual name first; why nobody knows which one a reviewer filled in."""
    ordered = sorted(sheets, key=lambda sheet: sheet.name != REVIEW)
    places = [(sheet, _markers(sheet)) for sheet in ordered]
    if several := [sheet.name for sheet, found in places if len(found) > 1]:
        return f"{_named(several)}里有几处复核意见的隐藏标记，无法确定以哪处为准；请只保留一份"
    if lost := [sheet.name for sheet, found in places if not found and _looks_alike(sheet)]:
        return f"{_named(lost)}是复核意见，隐藏的标记（原在A1单元格）却不在了，无法识别填的是哪些指标"
    marked = [(sheet, *found[0]) for sheet, found in places if found]
    seen = [one for one in marked if not one[0].hidden]
    if marked and not seen:
        return f"{_named([sheet.name for sheet, _, _ in marked])}是隐藏的，无法看到其中的内容；请取消隐藏"
    old = [sheet.name for sheet, row, column in marked if _text(sheet.rows[row][column]) != MARKER]
    return f"{_named(old)}是其他版本的复核意见" if old else marked


_COPY = re.compile(r"[复审]核意见(?:\s*[（(]\d+[）)])?")
"""The sheet, by its earlier name too, and what a spreadsheet calls a copy of it."""


def _markers(sheet: Sheet) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if isinstance(value, str) and _text(value).startswith(FAMILY)
    ]


def _looks_alike(sheet: Sheet) -> bool:
    return _COPY.fullmatch(sheet.name.strip()) is not None or any(REASON in row for row in sheet.rows)


def _text(value: object) -> str:
    return str(value).strip()


def _named(names: Sequence[str]) -> str:
    return f"工作表{'、'.join(f'“{name}”' for name in names[:_MOST_TOLD])}"
