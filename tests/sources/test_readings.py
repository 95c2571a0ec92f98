"""What an import says of how it read: the same of many projects once; of two files that differ, where in both."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from selfeval.sources.blocks import Spot
from selfeval.sources.imported import LEFT_ASIDE, Imported, Reading
from selfeval.sources.merging import merged
from selfeval.sources.read import read_file
from selfeval.sources.readings import once, where
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.any_file import FORMATS
from tests.sources.goal_tables import Cells, Over, grid, lines, read

LEVELS = ["一级指标", "二级指标", "三级指标", "指标值"]


def table(name: str, kind: str, first: int) -> list[Cells]:
    return [
        ["项目名称", name],
        ["实施单位", "清源县文化馆"],
        ["项目属性", kind],
        ["年度资金总额", "50"],
        ["总体目标", "办好。"],
        LEVELS,
        ["产出指标", "数量指标", "场次", f"≥{first}场"],
    ]


def several(count: int = 5) -> Imported:
    kinds = ("延续性项目", "新增项目")
    rows = [row for at in range(count) for row in table(f"送戏{at}", kinds[at % 2], at + 1)]
    return read(*lines(), grid(rows))


def test_the_same_of_several_projects_is_said_once_with_the_first_places() -> None:
    found = several()
    said = [f"{one.what}｜{one.original}｜{one.reading}" for one in once(found.readings)]
    assert [line.split("｜")[0] for line in said] == ["单位编码", "项目编码", "金额单位", LEFT_ASIDE]
    assert said[1] == "项目编码｜｜表上没有项目编码，按单位和项目名称编制（共5处：第1行、第8行、第15行等）"
    assert said[3].startswith(f"{LEFT_ASIDE}｜项目属性｜")
    assert said[3].endswith("（共5处：第3行、第10行、第17行等）")
    assert len(found.readings) == 20
    assert {one.project for one in once(found.readings)} == {""}


def test_what_is_said_of_one_project_stays_as_it_is() -> None:
    found = several(1).readings
    assert once(found) == found
    one = Reading("P1", "预算数", "5万", "单位是万，换算为5万元", Spot(3))
    assert once([one, replace(one, project="P2", reading="另外的")]) == (
        one,
        replace(one, project="P2", reading="另外的"),
    )


def test_places_in_several_files_name_the_file() -> None:
    one = Reading("P1", "金额单位", "", "按万元识别", Spot(sheet="表1", cell="A3"), "甲.xlsx")
    (both,) = once([one, replace(one, project="P2", file="乙.xlsx", spot=Spot(2, page=1, table=1))])
    assert both.reading == "按万元识别（共2处：甲.xlsx 表1!A3、乙.xlsx 第1页第1个表第2行）"
    assert (where(one), where(replace(one, file="", spot=Spot(7))), where(replace(one, file="", spot=Spot()))) == (
        "甲.xlsx 表1!A3",
        "第7行",
        "全文",
    )


def test_the_record_in_the_workbook_says_it_once_too() -> None:
    page = openpyxl.load_workbook(io.BytesIO(targets_workbook(several())))["导入记录"]
    said = [str(row[1]) for row in page.iter_rows(values_only=True)]
    assert [said.count(what) for what in ("单位编码", "金额单位", LEFT_ASIDE)] == [1, 1, 1]


FORM: list[Cells] = [
    ["项目名称", Over("送戏", 3)],
    ["项目编码", Over("ZZ01", 3)],
    ["实施单位", Over("412001 清源县文化馆", 3)],
    ["年度资金总额（万元）", Over("50", 3)],
    ["总体目标", Over("办好。", 3)],
    LEVELS,
    ["产出指标", "数量指标", "场次", "≥20场"],
]
FLAT: list[Cells] = [
    ["预算单位", "项目编码", "项目名称", "预算数（万元）", "绩效目标", *LEVELS],
    ["412001 清源县文化馆", "ZZ01", "送戏", "50", "办好。", "产出指标", "数量指标", "场次", "≥30场"],
]
PLACES = {
    ".xlsx": ("绩效目标!B2", "绩效目标!A7", "绩效目标!I2"),
    ".docx": ("第1个表第2行", "第1个表第7行", "第1个表第2行"),
    ".pdf": ("第1页第1个表第2行", "第1页第1个表第7行", "第1页第1个表第2行"),
    ".html": ("第1个表第2行", "第1个表第7行", "第1个表第2行"),
    ".csv": ("B2", "A7", "I2"),
}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_conflict_of_two_files_says_where_it_stands_in_both(suffix: str, tmp_path: Path) -> None:
    for name, rows in (("甲", FORM), ("乙", FLAT)):
        FORMATS[suffix](tmp_path / f"{name}{suffix}", grid(rows), ())
    parts = [read_file(tmp_path / f"{name}{suffix}", 2025) for name in "甲乙"]
    (one,) = (one for one in merged(parts, 2025).problems if one.code == "E163")
    project, row, other = PLACES[suffix]
    assert all(f"{name}{suffix}（" in one.message for name in "甲乙")
    assert f"指标值“≥20场”（{row}）与“≥30场”（{other}）" in one.message
    assert (one.place.file, one.place.cell) == (f"乙{suffix}", other.rpartition("!")[2])
    assert project.rpartition("!")[2][-2:] in one.message


def test_a_conflict_with_a_target_table_names_its_cell(tmp_path: Path) -> None:
    FORMATS[".csv"](tmp_path / "甲.csv", grid(FORM), ())
    FORMATS[".csv"](tmp_path / "乙.csv", grid(FLAT), ())
    (tmp_path / "targets.xlsx").write_bytes(targets_workbook(read_file(tmp_path / "乙.csv", 2025)))
    parts = [read_file(tmp_path / name, 2025) for name in ("甲.csv", "targets.xlsx")]
    (one,) = (one for one in merged(parts, 2025).problems if one.code == "E163")
    assert "“≥20场”（A7）与“≥30场”（指标!G2）" in one.message
