"""One table as a file of any format that units have: what stands above it, and its cells, some merged."""

from __future__ import annotations

import csv
import html
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import xlsxwriter

from selfeval.sources.blocks import Grid, GridCell
from selfeval.sources.imported import Imported
from selfeval.sources.merging import merged
from selfeval.sources.read import read_file
from tests.sources.goal_tables import Cells, grid
from tests.sources.raw_pdf import box, pdf, text

_SIZE, _LINE, _TOP, _LEFT = 4, 14, 820, 5


def read_as(suffix: str, folder: Path, rows: Sequence[Cells], *above: str, year: int = 2025) -> Imported:
    """What a table means when it comes in a file of a format, as ``selfeval import`` reads it."""
    path = folder / f"绩效目标{suffix}"
    FORMATS[suffix](path, grid(rows), above)
    return merged([read_file(path, year)], year)


def _sheet(path: Path, table: Grid, above: Sequence[str]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("绩效目标")
        for at, line in enumerate(above):
            sheet.write(at, 0, line)
        for row, cell in _cells(table):
            first, last = row + len(above), row + len(above) + cell.rows - 1
            value = float(cell.text) if cell.text.replace(".", "", 1).isdigit() else cell.text
            if cell.rows * cell.columns > 1:
                sheet.merge_range(first, cell.column, last, cell.column + cell.columns - 1, value)
            else:
                sheet.write(first, cell.column, value)


def _csv(path: Path, table: Grid, above: Sequence[str]) -> None:
    lines = [[""] * _width(table) for _ in table.rows]
    for row, cell in _cells(table):
        lines[row][cell.column] = cell.text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*([line] for line in above), *lines])


def _page(path: Path, table: Grid, above: Sequence[str]) -> None:
    rows = "".join(
        "<tr>"
        + "".join(f'<td rowspan="{one.rows}" colspan="{one.columns}">{html.escape(one.text)}</td>' for one in row.cells)
        + "</tr>"
        for row in table.rows
    )
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in above)
    path.write_text(f'<html><meta charset="utf-8"><body>{lines}<table>{rows}</table></body></html>', encoding="utf-8")


def _word(path: Path, table: Grid, above: Sequence[str]) -> None:
    made = docx.Document()
    for line in above:
        made.add_paragraph(line)
    ruled = made.add_table(len(table.rows), _width(table))
    for row, cell in _cells(table):
        first = ruled.cell(row, cell.column)
        last = ruled.cell(row + cell.rows - 1, cell.column + cell.columns - 1)
        (first.merge(last) if first is not last else first).text = cell.text
    made.save(str(path))


def _pdf(path: Path, table: Grid, above: Sequence[str]) -> None:
    widths = [20.0] * _width(table)
    for _, cell in _cells(table):
        if cell.columns == 1:
            widths[cell.column] = max(widths[cell.column], len(cell.text) * _SIZE + 6.0)
    edges = [_LEFT + sum(widths[:at]) for at in range(len(widths) + 1)]
    drawn = [text(_LEFT, _TOP - at * _LINE, line, _SIZE) for at, line in enumerate(above)]
    top = _TOP - len(above) * _LINE
    for row, cell in _cells(table):
        x0, x1 = edges[cell.column], edges[cell.column + cell.columns]
        y1, y0 = top - row * _LINE, top - (row + cell.rows) * _LINE
        drawn += [box(x0, y0, x1, y1), text(x0 + 2, (y0 + y1) / 2 - 2, cell.text, _SIZE)]
    path.write_bytes(pdf(["".join(drawn)]))


def _cells(table: Grid) -> list[tuple[int, GridCell]]:
    return [(number, cell) for number, row in enumerate(table.rows) for cell in row.cells]


def _width(table: Grid) -> int:
    return max(cell.column + cell.columns for _, cell in _cells(table))


FORMATS: Mapping[str, Callable[[Path, Grid, Sequence[str]], None]] = {
    ".xlsx": _sheet,
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _page,
    ".csv": _csv,
}
"""How each format is written."""
