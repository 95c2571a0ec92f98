"""Columns of several years beside one another, in tables of one project and in flat ones, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.years import dated
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over, grid, read

LEVELS = ["一级指标", "二级指标", "三级指标"]
PROJECT = ["预算单位", "项目编码", "项目名称", "预算数（万元）"]
OF_PROJECT = ["412001 清源县文旅局", "ZZ01", "送戏", "50"]
ROWS = [["产出指标", "数量指标", "演出场次"], ["产出指标", "数量指标", "观众"]]

Heads = tuple[list[str | Over], list[str]]
"""The heads of the columns right of the levels, in one row or in two."""


def form(heads: Heads, values: list[str]) -> list[Cells]:
    upper, lower = heads
    right = len(values) + len(LEVELS) - 1
    rows: list[Cells] = [
        ["项目名称", Over("送戏", right)],
        ["实施单位", Over("412001 清源县文化馆", right)],
        ["年度资金总额（万元）", Over("50", right)],
        ["总体目标", Over("办好。", right)],
    ]
    return [*rows, *_heads(LEVELS, upper, lower), *([*row, *values] for row in ROWS)]


def flat(heads: Heads, values: list[str]) -> list[Cells]:
    return [*_heads([*PROJECT, *LEVELS], *heads), *([*OF_PROJECT, *row, *values] for row in ROWS)]


def _heads(left: list[str], upper: list[str | Over], lower: list[str]) -> list[Cells]:
    if not lower:
        return [[*left, *upper]]
    return [[*(Over(text, 1, 2) for text in left), *upper], lower]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def said(found: Imported) -> list[str]:
    return [one.reading for one in found.readings if one.what == "年度"]


CASES: dict[str, tuple[Heads, list[str], str]] = {
    "side by side": ((["2024年指标值", "2025年指标值", "2026年指标值"], []), ["≥1场", "≥20场", "≥3场"], "2025年指标值"),
    "behind": ((["指标值（2025年）", "指标值（2026年度）"], []), ["≥20场", "≥3场"], "指标值（2025年）"),
    "done before": ((["2024年实际", "2025年目标"], []), ["1场", "≥20场"], ""),
    "bare": ((["2025年", "2026年"], []), ["≥20场", "≥3场"], "2025年"),
    "a period": ((["2025-2027年目标值", "2025年目标值"], []), ["≥60场", "≥20场"], "2025年目标值"),
    "one without": ((["指标值", "2025年指标值"], []), ["≥60场", "≥20场"], "2025年指标值"),
    "below one head": (([Over("指标值", 2)], ["2024年", "2025年"]), ["≥1场", "≥20场"], "2025年"),
    "above several": (
        ([Over("2025年目标", 3), Over("2026年目标", 3)], ["符号", "值", "单位", "符号", "值", "单位"]),
        ["≥", "20", "场", "≥", "3", "场"],
        "2025年目标",
    ),
    "with what was done": (
        ([Over("2024年", 2), Over("2025年", 2)], ["指标值", "完成值", "指标值", "分值"]),
        ["≥1场", "1场", "≥20场", "5"],
        "2025年",
    ),
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_the_column_of_the_year_is_taken_and_said(case: str, suffix: str, tmp_path: Path) -> None:
    heads, values, chosen = CASES[case]
    for rows in (form(heads, values), flat(heads, values)):
        found = read_as(suffix, tmp_path, rows)
        assert (codes(found), found.targets.indicators.frame["target"].tolist()) == ([], ["≥20场", "≥20场"])
        assert [f"按2025年的“{chosen}”识别" in one for one in said(found)] == ([True] if chosen else [])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("case", [case for case in CASES if case != "one without"])
def test_a_table_without_the_year_says_which_it_has(case: str, suffix: str, tmp_path: Path) -> None:
    heads, values, _ = CASES[case]
    for rows in (form(heads, values), flat(heads, values)):
        found = read_as(suffix, tmp_path, rows, year=2030)
        (one,) = found.problems
        assert (one.code, "2025" in one.message, "没有2030年的" in one.message) == ("E176", True, True)
        assert found.targets.indicators.frame.empty


@pytest.mark.parametrize(
    ("heads", "values"),
    [
        (["上年完成值", "年度指标值"], ["10场", "≥20场"]),
        (["三年目标", "年度目标"], ["≥60场", "≥20场"]),
        (["年度目标", "下年目标"], ["≥20场", "≥3场"]),
        (["2024年完成值", "指标值"], ["10场", "≥20场"]),
    ],
)
def test_years_that_are_called_by_words(heads: list[str | Over], values: list[str], tmp_path: Path) -> None:
    for rows in (form((heads, []), values), flat((heads, []), values)):
        found = read_as(".docx", tmp_path, rows)
        assert (codes(found), found.targets.indicators.frame["target"].tolist()) == ([], ["≥20场", "≥20场"])
        assert [one.what for one in found.readings if one.what == "没有导入的栏目"] == ["没有导入的栏目"]


def test_one_without_a_year_is_taken_where_none_is_of_the_year(tmp_path: Path) -> None:
    heads: Heads = (["指标值", "2024年指标值"], [])
    for rows in (form(heads, ["≥20场", "≥1场"]), flat(heads, ["≥20场", "≥1场"])):
        found = read_as(".xlsx", tmp_path, rows)
        assert (codes(found), found.targets.indicators.frame["target"].tolist()) == ([], ["≥20场", "≥20场"])
        assert said(found) == ["有几个年度的栏目，按没有写年度的“指标值”识别，“2024年指标值”未采用"]


BUDGETS: dict[str, list[Cells]] = {
    "beside": [["2025年预算数（万元）", "50", "2026年预算数（万元）", "60"]],
    "below": [["2024年预算数（万元）", Over("40", 3)], ["2025年预算数（万元）", Over("50", 3)]],
    "heads": [
        [Over("项目资金（万元）", rows=3), "", "2024年预算", "2025年预算"],
        ["年度资金总额", "40", "50"],
        ["其中：财政拨款", "40", "50"],
    ],
    "bare heads": [[Over("项目资金（万元）", rows=2), "", "2025年", "2026年"], ["年度资金总额", "50", "60"]],
    "alone": [["2025年度资金总额（万元）", Over("50", 3)]],
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("case", BUDGETS)
def test_the_budget_of_the_year_is_taken_in_a_table_of_one_project(case: str, suffix: str, tmp_path: Path) -> None:
    top: list[Cells] = [["项目名称", Over("送戏", 3)], ["实施单位", Over("412001 清源县文化馆", 3)]]
    below: list[Cells] = [["总体目标", Over("办好。", 3)], [*LEVELS, "指标值"], [*ROWS[0], "≥20场"]]
    rows = [*top, *BUDGETS[case], *below]
    found = read_as(suffix, tmp_path, rows)
    assert (codes(found), found.targets.projects.frame["budget"].tolist()) == ([], [50.0])
    assert len(said(found)) == (case != "alone")
    found = read_as(suffix, tmp_path, rows, year=2030)
    assert (codes(found), found.targets.projects.frame["budget"].notna().tolist()) == (["E176"], [False])
    assert "2025年" in found.problems[0].message


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("heads", "values"),
    [
        (["2025年预算数（万元）", "2026年预算数（万元）"], ["50", "60"]),
        (["2024年预算（万元）", "2024年执行数", "2025年预算（万元）"], ["40", "39", "50"]),
        (["预算数（2024年）（万元）", "预算数（2025年）（万元）"], ["40", "50"]),
    ],
)
def test_the_budget_of_the_year_is_taken_in_a_flat_table(
    heads: list[str], values: list[str], suffix: str, tmp_path: Path
) -> None:
    rows: list[Cells] = [
        [*PROJECT[:3], *heads, *LEVELS, "指标值"],
        *([*OF_PROJECT[:3], *values, *row, "≥20场"] for row in ROWS),
    ]
    found = read_as(suffix, tmp_path, rows)
    assert (codes(found), found.targets.projects.frame["budget"].tolist(), len(said(found))) == ([], [50.0], 1)
    found = read_as(suffix, tmp_path, rows, year=2030)
    assert (codes(found), found.targets.projects.frame["budget"].notna().tolist()) == (["E176"], [False])


def test_a_head_that_comes_again_on_the_next_page_is_of_the_same_year() -> None:
    head: Cells = [*LEVELS, "2025年指标值", "2026年指标值"]
    top: list[Cells] = [["项目名称", Over("送戏", 4)], ["实施单位", Over("412001 清源县文化馆", 4)]]
    money: list[Cells] = [["年度资金总额（万元）", Over("50", 4)], ["总体目标", Over("办好。", 4)]]
    first = grid([*top, *money, head, [*ROWS[0], "≥20场", "≥3场"]])
    found = read(first, grid([head, [*ROWS[1], "≥30场", "≥4场"]], first=9))
    assert (codes(found), found.targets.indicators.frame["target"].tolist()) == ([], ["≥20场", "≥30场"])
    assert len(said(found)) == 1


@pytest.mark.parametrize("name", ["2025年预算", "2023年结转资金", "2025年财政拨款", "2025年送戏目标"])
def test_what_names_a_year_and_is_no_head_stays(name: str, tmp_path: Path) -> None:
    values = [
        ["产出指标", "时效指标", "2025年指标值完成时间", "2025年"],
        ["产出指标", "时效指标", "完成", "2026年12月底"],
    ]
    rows: list[Cells] = [["项目名称", name, "", ""], ["实施单位", "412001 清源县文化馆", "", ""]]
    rows += [["年度资金总额（万元）", "50", "", ""], ["总体目标", "办好。", "", ""], [*LEVELS, "指标值"], *values]
    found = read_as(".xlsx", tmp_path, rows)
    assert found.targets.projects.frame[["name", "budget"]].to_numpy().tolist() == [[name, 50.0]]
    assert found.targets.indicators.frame[["level3", "target"]].to_numpy().tolist() == [row[2:] for row in values]


@pytest.mark.parametrize(
    ("text", "years", "base"),
    [
        ("2025年度的目标", (2025,), "目标"),
        ("2025", (2025,), ""),
        ("目标值2025", (2025,), "目标值"),
        ("2025—2027年", (2025, 2026, 2027), ""),
        ("20251指标", (), "20251指标"),
        ("年度指标值", (), "年度指标值"),
    ],
)
def test_the_year_of_a_head(text: str, years: tuple[int, ...], base: str) -> None:
    assert dated(text) == (years, base)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("heads", "missing", "unknown"),
    [
        ([*PROJECT, *LEVELS, "达到的数值"], "指标值", "达到的数值"),
        ([*PROJECT, *LEVELS[:2], "考核内容", "指标值"], "三级指标", "考核内容"),
        (["预算单位", "工程名称", "预算数", *LEVELS, "指标值"], "项目名称", "工程名称"),
        ([*PROJECT, *LEVELS[:2], "指标值"], "三级指标", ""),
    ],
)
def test_a_flat_table_that_lacks_a_column_is_told_so(
    heads: list[str], missing: str, unknown: str, suffix: str, tmp_path: Path
) -> None:
    values = {
        **dict(zip(PROJECT, OF_PROJECT, strict=True)),
        **dict(zip(LEVELS, ROWS[0], strict=True)),
        "指标值": "≥20场",
    }
    row = [values.get(head, "某某") for head in heads]
    (one,) = read_as(suffix, tmp_path, [heads, row, row]).problems
    assert (one.code, f"没有找到“{missing}”" in one.message) == ("E175", True)
    assert (f"未识别的列名“{unknown}”" if unknown else "补上") in one.remedy


def test_a_table_of_one_project_without_its_name_is_still_told_so() -> None:
    found = read(grid([["年度资金总额（万元）", "50"], [*LEVELS, "指标值"], [*ROWS[0], "≥20场"]]))
    assert "E175" not in codes(found)
