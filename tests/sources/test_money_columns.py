"""Lines of money with several amounts: that of the year's budget counts, and what cannot be known is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.pending import still_open
from selfeval.sources.years import dated
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over, grid, read

TARGETS: list[Cells] = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "演出场次", "≥20场"],
]


def table(money: list[Cells], goal: str = "办好。") -> list[Cells]:
    top: list[Cells] = [["项目名称", Over("送戏", 3)], ["实施单位", Over("412001 清源县文化馆", 3)]]
    return [*top, *money, ["总体目标", Over(goal, 3)], *TARGETS]


def lines(head: list[str], *amounts: str) -> list[Cells]:
    return [["资金情况（万元）", *head], ["年度资金总额", *amounts], ["其中：财政拨款", *amounts]]


def budget(found: Imported) -> list[list[float]]:
    return found.targets.projects.frame[["budget", "fiscal"]].to_numpy().tolist()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("head", "amounts"),
    [
        (["2024年执行", "2025年预算"], ["30", "50"]),
        (["2024年执行数", "2025年预算数"], ["30", "50"]),
        (["2024年决算数", "2025年年初预算数"], ["30", "50"]),
        (["上年执行数", "本年预算数"], ["30", "50"]),
        (["上年", "本年"], ["30", "50"]),
        (["项目总投资", "2025年"], ["300", "50"]),
        (["实施期", "2025年"], ["300", "50"]),
        (["已安排", "本次申请"], ["300", "50"]),
        (["预算数", "执行数", "执行率"], ["50", "49", "98%"]),
        (["预算数", "执行数", "结余数", "执行率"], ["50", "49", "1", "98%"]),
        (["预算安排", "实际到位", "实际支出"], ["50", "48", "47"]),
        (["预算安排", "实际到位", "实际支出", "结余"], ["50", "50", "49", "1"]),
        (["投资", "预算", "支出数"], ["60", "50", "49"]),
        (["合计", "2025年", "2026年"], ["110", "50", "60"]),
        (["2025年", "2026年", "合计"], ["50", "60", "110"]),
        (["2025年预算数"], ["50"]),
        (["2025年", "2026年"], ["50", "50"]),
        (["2024年", "2025年", "2026年"], ["50", "50", "50"]),
        (["合计", "2024年", "2025年", "2026年"], ["150", "50", "50", "50"]),
    ],
)
def test_the_amount_under_the_head_of_the_year_counts(
    head: list[str], amounts: list[str], suffix: str, tmp_path: Path
) -> None:
    found = read_as(suffix, tmp_path, table(lines(head, *amounts)))
    assert (budget(found), [one.code for one in found.problems]) == ([[50.0, 50.0]], [])


@pytest.mark.parametrize(
    "money",
    [
        [["项目资金（万元）", "甲", "乙"], ["年度资金总额", "10", "40"]],
        [["年度资金总额（万元）", "30", "50"]],
        [["资金（万元）", "2024年结转", "2025年预算"], ["资金总额", "10", "40"]],
    ],
)
def test_amounts_that_nothing_tells_apart_are_asked_about(money: list[Cells]) -> None:
    found = read(grid(table(money)))
    assert [one.code for one in found.problems if one.code[0] == "E"] == ["E177"]
    assert found.targets.projects.frame["budget"].isna().all()
    assert [one.code for one in found.problems if one.code == "W107"] == []
    assert [*still_open(found)] == [], "filled in, it is settled"


@pytest.mark.parametrize(
    "money",
    [
        [["资金来源", "合计", "财政拨款", "其他资金"], ["年度资金总额（万元）", "50", "30", "20"]],
        [
            ["2025年预算数（万元）", "50", "2024年预算数（万元）", "30"],
            ["其中：财政拨款", "30", "其中：财政拨款", "20"],
        ],
        [["年度资金总额（万元）", "50", "比上年增加", "5"], ["其中：财政拨款", "30", "占比", "60%"]],
        [["年度资金总额（万元）", "50", "50"], ["其中：财政拨款", "30", "30"]],
    ],
)
def test_amounts_that_say_the_same_or_something_else_are_not_asked_about(money: list[Cells]) -> None:
    found = read(grid(table(money)))
    assert [one.code for one in found.problems if one.code[0] == "E"] == []
    assert budget(found) == [[50.0, 30.0]]


@pytest.mark.parametrize(
    "goal", ["2025年目标：演出20场", "2025年度绩效目标：1.演出；2.满意", "2024年目标：旧。2025年目标：新"]
)
def test_a_goal_that_begins_with_its_year_is_kept(goal: str) -> None:
    found = read(grid(table([["年度资金总额（万元）", "50"]], goal)))
    assert (found.targets.projects.frame["goal"].tolist(), list(found.problems)) == ([goal], [])


def test_a_year_and_a_unit_stand_in_the_same_brackets(tmp_path: Path) -> None:
    assert dated("预算数（2025年，万元）") == ((2025,), "预算数（万元）")
    head: Cells = ["预算单位", "项目编码", "项目名称", "预算数（2025年，元）", "预算数（2026年，元）", *TARGETS[0]]
    row: Cells = ["412001 清源县文旅局", "ZZ01", "送戏", "500000", "600000", *TARGETS[1]]
    found = read_as(".xlsx", tmp_path, [head, row])
    assert (found.targets.projects.frame["budget"].tolist(), list(found.problems)) == ([50.0], [])


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    ("heads", "amounts", "read_as_budget", "told"),
    [
        (["预算数（万元）", "预算金额（万元）"], ["50", "60"], None, ["E178"]),
        (["预算数（万元）", "预算金额（万元）"], ["50", "50.00"], 50.0, []),
        (["全年预算数（万元）", "调整预算数（万元）"], ["30", "15"], None, ["E178"]),
        (["预算数（万元）", "全年预算数（万元）", "调整预算数（万元）"], ["50", "30", "15"], 50.0, []),
        (["预算数（万元）", "其他资金（万元）", "单位资金（万元）"], ["50", "3", "2"], 50.0, ["E178"]),
    ],
)
def test_amounts_of_two_columns_are_never_run_together(
    heads: list[str], amounts: list[str], read_as_budget: float | None, told: list[str], suffix: str, tmp_path: Path
) -> None:
    head: Cells = ["预算单位", "项目编码", "项目名称", *heads, *TARGETS[0]]
    found = read_as(suffix, tmp_path, [head, ["412001 清源县文旅局", "ZZ01", "送戏", *amounts, *TARGETS[1]]])
    (value,) = found.targets.projects.frame["budget"].tolist()
    assert sorted(one.code for one in found.problems if one.code[0] == "E") == told
    assert (None if value != value else value) == read_as_budget  # noqa: PLR0124 - not a number
    assert found.targets.projects.frame["other"].isna().all()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "money",
    [
        [["资金总额（元）", Over("1100000", 3)], ["其中：2025年", Over("500000", 3)], ["2026年", Over("600000", 3)]],
        [["资金总额（元）", "1100000", "2025年", "500000"]],
        [["项目总投资（元）", Over("1100000", 3)], ["2025年", Over("500000", 3)], ["2026年", Over("600000", 3)]],
        [["资金总额（元）", Over("1100000", 3)], ["2025年安排", Over("500000", 3)], ["2026年资金", Over("600000", 3)]],
        [["资金总额（元）", Over("1100000", 3)], ["2025年预算", Over("500000", 3)]],
    ],
)
def test_of_a_total_over_several_years_that_of_the_year_counts(money: list[Cells], suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, table(money))
    assert found.targets.projects.frame["budget"].tolist() == [50.0]
    assert [one.code for one in found.problems] == []
    assert any(one.what == "年度" for one in found.readings) or "总投资" in str(money), "what was taken is said"


@pytest.mark.parametrize(
    "money",
    [
        [["资金总额（万元）", Over("110（2025年50，2026年60）", 3)]],
        [["资金总额（万元）", "110", "其中2025年50万元", "2026年60万元"]],
    ],
)
def test_a_total_with_years_in_its_text_is_asked_about(money: list[Cells]) -> None:
    found = read(grid(table(money)))
    assert "E177" in [one.code for one in found.problems]
    assert found.targets.projects.frame["budget"].isna().all()


def test_what_is_carried_over_is_no_other_year() -> None:
    found = read(grid(table([["资金总额（万元）", Over("110（含2024年结转10）", 3)]])))
    assert (found.targets.projects.frame["budget"].tolist(), found.problems) == ([110.0], ())


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "heads",
    [
        ["资金总额（元）", "2025年", "2026年"],
        ["资金总额（元）", "其中：2025年", "2026年"],
        ["预算数（元）", "2025年预算", "2026年预算"],
    ],
)
def test_columns_of_years_beside_a_total_are_budgets(heads: list[str], suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["预算单位", "项目编码", "项目名称", *heads, *TARGETS[0]],
        ["412001 清源县文化馆", "ZZ01", "送戏", "1100000", "500000", "600000", *TARGETS[1]],
    ]
    found = read_as(suffix, tmp_path, rows)
    assert (found.targets.projects.frame["budget"].tolist(), found.problems) == ([50.0], ())
    assert [one.original for one in found.readings if one.what == "年度"] == [heads[1]]


@pytest.mark.parametrize("text", ["人民币30万元", "30.00 万元整", "￥300,000元", "30（含结转5）"])
def test_an_amount_as_it_is_written(text: str) -> None:
    found = read(grid(table([["年度资金总额（万元）", Over(text, 3)]])))
    assert (found.targets.projects.column("budget"), found.problems) == ([30.0], ())
    aside = [one.reading for one in found.readings if "括号" in one.reading]
    assert aside == (["括号里的“含结转5”未采用"] if "（" in text else [])
