"""The labels of the form: whole cells or lines, white space between any two characters, perhaps a colon after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from selfeval.sources.blocks import GridCell, GridRow
from selfeval.sources.layout import squeeze, tidy

CODE = ("项目编码", "项目代码")
LEVEL1 = ("一级指标",)
HOLD_A_TABLE = (*CODE, *LEVEL1, "预算数")  # what no text but a project's table has as a label

UPPER: dict[str, tuple[str, ...]] = {
    "code": CODE,
    "name": ("项目名称",),
    "scope": ("预算规模及资金用途", "预算规模及"),
    "budget": ("预算数",),
    "fiscal": ("其中：财政资金", "财政资金"),
    "other": ("其他资金",),
    "plan": ("资金支出计划", "资金支出计划（%）", "资金支出计", "资金支出"),
    "goal": ("绩效目标",),
}
"""The labels above the indicator rows, each looked for after the one before it; the first spelling is the usual."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "level1": LEVEL1,
    "level2": ("二级指标",),
    "level3": ("三级指标",),
    "description": ("绩效指标描述", "指标描述", "绩效指标内容", "指标内容"),
    "target": ("指标值", "绩效指标值", "年度指标值", "目标值"),
    "basis": ("指标值确定依据", "确定依据", "指标值依据"),
}
"""The header of the indicator rows, from left to right; blank cells may stand between, and nothing else."""

NEEDED = ("level1", "level2", "level3", "target")  # the columns without which no indicator can be read

_LOOSE = {"：": "[:：]?", "（": "[（(]", "）": "[）)]"}


@cache
def _body(spelling: str) -> str:
    return r"[ \n]*".join(_LOOSE.get(char, re.escape(char)) for char in spelling)


def find(text: str, spellings: Iterable[str], start: int = 0) -> re.Match[str] | None:
    """The first label from ``start`` on that is spelt one of these ways; the longer one at a tie."""
    return next(iter(find_all(text, spellings, start)), None)


def find_all(text: str, spellings: Iterable[str], start: int = 0) -> list[re.Match[str]]:
    """Every label from ``start`` on that is spelt one of these ways, in order of place."""
    ways = [rf"(?:^|(?<=[\t\n])) *{_body(spelling)}(?:[ \n]*[:：])? *(?=[\t\n]|$)" for spelling in spellings]
    hits = [hit for way in ways for hit in re.compile(way).finditer(text, start)]
    return sorted(hits, key=lambda hit: (hit.start(), -hit.end()))


def find_in_order(text: str, labels: Mapping[str, Iterable[str]], *, adjacent: bool) -> dict[str, re.Match[str]]:
    """The labels of a part, each looked for after the one before it; ``adjacent``: with only white space between."""
    found: dict[str, re.Match[str]] = {}
    last = 0
    for name, spellings in labels.items():
        hit = find(text, spellings, last)
        if hit and not (adjacent and found and text[last : hit.start()].strip()):
            found[name] = hit
            last = hit.end()
    return found


def is_label(text: str, spellings: Iterable[str]) -> bool:
    """Whether the text of a cell is a label that is spelt one of these ways."""
    bare = squeeze(text)
    return any(re.fullmatch(f"{_body(spelling)}[:：]?", bare) for spelling in spellings)


class Filled(NamedTuple):
    """A cell that is not blank, and the number of its row; rows without any such cell do not count."""

    row: int
    cell: GridCell


def filled(rows: Iterable[GridRow]) -> list[Filled]:
    """The cells that are not blank, row by row."""
    by_row = [[cell for cell in row.cells if cell.text.strip()] for row in rows]
    return [Filled(number, cell) for number, cells in enumerate(filter(None, by_row)) for cell in cells]


def joined(cells: Iterable[Filled]) -> str:
    """The text of cells run together, each without the white space of page layout."""
    return "".join(tidy(cell.text) for _, cell in cells)


def indicator_header(rows: Sequence[GridRow]) -> int:
    """Which row heads the indicators; the number of rows when none does."""
    heads = (i for i, row in enumerate(rows) if any(is_label(cell.text, LEVEL1) for cell in row.cells))
    return next(heads, len(rows))
