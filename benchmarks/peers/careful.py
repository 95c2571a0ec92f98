"""A careful peer on openpyxl alone: read-only and write-only, and each style made once a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.cell_range import CellRange

from benchmarks.peers.layout import Cell, Sheet, is_formula
from benchmarks.peers.scoring import Grid
from benchmarks.peers.with_openpyxl import around, beside, dress
from benchmarks.peers.year import run


def read(path: Path, names: Sequence[str]) -> Mapping[str, Grid]:
    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    grids = {name: list(book[name].iter_rows(values_only=True)) for name in names}
    book.close()
    return grids


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    book = Workbook(write_only=True)
    for sheet in sheets:
        made: Any = book.create_sheet(sheet.name)
        around(made, sheet)  # rows are written as they come: their heights stand before
        for row in _rows(sheet, made, _looks(made)):
            made.append(row)
        for top, left, bottom, right, _ in sheet.merges:
            made.merged_cells.add(CellRange(None, left, top, right, bottom))
        beside(made, sheet)
    book.save(path)


def _looks(made: Any) -> Callable[[str], Any]:  # noqa: ANN401 - a write-only sheet
    """The style of a name, made when it is first asked for, as the cells of the workbook share it."""

    @cache
    def look(name: str) -> Any:  # noqa: ANN401 - openpyxl's array of numbers of parts
        pattern: Any = WriteOnlyCell(made)
        dress(pattern, name)
        return pattern._style  # noqa: SLF001 - shared, as openpyxl itself does on reading

    return look


def _rows(sheet: Sheet, made: Any, look: Callable[[str], Any]) -> Iterator[list[Any]]:  # noqa: ANN401
    """The cells row by row, with the blank ones that a merged range covers."""
    links = {(row, column): target for row, column, target in sheet.links}
    cells = {(cell.row, cell.column): cell for cell in _covered(sheet)} | {(c.row, c.column): c for c in sheet.cells}
    expected = 1
    for row, group in groupby(sorted(cells), lambda place: place[0]):
        yield from ([] for _ in range(row - expected))
        line: list[Any] = []
        for _, column in group:
            line += [None] * (column - 1 - len(line))
            cell = cells[row, column]
            written: Any = WriteOnlyCell(made, cell.value)  # type: ignore[arg-type]
            if isinstance(cell.value, str) and not is_formula(cell.value):
                written.data_type = "s"
            written._style = look(cell.style)  # noqa: SLF001 - one style, shared
            if links and (row, column) in links:
                written.hyperlink = links[row, column]
            line.append(written)
        yield line
        expected = row + 1


def _covered(sheet: Sheet) -> Iterator[Cell]:
    for top, left, bottom, right, name in sheet.merges:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield Cell(row, column, None, name)


if __name__ == "__main__":
    run(read, write)
