"""A peer as an analyst would write it: pandas reads, openpyxl writes cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook

from benchmarks.peers.layout import Sheet, is_formula
from benchmarks.peers.scoring import Grid
from benchmarks.peers.with_openpyxl import around, beside, dress
from benchmarks.peers.year import run


def read(path: Path, names: Sequence[str]) -> Mapping[str, Grid]:
    frames = pd.read_excel(
        path, sheet_name=list(names), header=None, na_values=[""], keep_default_na=False, engine="openpyxl"
    )
    return {str(name): frame.to_numpy(dtype=object).tolist() for name, frame in frames.items()}


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        for cell in sheet.cells:
            written = made.cell(cell.row, cell.column, cell.value)
            if isinstance(cell.value, str) and not is_formula(cell.value):
                written.data_type = "s"
            dress(written, cell.style)
        for top, left, bottom, right, name in sheet.merges:
            for row in made.iter_rows(top, bottom, left, right):
                for part in row:
                    dress(part, name)
            made.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row, column, target in sheet.links:
            made.cell(row, column).hyperlink = target
        around(made, sheet)
        beside(made, sheet)
    book.save(path)


if __name__ == "__main__":
    run(read, write)
