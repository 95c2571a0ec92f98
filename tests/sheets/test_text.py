"""Text for cells: nothing that breaks a file gets in, and rows are high enough."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from selfeval.sheets.heights import PRINTED
from selfeval.sheets.heights import wrapped_lines as lines
from selfeval.sheets.text import LONGEST, clean


@given(st.text())
def test_clean_text_holds_nothing_that_a_workbook_cannot(text: str) -> None:
    shown = clean(text)
    assert clean(shown) == shown
    assert not any(ord(one) < 32 and one not in "\t\n" for one in shown)
    shown.encode("utf-8")


def test_control_characters_are_seen_and_line_breaks_stay() -> None:
    assert clean("甲\x00乙\x1b丙\r\n丁\r戊\ud800\uffff") == "甲␀乙␛丙\n丁\n戊<D800>"


def test_a_text_too_long_for_a_cell_says_what_was_cut() -> None:
    for text in ("长" * 40_000, "😀" * 20_000):
        shown = clean(text)
        assert len(shown.encode("utf-16-le")) // 2 <= LONGEST
        assert shown.endswith(f"……（原文共{len(text)}字，以下从略）")


def test_chinese_takes_twice_the_width_of_latin() -> None:
    assert lines("承" * 40, 20) > lines("a " * 20, 20)
    assert lines("", 20) == 1
    assert lines("一\n二\n三", 20) == 3


def test_a_latin_word_goes_whole_to_the_next_line() -> None:
    assert lines("指标编号 13080024P00010310005F-01", 20) == 3
    assert lines("指标编号 一二三四五六", 20) == 2


def test_a_row_is_never_higher_than_a_sheet_allows() -> None:
    assert PRINTED.row([("字" * 5_000, 10)], 20) == PRINTED.most
    assert PRINTED.row([("字", 10)], 24) == 24


@given(st.text(max_size=200), st.text(max_size=50))
def test_more_text_never_needs_fewer_lines(text: str, more: str) -> None:
    assert lines(text + more, 18) >= lines(text, 18)
