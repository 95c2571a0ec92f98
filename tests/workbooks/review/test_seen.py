"""What a reviewer typed counts as its cell shows it, and in whatever spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from selfeval.workbooks.review.finding import REVIEW
from tests.workbooks.review.reviewer import WHOLE, cell_of, review
from tests.workbooks.review.test_sheet import ADJUSTED, book, entry, read


def formatted(file: Path, row: str, column: str, shown: str) -> Path:
    """The file with the number format of one cell changed."""
    found, place = load_workbook(file), cell_of(file, row, column).partition("!")[2]
    found[REVIEW][place].number_format = shown
    found.save(file)
    return file


@pytest.mark.parametrize(
    ("typed", "shown", "read_as"),
    [
        ("5", "@", "5"),
        ("5", "0.00", "5"),
        ("5", '"1"@', "15（填的是5）"),
        ("5", '"-"@', "-5"),
        ("5", '@"折"', "5折"),
        ("5", '"扣"@', "扣5"),
        ("5", ";;;", "5（本单元格显示不完整）"),
        (5, '0"分"', "5"),
        (5, '"1"0', "15（填的是5）"),
        (5, '"扣"0', "扣5"),
        (5, ";;;", "5?"),
    ],
)
def test_an_adjusted_score_is_read_as_its_cell_shows_it(
    tmp_path: Path, typed: str | float, shown: str, read_as: str
) -> None:
    file = review(book(tmp_path), {ADJUSTED: {"verdict": "调整", "adjusted": typed, "reason": "重复"}})
    assert entry(read(formatted(file, ADJUSTED, "adjusted", shown)), ADJUSTED).adjusted == read_as


@pytest.mark.parametrize("row", [ADJUSTED, WHOLE])
@pytest.mark.parametrize(
    ("typed", "shown", "read_as"),
    [
        ("认可", "@", "认可"),
        ("认可", '"不"@', "不认可"),
        ("退回", ";;;", "退回（本单元格显示不完整）"),
        ("认可", '@"？"', "认可？"),
    ],
)
def test_a_verdict_is_read_as_its_cell_shows_it(tmp_path: Path, row: str, typed: str, shown: str, read_as: str) -> None:
    found = read(formatted(review(book(tmp_path), {row: {"verdict": typed}}), row, "verdict", shown))
    assert (found.verdict if row == WHOLE else entry(found, row).verdict) == read_as


def test_ids_that_nobody_is_to_see_are_known_nevertheless(tmp_path: Path) -> None:
    file = review(book(tmp_path), {ADJUSTED: {"verdict": "认可"}})
    found = load_workbook(file)
    for cell in (*found[REVIEW]["A"], *found[REVIEW][1]):
        cell.number_format = ";;;"
    found.save(file)
    assert entry(read(file), ADJUSTED).verdict == "认可"


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("认可。", "认可"),
        ("认 可", "认可"),
        ("認可", "认可"),
        ("調整", "调整"),
        ("调整！", "调整"),
        ("退回．", "退回"),
        ("不认可", "不认可"),
        ("认可（有条件）", "认可（有条件）"),
        ("认可？", "认可？"),
    ],
)
def test_a_verdict_may_be_spelt_otherwise(tmp_path: Path, typed: str, read_as: str) -> None:
    found = read(review(book(tmp_path), {row: {"verdict": typed} for row in (ADJUSTED, WHOLE)}))
    assert (entry(found, ADJUSTED).verdict, found.verdict) == (read_as, read_as)
