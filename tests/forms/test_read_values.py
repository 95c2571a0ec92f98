from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest

from selfeval.domain.reported import Cell, DataType
from selfeval.forms.reading.grid import SheetGrid
from selfeval.packages.looks import Look
from selfeval.packages.workbook import Raw
from selfeval.sheets.styles import SHOWN_FROM
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, found, open_form, put, read, saved, value
from tests.fuzz.cells import typed as typed_into

GENERAL = "General"


@pytest.mark.parametrize(
    ("typed", "number_format", "text", "form"),
    [
        (7321, GENERAL, "7321", "number"),
        (22.59, "0.00", "22.59", "number"),
        (0.95, "0%", "95%", "percent"),
        (0.9785, "0.00%", "97.85%", "percent"),
        (0.95, GENERAL, "0.95", "number"),
        (95, '0"%"', "95%", "percent"),
        (0.95, "0_%", "0.95", "number"),
        (15, '0"千元"', "15千元", "text"),
        (7321, "-0", "-7321", "text"),
        (7321, "#,##0", "7321", "number"),
        (7321, "0,", "7321", "unseen"),
        ("7321", ';;;@"万"', "7321万", "text"),
        ("7321", ";;;", "7321", "unseen"),
        (0, "0;-0;", "0", "number"),
        (1e-05, GENERAL, "0.00001", "number"),
        ("7,000", GENERAL, "7,000", "text"),
        ("'７０００", GENERAL, "'７０００", "text"),
        ("  7000次\u3000", GENERAL, "7000次", "text"),
        ("约7000", GENERAL, "约7000", "text"),
        (dt.date(2024, 12, 5), "yyyy-mm-dd", "2024-12-05", "date"),
        (dt.datetime(2024, 12, 5, 9, 30), "yyyy-mm-dd hh:mm", "2024-12-05 09:30:00", "date"),  # noqa: DTZ001
        (True, GENERAL, "是", "flag"),
        (None, GENERAL, "", "blank"),
        ("   ", GENERAL, "", "blank"),
        ("#DIV/0!", GENERAL, "#DIV/0!", "error"),
        ("=1/0", GENERAL, "=1/0", "error"),
    ],
)
def test_a_cell_gives_what_was_typed_and_how_it_was_held(
    year: Year, workspace: Path, typed: object, number_format: str, text: str, form: str
) -> None:
    path = put(workspace, year, HOTLINE, year.form(HOTLINE, filled=False))
    book, sheet = open_form(path)
    cell = cell_at(sheet, f"{HOTLINE}-01")
    cell.value = typed  # type: ignore[assignment]  # openpyxl takes more than its stubs say
    cell.number_format = number_format
    path.write_bytes(saved(book))
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01") == (text, form)


def test_the_number_of_a_percentage_is_its_share(year: Year, workspace: Path) -> None:
    put(workspace, year, HOTLINE)
    assert found(read(workspace, year, HOTLINE))[f"{HOTLINE}-04", "actual"].number == 0.978


@pytest.mark.parametrize(("typed", "share"), [(9.99, 9.99), (10, 0.1), (95, 0.95), (0.95, 0.95)])
def test_a_rate_cell_of_a_form_means_the_percentage_it_shows(
    year: Year, workspace: Path, typed: float, share: float
) -> None:
    """Such a cell shows 10 as 10%, and 9.99 as 999%."""
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    cell_at(sheet, f"{HOTLINE}-04").value = typed
    path.write_bytes(saved(book))
    read_back = found(read(workspace, year, HOTLINE))[f"{HOTLINE}-04", "actual"]
    assert (read_back.data_type, read_back.number) == ("percent", share)


def test_text_is_kept_as_text_whatever_it_begins_with(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    cell = cell_at(sheet, f"{HOTLINE}-01", "reason")
    cell.value = "=1+1"
    cell.data_type = "s"
    path.write_bytes(saved(book))
    assert value(read(workspace, year, HOTLINE), f"{HOTLINE}-01", "reason") == ("=1+1", "text")


RATE = f'{SHOWN_FROM}0.00"%";0.00%'


@pytest.mark.parametrize(
    ("raw", "look", "text", "number", "form"),
    [
        (0.95, Look("0%"), "95%", 0.95, "percent"),
        (95, Look("0%"), "9500%", 95, "percent"),
        (95, Look(RATE), "95%", 0.95, "percent"),
        (10, Look(RATE), "10%", 0.1, "percent"),
        (9.99, Look(RATE), "999%", 9.99, "percent"),
        (95, Look(f'{SHOWN_FROM}0.00"%"'), "95%", 0.95, "percent"),
        (0.1 + 0.2, Look(), "0.3", 0.3, "number"),
        (True, Look("0%"), "是", None, "flag"),
        (False, Look(), "否", None, "flag"),
        (float("nan"), Look(), "nan", None, "error"),
        (float("inf"), Look("0%"), "inf", None, "error"),
        ("", Look(fault="#N/A"), "#N/A", None, "error"),
        ("", Look("0%"), "", None, "blank"),
        ("7000", Look(fault="#N/A"), "7000", None, "text"),
        (dt.datetime(2024, 12, 5), Look(), "2024-12-05", None, "date"),  # noqa: DTZ001
        (dt.datetime(2024, 12, 5, 9, 30), Look(), "2024-12-05 09:30:00", None, "date"),  # noqa: DTZ001
        (dt.date(2024, 12, 5), Look(), "2024-12-05", None, "date"),
        (dt.time(9, 30), Look(), "09:30:00", None, "date"),
        (dt.timedelta(hours=30), Look(), "1 day, 6:00:00", None, "date"),
    ],
)
def test_what_the_reader_of_workbooks_gives_and_its_look_make_a_value_with_its_place(
    raw: Raw, look: Look, text: str, number: float | None, form: DataType
) -> None:
    cell = SheetGrid("表.xlsx", "填报", [[], ["", raw]], {(1, 1): look}).cell(1, 1)
    held = Cell(text, math.nan if number is None else float(number), form, "表.xlsx", "填报", "B2")
    assert repr(cell) == repr(held)  # of which a number that is none is the same


@pytest.mark.parametrize("item", ["full_year", "executed"])
@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("=10+2", ("=10+2", "error")),
        ("=SUM(S26:S28)+1", ("=SUM(S26:S28)+1", "error")),
        ("=SUM($J$27:$J$29)", ("22.59", "number")),
    ],
)
def test_a_formula_without_a_value_gives_way_to_the_sum_of_sources_only_if_it_is_one(
    year: Year, workspace: Path, item: str, typed: str, held: tuple[str, DataType]
) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    cell_at(sheet, f"funds.{item}").value = typed
    path.write_bytes(saved(book))
    assert value(read(workspace, year, HOTLINE), HOTLINE, item) == held


def test_a_text_like_a_formula_does_not_give_way_to_the_sum_of_sources(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    path.write_bytes(typed_into(path.read_bytes(), {("funds.executed", "actual"): "=1+1"}))
    assert value(read(workspace, year, HOTLINE), HOTLINE, "executed") == ("=1+1", "text")
