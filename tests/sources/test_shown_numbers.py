"""Number formats of one's own: a number is read only where what is shown of it is what is stored."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from selfeval.domain.problems import Place
from selfeval.packages.looks import Look
from selfeval.sources.blocks import Grid
from selfeval.sources.tables import by_content
from selfeval.sources.tables.as_shown import as_shown
from tests.recalculation.engine import Calculator

_RISES = '"增长"0"%";"下降"0"%"'
SHOWN = {
    ('"下降"0"%"', -3): ("-3", "E140"),  # -下降3%
    ('"下降"0"%"', 3): ("下降3%", ""),
    (_RISES, -3): ("-3", "E140"),  # 下降3%
    (_RISES, 5): ("增长5%", ""),
    ('[>0]"增长"0"%";[<0]"下降"0"%";"持平"', -3): ("-3", "E140"),
    ('[<0]"下降"0"%";0"%"', -3): ("-3", "E140"),
    ('[<0]"下降"0"%";0"%"', 3): ("3%", ""),
    ("0;[Red]0", -15): ("-15", "E140"),  # 15, in red
    ("#,##0.00;[Red]#,##0.00", -15): ("-15", "E140"),
    ('0.0%;"减"0.0%', -0.03): ("-0.03", "E140"),
    ("0.0%;[Red](0.0%)", -0.03): ("-3%", ""),
    ("#,##0.00_);[Red](#,##0.00)", -15): ("-15", ""),
    ('#,##0"元";-#,##0"元"', -15): ("-15元", ""),
    ('0.0,"万"', 12345): ("12345", "E140"),
    (r'0\.0,"万"', 12345): ("12345", "E140"),
    ("0;-0.00", -7.564): ("-7.56", "W140"),
    ("0;-0.00", 7.564): ("8", "W140"),
    ("[>=10]0;0.0", 9.55): ("9.6", "W140"),
    ("0.00", 9.556): ("9.56", "W140"),
    ("#,##0", 9.5): ("10", "W140"),
}


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("kind", ["", "xls", "ods"])
def test_what_is_shown_counts_or_is_told(kind: str, tmp_path: Path, calculator: Calculator) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for code, number in SHOWN:
            sheet = book.add_worksheet()
            sheet.write_number(0, 0, number, book.add_format({"num_format": code}))
            sheet.write_string(0, 1, code)
    if kind:
        (path,) = calculator.saved_as(kind, [path], tmp_path / "另存")
    document = by_content.read(path.read_bytes(), Place(file=path.name))
    told = {one.place.sheet: one.code for one in document.problems}
    cells = [block.rows[0].cells[0] for block in document.blocks if isinstance(block, Grid)]
    assert {at: (cell.text, told.get(cell.spot.sheet, "")) for at, cell in zip(SHOWN, cells, strict=True)} == SHOWN


@pytest.mark.parametrize(
    ("code", "seen", "told"),
    [
        ("yyyy-mm-dd aaaa", "2024-12-31", ""),
        ('yyyy"年"m"月"d"日"dddd', "2024年12月31日", ""),
        ("yyyy", "2024-12-31 08:30", ""),
        ("[$-F800]dddd, mmmm dd, yyyy", "2024-12-31 08:30", ""),
        ("h:mm", "2024-12-31 08:30", "E140"),
        ("mm:ss", "2024-12-31 08:30", "E140"),
        (";;;", "2024-12-31 08:30", "E140"),
    ],
)
def test_a_day_of_which_only_the_time_is_shown_is_told(code: str, seen: str, told: str) -> None:
    text = as_shown(dt.datetime(2024, 12, 31, 8, 30), Look(code))  # noqa: DTZ001
    assert (text.text, text.doubt) == (seen, told)
