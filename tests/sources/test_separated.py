"""CSV files: which quotes have no other one, and which hold a text of several lines."""

from __future__ import annotations

import pytest

from selfeval.domain.problems import Place
from selfeval.sources.blocks import Grid
from selfeval.sources.tables import separated

PLACE = Place(file="表.csv")

LINES = ["项目编码,项目名称,三级指标,指标值", "ZZ01,甲,演出,≥5场", "ZZ01,甲,展览,≥2场", "ZZ02,乙,讲座,≥9场"]


@pytest.mark.parametrize(
    ("at", "by", "last"),
    [(1, 'ZZ01,"甲,演出,≥5场', 4), (3, 'ZZ02,乙,"讲座,≥9场', 4), (1, '"ZZ01,甲,演出,≥5场', 3)],
)
def test_a_quote_without_another_that_takes_rows_in_is_told(at: int, by: str, last: int) -> None:
    lines = [*LINES[:at], by, *LINES[at + 1 :]]
    if last < len(lines):
        lines[last - 1] = lines[last - 1].replace(",甲", '",甲')
    problems = separated.read("\r\n".join(lines).encode(), PLACE).problems
    assert [one.code for one in problems] == ["E157"]
    assert f"第{at + 1}行的引号" in problems[0].message
    assert f"到第{last}行" in problems[0].message


def test_lines_and_separators_in_quotes_are_text() -> None:
    lines = [*LINES[:3], 'ZZ02,乙,"讲座,\n培训,\n其他",≥9场']
    assert separated.read("\n".join(lines).encode(), PLACE).problems == ()


@pytest.mark.parametrize(
    "goal", ["建好，\n管好。", "1,建好\n2,管好", "建好\r\n\r\n管好，称“好”", '建好""好""\n管好', "一\x0b二\u2028三\n四"]
)
@pytest.mark.parametrize("whole", [2, 40])
def test_texts_of_several_lines_in_most_rows_are_valid(goal: str, whole: int) -> None:
    head = "项目编码,项目名称,绩效目标,一级指标,二级指标,三级指标,指标值"
    rows = [f'ZZ01,甲,"{goal}",产出指标,数量指标,演出{at},≥5场' for at in range(40)]
    rows[whole:] = [row.replace("\n", "").replace("\r", "") for row in rows[whole:]]
    assert separated.read("\r\n".join([head, *rows, ""]).encode(), PLACE).problems == ()
    rows[1] = rows[1].replace("产出", '"产出')
    told = separated.read("\r\n".join([head, *rows, ""]).encode(), PLACE).problems
    assert [one.code for one in told] == ["E157"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("甲,1,230,产出指标,≥5场", "1,230"),
        ("甲,1,230.5,产出指标,≥5场", "1,230.5"),
        ("甲,1,230,000,产出指标,≥5场", "1,230,000"),
        ("甲,1,230,产出指标,≥5场,", "1,230"),
        ("甲, 12,300 ,产出指标,≥5场", "12,300"),
    ],
)
def test_an_amount_that_its_comma_cuts_is_told_and_shifts_nothing(row: str, found: str) -> None:
    lines = ["某馆绩效目标表", "项目名称,预算数,一级指标,指标值", "甲,30,产出指标,≥5场", row]
    document = separated.read("\r\n".join(lines).encode(), PLACE)
    assert [(one.code, one.place.cell) for one in document.problems] == [("E181", "B4")]
    assert f"“{found}”" in document.problems[0].message
    cells = [cell for block in document.blocks if isinstance(block, Grid) for cell in block.rows[-1].cells]
    assert [cell.text for cell in cells] == ["甲", found, "产出指标", "≥5场"]


@pytest.mark.parametrize(
    "row",
    ["甲,30,200,≥5场", "甲,30,200,≥5场,,", "甲,30,产出指标,≥5场,备注", '甲,"1,230",产出指标,≥5场', "甲,0,230,≥5场,"],
)
def test_rows_as_wide_as_their_head_and_notes_behind_them_are_none(row: str) -> None:
    lines = ["项目名称,预算数,一级指标,指标值", "甲,30,产出指标,≥5场", row]
    assert separated.read("\r\n".join(lines).encode(), PLACE).problems == ()


def test_other_separators_cut_no_amounts() -> None:
    lines = ["项目名称;预算数;一级指标;指标值", "甲;30;产出指标;≥5场", "甲;1;230;产出指标;≥5场"]
    assert separated.read("\r\n".join(lines).encode(), PLACE).problems == ()
