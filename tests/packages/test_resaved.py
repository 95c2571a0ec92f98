"""A workbook of ours is known again after a program saved it; what somebody changed in it shows."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.packages.resaved import Change, change_of, is_as_made
from tests.packages.evil import changed, plain
from tests.workbooks.sample import FULL, score_year

FORM, GROUNDS = "自评表", "评分依据"
YELLOW = PatternFill("solid", "FFFFFF00")


@cache
def ours() -> bytes:
    return score_year().workbook(FULL)


def saved(edit: Callable[[Workbook], object] = lambda _book: None) -> bytes:
    book, file = load_workbook(io.BytesIO(ours())), io.BytesIO()
    edit(book)
    book.save(file)
    return file.getvalue()


def formula_in(sheet: Worksheet) -> str:
    return next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


def test_one_that_nobody_touched_is_as_made() -> None:
    assert change_of(ours()) == Change(at_all=False)


def test_one_that_was_opened_and_saved_is_as_made() -> None:
    again = saved()
    assert again != ours()
    assert is_as_made(again)


def looks_alone(book: Workbook) -> None:
    sheet = book[FORM]
    sheet.column_dimensions["C"].width = 60
    sheet.row_dimensions[5].height = 90
    sheet.print_title_rows = "1:2"
    sheet["A1"].alignment = Alignment(horizontal="left")
    sheet["A1"].font = Font(name="黑体", size=30, color="FF1F1F1F")
    sheet["Z99"].fill = PatternFill("solid", "FFFFFFFF")
    book.active = 1


def test_widths_fonts_and_pages_are_no_contents() -> None:
    assert is_as_made(saved(looks_alone))


def paint(book: Workbook) -> None:
    book[FORM]["A1"].fill = YELLOW


def paint_blank(book: Workbook) -> None:
    book[FORM]["J9"].fill = YELLOW


def ink(book: Workbook) -> None:
    book[FORM]["A1"].font = Font(color="FFFF0000")


def strike(book: Workbook) -> None:
    book[FORM]["A1"].font = Font(strike=True)


def note(book: Workbook) -> None:
    book[FORM]["A1"].comment = Comment("重新核一下", "李某")


def text(book: Workbook) -> None:
    book[FORM]["N40"] = "见附件"


def number(book: Workbook) -> None:
    book[GROUNDS]["Z3"] = 0.5


def typed_over(book: Workbook) -> None:
    book[FORM][formula_in(book[FORM])] = 5


def other_formula(book: Workbook) -> None:
    book[FORM][formula_in(book[FORM])] = "=1+1"


def emptied(book: Workbook) -> None:
    book[FORM]["A1"] = None


def renamed(book: Workbook) -> None:
    book[FORM].title = "自评表（初稿）"


@pytest.mark.parametrize(
    ("edit", "sheets"),
    [
        (paint, (FORM,)),
        (paint_blank, (FORM,)),
        (ink, (FORM,)),
        (strike, (FORM,)),
        (note, ()),
        (text, (FORM,)),
        (number, (GROUNDS,)),
        (typed_over, (FORM,)),
        (other_formula, (FORM,)),
        (emptied, (FORM,)),
        (renamed, ("自评表（初稿）",)),
        (lambda book: book.create_sheet("底稿"), ("底稿",)),
        (lambda book: book.remove(book[GROUNDS]), ()),
    ],
)
def test_what_somebody_changed_shows(edit: Callable[[Workbook], object], sheets: tuple[str, ...]) -> None:
    assert change_of(saved(edit)) == Change(at_all=True, sheets=sheets)


@pytest.mark.parametrize("part", ["xl/media/image1.png", "xl/threadedComments/threadedComment1.xml"])
def test_a_picture_or_a_thread_of_notes_shows(part: str) -> None:
    assert change_of(changed(ours(), {part: b'<c><threadedComment ref="A1"><text>?</text></threadedComment></c>'})) == (
        Change(at_all=True)
    )


@pytest.mark.parametrize("data", [b"", b"half a file", plain()])
def test_nothing_is_known_of_other_files(data: bytes) -> None:
    assert change_of(data) is None
    assert not is_as_made(data)


def test_what_is_damaged_is_no_workbook_of_ours() -> None:
    assert change_of(ours()[:-100]) is None


def test_a_program_may_lay_out_the_properties_otherwise() -> None:
    part = "docProps/custom.xml"
    spaced = changed(ours(), {part: lambda content: content.replace(b"><", b">\n  <")})
    assert is_as_made(spaced)
