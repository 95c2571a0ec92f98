"""Flat tables that go on, stand side by side or lie on their side; units that only a section or a sheet names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells, Over

_HEAD = ["项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
_SHOW = ["送戏", "30", "产出指标", "数量指标", "演出场次", "≥50场"]
_SEEN = ["送戏", "30", "效益指标", "社会效益指标", "受益人次", "≥2万人次"]
_WORK = ["修缮", "12", "产出指标", "数量指标", "修缮面积", "≥500平方米"]
_PLEASED = ["修缮", "12", "满意度指标", "服务对象满意度指标", "满意度", "≥95%"]
_BLANK = ["", "", *_PLEASED[2:]]

Rows = Sequence[Sequence[str]]


def _read(folder: Path, sheets: Mapping[str, Rows]) -> Imported:
    with xlsxwriter.Workbook(folder / "表.xlsx") as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(at, column, text)
    return read_file(folder / "表.xlsx", 2025)


def _projects(found: Imported) -> dict[str, list[str]]:
    """The names of all indicators by those of their projects."""
    names = dict(zip(*(found.targets.projects.column(one) for one in ("project", "name")), strict=True))
    rows: dict[str, list[str]] = {}
    for project, level1, level3 in found.targets.indicators.frame[["project", "level1", "level3"]].itertuples(
        index=False
    ):
        rows.setdefault(names[project], []).append(f"{level1[:2]} {level3}")
    return rows


def _told(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def _said(found: Imported, what: str) -> list[str]:
    return [one.original for one in found.readings if one.what == what]


_ALL = {"送戏": ["产出 演出场次", "效益 受益人次"], "修缮": ["产出 修缮面积", "满意 满意度"]}
_UNIT = [["预算单位：清源县文旅局"], _HEAD]


@pytest.mark.parametrize(
    "second",
    [
        {"表1（续）": [_BLANK]},
        {"表1（续）": [_PLEASED]},
        {"附表": [["项目绩效目标表（续）"], _BLANK]},
        {"表1（续）": [["项目绩效目标表（续）"], _HEAD, _BLANK]},
        {"Sheet2": [_HEAD, _BLANK]},
        {"Sheet2": [*_UNIT, _BLANK]},
    ],
)
def test_a_table_goes_on_on_the_next_sheet(second: Mapping[str, Rows], tmp_path: Path) -> None:
    found = _read(tmp_path, {"表1": [*_UNIT, _SHOW, _SEEN, _WORK], **second})
    assert _projects(found) == _ALL
    assert _told(found) == []
    assert len(_said(found, "续表")) == 1


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"Sheet2": [_PLEASED]}, "W174"),
        ({"Sheet2": [["预算单位：清源县水务局"], _HEAD, _BLANK]}, "E146"),
        ({"Sheet2": [[*_HEAD, "分值"], [*_BLANK, "10"]]}, "E146"),
        ({"通讯录": [["姓名", "电话"], ["张三", "1"]], "表1（续）": [_BLANK]}, "W174"),
    ],
)
def test_what_may_not_be_of_the_sheet_before_is_told(second: Mapping[str, Rows], code: str, tmp_path: Path) -> None:
    found = _read(tmp_path, {"表1": [*_UNIT, _SHOW, _SEEN, _WORK], **second})
    assert _projects(found) == {**_ALL, "修缮": ["产出 修缮面积"]}
    assert code in _told(found)


@pytest.mark.parametrize(
    "sections",
    [
        ("一、清源县文化馆", "二、清源县图书馆"),
        ("清源县文化馆", "清源县图书馆"),
        ("（一）清源县文化馆", "2.清源县图书馆"),
    ],
)
def test_sections_named_as_units_are_the_units_of_their_rows(sections: tuple[str, str], tmp_path: Path) -> None:
    rows = [_HEAD, [sections[0]], _SHOW, _SEEN, [sections[1]], _WORK, _PLEASED]
    found = _read(tmp_path, {"表": rows})
    assert found.targets.projects.frame["unit_name"].tolist() == ["清源县文化馆", "清源县图书馆"]
    assert _projects(found) == _ALL
    assert _told(found) == []
    assert _said(found, "单位名称") == [*sections]


def test_sections_of_something_else_are_told(tmp_path: Path) -> None:
    rows = [_HEAD, ["一、重点项目"], _SHOW, _SEEN, ["由各单位填写后报财政局"], _WORK, _PLEASED]
    found = _read(tmp_path, {"表": rows})
    assert found.targets.projects.frame["unit_name"].tolist() == ["", ""]
    assert _told(found) == ["W105", "W105", "W147"]


def test_a_section_beside_a_column_of_units_is_none(tmp_path: Path) -> None:
    rows = [["单位名称", *_HEAD], ["一、清源县文旅局"], ["清源县文化馆", *_SHOW], ["清源县图书馆", *_WORK]]
    found = _read(tmp_path, {"表": rows})
    assert found.targets.projects.frame["unit_name"].tolist() == ["清源县文化馆", "清源县图书馆"]
    assert _told(found) == ["W105"]


def test_sheets_named_as_units_name_the_units(tmp_path: Path) -> None:
    """Two units may have projects of one name."""
    other = ["送戏", "20", "产出指标", "数量指标", "演出场次", "≥20场"]
    found = _read(tmp_path, {"清源县文化馆": [_HEAD, _SHOW], "2.清源县图书馆": [_HEAD, other], "说明": [["略"]]})
    assert found.targets.projects.frame["unit_name"].tolist() == ["清源县文化馆", "清源县图书馆"]
    assert found.targets.projects.frame["budget"].tolist() == [30, 20]
    assert _said(found, "单位名称") == ["清源县文化馆", "清源县图书馆"]
    assert _told(found) == ["W174"]


def test_sheets_named_as_parts_of_a_unit_name_none(tmp_path: Path) -> None:
    found = _read(tmp_path, {"规划财务处": [_HEAD, _SHOW], "办公室": [_HEAD, _WORK], "全社会": [_HEAD, _PLEASED]})
    assert found.targets.projects.frame["unit_name"].tolist() == ["", ""]
    assert _told(found) == ["W147"]


def test_a_unit_above_a_table_comes_before_the_name_of_the_sheet(tmp_path: Path) -> None:
    found = _read(tmp_path, {"文化馆": [*_UNIT, _SHOW, _SEEN]})
    assert found.targets.projects.frame["unit_name"].tolist() == ["清源县文旅局"]


@pytest.mark.parametrize(
    ("name", "code", "read"),
    [
        ("[41200125A01]送戏", "41200125A01", "送戏"),
        ("【41200125A01】-送戏", "41200125A01", "送戏"),
        ("（412001）送戏", "", "（412001）送戏"),
        ("(2025)送戏", "", "(2025)送戏"),
        ("[A级]送戏", "", "[A级]送戏"),
    ],
)
def test_a_short_code_in_brackets_before_a_name_is_its_code(name: str, code: str, read: str, tmp_path: Path) -> None:
    found = _read(tmp_path, {"表": [*_UNIT, [name, *_SHOW[1:]]]})
    assert found.targets.projects.column("name") == [read]
    (own,) = found.targets.projects.column("project")
    assert own == code if code else own.startswith("自编")


def test_columns_of_parts_and_of_departments_or_units(tmp_path: Path) -> None:
    head = ["部门/单位", "项目名称", "预算数（万元）", "其中财政资金（元）", "其中：其他资金", *_HEAD[2:]]
    found = _read(tmp_path, {"表": [head, ["清源县文旅局", "送戏", "30", "200000", "10", *_SHOW[2:]]]})
    columns = ["unit_name", "budget", "fiscal", "other"]
    assert found.targets.projects.frame[columns].to_numpy().tolist() == [["清源县文旅局", 30, 20, 10]]
    assert _told(found) == []


def test_tables_side_by_side_are_read_apart(tmp_path: Path) -> None:
    rows = [[*_HEAD, "", *_HEAD], [*_SHOW, "", *_WORK], [*_SEEN, "", *_BLANK]]
    found = _read(tmp_path, {"表": [["预算单位：清源县文旅局"], *rows]})
    assert _projects(found) == _ALL
    assert _told(found) == []
    assert len(_said(found, "表格")) == 1


def test_a_table_that_lies_on_its_side_is_told_with_what_to_do(tmp_path: Path) -> None:
    found = _read(tmp_path, {"表": [[*column] for column in zip(_HEAD, _SHOW, _SEEN, strict=True)]})
    assert _told(found) == ["E180"]
    assert "转置" in found.problems[0].remedy


def test_levels_in_one_column_are_told_with_what_to_do(tmp_path: Path) -> None:
    rows = [["项目名称", "预算数", "指标名称", "指标值"], ["送戏", "30", "产出指标"], ["", "", "演出场次", "≥50场"]]
    found = _read(tmp_path, {"表": rows})
    assert "写在同一列的，请分成三列" in next(one for one in found.problems if one.code == "E106").remedy


def test_a_row_that_heads_a_group_goes_on_on_the_next_sheet(tmp_path: Path) -> None:
    group = [["", "", "满意度指标"], ["", "", "", "", "满意度", "≥95%"]]
    found = _read(tmp_path, {"表1": [*_UNIT, _SHOW, _SEEN, _WORK], "表1（续）": group})
    assert _projects(found) == _ALL
    assert _told(found) == []


def test_a_sheet_that_goes_on_of_another_year_is_left_out_and_told(tmp_path: Path) -> None:
    found = _read(tmp_path, {"表1": [*_UNIT, _SHOW, _WORK], "2024年（续）": [_BLANK]})
    assert _projects(found) == {"送戏": ["产出 演出场次"], "修缮": ["产出 修缮面积"]}


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html"])
def test_tables_side_by_side_with_an_empty_column_between(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [[Over("文化馆项目", 6), "", Over("图书馆项目", 6)], [*_HEAD, "", *_HEAD], [*_SHOW, "", *_WORK]]
    found = read_as(suffix, tmp_path, rows, _UNIT[0][0])
    assert _projects(found) == {"送戏": ["产出 演出场次"], "修缮": ["产出 修缮面积"]}
    assert "（）" not in "".join(one.message for one in found.problems)
