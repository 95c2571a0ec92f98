"""Cells that only say that the same stands in them as above: 同上, 〃."""

from __future__ import annotations

from dataclasses import replace

from selfeval.sources.blocks import Block, Document, Grid, GridCell
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified

_MARKS = frozenset(
    {"同上", "同上行", "同上栏", "同前", "〃", "〃〃", "\u2033", '"', "''", "\u201d", "\u201c", "〞", "〝"}
)


def spelt_out(document: Document, account: Account) -> Document:
    """The same with the text above in each such cell, which is said; one with nothing above it stays."""
    blocks = tuple(_spelt_out(block, account) for block in document.blocks)
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _spelt_out(block: Block, account: Account) -> Block:
    if not isinstance(block, Grid) or not any(_is_ditto(cell) for row in block.rows for cell in row.cells):
        return block
    above: dict[int, str] = {}
    rows = []
    for row in block.rows:
        cells = [_whole(cell, above, account) for cell in row.cells]
        for cell in cells:
            said = dict.fromkeys(range(cell.column, cell.column + cell.columns), cell.text)
            above |= said if cell.text.strip() else {}
        rows.append(replace(row, cells=tuple(cells)))
    return replace(block, rows=tuple(rows))


def _is_ditto(cell: GridCell) -> bool:
    return len(cell.text) <= max(map(len, _MARKS)) + 1 and squeeze(unified(cell.text)) in _MARKS


def _whole(cell: GridCell, above: dict[int, str], account: Account) -> GridCell:
    text = above.get(cell.column, "")
    if not text or not _is_ditto(cell):
        return cell
    account.infer("同上", cell.text.strip(), "按上面一格的内容识别", cell.spot)
    return replace(cell, text=text)
