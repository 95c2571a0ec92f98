"""Digits above or below the line of a text, in shared texts and in texts of a cell's own."""

from __future__ import annotations

import pytest

from selfeval.packages.looks import Look
from selfeval.packages.workbook import Workbook, workbook_of
from tests.packages.evil import plain, rich, with_rows

UP, DOWN = "superscript", "subscript"


def seen(book: bytes) -> tuple[object, bool]:
    """The text in A2, and whether its digits may run together."""
    read = workbook_of(book)
    assert isinstance(read, Workbook)
    return read.sheets["表"].rows[-1][0], read.sheets["表"].looks.get((1, 0), Look()).raised


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    "runs",
    [
        [("15", ""), ("1", UP)],
        [("15", ""), ("1", DOWN)],
        [("=15", ""), ("1", UP)],
        [("10", ""), ("4", UP)],
        [("10", ""), ("4", UP), ("次", "")],
        [("1", UP), ("5", "")],
        [("1", UP), ("5次", "")],
        [("7", ""), ("3", UP), ("21", "")],
        [("15", ""), ("（1）", UP)],
        [("15", ""), ("注1", UP)],
        [("15", ""), ("1", UP), ("2", DOWN)],
        [("二十", ""), ("一", UP)],
        [("15万", ""), ("1", UP)],
        [("95%", ""), ("1", UP)],
        [("1月", ""), ("2", UP), ("0日", "")],
        [("面积m", ""), ("2", UP), ("100", "")],
        [("15", ""), ("１", UP)],
        [("15", "baseline"), ("1", UP)],
    ],
)
def test_digits_that_run_together_are_told(runs: list[tuple[str, str]], *, shared: bool) -> None:
    text = "".join(one.lstrip("=") for one, _ in runs)
    assert seen(rich(*runs, shared=shared)) == (text, True)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    "runs",
    [
        [("1000m", ""), ("2", UP)],
        [("5 km", ""), ("2", UP), ("/年", "")],
        [("300cm", ""), ("3", UP)],
        [("1000米", ""), ("2", UP)],
        [("1000平方米", ""), ("2", UP)],
        [("减少CO", ""), ("2", DOWN), ("排放", "")],
        [("PM", ""), ("2.5", DOWN), ("下降", "")],
        [("已办结", ""), ("1", UP)],
        [("显著提升（见附件）", ""), ("1", UP)],
        [("151", UP)],
        [("15", UP), ("1", UP)],
        [("15", ""), ("1", "baseline")],
        [("15", ""), ("次", UP)],
        [("15", ""), ("*", UP)],
    ],
)
def test_exponents_of_units_and_marks_behind_words_are_as_typed(runs: list[tuple[str, str]], *, shared: bool) -> None:
    assert seen(rich(*runs, shared=shared)) == ("".join(one for one, _ in runs), False)


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize(
    ("runs", "raised"),
    [
        ([("151", UP)], False),
        ([("=151", "")], False),
        ([("=15", ""), ("1", UP)], False),
        ([("=1", ""), ("5", "")], True),
    ],
)
def test_a_raised_font_of_a_whole_cell_is_only_a_font(
    runs: list[tuple[str, str]],
    *,
    raised: bool,
    shared: bool,
) -> None:
    text = "".join(one.lstrip("=") for one, _ in runs)
    assert seen(rich(*runs, shared=shared, font=UP)) == (text, raised)


def test_how_a_text_is_spoken_is_none_of_it() -> None:
    spoken = '<is><r><t>15</t></r><rPh sb="0" eb="1"><t>1</t></rPh><r><rPr/><t>次</t></r></is>'
    assert seen(with_rows(f'<row r="2"><c r="A2" t="inlineStr">{spoken}</c></row>'))[1] is False


def test_a_plain_number_is_in_its_line() -> None:
    assert seen(plain()) == (7321.0, False)
