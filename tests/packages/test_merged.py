"""Values below merged cells."""

from __future__ import annotations

import io

import openpyxl
import pytest

from selfeval.packages import merged
from selfeval.packages.container import RefusedError
from selfeval.packages.looks import Look
from selfeval.packages.merged import cover
from selfeval.packages.workbook import Workbook, workbook_of


def test_what_a_merged_cell_covers_is_not_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ((1, 2, 3), (4, None, "六"), (7, 8, 9)):
        sheet.append(row)
    file = io.BytesIO()
    sheet.merged_cells.add("A1:B2")  # as pasting a format leaves it: the values stay
    sheet.merged_cells.add("C2:C1048576")
    book.save(file)
    found = workbook_of(file.getvalue())
    assert isinstance(found, Workbook)
    looks = found.sheets[sheet.title].looks
    assert {place for place, look in looks.items() if look.shown(1) is None} == {(0, 1), (1, 0), (2, 2)}
    assert found.sheets[sheet.title].rows[0][1] == 2


def test_a_look_keeps_what_else_is_known_of_it() -> None:
    looks = {(0, 1): Look("0%", struck=True)}
    cover([["", 1.0]], looks, [(0, 0, 0, 1)])
    assert looks == {(0, 1): Look(";;;", struck=True)}


def test_a_row_that_is_shorter_is_let_be() -> None:
    looks: dict[tuple[int, int], Look] = {}
    cover([["", 1.0], [""]], looks, [(0, 0, 1, 1)])
    assert [*looks] == [(0, 1)]


def test_more_merged_cells_than_a_sheet_can_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merged, "MAX_COVERED", 3)
    with pytest.raises(RefusedError):
        cover([["a", "b"]], {}, [(0, 0, 0, 1)] * 2)
