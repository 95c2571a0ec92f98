"""Tables that say more than targets hold, or say it elsewhere: nothing is joined, moved or lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.imported import LEFT_ASIDE, Imported
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over

HEAD = ["预算单位", "项目编码", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
SHOW = ["412001 清源县文化馆", "ZZ01", "送戏", "50", "产出指标", "数量指标", "演出场次", "≥20场"]
BOOKS = ["412001 清源县文化馆", "ZZ02", "购书", "30", "产出指标", "数量指标", "册数", "≥300册"]
every_format = pytest.mark.parametrize("suffix", FORMATS)


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def column(found: Imported, name: str) -> list[object]:
    frame = found.targets.projects if name in {"name", "budget", "goal", "unit_name"} else found.targets.indicators
    return list(frame.frame[name])


def said(found: Imported, what: str) -> list[str]:
    return [one.original for one in found.readings if one.what == what]


@every_format
def test_two_columns_of_targets_are_asked_about_in_every_format(suffix: str, tmp_path: Path) -> None:
    for title in ("目标值", "指标值"):
        found = read_as(suffix, tmp_path, [[*HEAD, title], [*SHOW, "≥30场"]])
        assert (column(found, "target"), codes(found)) == ([""], ["E148"])


def test_targets_below_one_heading_are_not_run_together(tmp_path: Path) -> None:
    heads: list[Cells] = [[*(Over(one, 1, 2) for one in HEAD[:7]), Over("指标值", 2)], ["一季度", "二季度"]]
    found = read_as(".xlsx", tmp_path, [*heads, [*SHOW[:7], "≥5场", "≥10场"]])
    assert (column(found, "target"), "E148" in codes(found)) == ([""], True)
    parts = read_as(".xlsx", tmp_path, [[*HEAD[:7], Over("指标值", 3)], [*SHOW[:7], "≥", "20", "场"]])
    assert (column(parts, "target"), codes(parts)) == (["≥20场"], [])
    day = read_as(".xlsx", tmp_path, [[*HEAD[:7], Over("指标值", 2)], [*SHOW[:7], "2025年", "12月底"]])
    assert (column(day, "target"), codes(day)) == (["2025年12月底"], [])


@every_format
def test_of_a_longer_period_and_the_year_below_one_heading_the_year_counts(suffix: str, tmp_path: Path) -> None:
    deep = [Over(one, 1, 2) for one in HEAD[:7]]
    heads: list[Cells] = [[Over("绩效目标", 2), *deep, Over("指标值", 2)], ["实施期目标", "年度目标", "实施期", "年度"]]
    found = read_as(suffix, tmp_path, [*heads, ["三年60场", "当年20场", *SHOW[:7], "≥60场", "≥20场"]])
    assert (column(found, "goal"), column(found, "target")) == (["当年20场"], ["≥20场"])
    assert said(found, LEFT_ASIDE) == ["“实施期目标”、“实施期”"]


@every_format
@pytest.mark.parametrize("numbers", [list("12345678"), list("甲乙丙12345")])
def test_the_numbers_of_columns_are_no_project(numbers: list[str], suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, [HEAD, numbers, SHOW])
    assert (column(found, "name"), column(found, "target"), codes(found)) == (["送戏"], ["≥20场"], ["I140"])


@every_format
@pytest.mark.parametrize(
    "other",
    [
        ["序号", "支出内容", "金额", "测算依据", "单价", "数量", "责任人", "备注"],
        ["项目名称", "支出内容", "金额", "经济分类", "科目", "单价", "数量", "说明"],
        ["项目编码", "项目名称", "财政资金", "其他资金", "科目", "单价", "数量", "说明"],
    ],
)
def test_rows_of_another_table_below_are_no_indicators(other: list[str], suffix: str, tmp_path: Path) -> None:
    detail = ["1", "演出费", "40", "每场两万", "产出", "20", "张三", "2"]
    found = read_as(suffix, tmp_path, [HEAD, SHOW, BOOKS, other, detail, detail])
    assert (column(found, "name"), column(found, "level3")) == (["送戏", "购书"], ["演出场次", "册数"])
    assert codes(found) == ["W141"]


@every_format
def test_the_same_heads_in_another_order_are_those_of_the_rows_below(suffix: str, tmp_path: Path) -> None:
    order = [1, 0, 2, 3, 4, 5, 7, 6]
    rows: list[Cells] = [[HEAD[at] for at in order], [BOOKS[at] for at in order]]
    found = read_as(suffix, tmp_path, [HEAD, SHOW, *rows])
    assert (column(found, "level3"), column(found, "target")) == (["演出场次", "册数"], ["≥20场", "≥300册"])
    assert (column(found, "unit_name"), codes(found)) == (["清源县文化馆", "清源县文化馆"], [])
    rows = [[HEAD[at] for at in order if at], [BOOKS[at] for at in order if at]]
    above = read_as(suffix, tmp_path, [HEAD[1:], SHOW[1:], *rows], "预算单位：文化馆")
    assert (column(above, "unit_name"), codes(above)) == (["文化馆", "文化馆"], [])


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_an_amount_in_one_cell_for_several_projects_is_of_none(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [HEAD, [*SHOW[:3], Over("50", rows=2), *SHOW[4:]], [*BOOKS[:3], *BOOKS[4:]]]
    found = read_as(suffix, tmp_path, rows)
    assert found.targets.projects.frame["budget"].isna().all()
    assert codes(found) == ["E109", "E109", "W147"]
    same = read_as(suffix, tmp_path, [HEAD, [*SHOW[:3], Over("50", rows=2), *SHOW[4:]], [*SHOW[:3], *BOOKS[4:]]])
    assert (column(same, "budget"), codes(same)) == ([50.0], [])


@pytest.mark.parametrize("year", ["2024年预算", "二〇二四年", "2024年度项目", "2023-2024"])
def test_a_row_of_another_year_is_known_however_it_is_written(year: str, tmp_path: Path) -> None:
    found = read_as(".xlsx", tmp_path, [["年度", *HEAD], ["2025", *SHOW], [year, *BOOKS]])
    assert (column(found, "name"), codes(found)) == (["送戏"], ["E147"])


@pytest.mark.parametrize(
    ("title", "text", "row", "told"),
    [
        ("单位编码", "412009", SHOW, "412001"),
        ("项目代码", "", ["412001 清源县文化馆", "ZZ0100000000 送书", *SHOW[2:]], "送书"),
    ],
)
def test_a_code_or_a_name_said_twice_is_told_where_it_differs(
    title: str, text: str, row: list[str], told: str, tmp_path: Path
) -> None:
    found = read_as(".xlsx", tmp_path, [[title, *HEAD], [text, *row], [text, *row[:6], "观众", "≥900人"]])
    assert codes(found) == ["W144"]
    assert told in found.problems[0].message


def test_a_changed_budget_beside_the_first_one_is_said(tmp_path: Path) -> None:
    found = read_as(".xlsx", tmp_path, [[*HEAD, "全年预算数（万元）"], [*SHOW, "60"]])
    assert (column(found, "budget"), said(found, LEFT_ASIDE)) == ([50.0], ["“全年预算数（万元）”"])


@pytest.mark.parametrize("line", ["项目名称：送书", "预算总额：60万元"])
def test_a_line_with_a_label_above_a_table_is_no_title(line: str, tmp_path: Path) -> None:
    found = read_as(".xlsx", tmp_path, [HEAD, SHOW], line, "2025年项目绩效目标表")
    assert (found.title, codes(found)) == ("2025年项目绩效目标表", ["I140"])
    assert line in found.problems[0].message


def test_a_quantity_that_is_called_words_is_asked_and_words_with_numbers_are_words(tmp_path: Path) -> None:
    heads = [*HEAD[:7], "指标性质", "指标值"]
    asked = read_as(".xlsx", tmp_path, [heads, [*SHOW[:7], "定性", "≥20场"]])
    assert codes(asked) == ["E170"]
    words = read_as(".xlsx", tmp_path, [heads, [*SHOW[:7], "定性", "完成3次培训，效果良好"]])
    assert (column(words, "kind"), codes(words)) == (["定性"], [])


@every_format
def test_a_level_in_a_row_of_its_own_is_that_of_the_rows_below(suffix: str, tmp_path: Path) -> None:
    blank = [""] * 4
    rows: list[Cells] = [HEAD, [*SHOW[:4], "产出指标", "数量指标", "演出场次", "≥20场"]]
    rows += [[*blank, "效益指标（30分）", "", "", ""], [*blank, "", "社会效益指标", "", ""]]
    rows += [[*blank, "", "", "知晓率", "≥90%"], [*BOOKS[:4], "产出指标", "数量指标", "册数", "≥300册"]]
    found = read_as(suffix, tmp_path, rows)
    assert column(found, "level1") == ["产出指标", "效益指标（30分）", "产出指标"]
    assert column(found, "level2") == ["数量指标", "社会效益指标", "数量指标"]
    assert codes(found) == []


def form(*rows: Cells, upper: list[Cells] | None = None) -> list[Cells]:
    """A table of one project, its goal and its indicators."""
    above: list[Cells] = [
        [Over("项目支出绩效目标表", 7)],
        ["项目名称", Over("送戏", 6)],
        ["实施单位", Over("文化馆", 6)],
    ]
    goal = upper or [["年度资金总额（万元）", Over("50", 6)], ["年度目标", Over("演出20场", 6)]]
    heads: Cells = ["绩效指标", "一级指标", "二级指标", "三级指标", Over("指标值", 3)]
    return [*above, *goal, heads, ["", "产出指标", "数量指标", "演出场次", Over("≥20场", 3)], *rows]


@every_format
def test_heads_that_come_again_otherwise_are_the_heads_of_what_follows(suffix: str, tmp_path: Path) -> None:
    again: Cells = ["绩效指标", "一级指标", "二级指标", "指标值", "三级指标", "分值", "备注"]
    found = read_as(
        suffix, tmp_path, form([Over("续表", 7)], again, ["", "效益指标", "社会效益", "≥90%", "知晓率", "10", ""])
    )
    assert column(found, "level3") == ["演出场次", "知晓率"]
    assert column(found, "target") == ["≥20场", "≥90%"]
    assert column(found, "indicator")[1] == column(found, "indicator")[0].replace("-01", "-02")  # type: ignore[attr-defined]
    assert codes(found) == []


@every_format
def test_details_of_money_below_the_indicators_are_none(suffix: str, tmp_path: Path) -> None:
    heads = ["序号", "支出内容", "金额", "测算依据", "单价", "数量", "备注"]
    found = read_as(suffix, tmp_path, form(heads, ["1", "演出费", "40", "每场两万元", "2", "20", ""]))
    assert (column(found, "level3"), codes(found)) == (["演出场次"], ["W141"])
    liked: Cells = ["", "效益指标", "社会效益", "知晓率", Over("≥90%", 3)]
    heads_again: Cells = ["绩效指标", "一级指标", "二级指标", "三级指标", Over("指标值", 3)]
    more = read_as(suffix, tmp_path, form(heads, ["1", "演出费", "40", "每场", "2", "20", ""], heads_again, liked))
    assert (column(more, "level3"), codes(more)) == (["演出场次", "知晓率"], ["W141"])
    numbered = read_as(suffix, tmp_path, form(["1", "2", "3", "4", Over("5", 3)]))
    assert (column(numbered, "level3"), codes(numbered)) == (["演出场次"], [])


def test_what_a_form_says_beside_the_targets_is_told(tmp_path: Path) -> None:
    def read(*rows: Cells, upper: list[Cells] | None = None) -> Imported:
        return read_as(".xlsx", tmp_path, form(*rows, upper=upper))

    money: Cells = ["年度资金总额（万元）", Over("50", 6)]
    goals = read(upper=[money, ["总体目标", Over("三年60场", 6)], ["年度目标", Over("演出20场", 6)]])
    assert (column(goals, "goal"), said(goals, "绩效目标")) == (["演出20场"], ["三年60场"])
    assert codes(read(["财政部门审核意见", Over("同意，核减5万元", 6)])) == ["I140"]
    assert codes(read([Over("注：本表一式两份", 7)], [Over("其他需要说明的问题：无", 7)])) == []
    units = read(upper=[money, ["预算单位", Over("412001 图书馆", 6)], ["年度目标", Over("演出", 6)]])
    assert (column(units, "unit_name"), said(units, LEFT_ASIDE)) == (["图书馆"], ["文化馆"])
    assert codes(read(upper=[money, ["预算年度", Over("2024", 6)], ["年度目标", Over("演出", 6)]]))[:1] == ["E172"]
    plan: list[Cells] = [
        ["资金支出计划（万元）", "3月底", "6月底", "10月底", Over("12月底", 3)],
        ["", "10", "25", "40", Over("50", 3)],
    ]
    amounts = read(upper=[money, *plan, ["年度目标", Over("演出", 6)]])
    assert set(codes(amounts)) == {"W105"}
    assert amounts.targets.plan.frame.filter(like="month").isna().all(axis=None)


def test_of_a_name_in_two_cells_the_second_is_told(tmp_path: Path) -> None:
    rows = form()
    rows[1] = ["项目名称", "送戏", Over("购书", 5)]
    found = read_as(".xlsx", tmp_path, rows)
    assert (column(found, "name"), codes(found)) == (["送戏"], ["W105"])
