"""Blanks that no score asks for, and answers that do not agree with each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, codes, open_form, put, read, saved


def test_blanks_of_a_form_are_told_together_with_their_cells(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    blanks = ("funds.initial.granted", "payments.05", "narrative.filler")
    for row in (*blanks, "funds.initial"):
        cell_at(sheet, row).value = None
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == ["W306"]
    for row, name in zip(blanks, ("年初预算数", "5月支付金额", "填报人"), strict=True):
        assert f"{name}（{cell_at(sheet, row).coordinate}）" in reported.problems[0].message


def test_an_untouched_form_is_not_told_twice(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE, year.form(HOTLINE, filled=False))
    assert codes(read(workspace, year, HOTLINE)) == []


@pytest.mark.parametrize(
    ("said", "full", "told"),
    [("是", 22.59, ["W307"]), ("否", 25.0, ["W307"]), ("是", 25.0, []), ("否", 22.59, []), (None, 25.0, [])],
)
def test_whether_the_budget_was_adjusted_agrees_with_the_budgets(
    year: Year, workspace: Path, said: str | None, full: float, told: list[str]
) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    cell_at(sheet, "narrative.adjusted").value = said
    cell_at(sheet, "funds.full_year").value = full
    path.write_bytes(saved(book))
    assert codes(read(workspace, year, HOTLINE)) == told


def test_a_form_made_before_there_were_categories_reads_as_before(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    sheet.delete_cols(cell_at(sheet, f"{HOTLINE}-01", "category").column)
    sheet.delete_rows(cell_at(sheet, "narrative.adjusted").row)
    path.write_bytes(saved(book))
    assert codes(read(workspace, year, HOTLINE)) == []
