"""Reported tables as texts: how programs encode them and part their fields, and lines that are sums."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from selfeval.domain.reported import Reported
from selfeval.forms.reading.table import read_reported
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import codes, value, values
from tests.forms.test_read_table import Table, read


def write(folder: Path, encoding: str, separator: str, ending: str = ".csv", table: Table | None = None) -> Path:
    for name, rows in (table or Table()).sheets.items():
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=separator).writerows(rows)
        (folder / f"{name}{ending}").write_bytes(buffer.getvalue().encode(encoding))
    return folder


@pytest.mark.parametrize(
    ("encoding", "separator", "ending"),
    [
        ("utf-16", "\t", ".txt"),
        ("utf-16", ",", ".csv"),
        ("gb18030", "\t", ".txt"),
        ("utf-8", "\t", ".tsv"),
        ("utf-8-sig", ";", ".csv"),
    ],
)
def test_texts_are_read_as_what_they_hold(
    year: Year, tmp_path: Path, encoding: str, separator: str, ending: str
) -> None:
    (tmp_path / "一").mkdir()
    (tmp_path / "二").mkdir()
    usual = read(write(tmp_path / "一", "utf-8", ","), year, tmp_path)
    found = read(write(tmp_path / "二", encoding, separator, ending), year, tmp_path)
    assert found.problems == usual.problems == ()
    assert values(found) == values(usual)


def test_a_big_endian_text_is_read_too(year: Year, tmp_path: Path) -> None:
    write(tmp_path, "utf-16-be", "\t", ".txt")
    for file in tmp_path.iterdir():
        file.write_bytes(b"\xfe\xff" + file.read_bytes())
    assert read(tmp_path, year, tmp_path).problems == ()


def test_other_separators_in_texts_part_nothing(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][1][7] = "台账;统计表;" * 9 + "\t" * 9 + "图"
    reported = read(write(tmp_path, "utf-8", ",", table=table), year, tmp_path)
    assert value(reported, f"{HOTLINE}-01")[0] == "7321"


def test_a_number_with_a_comma_in_a_file_with_semicolons_is_no_other_number(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][1][1], table.sheets["资金"][1][3] = "7,5", "1,234.5"
    reported = read(write(tmp_path, "utf-8", ";", table=table), year, tmp_path)
    assert value(reported, f"{HOTLINE}-01") == ("7,5", "text")
    assert value(reported, HOTLINE, "executed") == ("1,234.5", "text")


def test_two_files_of_one_name_are_asked_about(year: Year, tmp_path: Path) -> None:
    write(tmp_path, "utf-8", ",")
    write(tmp_path, "utf-16", "\t", ".txt")
    assert codes(read(tmp_path, year, tmp_path)).count("E336") == 3


@pytest.mark.parametrize("label", ["合计", "小 计：", "总计（万元）"])
@pytest.mark.parametrize("column", [0, 1])
def test_a_sum_is_left_out_and_that_is_said(year: Year, tmp_path: Path, label: str, column: int) -> None:
    table = Table()
    money = table.sheets["资金"]
    money[0].insert(1, "项目名称")
    money[1].insert(1, "")
    total: list[object] = ["", "", *[99] * (len(money[0]) - 2)]
    total[column] = label
    money.append(total)
    for path in (write(tmp_path, "utf-8", ",", table=table), table.workbook(tmp_path / "表.xlsx")):
        reported: Reported = read_reported(path, year.targets.only([HOTLINE]), tmp_path)
        told = [one for one in reported.problems if one.code == "I302"]
        assert codes(reported) == ["I302"]
        assert "第3行是合计" in told[0].message
        assert value(reported, HOTLINE, "executed")[0] == "20"
