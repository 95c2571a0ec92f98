"""Sheets of another year or an older version beside the right one, codes that a spreadsheet spoilt, doubtful money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from selfeval.sources.targets_reader import targets_in
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources import test_any_table as any_table
from tests.sources import test_flat as flat

Rows = Sequence[Sequence[object]]
HEAD = flat.HEAD.split("|")


def book(tmp_path: Path, sheets: Mapping[str, Rows]) -> Imported:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(tmp_path / "表.xlsx")
    return read_file(tmp_path / "表.xlsx", 2025)


def flat_rows(*targets: str, budget: int = 5) -> Rows:
    upper = ["412001 清源县文旅局", "ZZ01", "送戏下乡", budget, "产出指标", "数量指标"]
    return [HEAD, *([*upper, f"第{at}项", target] for at, target in enumerate(targets))]


def form_rows(target: str, *, name: str = "送戏下乡") -> Rows:
    return [
        ["项目支出绩效目标表"],
        ["项目名称", name, "", "实施单位", "412001 清源县文化馆"],
        ["年度资金总额（万元）", "50"],
        ["总体目标", "办好。"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "演出场次", target],
    ]


def targets(found: Imported) -> list[str]:
    return found.targets.indicators.frame["target"].tolist()


@pytest.mark.parametrize("name", ["2024", "2024年", "2024年度项目绩效目标表"])
def test_a_sheet_named_after_another_year_is_left_out_and_told(name: str, tmp_path: Path) -> None:
    for rows in (flat_rows, lambda target: form_rows(target, name="图书购置")):
        found = book(tmp_path, {"2025年": flat_rows("≥50场"), name: rows("≥40场")})
        assert (targets(found), [one.code for one in found.problems]) == (["≥50场"], ["E172"])
        assert "2024" in found.problems[0].message


@pytest.mark.parametrize("name", ["2024年结转项目", "2025", "2024-2026", "Sheet1"])
def test_other_names_of_sheets_say_nothing_of_the_year(name: str, tmp_path: Path) -> None:
    for rows in (flat_rows("≥40场"), form_rows("≥40场")):
        found = book(tmp_path, {name: rows})
        assert (targets(found), found.problems) == (["≥40场"], ())


def test_an_older_version_on_another_sheet_is_not_added_and_is_told(tmp_path: Path) -> None:
    found = book(tmp_path, {"定稿": flat_rows("≥50场", "≥3期"), "初稿": flat_rows("≥40场", "≥3期")})
    assert targets(found) == ["≥50场", "≥3期"]
    assert [(one.code, one.place.sheet, one.place.cell) for one in found.problems] == [("E149", "初稿", "H2")]
    assert "≥50场" in found.problems[0].message
    assert "≥40场" in found.problems[0].message


def held_back(found: Imported) -> frozenset[tuple[str, str]]:
    return targets_in(targets_workbook(found), 2025, "targets.xlsx")[0].faulty


def test_of_an_older_version_that_differs_in_single_targets_only_these_wait(tmp_path: Path) -> None:
    found = book(tmp_path, {"定稿": flat_rows("≥50场", "≥3期", "≥9次"), "初稿": flat_rows("≥40场", "≥3期", "≥8次")})
    assert [(one.code, one.place.indicator) for one in found.problems] == [("E149", "ZZ01-01"), ("E149", "ZZ01-03")]
    assert held_back(found) == {("ZZ01", "ZZ01-01"), ("ZZ01", "ZZ01-03")}


def test_of_one_that_has_other_indicators_the_whole_project_waits(tmp_path: Path) -> None:
    found = book(tmp_path, {"定稿": flat_rows("≥50场"), "初稿": flat_rows("≥40场", "≥3期")})
    assert [(one.code, one.place.indicator) for one in found.problems] == [("E149", "")]
    assert held_back(found) == {("ZZ01", "")}
    found = book(tmp_path, {"定稿": flat_rows("≥50场", "≥3期"), "初稿": flat_rows("≥40场")})
    assert [(one.code, one.place.indicator) for one in found.problems] == [("E149", "")]


def test_points_that_differ_between_versions_are_told(tmp_path: Path) -> None:
    rows = [[*row, points] for row, points in zip(flat_rows("≥50场", "≥3期"), ("分值", 30, 20), strict=True)]
    found = book(tmp_path, {"定稿": rows, "初稿": [*rows[:1], [*rows[1][:-1], 10], rows[2]]})
    assert [(one.code, one.place.indicator) for one in found.problems] == [("E149", "")]
    assert "≥50场（分值30）”，这里是“≥50场（分值10）" in found.problems[0].message
    assert held_back(found) == {("ZZ01", "")}


def test_the_same_rows_again_are_read_once_and_that_is_said(tmp_path: Path) -> None:
    found = book(tmp_path, {"甲": flat_rows("≥50场", "≥3期"), "乙": flat_rows("≥50场", "≥3期")})
    assert (targets(found), found.problems) == (["≥50场", "≥3期"], ())
    assert "有2行与前面的相同，只读入一次" in [one.reading for one in found.readings]


def test_levels_below_rows_that_are_left_out_are_those_of_the_rows(tmp_path: Path) -> None:
    more = ["", "", "", "", "", "", "第9项", "≥9次"]
    rows = flat_rows("≥50场")
    other = [rows[0], [*rows[1][:4], "效益指标", "社会效益指标", "影响", "提升"]]
    found = book(tmp_path, {"甲": [*rows, *other[1:]], "乙": [*rows, more]})
    assert flat.indicators(found)[-1] == "ZZ01-03|产出指标|数量指标|第9项|≥9次"


def test_a_code_in_scientific_notation_and_two_codes_of_a_unit_are_told(tmp_path: Path) -> None:
    lost, zeros = ([[*row] for row in flat_rows("≥50场")] for _ in range(2))
    lost[1][:3] = ["001 清源县文旅局", "1.30001E+17", "甲"]
    zeros[1][:3] = ["1 清源县文旅局", "ZZ02", "乙"]
    found = book(tmp_path, {"甲": lost})
    assert [(one.code, one.place.cell) for one in found.problems] == [("E141", "B2")]
    lost[1][:2], zeros[1][:2] = ["412001清源县文旅局", "ZZ01"], ["0412001清源县文旅局", "ZZ02"]
    found = book(tmp_path, {"甲": lost, "乙": zeros})
    assert [one.code for one in found.problems] == ["W148"]


def test_an_amount_that_may_be_in_yuan_is_doubted_whatever_the_head_says(tmp_path: Path) -> None:
    assert any_table.codes(any_table.table(money=[["年度资金总额（万元）", "1200000"]])) == ["W170"]
    assert any_table.codes(any_table.table(money=[["年度资金总额（万元）", "1200000元"]])) == []
    assert [one.code for one in book(tmp_path, {"甲": flat_rows("≥50场", budget=500000)}).problems] == ["W170"]


def test_an_amount_in_wan_is_read(tmp_path: Path) -> None:
    assert any_table.project(any_table.table(money=[["年度资金总额", "12.5万"]]))["budget"] == 12.5
    found = flat.table(tmp_path, flat.HEAD, flat.ROW.replace("|5|", "|12.5万|"))
    assert (flat.projects(found)[0][-1], found.problems) == (12.5, ())


def test_sources_do_not_stand_for_a_total_that_cannot_be_read() -> None:
    found = any_table.table(money=[["年度资金总额（万元）", "约120"], ["其中：财政拨款", "100"]])
    assert any_table.codes(found) == ["E109"]
    assert any_table.project(found)["budget"] != 100.0
