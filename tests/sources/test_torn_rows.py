"""Rows that the break of a page may have cut in two: whole where that is sure, else their target is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.blocks import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file, understood
from tests.sources.goal_tables import read
from tests.sources.raw_pdf import pdf
from tests.sources.test_pdf import page_of_table

ABOVE = [
    ["项目名称", "送戏下乡"],
    ["项目编码", "412000251234567890AB"],
    ["实施单位", "清源县文化馆"],
    ["年度资金总额", "50"],
]
NARROW = (50, 30, 30, 30, 30)
TORN = [
    page_of_table(
        [
            ["项目\n名称", "一级\n指标", "二级\n指标", "三级\n指标", "指标\n值"],
            ["河道\n整治", "产出\n指标", "数量\n指标", "清淤\n长度", "≥3\n公里"],
            ["防洪工程", "效益", "社会", "水质改", "达到"],
        ],
        160,
        widths=NARROW,
    ),
    page_of_table([["二期", "目标", "效益", "善程度", "三类"]], 800, widths=NARROW),
]
HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]


def table(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], *, torn: bool = False) -> list[Block]:
    """A table on two pages, the first row of the second torn perhaps."""
    rows = [(1, row, False) for row in first] + [(2, row, torn and not at) for at, row in enumerate(second)]
    made = [
        GridRow(tuple(GridCell(one, Spot(at, page=page, table=1), column) for column, one in enumerate(row)), "", rest)
        for at, (page, row, rest) in enumerate(rows, start=1)
    ]
    return [Paragraph("项目支出绩效目标表", Spot(page=1)), Grid(tuple(made), Spot(1, page=1, table=1))]


def rows(found: Imported) -> list[tuple[str, str, str]]:
    columns = (found.targets.indicators.column(name) for name in ("level2", "level3", "target"))
    return [*zip(*columns, strict=True)]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def test_a_label_that_a_break_cut_in_two_is_whole() -> None:
    first = [*ABOVE, ["年度总", "河面无漂浮物；"]]
    second = [["体目标", "巡查365次。"], HEAD, ["产出指标", "数量指标", "巡查次数", "365次"]]
    found = read(*table(first, second))
    assert found.targets.projects.column("goal") == ["河面无漂浮物；巡查365次。"]
    assert codes(found) == []


@pytest.mark.parametrize("target", ["11月底", "12月"])
def test_an_indicator_whose_level_shows_that_it_was_cut_is_whole(target: str) -> None:
    first = [*ABOVE, ["年度总体目标", "培训"], HEAD, ["产出指标", "时效指", "培训完", target]]
    second = [["", "标", "成时间", "前"], ["", "成本指标", "成本", "≤8元"]]
    found = read(*table(first, second, torn=True))
    assert rows(found) == [("时效指标", "培训完成时间", f"{target}前"), ("成本指标", "成本", "≤8元")]
    assert codes(found) == []


def test_of_an_indicator_that_may_have_been_cut_the_target_is_asked_about() -> None:
    first = [*ABOVE, ["年度总体目标", "培训"], HEAD, ["效益指标", "社会效益", "水质改", "达到"]]
    found = read(*table(first, [["", "", "善程度", "三类"], ["", "", "知晓率", "≥90%"]], torn=True))
    assert rows(found) == [("社会效益", "水质改", ""), ("社会效益", "知晓率", "≥90%")]
    assert codes(found) == ["E148"]


@pytest.mark.parametrize("row", [["", "", "知晓率", "≥90%"], ["", "经济效益指标", "增收", "明显"]])
def test_a_row_that_says_itself_that_it_is_another_stays_one(row: list[str]) -> None:
    first = [*ABOVE, ["年度总体目标", "培训"], HEAD, ["效益指标", "社会效益", "水质", "达到"]]
    found = read(*table(first, [row], torn=True))
    assert [level3 for _, level3, _ in rows(found)] == ["水质", row[2]]
    flat = Document(tuple(table([["项目名称", *HEAD], ["防洪", *first[-1]]], [["", *row]], torn=True)))
    assert [level3 for _, level3, _ in rows(understood(flat, 2025, "目标.pdf"))] == ["水质", row[2]]


@pytest.mark.parametrize(
    ("upper", "lower", "expected", "told"),
    [
        (["效益", "社会"], ["目标", "效益"], ("社会", "水质改", ""), ["E148"]),
        (["效益指", "社会效益指"], ["标", "标"], ("社会效益指标", "水质改善程度", "达到三类"), []),
    ],
)
def test_so_it_is_in_a_flat_table(
    upper: list[str], lower: list[str], expected: tuple[str, str, str], told: list[str]
) -> None:
    first = [["项目名称", *HEAD], ["防洪工程", *upper, "水质改", "达到"]]
    second = [["二期", *lower, "善程度", "三类"], ["", "", "", "知晓率", "≥90%"]]
    found = understood(Document(tuple(table(first, second, torn=True))), 2025, "目标.pdf")
    assert rows(found) == [expected, (expected[0], "知晓率", "≥90%")]
    assert [one for one in codes(found) if one != "W147"] == told


def test_a_file_says_of_the_row_that_it_may_be_torn(tmp_path: Path) -> None:
    path = tmp_path / "目标.pdf"
    path.write_bytes(pdf(TORN))
    found = read_file(path, 2025)
    assert [target for *_, target in rows(found)][-1] == ""
    assert {"W158", "E148"} <= {*codes(found)}
