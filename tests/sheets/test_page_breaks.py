"""Where the pages of a sheet begin: a list is shared out, a block is not torn, no row stands alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from selfeval.sheets.layout import Layout
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.themes.workbooks import WORKBOOKS

COLUMNS = (Column("name", "名称", 20, frozen=True), Column("figure", "数", 10), Column("note", "说明", 30))


def test_a_long_list_is_shared_out_over_its_pages() -> None:
    rows = tuple(Row((Cell("name", "甲"),), f"r{at}", 30.0) for at in range(25))
    heights = [30.0 * (end - start) for start, end in pairwise([0, *starts(Sheet("甲", COLUMNS, rows, LIST_PAGE)), 25])]
    assert len(heights) > 1
    assert max(heights) - min(heights) <= 30.0
    assert starts(Sheet("甲", COLUMNS, rows[:5], LIST_PAGE)) == ()


def test_high_rows_leave_no_row_alone_on_the_last_page() -> None:
    rows = tuple(Row((Cell("name", "甲"),), f"r{at}", 160.0) for at in range(16))
    pages = [end - start for start, end in pairwise([0, *starts(Sheet("甲", COLUMNS, rows, LIST_PAGE)), 16])]
    assert max(pages) - min(pages) <= 1, pages


def test_no_page_ends_below_the_heads() -> None:
    heads = Row((Cell("name", "甲"),), "head", 30.0, repeated=True)
    rows = (heads, *(Row((Cell("name", "甲"),), f"r{at}", 400.0) for at in range(3)))
    assert starts(Sheet("甲", COLUMNS, rows, LIST_PAGE)) == (2, 3)


def test_a_block_of_rows_is_not_torn_by_the_end_of_a_page() -> None:
    rows = [Row((Cell("name", "甲"),), f"r{at}", 30.0) for at in range(25)]
    rows[12] = rows[12]._replace(block=12)
    assert starts(Sheet("甲", COLUMNS, tuple(rows), replace(LIST_PAGE, even=False))) == (12,)


def starts(sheet: Sheet) -> tuple[int, ...]:
    """The rows that begin a page."""
    (laid,) = Layout(Book("样张", dt.date(2024, 12, 31), WORKBOOKS, (sheet,)))
    return laid.page_starts
