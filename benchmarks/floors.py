"""Floors: the least work that each part of a run cannot do without."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from python_calamine import CalamineWorkbook


def read_cells(paths: Sequence[Path]) -> int:
    """Every cell of every sheet by calamine alone; the number of rows, so that nothing is optimised away."""
    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows += len(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return rows


def one_pass(
    actual: npt.NDArray[np.float64], target: npt.NDArray[np.float64], points: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """One numpy pass: ratio, cap, points, rounding (inexact at ties, which is why it is only a floor)."""
    return np.asarray(np.floor(np.minimum(actual / target, 1.0) * points + 0.5), dtype=np.float64)


def unpacked(workbooks: Sequence[bytes]) -> list[list[tuple[str, bytes]]]:
    """The parts of each workbook, uncompressed."""
    found = []
    for content in workbooks:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            found.append([(name, book.read(name)) for name in book.namelist()])
    return found


def pack(parts: Sequence[list[tuple[str, bytes]]], folder: Path) -> None:
    """Compress and write the same bytes again, nothing else."""
    for number, files in enumerate(parts):
        with zipfile.ZipFile(folder / f"{number}.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
            for name, content in files:
                book.writestr(name, content)
