"""Sheets as data: what content says by ids is what a reader of the file finds in its cells."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from selfeval.domain.expression.tree import (
    NOT_AVAILABLE,
    Expression,
    count_cells,
    count_where,
    is_number,
    item_at,
    joined,
    kth_largest,
    kth_smallest,
    mean,
    position_of,
    rounded,
    sum_product,
    sum_where,
    total,
    when,
)
from selfeval.domain.tables import Made
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.colours import Colour, Holds
from selfeval.sheets.entries import TEXT, Entry, choice, day
from selfeval.sheets.heights import Fit
from selfeval.sheets.ids import AUTO, Ids, TextGrid, markers, read_ids
from selfeval.sheets.layout import Layout
from selfeval.sheets.model import Book, Cell, CellLink, Column, Content, FileLink, Row, Sheet, cell, down
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.rows import banner, headings, over
from selfeval.sheets.styles import in_unit
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import Values
from selfeval.sheets.writer import workbook

DAY_OF_RUN = dt.date(2024, 12, 31)
COLUMNS = (Column("name", "名称", 20, frozen=True), Column("figure", "数", 10), Column("note", "说明", 30))


def book(*sheets: Sheet) -> Book:
    return Book("样张", DAY_OF_RUN, WORKBOOKS, sheets)


def one_sheet(*rows: Row) -> Book:
    return book(Sheet("甲", COLUMNS, rows))


def figures(*contents: Content) -> tuple[Row, ...]:
    return tuple(Row((Cell("figure", content, "number"),), f"r{at}") for at, content in enumerate(contents))


def opened(made: Book, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(made)), data_only=values, rich_text=True)


def page(made: Book, name: str = "甲", *, values: bool = False) -> Worksheet:
    found = opened(made, values=values)[name]
    assert isinstance(found, Worksheet)
    return found


def result(expression: Expression, *contents: Content) -> object:
    made = one_sheet(*figures(*contents), Row((Cell("figure", expression, "number"),), "live"))
    return page(made, values=True)[f"B{len(contents) + 1}"].value


def test_formulas_find_their_cells_wherever_blocks_move() -> None:
    live = Row((Cell("figure", total(down("figure", "r0", "r2")) / cell("r1", "figure"), "number"),), "live")
    above = one_sheet(live, Row(), *figures(1, 2, 3))
    assert page(above)["B1"].value == "=SUM($B$3:$B$5)/B4"
    assert page(above, values=True)["B1"].value == 3
    below = one_sheet(*figures(1, 2, 3), live)
    assert page(below)["B4"].value == "=SUM($B$1:$B$3)/B2"


def test_formulas_are_calculated_across_sheets_and_through_each_other() -> None:
    doubled = Sheet("乙", COLUMNS, figures(cell("r0", "figure", "甲") * 2))
    first = Sheet("甲", COLUMNS, figures(2.5, cell("r0", "figure", "乙") + 1))
    made = book(first, doubled)
    assert page(made, "乙")["B1"].value == "='甲'!B1*2"
    assert page(made, values=True)["B2"].value == 6


def test_a_formula_keeps_what_every_program_would_show() -> None:
    blank = cell("r0", "figure")
    assert result(blank, None) == 0
    assert result(when(is_number(blank), 1, ""), None) in {"", None}
    assert result(mean(blank), None) == "#DIV/0!"
    assert result(NOT_AVAILABLE) == "#N/A"
    assert result(joined("第", blank, "行"), 7) == "第7行"
    assert result(blank + 0.2, 0.1) == 0.3
    assert result(rounded(blank, 2), "1.005") == "#VALUE!"
    assert result(rounded(blank, 2), 1.005) == 1.01


def test_lists_are_calculated_cell_by_cell() -> None:
    cells = down("figure", "r0", "r3")
    contents: tuple[Content, ...] = (95, "82 – 92", 60.5, None)
    assert result(sum_product(is_number(cells) * (cells >= 60) * (cells < 90)), *contents) == 1
    assert result(sum_product(1 - is_number(cells)), *contents) == 2
    assert result(sum_product(is_number(cells) * 1, cells), *contents) == 155.5
    assert result(sum_product(cells.equals(cell("r1", "figure")) * 1), *contents) == 1
    assert result(sum_product(cells * 2 / total(cells)), 1, 3, 0, 0) == 2
    assert result(count_cells(cells), *contents) == 4


def test_rows_are_counted_and_summed_by_what_stands_in_them() -> None:
    cells = down("figure", "r0", "r3")
    contents: tuple[Content, ...] = (95, "A类", 60.5, None)
    assert result(count_where(cells, "a类"), *contents) == 1
    assert result(count_where(cells, 95), *contents) == 1
    assert result(count_where(cells, ">=60.5"), *contents) == 2
    assert result(count_where(cells, ">60.5", cells, "<95"), *contents) == 0
    assert result(sum_where(cells, cells, 60.5), *contents) == 60.5
    assert result(sum_where(cells, cells, "A类"), *contents) == 0
    assert result(sum_where(cells, cells, 95) + count_where(cells, 95), *contents) == 96


def test_ranked_numbers_and_what_stands_beside_them_are_found() -> None:
    cells = down("figure", "r0", "r3")
    contents: tuple[Content, ...] = (95, "文字", 60.5, None)
    assert result(kth_smallest(cells, 1), *contents) == 60.5
    assert result(kth_largest(cells, 2), *contents) == 60.5
    assert result(kth_largest(cells, 3), *contents) == "#NUM!"
    assert result(item_at(cells, 2), *contents) == "文字"
    assert result(item_at(cells, position_of(kth_smallest(cells, 1), cells)), *contents) == 60.5


def test_text_is_text_whatever_it_looks_like() -> None:
    for text in ("=1+1", "http://x", "12", "_x0041_", "-"):
        assert page(one_sheet(*figures(text)))["B1"].value == text
    assert result(joined(cell("r0", "figure"), ""), "_x0041_") in {"_x0041_", "_x005F_x0041_"}
    assert page(one_sheet(*figures("甲\x00乙\r\n丙")))["B1"].value == "甲␀乙\n丙"


def test_unknown_numbers_and_blank_texts_leave_a_cell_blank_with_its_look() -> None:
    for content in (float("nan"), "", None):
        found = page(one_sheet(*figures(content)))["B1"]
        assert found.value is None
        assert found.border.left.style == "thin"


def test_numbers_of_all_kinds_and_dates_are_values() -> None:
    found = page(one_sheet(*figures(Fraction(1, 4), 3, dt.date(2024, 12, 20), 1 / 3)), values=True)
    assert [found[f"B{at}"].value for at in (1, 2, 4)] == [0.25, 3, 0.333333333333333]
    row = Row((Cell("figure", dt.date(2024, 12, 20), "date"),))
    assert page(one_sheet(row), values=True)["B1"].value == dt.datetime(2024, 12, 20)  # noqa: DTZ001 (a sheet has no zone)


def test_what_was_typed_keeps_all_its_digits() -> None:
    typed = Row((Cell("figure", 0.1234567890123456, "number", entry=TEXT),))
    assert page(one_sheet(typed))["B1"].value == 0.1234567890123456


def test_styles_take_traits_and_other_number_formats() -> None:
    row = Row((Cell("figure", 3, "percent checkpoint", pattern=in_unit("次")), Cell("note", 9, "input_text open left")))
    found = page(one_sheet(row))
    assert (found["B1"].number_format, found["B1"].font.b) == ('General"次"', True)
    assert (found["C1"].protection.locked, found["C1"].alignment.horizontal) == (False, "left")


def test_links_go_to_files_beside_and_to_cells() -> None:
    row = Row(
        (
            Cell("name", FileLink("单位/表 #1.xlsx", "打开"), "link"),
            Cell("figure", CellLink(cell("r0", "figure", "乙"), "见"), "link"),
        )
    )
    made = book(Sheet("甲", COLUMNS, (row,)), Sheet("乙", COLUMNS, (Row(), *figures(1))))
    found = page(made)
    assert found["A1"].hyperlink is not None
    assert found["A1"].hyperlink.target == "单位/表%20%231.xlsx"
    assert found["B1"].hyperlink is not None
    assert found["B1"].hyperlink.location == "'乙'!B2"


def test_rows_are_as_high_as_the_texts_that_count() -> None:
    long = "很长的说明" * 20
    layout = Layout(
        one_sheet(
            Row((Cell("note", long),)),
            Row((Cell("note", long),), height=Fit(24.0, columns=("name",))),
            Row((Cell("name", long, last="note"),)),
            Row((Cell("note", long, "small"),)),
            Row(),
        )
    )
    heights = next(iter(layout)).heights
    alone, uncounted, merged, small, empty = heights
    assert alone is not None
    assert merged is not None
    assert small is not None
    assert uncounted == 24
    assert empty == 20
    assert merged < small < alone


def test_a_banner_shows_its_mark_in_red_behind_it() -> None:
    found = page(one_sheet(banner(COLUMNS, "汇总", "title", "示例数据")))
    assert str(found["A1"].value) == "汇总　【示例数据】"
    assert [str(area) for area in found.merged_cells.ranges] == ["A1:C1"]


def test_panes_filters_and_printing_follow_the_rows() -> None:
    rows = (over(COLUMNS, "题", "title", 26.0), headings(COLUMNS, frozen=True), *figures(1, 2), Row((), new_page=True))
    made = book(Sheet("甲", COLUMNS, rows, UPRIGHT, filter=("head", "r1")))
    found = page(made)
    assert found.freeze_panes == "B3"
    assert found.auto_filter.ref == "A2:C4"
    assert found.print_title_rows == "$2:$2"
    assert [one.id for one in found.row_breaks.brk] == [4]
    assert found.page_setup.orientation == "portrait"


def test_a_printed_area_ends_with_the_row_named() -> None:
    rows = (over(COLUMNS, "题", "title", 26.0), *figures(1, 2))
    printed = replace(UPRIGHT, printed=(COLUMNS[0].id, COLUMNS[1].id))
    for until, end in (("", "3"), ("r0", "2")):
        found = page(book(Sheet("甲", COLUMNS, rows, replace(printed, until=until))))
        assert str(found.print_area).endswith(f"$A$1:$B${end}")


def test_what_must_stay_together_begins_a_page() -> None:
    many = tuple(Row(height=100.0) for _ in range(9))
    end = (Row(height=100.0, together=True), Row(height=100.0))
    laid = [next(iter(Layout(one_sheet(*many[:count], *end)))) for count in range(10)]
    assert {at for at, sheet in enumerate(laid) if sheet.page_starts} <= {
        at for at in range(10) if laid[at].pages_tall == 0
    }
    assert any(sheet.page_starts for sheet in laid)
    assert not laid[0].page_starts


def test_what_follows_a_row_that_began_a_page_stays_with_it() -> None:
    end = (Row(height=100.0, together=True), Row(height=100.0, together=True), Row(height=100.0))
    laid = [next(iter(Layout(one_sheet(*(Row(height=100.0),) * count, *end)))) for count in range(10)]
    assert any(sheet.page_starts for sheet in laid)
    assert all(len(sheet.page_starts) <= 1 for sheet in laid)


def test_colours_and_limits_follow_the_cells_of_their_row() -> None:
    lost = cell("r0", "figure") > 0
    limit = Entry("number", (), 0, cell("r1", "figure"), refusal=("调整得分", "请填0到分值之间的数"))
    rows = (
        *figures(1, 2),
        Row(
            (
                Cell("note", None, entry=limit),
                Cell("name", None, entry=choice(["是", "否"])),
                Cell("figure", None, entry=day("2024-12-20")),
            )
        ),
    )
    area = down("note", "r0", "r1")
    made = book(Sheet("甲", COLUMNS, rows, colours=(Colour(area, lost, "lost"), Colour(area, Holds("差"), "salmon"))))
    found = page(made)
    (rules,) = (one.rules for one in found.conditional_formatting)
    assert [rule.formula for rule in rules] == [["$B1>0"], ['"差"']]
    limits = {str(one.sqref): one for one in found.data_validations.dataValidation}
    assert (limits["C3"].formula1, limits["C3"].formula2, limits["C3"].error) == ("0", "$B2", "请填0到分值之间的数")
    assert limits["A3"].formula1 == '"是,否"'
    assert limits["B3"].type == "date"


def test_charts_show_cells_wherever_they_stand_with_their_values() -> None:
    series = Series("支付", down("name", "r0", "r1"), down("figure", "r0", "r1"), "#1F4E79", dash="solid")
    chart = Chart("line", cell("r1", "note"), 500, 300, (series,), "累计支付", up=Axis(pattern="axis_percent"))
    data = workbook(book(Sheet("甲", COLUMNS, (Row(), *figures(0.5, cell("r0", "figure") * 2)), charts=(chart,))))
    drawn = zipfile.ZipFile(io.BytesIO(data)).read("xl/charts/chart1.xml").decode()
    assert re.findall("<c:f>(.*?)</c:f>", drawn) == ["甲!$A$2:$A$3", "甲!$B$2:$B$3"]
    assert re.findall("<c:v>(.*?)</c:v>", drawn) == ["支付", "0.5", "1.0"]


def test_ids_are_written_hidden_and_read_back() -> None:
    rows = (Row((Cell("figure", 7),), "r0"), Row((Cell("figure", cell("r0", "figure")),), f"{AUTO}sum"))
    made = book(Sheet("甲", COLUMNS, rows, ids=Ids("form.v1", "note", 1)))
    found = page(made)
    assert found.row_dimensions[1].hidden
    assert found.column_dimensions["A"].hidden
    assert found["C3"].value == "=C2"
    grid = TextGrid([["" if one.value is None else str(one.value) for one in row] for row in found.iter_rows()])
    (place,) = markers(grid, "form.")
    ids = read_ids(grid, place)
    assert (ids.marker, ids.rows, ids.columns) == ("form.v1", {"r0": [1]}, {"name": [1], "figure": [2], "note": [3]})


def test_an_id_that_stands_twice_is_a_bug() -> None:
    with pytest.raises(ValueError, match="甲"):
        workbook(one_sheet(Row((), "r0"), Row((), "r0")))


def test_the_same_book_gives_the_same_bytes() -> None:
    rows = (banner(COLUMNS, "题", mark="样"), *figures(1, cell("r0", "figure") * 2))
    assert workbook(one_sheet(*rows)) == workbook(one_sheet(*rows))


def project(code: str, name: str, paid: float, *more: Row) -> Book:
    """The same structure with the ids and values of a project."""
    rows = (
        banner(COLUMNS, name),
        Row((Cell("name", name), Cell("figure", paid, "money")), code),
        Row((Cell("figure", rounded(cell(code, "figure") / 3, 2), "score"),), f"{code}-01"),
        *more,
    )
    area = down("figure", code, f"{code}-01")
    return book(Sheet("甲", COLUMNS, rows, colours=(Colour(area, cell(code, "figure") > 1, "lost"),)))


def structure(made: Book) -> list[object]:
    """Addresses, merged cells, looks, number formats and formulas, as a reader of the file finds them."""
    cells = [cell for row in page(made).iter_rows() for cell in row]
    looks = [(one.coordinate, one.number_format, one.font.name, one.font.sz) for one in cells]
    formulas = [one.value for one in cells if re.match("=", str(one.value))]
    return [*looks, *formulas, *map(str, page(made).merged_cells.ranges)]


def test_values_are_known_without_writing_a_file() -> None:
    layout = Layout(project("P1", "法律服务", 20))
    (sheet,) = layout
    assert Values(layout).at(sheet, 2, 1) == 6.67


def test_texts_written_row_by_row_are_read_as_any_other() -> None:
    texts = [
        "_x0041_",
        "=1+1",
        "  两头  ",
        "一\r\n二",
        "x\x07y",
        "\ud800z",
        "😀",
        "<b>&\"'",
        "@SUM(A1)",
        "长" * 40_000,
        "1.50",
    ]
    rows = [Row((Cell("name", text, "small"),), f"r{at}") for at, text in enumerate(texts)]

    def values(rows: Sequence[Row]) -> list[list[object]]:
        sheet = Sheet("表", (Column("name", "", 20),), rows)
        data = workbook(Book("书", dt.date(2024, 12, 31), WORKBOOKS, (sheet,)))
        return [list(row) for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()]

    assert values(Made(len(rows), rows.__getitem__)) == values(rows) != []
