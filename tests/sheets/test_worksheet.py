"""The quick worksheet gives the same parts as XlsxWriter's own."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.expression.tree import Expression, is_number, joined, lift, when
from selfeval.domain.tables import Made
from selfeval.sheets import writer
from selfeval.sheets.charts import Chart, Series
from selfeval.sheets.colours import Colour, Holds
from selfeval.sheets.entries import TEXT, Entry, choice, day, number, percent
from selfeval.sheets.heights import Fit
from selfeval.sheets.ids import Ids
from selfeval.sheets.model import Book, Cell, CellLink, Column, Content, FileLink, Rich, Row, Sheet, cell, down
from selfeval.sheets.page import FORM_PAGE, LIST_PAGE, UPRIGHT
from selfeval.sheets.styles import with_decimals
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
    st.sampled_from(["<&>\"'", "  先空格", "_x0041_", "_x0041_x0042_", "\n", "\x00\x1f", "=1+1", "😀" * 9, "<r>a</r>"]),
    st.floats(-1e300, 1e300),
    st.integers(-(10**12), 10**12).map(float),
    st.sampled_from(FORMULAS),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
    st.sampled_from(
        [
            Rich((("一", ""), ("二", "mark"))),
            Rich(((" <a>&", "mark"), ("_x0041_\x01\n ", ""), ("三", ""))),
        ]
    ),
    st.just(FileLink("单位/表 1#.xlsx", "打开")),
    st.just(CellLink(cell("base", "a", "表"), "查看")),
)


ENTRIES = (
    None,
    TEXT,
    choice(("认可", "调整")),
    choice(("<a>", '"b"', "c&d"), "标题", free=True),
    day("2024-12-20"),
    number("元", Fraction(0)),
    number("", Fraction(-1, 3), Fraction(100)),
    Entry("number", (), 0, cell("base", "b"), refusal=("调整得分", "请填0到分值之间的数")),
    Entry("number", (), 0.0, 1e12),
    percent(cell("base", "b"), Fraction(0), Fraction(100), small=True),
)
RULES = (
    Holds("认可"),
    Holds('<"a">', "begins with"),
    Holds("x", "not containing"),
    cell("base", "b") < 1,
)


@st.composite
def lines(draw: st.DrawFn) -> list[Row]:
    """Some rows; cells here and there merged over columns or rows, typed into, or with a note."""
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
            style, entry = draw(st.sampled_from(STYLES)), draw(st.sampled_from(ENTRIES))
            comment = draw(st.sampled_from(["", "", "", "备注\n第二行", "<&>"]))
            pattern = draw(st.sampled_from(["", "", "percent", "general:次"]))
            name, to = COLUMNS[left].id, COLUMNS[last].id if last > left or draw(st.booleans()) else ""
            cells.append(Cell(name, draw(contents), style, to, tall, pattern, entry, comment))
            left = last + 1
        height = draw(st.sampled_from([None, 20.0, 15.0, 0.0, 33.3, Fit(), Fit(8.0, grows=True)]))
        flags = {name: draw(st.booleans()) for name in ("frozen", "repeated", "new_page", "together")}
        rows.append(Row(tuple(cells), f"r{at}", height, draw(st.sampled_from([False, False, True])), **flags))
    return rows


@st.composite
def sheets(draw: st.DrawFn, name: str) -> Sheet:
    """A sheet with whatever a sheet may have."""
    widths = st.sampled_from([12.0, 12.0, 0.5, None, 9.14])
    columns = tuple(
        replace(column, width=draw(widths), hidden=draw(st.sampled_from([False, False, True])))
        for column in COLUMNS[:-1]
    )
    areas = st.sampled_from([down("a", "base", "r0"), down("b", "base", "base"), down("c", "r0", "r0")])
    looks = st.sampled_from(sorted(WORKBOOKS.looks))
    colours = draw(st.lists(st.builds(Colour, areas, st.sampled_from(RULES), looks), max_size=4))
    shown = down("a", "base", "r0"), down("b", "base", "r0")
    kinds: st.SearchStrategy[Any] = st.sampled_from(["line", "column", "bar", "scatter"])
    names, areas_shown = st.sampled_from(["<数>", "二"]), st.sampled_from(shown)
    dashes: st.SearchStrategy[Any] = st.sampled_from(["solid", "dash"])
    series = st.builds(Series, names, areas_shown, areas_shown, st.just("#1F4E79"), dashes)
    charts = draw(
        st.lists(
            st.builds(
                Chart,
                kinds,
                st.just(cell("r0", "c")),
                st.integers(100, 900),
                st.just(300),
                st.lists(series, min_size=1, max_size=3).map(tuple),
                title=st.sampled_from(["", "图<1>"]),
                legend=st.sampled_from([None, 0, 9]),
            ),
            max_size=2,
        )
    )
    return Sheet(
        name,
        (*columns, COLUMNS[-1]),  # one is always in sight
        tuple(draw(lines())),
        draw(st.sampled_from([UPRIGHT, LIST_PAGE, FORM_PAGE, replace(UPRIGHT, printed=("a", "h"), header="示&例")])),
        draw(st.sampled_from([None, Ids("标记1", "note", 1.0)])),
        draw(st.sampled_from([None, ("base", "r0")])),
        tuple(colours),
        tuple(charts),
        draw(st.sampled_from(["", "entries", "all"])),
        draw(st.sampled_from([None, ("base", "b")])),
        gridlines=draw(st.booleans()),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A book of one or two sheets."""
    made = [draw(sheets("表"))]
    if draw(st.booleans()):
        made.append(draw(sheets("第2'张&")))
    theme = draw(st.sampled_from([WORKBOOKS, with_decimals(WORKBOOKS, 1)]))
    return Book(draw(st.sampled_from(["书", "<&>"])), dt.date(2025, 1, 1), theme, tuple(made), draw(st.booleans()))


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@settings(max_examples=300, deadline=None)
@given(books())
def test_every_part_is_as_xlsxwriter_writes_it(book: Book) -> None:
    assert _parts(writer.workbook(book)) == _parts(writer.plain_workbook(book, worksheet=_InOrder))


def _long(sheet: Sheet) -> Sheet:
    """The same with rows that are made when they are asked for; no cell of it stands in several."""
    rows = [row._replace(cells=tuple(cell._replace(rows=1) for cell in row.cells)) for row in sheet.rows]
    return replace(sheet, rows=Made(len(rows), rows.__getitem__))


@settings(max_examples=150, deadline=None)
@given(books())
def test_every_part_is_as_xlsxwriter_writes_it_row_by_row(book: Book) -> None:
    long = replace(book, sheets=tuple(map(_long, book.sheets)))
    plain = writer.plain_workbook(long, writer.ROW_BY_ROW, worksheet=_InOrder)
    assert _parts(writer.workbook(long)) == _parts(plain)


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


@pytest.mark.filterwarnings("ignore:.*rich string")
def test_a_text_in_pieces_that_xlsxwriter_refuses_is_left_out_with_its_warning() -> None:
    for parts in ((("一", ""),), (("", ""), ("二", "mark")), (("一" * 20_000, ""), ("二" * 20_000, "mark"))):
        rows = (Row((Cell("a", Rich(parts)), Cell("b", 1))),)
        book = Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, rows),))
        assert _parts(writer.workbook(book)) == _parts(writer.plain_workbook(book, worksheet=_InOrder))


def test_a_cell_of_two_is_refused() -> None:
    rows = (Row((Cell("a", "甲", "text", "c"), Cell("b", "乙", "text", "d"))),)
    with pytest.raises(ValueError, match="two cells"):
        writer.workbook(Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, rows),)))


def test_no_number_without_end_is_written() -> None:
    rows = (Row((Cell("a", 1.7976931348623151e308, "score"),)),)
    with pytest.raises(ValueError, match="no number of a sheet"):
        writer.workbook(Book("书", dt.date(2025, 1, 1), WORKBOOKS, (Sheet("表", COLUMNS, rows),)))
