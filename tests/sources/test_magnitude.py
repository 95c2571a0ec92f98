"""Money in another unit than the head says: what a careful clerk would see is told, and nothing else is asked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.magnitude import slipped
from selfeval.sources.merging import merged
from selfeval.sources.read import read_file
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources import test_any_table as form
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over, grid, lines, read
from tests.sources.invented import document, read_text

ROWS = form.ROWS
HEAD = ["预算单位", "项目编码", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]


def table(
    money: list[Cells],
    *costs: tuple[str, str],
    name: str = "文化下乡",
    goal: str = "办好。",
    above: tuple[str, ...] = (),
) -> Imported:
    rows: list[Cells] = [["成本指标", "经济成本指标", *cost] for cost in costs]
    names: list[Cells] = [["项目名称", name], ["实施单位", "412001 清源县文化馆"]]
    return read(*lines(*above), grid([*names, *money, ["总体目标", goal], *ROWS, *rows]))


def told(found: Imported) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in found.problems if one.code not in {"I140", "W147"}]


def codes(found: Imported) -> list[str]:
    return [code for code, _ in told(found)]


WAN, YUAN = "年度资金总额（万元）", "年度资金总额（元）"
PART = "其中：财政拨款"


@pytest.mark.parametrize(
    ("money", "costs", "text", "code"),
    [
        ([[WAN, "8400"]], [("项目总成本", "≤8400元")], "", "W177"),
        ([[WAN, "8400"]], [("印刷费", "≤5000元"), ("差旅费", "≤3400元")], "", "W177"),
        ([[WAN, "8400"]], [("项目总成本", "≤8000元")], "", "W177"),
        ([[WAN, "8400"]], [], "本年安排资金8400元，办好。", "W177"),
        ([[WAN, "500000"]], [], "申请资金50万元，办好。", "W177"),
        ([[WAN, "500000"]], [("项目总成本", "≤50万元")], "申请资金50万元，办好。", "E174"),
        ([[YUAN, "50"]], [], "", "W177"),
        ([[YUAN, "22.5945"]], [], "", "W177"),
        ([[YUAN, "7500"]], [("项目总成本", "≤7500万元")], "", "W177"),
        ([[YUAN, "7500"]], [("项目总成本", "≤7000万元")], "", "W177"),
        ([[WAN, "50"], [PART, "500000"]], [], "", "E174"),
        ([[WAN, "50"], [PART, "30"], ["其他资金", "200000"]], [], "", "E174"),
        ([[WAN, "50万元"], [PART, "500000"]], [], "", "E174"),
        ([["项目资金（万元）", ""], [YUAN, "50000"]], [], "", "W176"),
        ([[WAN, "50000000"]], [], "", "W170"),
    ],
)
def test_what_contradicts_an_amount_is_told(
    money: list[Cells], costs: list[tuple[str, str]], text: str, code: str
) -> None:
    assert codes(table(money, *costs, goal=text or "办好。")) == [code]


@pytest.mark.parametrize(
    ("money", "costs", "text"),
    [
        ([[WAN, "8400"]], [], ""),
        ([[WAN, "8400"]], [("项目总成本", "≤8400万元")], "每户补助8400元。"),
        ([[WAN, "50"]], [("人均成本", "≤50元")], "带动投资50亿元。"),
        ([[WAN, "500"]], [("培训费标准", "≤500元/人·天")], "每人每天500元。"),
        ([[WAN, "500"]], [], "奖励500元。"),
        ([[WAN, "22.5945"]], [("印刷费", "≤2万元")], ""),
        ([[YUAN, "225945.12"]], [("印刷费", "≤2万元")], ""),
        ([[YUAN, "8400"]], [("项目总成本", "≤8400元")], ""),
        ([[WAN, "50"], [PART, "30"], ["其他资金", "20"]], [], ""),
        ([["项目资金（万元）", ""], [YUAN, "500000"], [f"{PART}（万元）", "50"]], [], ""),
        ([[WAN, "12000"]], [("项目总成本", "≤12000万元")], ""),
        ([[WAN, "0.08"]], [], ""),
        ([[WAN, "0"]], [("项目总成本", "≤50万元")], ""),
        ([[YUAN, "800元"]], [], ""),
    ],
)
def test_what_may_well_be_is_not_asked(money: list[Cells], costs: list[tuple[str, str]], text: str) -> None:
    assert codes(table(money, *costs, goal=text or "办好。")) == []


@pytest.mark.parametrize(
    ("unit", "printed"), [("百元", "5000"), ("千元", "500"), ("十万元", "5"), ("百万元", "0.5"), ("人民币千元", "500")]
)
def test_money_in_hundreds_or_thousands_is_taken_as_such(unit: str, printed: str, tmp_path: Path) -> None:
    forms = table([[f"年度资金总额（{unit}）", printed]]), table([["年度资金总额", printed]], above=(f"单位：{unit}",))
    rows = flat(printed, head=f"预算数（{unit}）")
    for found in (
        *forms,
        read_as(".xlsx", tmp_path, rows),
        read_as(".csv", tmp_path, flat(printed, head="预算数"), f"单位：{unit}"),
    ):
        assert (found.targets.projects.frame["budget"].tolist(), codes(found)) == ([50.0], [])


def test_what_is_told_gives_both_readings_and_the_place() -> None:
    (found,) = table([[WAN, "8400"]], ("项目总成本", "≤8400元")).problems
    assert found.message == (
        "预算数“8400”按万元识别为8400万元，而指标“项目总成本”的指标值写着“≤8400元”；单位如果是元，应为0.84万元"
    )
    assert (found.place.cell, "（元）" in found.remedy) == ("第3行", True)


def test_a_sum_that_is_otherwise_wrong_is_still_told_as_such() -> None:
    assert codes(table([[WAN, "50"], [PART, "30"], ["其他资金", "10"]])) == ["W103"]
    assert slipped(90.0, [90.0, 10.0]) == [], "one part left out is no part in another unit"
    assert slipped(123.46, [1234567.0]) == [0], "a sum may be rounded"


def flat(*budgets: str, head: str = "预算数（万元）") -> list[Cells]:
    rows: list[Cells] = [
        ["412001 清源县文旅局", f"ZZ{at:02d}", f"项目{at}", budget, "产出指标", "数量指标", "场次", "≥50场"]
        for at, budget in enumerate(budgets, start=1)
    ]
    return [[head if one.startswith("预算数") else one for one in HEAD], *rows]


@pytest.mark.parametrize("suffix", FORMATS)
def test_one_project_in_another_unit_than_the_others(suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, flat("5.2", "8", "3.6", "8400", "6"))
    (one,) = (one for one in found.problems if one.code == "W177")
    assert (one.place.project, "5.6万元" in one.message, "0.84万元" in one.message) == ("ZZ04", True, True)
    found = read_as(suffix, tmp_path, flat("52000", "80000", "66", "125000", "60000", head="预算数（元）"))
    assert [(one.code, one.place.project) for one in found.problems] == [("W177", "ZZ03")]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_printed_sum_makes_it_certain(suffix: str, tmp_path: Path) -> None:
    total: Cells = ["合计", "", "", "23.64", "", "", "", ""]
    found = read_as(suffix, tmp_path, [*flat("5.2", "8", "3.6", "8400", "6"), total])
    assert [(one.code, one.place.project) for one in found.problems if one.code != "I140"] == [("E174", "ZZ04")]
    total = ["合计", "", "", "22.8万元", "", "", "", ""]
    found = read_as(suffix, tmp_path, [*flat("52000", "80000", "96000"), total])
    assert [(one.code, one.place.project) for one in found.problems if one.code != "I140"] == [("E174", "")]
    found = read_as(suffix, tmp_path, [*flat("5", "8", "9"), ["合计", "", "", "13", "", "", "", ""]])
    assert [one.code for one in found.problems] == ["I140"], "the sum of some, as of those of one kind"


def test_running_text_above_the_tables_may_name_the_sum() -> None:
    assert codes(table([[WAN, "50"]], above=("本单位项目资金合计500000元。",))) == []
    found = table([[WAN, "500000"]], above=("本单位项目资金合计500000元。",))
    assert "E174" in codes(found)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_column_and_the_title_name_two_units(suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, flat("5", "8"), "2025年度项目支出绩效目标表（单位：元）")
    assert codes(found) == ["W176"]
    assert found.targets.projects.frame["budget"].tolist() == [5.0, 8.0]
    found = read_as(suffix, tmp_path, flat("50000", "80000", head="预算数"), "2025年度项目支出绩效目标表（单位：元）")
    assert (codes(found), found.targets.projects.frame["budget"].tolist()) == ([], [5.0, 8.0])


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_title_of_one_project_names_the_unit(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["项目名称", Over("文化下乡", 3)],
        ["实施单位", Over("412001 清源县文化馆", 3)],
        ["年度资金总额", Over("500000", 3)],
        ["总体目标", Over("办好。", 3)],
        *ROWS,
    ]
    found = read_as(suffix, tmp_path, rows, "项目支出绩效目标表（单位：元）")
    assert (codes(found), found.targets.projects.frame["budget"].tolist()) == ([], [50.0])
    rows[2] = [WAN, Over("50", 3)]
    assert codes(read_as(suffix, tmp_path, rows, "项目支出绩效目标表（单位：元）")) == ["W176"]


def test_a_title_with_its_unit_still_names_its_year(tmp_path: Path) -> None:
    assert codes(read_as(".xlsx", tmp_path, flat("5"), "2024年度项目支出绩效目标表（单位：万元）")) == ["E172"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_county_whose_name_begins_with_the_unit(suffix: str, tmp_path: Path) -> None:
    rows = [cells[1:] for cells in flat("5", head="预算数")]
    found = read_as(suffix, tmp_path, rows, "填报单位：元氏县司法局")
    assert found.targets.projects.frame[["unit_name", "budget"]].to_numpy().tolist() == [["元氏县司法局", 5.0]]


def test_files_of_one_project_each_are_compared_too(tmp_path: Path) -> None:
    parts = []
    for at, budget in enumerate(("5", "8", "3", "8400"), start=1):
        (tmp_path / str(at)).mkdir()
        rows = [HEAD, ["412001 清源县文旅局", f"ZZ0{at}", f"项目{at}", budget, *HEAD[4:]]]
        rows[1][4:] = ["产出指标", "数量指标", "场次", "≥50场"]
        path = tmp_path / f"{at}.csv"
        path.write_text("\n".join(map(",".join, rows)), encoding="utf-8")
        parts.append(read_file(path, 2025))
    (one,) = merged(parts, 2025).problems
    assert (one.code, one.place.project, one.place.file, one.place.cell) == ("W177", "ZZ04", "4.csv", "D2")


@pytest.mark.parametrize(("budget", "codes"), [(96.5, ["W103"]), (80, []), (800000, ["E174"])])
def test_the_amounts_of_a_target_table_are_compared_too(budget: float, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(targets_workbook(read_text(document(), "某某.txt")))
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    page = book["项目"]
    places = {cell.value: at for at, cell in enumerate(page[1], start=1)}
    for title, value in (("预算数", budget), ("财政资金", 80), ("其他资金", None)):
        page.cell(2, places[title]).value = value
    book.save(tmp_path / "t.xlsx")
    found = read_file(tmp_path / "t.xlsx", 2024)
    assert [one.code for one in found.problems if one.code in {"W103", "E174"}] == codes
