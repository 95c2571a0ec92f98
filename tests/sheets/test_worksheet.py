"""The quick worksheet gives the same parts as XlsxWriter's own."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.expression.tree import Expression, is_number, joined, lift, when
from selfeval.sheets import writer
from selfeval.sheets.model import Book, Cell, CellLink, Column, Content, FileLink, Rich, Row, Sheet, cell
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.worksheet import GrowingWorksheet

COLUMNS = tuple(Column(name, name, 12.0) for name in "abcdefgh")
STYLES = ("centre", "text", "score", "input_number", "label", "total")
FORMULAS: tuple[Expression, ...] = (
    cell("base", "a"),
    when(is_number(cell("base", "b")), cell("base", "b"), "待补充"),
    lift(1) / 0,
    lift(1).equals(1),
    joined('a<b>&"', "c"),
    joined("", ""),
    lift("_x0041_").equals("b"),
    joined("_x0041_", ""),
)

contents: st.SearchStrategy[Content] = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.sampled_from(["<&>\"'", "  先空格", "_x0041_", "\n", "\x00\x1f", "=1+1", "😀" * 9, "<r>a</r>"]),
    st.floats(-1e300, 1e300),
    st.integers(-(10**12), 10**12).map(float),
    st.sampled_from(FORMULAS),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    st.just(Rich((("一", ""), ("二", "mark")))),
    st.just(FileLink("单位/表 1#.xlsx", "打开")),
    st.just(CellLink(cell("base", "a", "表"), "查看")),
)


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A sheet of some rows; cells here and there merged over columns or rows."""
    rows, taken = [Row((Cell("a", "甲", "text"), Cell("b", 0.1, "score")), "base")], dict[tuple[int, int], bool]()
    count = draw(st.integers(1, 6))
    for at in range(count):
        cells, left = [], 0
        while left < len(COLUMNS):
            if taken.get((at, left)) or draw(st.booleans()):
                left += 1
                continue
            last = min(len(COLUMNS) - 1, left + draw(st.integers(0, 2)))
            last = next((one - 1 for one in range(left + 1, last + 1) if taken.get((at, one))), last)
            tall = min(count - at, draw(st.integers(1, 2)))
            taken |= {(at + down, one): True for down in range(tall) for one in range(left, last + 1)}
            style = draw(st.sampled_from(STYLES))
            cells.append(Cell(COLUMNS[left].id, draw(contents), style, COLUMNS[last].id, tall))
            left = last + 1
        rows.append(Row(tuple(cells), f"r{at}", draw(st.sampled_from([None, 20.0]))))
    return Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, tuple(rows)),))


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@settings(max_examples=150, deadline=None)
@given(books())
def test_every_part_is_as_xlsxwriter_writes_it(book: Book) -> None:
    assert _parts(writer.workbook(book)) == _parts(writer.plain_workbook(book, worksheet=_InOrder))


def _number(look: object) -> None:
    look._get_xf_index()  # type: ignore[attr-defined]  # XlsxWriter ships no types


class _InOrder(GrowingWorksheet):
    """XlsxWriter's own, which numbers styles when it writes: here as the quick one does, when a cell is given."""

    def _write_string(self, row: int, col: int, string: str, cell_format: object = None) -> object:
        _number(cell_format)
        return super()._write_string(row, col, string, cell_format)

    def _write_number(self, row: int, col: int, number: float, cell_format: object = None) -> object:
        _number(cell_format)
        return super()._write_number(row, col, number, cell_format)

    def _write_formula(self, row: int, col: int, formula: str, cell_format: object = None, value: object = 0) -> object:
        _number(cell_format)
        return super()._write_formula(row, col, formula, cell_format, value)

    def _write_blank(self, row: int, col: int, blank: object, cell_format: object = None) -> object:
        _number(cell_format)
        return super()._write_blank(row, col, blank, cell_format)

    def _write_rich_string(self, row: int, col: int, *pieces: object) -> object:
        _number(pieces[-1])
        return super()._write_rich_string(row, col, *pieces)


def test_a_cell_of_two_is_refused() -> None:
    rows = (Row((Cell("a", "甲", "text", "c"), Cell("b", "乙", "text", "d"))),)
    with pytest.raises(ValueError, match="two cells"):
        writer.workbook(Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, rows),)))


def test_no_number_without_end_is_written() -> None:
    rows = (Row((Cell("a", 1.7976931348623151e308, "score"),)),)
    with pytest.raises(ValueError, match="no number of a sheet"):
        writer.workbook(Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, rows),)))
