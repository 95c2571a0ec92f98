"""The recalculation check itself: it must see a wrong stored value, and only that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlsxwriter

from tests.recalculation.__main__ import main
from tests.recalculation.engine import Calculator, Difference, RecalculationError
from tests.recalculation.others import OTHERS, by_ironcalc
from tests.workbooks.sample import FULL, score_year

pytestmark = pytest.mark.xdist_group("libreoffice")

RIGHT: Mapping[str, tuple[str, object]] = {
    "C1": ("=A1/B1", 0.75),
    "C2": ("=ROUND(ROUND(57/60*4.5,9),2)", 4.28),
    "C3": ('="得分"&TEXT(A1,"0.00")', "得分3.00"),
    "C4": ("=A1>B1", False),
    "C5": ('=IF(A1>B1,"超过","")', ""),
    "C6": ("=DATE(2024,12,31)", 45657),
    "C7": ("=A1/A9", "#DIV/0!"),
}


def workbook(file: Path, cells: Mapping[str, tuple[str, object]]) -> Path:
    """A workbook with 3 and 4 in A1 and B1, and formulas with the stored values given."""
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("评分依据")
        sheet.write("A1", 3)
        sheet.write("B1", 4)
        for cell, (formula, value) in cells.items():
            sheet.write_formula(cell, formula, None, value)
    return file


def test_right_stored_values_are_not_reported(calculator: Calculator, tmp_path: Path) -> None:
    (book,) = calculator.recalculate([workbook(tmp_path / "right.xlsx", RIGHT)])
    assert book.count == len(RIGHT)
    assert book.differences == ()


def test_every_wrong_stored_value_is_reported(calculator: Calculator, tmp_path: Path) -> None:
    wrong: Mapping[str, tuple[float | str, float | str | None]] = {
        "C1": (0.750000000000001, 0.75),
        "C2": (4.27, 4.28),
        "C3": ("得分3.0", "得分3.00"),
        "C4": (True, False),
        "C5": ("超过", None),
        "C6": (45658.0, 45657.0),
        "C7": (0.0, "#DIV/0!"),
    }
    file = workbook(tmp_path / "wrong.xlsx", {cell: (RIGHT[cell][0], stored) for cell, (stored, _) in wrong.items()})
    assert calculator.differences(file) == tuple(
        Difference(file, "评分依据", cell, RIGHT[cell][0], stored, calculated)
        for cell, (stored, calculated) in wrong.items()
    )


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_see_a_wrong_stored_value_too(name: str, tmp_path: Path) -> None:
    wrong = {"C1": 0.5, "C2": 4.27, "C3": "得分3.0", "C4": True, "C5": "超过", "C6": 45658.0}
    file = workbook(tmp_path / "wrong.xlsx", {cell: (RIGHT[cell][0], stored) for cell, stored in wrong.items()})
    for book in OTHERS[name]([file]):
        assert [(one.cell, one.recalculated) for one in book.differences] == [
            (cell, RIGHT[cell][1] or None if cell == "C5" else RIGHT[cell][1]) for cell in wrong
        ]


@pytest.mark.parametrize("name", OTHERS)
def test_the_others_agree_with_what_is_stored_in_every_kind_and_state(name: str, tmp_path: Path) -> None:
    year = score_year()
    files = [tmp_path / f"{project}.xlsx" for project in year.scored.projects.frame["project"]]
    for file in files:
        file.write_bytes(year.workbook(file.stem))
    (tmp_path / "汇总.xlsx").write_bytes(year.summary())
    for book in OTHERS[name]([*files, tmp_path / "汇总.xlsx"]):
        assert book.count > 40
        assert book.differences == ()


def test_forms_are_counted_alike_too(project_root: Path) -> None:
    forms = sorted((project_root / "inputs/2024/forms").rglob("*.xlsx"))[::9]
    for book in by_ironcalc(forms):
        assert book.count > 100
        assert book.differences == ()


def test_a_number_stored_as_text_is_reported(calculator: Calculator, tmp_path: Path) -> None:
    file = workbook(tmp_path / "text.xlsx", {"C1": ('=TEXT(A1,"0")', 3)})
    assert [(one.stored, one.recalculated) for one in calculator.differences(file)] == [(3.0, "3")]


def test_workbooks_of_one_name_are_kept_apart(calculator: Calculator, tmp_path: Path) -> None:
    files = []
    for name, formula, value in (("甲 单位", "=A1+B1", 7), ("乙单位", "=A1*B1", 12)):
        (tmp_path / name).mkdir()
        files.append(workbook(tmp_path / name / "汇总.xlsx", {"C1": (formula, value)}))
    books = calculator.recalculate(files)
    assert [book.file for book in books] == files
    assert [book.recalculated["评分依据"]["C1"] for book in books] == [7, 12]


def test_a_changed_cell_carries_through_the_formulas(calculator: Calculator, tmp_path: Path) -> None:
    file = workbook(tmp_path / "live.xlsx", RIGHT)
    before = file.read_bytes()
    after = calculator.change(file, {"评分依据!A1": 6, "评分依据!A9": 2})
    assert after["评分依据"]["C1"] == 1.5
    assert after["评分依据"]["C3"] == "得分6.00"
    assert after["评分依据"]["C5"] == "超过"
    assert after["评分依据"]["C7"] == 3
    assert file.read_bytes() == before


def test_a_file_that_is_no_workbook_is_a_clear_failure(calculator: Calculator, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 half a file")
    with pytest.raises(RecalculationError, match="could not open workbooks"):
        calculator.recalculate([broken])


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for LibreOffice is a shell script")
def test_a_calculator_that_fails_says_what_it_said(tmp_path: Path) -> None:
    stand_in = tmp_path / "soffice"
    stand_in.write_text("#!/bin/sh\necho no display\nexit 77\n", encoding="utf-8")
    stand_in.chmod(0o755)
    with pytest.raises(RecalculationError, match="77: no display"):
        Calculator(stand_in).recalculate([workbook(tmp_path / "any.xlsx", RIGHT)])


def test_the_command_fails_on_a_difference_and_on_nothing_to_compare(
    calculator: Calculator, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calculator.soffice.is_file()
    assert main([str(tmp_path)]) == 1
    workbook(tmp_path / "right.xlsx", RIGHT)
    assert main([str(tmp_path)]) == 0
    workbook(tmp_path / "wrong.xlsx", {"C1": ("=A1+B1", 8)})
    assert main([str(tmp_path)]) == 1
    shown = capsys.readouterr().out.splitlines()[-2 * len(("LibreOffice", *OTHERS)) :]
    assert shown[:4] == [
        "wrong.xlsx 评分依据!C1: stored 8.0, recalculated 7.0, =A1+B1",
        "LibreOffice: 2 workbooks, 8 formulas, 1 differences",
        "wrong.xlsx 评分依据!C1: stored 8.0, recalculated 7.0, =A1+B1",
        "IronCalc: 2 workbooks, 8 formulas, 1 differences",
    ]


def test_the_command_fails_where_a_saved_workbook_is_taken_for_a_changed_one(
    calculator: Calculator, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert calculator.soffice.is_file()
    (tmp_path / "ours.xlsx").write_bytes(score_year().workbook(FULL))
    assert main([str(tmp_path)]) == 0
    monkeypatch.setattr("tests.recalculation.engine.is_as_made", lambda data: data == score_year().workbook(FULL))
    assert main([str(tmp_path)]) == 1
    assert "ours.xlsx: saved by LibreOffice, it is taken for one that somebody changed" in capsys.readouterr().out
