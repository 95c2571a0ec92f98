"""Several tables in a sheet or a document, tables over page breaks, and what is no project's table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.problems import Place
from selfeval.sources.blocks import Block, Grid, GridRow, Spot
from selfeval.sources.form.document import read_document
from selfeval.sources.imported import Imported
from selfeval.sources.tables.pieces import blocks_of
from selfeval.sources.text.reader import read as read_text
from tests.sources.goal_tables import Cells, Over, grid, lines, read

HEADS: Cells = ["一级指标", "二级指标", "三级指标", "指标值"]
SHOWN: Cells = ["产出指标", "数量指标", "演出场次", "≥20场"]
LIKED: Cells = ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"]
TITLE = "项目支出绩效目标表"


def upper(name: str = "文化下乡", unit: str = "412001 清源县文化馆") -> list[Cells]:
    owner: list[Cells] = [["实施单位", unit]] if unit else []
    return [["项目名称", name], *owner, ["年度资金总额（万元）", "50"], ["绩效目标", "办好。"]]


def names(imported: Imported) -> list[str]:
    return imported.targets.projects.frame["name"].tolist()


def counts(imported: Imported) -> list[int]:
    return imported.targets.indicators.frame.groupby("project", sort=False).size().tolist()


def codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


def test_tables_on_one_sheet_with_titles() -> None:
    rows: list[Cells] = [
        [Over(TITLE, 4)],
        [Over("（2025年度）", 4)],
        *upper(),
        HEADS,
        SHOWN,
        LIKED,
        ["填表人：张三"],
        [],
        [Over(TITLE, 4)],
        [Over("（2025年度）", 4)],
        *upper("图书购置"),
        HEADS,
        SHOWN,
    ]
    found = read(grid(rows, sheet="目标"))
    assert (names(found), counts(found), codes(found)) == (["文化下乡", "图书购置"], [2, 1], [])
    assert found.title == f"{TITLE}（2025年度）"


def test_tables_on_one_sheet_without_titles_and_the_unit_above_each() -> None:
    first: list[Cells] = [["412001-清源县文化馆"], *upper(unit=""), HEADS, SHOWN]
    second: list[Cells] = [["填报单位：412002-清源县图书馆", "单位：万元"], *upper("图书购置", unit=""), HEADS, LIKED]
    found = read(grid([*first, *second], sheet="目标"))
    assert (names(found), counts(found), codes(found)) == (["文化下乡", "图书购置"], [1, 1], [])
    assert found.targets.projects.frame["unit_code"].tolist() == ["412001", "412002"]


def test_a_table_a_sheet_and_a_sheet_without_any() -> None:
    sheets = [
        grid([["填表说明"], ["一、逐项填写。"]], sheet="说明"),
        grid([[TITLE], *upper(), HEADS, SHOWN], sheet="甲"),
        grid([*upper("图书购置"), HEADS, LIKED], sheet="乙"),
    ]
    found = read(*sheets)
    assert (names(found), counts(found)) == (["文化下乡", "图书购置"], [1, 1])
    assert [(one.code, one.place.sheet) for one in found.problems] == [("W174", "说明")]


FEET = [
    "填报人：张某",
    "填报人：",
    "填报人（签字）：张某",
    "联系人：张某　电话：123",
    "填表人：张某",
    "（2025年度）",
    "单位：万元",
]


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("title", [[Over(TITLE, 4)], ["附件1"], []], ids=["title", "line", "none"])
def test_what_stands_at_the_foot_of_a_table_does_not_take_the_next_one_with_it(foot: str, title: Cells) -> None:
    def rows(name: str) -> list[Cells]:
        above = [title] if title else []
        return [*above, *upper(name), HEADS, SHOWN, [foot]]

    projects = ["文化下乡", "图书购置", "场馆维修"]
    apart = [part for number, name in enumerate(projects) for part in _as_sheet(rows(name), f"表{number}")]
    below = grid([row for name in projects for row in rows(name)], sheet="目标")
    document = [
        part
        for table, name in enumerate(projects)
        for part in (
            *lines(*map(str, title[:1] and [TITLE])),
            grid([*upper(name), HEADS, SHOWN], table=table),
            *lines(foot),
        )
    ]
    for case, blocks in (("sheets", apart), ("one sheet", [below]), ("document", document)):
        found = read(*blocks)
        assert (names(found), counts(found)) == (projects, [1, 1, 1]), case
        assert "W174" not in codes(found), case


def _as_sheet(rows: list[Cells], sheet: str) -> list[Block]:
    """A sheet as its reader gives it: the single cells above and below a table are lines."""
    cells = [[cell for cell in row.cells if cell.text.strip()] for row in grid(rows, sheet=sheet).rows]
    return [*blocks_of(cells)]


@pytest.mark.parametrize("sheet", ["乙", ""])
def test_indicators_of_no_named_project_are_never_passed_over(sheet: str) -> None:
    nameless = grid([["实施单位", "清源县图书馆"], HEADS, LIKED], sheet=sheet, table=1)
    found = read(nameless, grid([[TITLE], *upper(), HEADS, SHOWN], sheet="甲", table=2))
    assert (names(found), codes(found)) == (["文化下乡"], ["E179"])
    assert found.problems[0].place.sheet == sheet


def test_the_heading_over_all_tables_of_a_unit_is_no_table_of_contents() -> None:
    first = [
        *lines("云泽县农业农村局2025年度项目支出绩效目标表", "1. 文化下乡绩效目标表"),
        grid([*upper(), HEADS, SHOWN], table=1),
    ]
    found = read(*first, *lines("2. 图书购置绩效目标表"), grid([*upper("图书购置"), HEADS, LIKED], table=2))
    assert (names(found), codes(found)) == (["文化下乡", "图书购置"], [])


def test_numbered_lines_name_the_table_below_them() -> None:
    first = [*lines("1、文化下乡项目"), grid([*upper(), HEADS, SHOWN], table=1)]
    found = read(*first, *lines("2、图书购置"), grid([*upper("图书购置"), HEADS, LIKED], table=2))
    assert (names(found), counts(found), codes(found)) == (["文化下乡", "图书购置"], [1, 1], [])


def test_tables_of_a_document() -> None:
    blocks = [
        *lines(TITLE, "（2025年度）"),
        grid([*upper(), HEADS, SHOWN], table=1),
        *lines("填表人：张三", "联系电话：1"),
    ]
    found = read(*blocks, *lines(TITLE, "（2025年度）"), grid([*upper("图书购置"), HEADS, LIKED], table=2))
    assert (names(found), counts(found), codes(found)) == (["文化下乡", "图书购置"], [1, 1], [])


def test_a_table_goes_on_after_a_page_break() -> None:
    whole = read(*lines(TITLE), grid([*upper(), HEADS, SHOWN, LIKED])).targets.indicators
    first = [*lines(TITLE), grid([*upper(), HEADS, SHOWN], table=1)]
    going_on: dict[str, list[Block]] = {
        "the rows alone": [grid([LIKED], table=2)],
        "the heads again": [grid([HEADS, LIKED], table=2)],
        "a page number between": [*lines("- 2 -"), grid([HEADS, LIKED], table=2)],
        "the title again": [*lines(TITLE), grid([HEADS, LIKED], table=2)],
        "the title again in the table": [grid([[Over(TITLE, 4)], HEADS, LIKED], table=2)],
        "all of the head again": [*lines(TITLE), grid([*upper(), HEADS, LIKED], table=2)],
    }
    for case, rest in going_on.items():
        found = read(*first, *rest)
        assert found.targets.indicators == whole, case
        assert codes(found) == [], case
    assert any(one.what == "换页" for one in read(*first, *going_on["the title again"]).readings)


def paged(rows: list[Cells], page: int) -> Grid:
    made = grid(rows, table=1)
    cells = (tuple(replace(cell, spot=Spot(1, page=page)) for cell in row.cells) for row in made.rows)
    return replace(made, rows=tuple(map(GridRow, cells)))


TORN: list[tuple[Cells, Cells]] = [
    (["产出指标", "数量指标", "组织演出", "≥20场"], ["", "", "活动场次", ""]),
    (["满意度指", "服务对象", "群众满意度", "≥90%"], ["标", "满意度指标", "", ""]),
    (["满意度指", "服务对象满意度指标", "群众", "≥90%"], ["标", "", "满意度", ""]),
]


@pytest.mark.parametrize(("upper_half", "lower_half"), TORN)
def test_a_row_that_a_page_break_cut_in_two_is_one_and_said(upper_half: Cells, lower_half: Cells) -> None:
    found = read(*lines(TITLE), paged([*upper(), HEADS, upper_half], 1), paged([lower_half, LIKED], 2))
    whole = ["".join(map(str, halves)) for halves in zip(upper_half, lower_half, strict=True)]
    fields = ["level1", "level2", "level3", "target"]
    assert found.targets.indicators.frame[fields].to_numpy().tolist() == [whole, LIKED]
    assert codes(found) == []
    assert any("被分页断开" in one.reading for one in found.readings)


@pytest.mark.parametrize(
    "row",
    [["", "", "活动场次", "≥5场"], ["效益指标", "社会效益指标", "影响", ""], ["效益指标", "生态效益指标", "", ""]],
)
def test_a_row_of_its_own_after_a_page_break_stays_one(row: Cells) -> None:
    found = read(*lines(TITLE), paged([*upper(), HEADS, SHOWN], 1), paged([row, LIKED], 2))
    assert found.targets.indicators.frame["level3"].tolist()[0] == "演出场次"


def test_a_table_that_breaks_inside_its_head_is_one() -> None:
    rows = [*upper(), HEADS, SHOWN, LIKED]
    found = read(*lines(TITLE), grid(rows[:2], table=1), grid(rows[2:], table=2))
    assert (names(found), counts(found), codes(found)) == (["文化下乡"], [2], [])


def test_the_same_table_twice_is_read_once_and_that_is_said() -> None:
    rows = [*upper(), HEADS, SHOWN]
    found = read(*lines(TITLE), grid(rows, table=1), *lines(TITLE), grid(rows, table=2))
    assert (names(found), counts(found), codes(found)) == (["文化下乡"], [1], [])
    assert [one.reading for one in found.readings if one.what == "重复的项目"] == [
        "第1个表第1行已有内容相同的一张表，只读入一次"
    ]


def test_two_projects_of_one_name_without_codes_are_told_with_what_to_do() -> None:
    tables = [*lines(TITLE), grid([*upper(), HEADS, SHOWN], table=1)]
    found = read(*tables, *lines(TITLE), grid([*upper(), HEADS, [*SHOWN[:3], "≥30场"]], table=2))
    assert (names(found), codes(found)) == (["文化下乡"], ["E110"])
    (told,) = found.problems
    assert "单位和名称（都没有项目编码）与第1个表第1行的“文化下乡”相同" in told.message
    assert "把两个的名称写得不同，或各写上项目编码" in told.remedy
    apart = [*upper("文化下乡（二期）"), HEADS, [*SHOWN[:3], "≥30场"]]
    assert names(read(*tables, *lines(TITLE), grid(apart, table=2))) == ["文化下乡", "文化下乡（二期）"]


def test_the_table_of_the_department_is_told_and_not_read_as_a_project() -> None:
    department: list[Cells] = [["部门名称", "清源县文旅局"], ["年度主要任务", "任务名称", "主要内容"], HEADS, SHOWN]
    project = [*lines(TITLE), grid([*upper(), HEADS, LIKED], table=2)]
    for blocks in (
        [*lines("部门整体支出绩效目标表"), grid(department, table=1), *project],
        [*project, *lines("部门整体支出绩效目标表"), grid(department, table=1)],
        [grid(department, table=1), *project],
        [grid([[Over("（2025年度）部门整体支出绩效目标表", 4)], *department], table=1), *project],
    ):
        found = read(*blocks)
        assert (names(found), counts(found), codes(found)) == (["文化下乡"], [1], ["W172"])


def test_a_list_of_projects_is_told_and_not_read_as_one() -> None:
    listed = grid([["项目名称", "金额"], ["文化下乡", "50"], ["图书购置", "8"]], table=1)
    found = read(listed, *lines(TITLE), grid([*upper(), HEADS, SHOWN], table=2))
    assert (names(found), codes(found)) == (["文化下乡"], ["W173"])


@pytest.mark.parametrize("years", [("2025", "2024"), ("2024", "2025")])
def test_a_table_of_another_year_than_the_others_is_left_out_and_told(years: tuple[str, str]) -> None:
    blocks = [
        block
        for number, year in enumerate(years)
        for block in [*lines(f"{TITLE}（{year}年度）"), grid([*upper(f"项目{year}"), HEADS, SHOWN], table=number)]
    ]
    found = read(*blocks)
    assert (names(found), codes(found)) == (["项目2025"], ["E172"])
    assert "2024年" in found.problems[0].message


TEXT = """项目支出绩效目标表
（2025年度）
项目名称\t文化下乡\t\t
主管部门及代码\t412-清源县文旅局\t实施单位\t412001 清源县文化馆
项目资金（万元）\t年度资金总额：\t50\t
\t其中：财政拨款\t50\t
总体目标\t目标1：办好。\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t指标值
\t产出指标\t数量指标\t演出场次\t≥20场
\t满意度指标\t服务对象满意度指标\t群众满意度\t≥90%
填表人：张三
项目支出绩效目标表
（2025年度）
项目名称\t图书购置\t\t
实施单位\t412002 清源县图书馆
年度资金总额（万元）\t8\t\t
总体目标\t买书。\t\t
一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t权重
产出指标\t数量指标\t册数\t≥\t500\t册\t50
效益指标\t社会效益指标\t阅读\t定性\t有所提升\t\t30
"""


def test_text_with_tabs_is_read_in_these_layouts_too() -> None:
    document = read_text(TEXT.encode(), Place(file="目标.txt"))
    found = read_document(document, 2025, "目标.txt")
    assert (names(found), counts(found), codes(found)) == (["文化下乡", "图书购置"], [2, 2], [])
    assert found.targets.projects.frame[["unit_code", "budget"]].to_numpy().tolist() == [
        ["412001", 50.0],
        ["412002", 8.0],
    ]
    assert found.targets.indicators.frame["target"].tolist() == ["≥20场", "≥90%", "≥500册", "有所提升"]
    assert found.targets.indicators.frame["points"].tolist()[2:] == [50.0, 30.0]
