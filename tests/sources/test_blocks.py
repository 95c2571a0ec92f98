"""Reading the form from real cells, as Word, Excel or PDF readers give them: no tab is anywhere."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from python_calamine import CalamineWorkbook

from selfeval.sources.blocks import Block, Document, Grid, GridCell, GridRow, Paragraph, Spot
from selfeval.sources.form.document import read_document
from selfeval.sources.imported import Imported
from selfeval.sources.targets_workbook import targets_workbook

HEADER: list[str | GridCell] = ["一级指标", "二级指标", "三级指标", "绩效指标\n描述", "指标值", "指标值\n确定依据"]
UPPER: list[list[str | GridCell]] = [
    ["项目编码", "ZZ0024P00000000001A", "", "项目名称", "河道清\n淤经费", ""],
    ["预算规模及\n资金用途", "预算数", "12.50", "其中：财政资金", "10", "其他资金", "2.5"],
    ["", "清淤 3 公里，\n含运输"],
    ["资金支出\n计划（%）", "3月底", "", "6月底", "10月底", "12月底"],
    ["", "20%", "", "50%", "75%", "100%"],
    ["绩效目标", "1.清淤3公里。\n2.改善水环境。"],
]
LOWER: list[list[str | GridCell]] = [
    ["产出指标", "数量指标", "清淤\n长度", "清淤河道\n的长度", "≥3\n公里", "年度工作\n计划"],
    ["", "", "清淤方量", "清淤方量", "≥900立方米", "年度工作计划"],
    ["满意度指标", "服务对象\n满意度指标", "居民满意度", "居民满意度", "≥90%", "随机调查"],
]


def grid(rows: Sequence[Sequence[str | GridCell]], table: int = 1, first: int = 1) -> Grid:
    """A table of a Word document; a cell that is not plain is given whole."""
    lines = []
    for number, texts in enumerate(rows, start=first):
        spot = Spot(number, table=table)
        plain = (GridCell(text, spot, at) if isinstance(text, str) else text for at, text in enumerate(texts))
        lines.append(GridRow(tuple(plain)))
    return Grid(tuple(lines), Spot(first, table=table))


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text, Spot(paragraph=number)) for number, text in enumerate(texts, start=1)]


def read(*blocks: Block) -> Imported:
    return read_document(Document(blocks), 2024, "某某.docx")


PREAMBLE = ("1.河道清淤经费绩效目标表", "400001 某某市水务局本级", "单位：万元")
RIVER = grid([*UPPER, HEADER, *LOWER])


def test_cells_of_several_lines_are_read_whole_and_nothing_is_inferred() -> None:
    found = read(*lines(*PREAMBLE), RIVER)
    assert found.targets.projects.frame.iloc[0].to_dict() == {
        "seq": 1,
        "unit_code": "400001",
        "unit_name": "某某市水务局本级",
        "project": "ZZ0024P00000000001A",
        "name": "河道清淤经费",
        "budget": 12.5,
        "fiscal": 10.0,
        "other": 2.5,
        "purpose": "清淤3公里，含运输",
        "goal": "1.清淤3公里。2.改善水环境。",
        "department": "",
    }
    assert found.targets.plan.frame.iloc[0, 1:].tolist() == [0.2, 0.5, 0.75, 1.0]
    fields = ["level1", "level2", "level3", "description", "target", "basis"]
    assert found.targets.indicators.frame[fields].to_numpy().tolist() == [
        ["产出指标", "数量指标", "清淤长度", "清淤河道的长度", "≥3公里", "年度工作计划"],
        ["产出指标", "数量指标", "清淤方量", "清淤方量", "≥900立方米", "年度工作计划"],
        ["满意度指标", "服务对象满意度指标", "居民满意度", "居民满意度", "≥90%", "随机调查"],
    ]
    assert found.readings == ()
    assert [one.code for one in found.problems] == ["W110"]


def test_two_projects_without_headings_are_told_apart() -> None:
    second = [[str(text).replace("1A", "2B") for text in row] for row in [*UPPER, HEADER, *LOWER]]
    unit = PREAMBLE[1:]
    found = read(*lines(*unit), RIVER, *lines("400002 某某市泵站管理所", "单位：万元"), grid(second, table=2))
    assert found.targets.projects.frame["project"].tolist() == ["ZZ0024P00000000001A", "ZZ0024P00000000002B"]
    assert found.targets.projects.frame["unit_code"].tolist() == ["400001", "400002"]
    assert found.targets.indicators.frame["project"].value_counts().tolist() == [3, 3]


def test_the_lines_above_may_be_cells_of_the_table() -> None:
    found = read(*lines(PREAMBLE[0]), grid([["400001 某某市水务局本级", "", "单位：元"], *UPPER, HEADER, *LOWER]))
    assert found.targets.projects.frame[["unit_code", "unit_name"]].to_numpy().tolist() == [
        ["400001", "某某市水务局本级"]
    ]
    assert found.targets.projects.frame["budget"][0] == 0.00125


def test_a_table_goes_on_after_a_page_break_with_its_header_or_without() -> None:
    whole = read(*lines(*PREAMBLE), RIVER).targets.indicators
    for rows in (LOWER[1:], [HEADER, *LOWER[1:]]):
        rest = grid(rows, table=2)
        found = read(*lines(*PREAMBLE), grid([*UPPER, HEADER, LOWER[0]]), rest).targets.indicators
        assert found == whole


def test_merged_cells_stand_once() -> None:
    """A basis for two indicators, a label over two columns, and months over two columns with values in the second."""
    at = Spot(1, table=1)
    plan: list[list[str | GridCell]] = [
        [
            "资金支出计划",
            GridCell("3月底", at, 1, columns=2),
            GridCell("6月底", at, 3, columns=2),
            GridCell("10月底", at, 5),
        ],
        [GridCell("25%", at, 2), GridCell("50%", at, 4), GridCell("90%", at, 5)],
    ]
    header: list[str | GridCell] = [
        *HEADER[:4],
        GridCell("指标值", at, 4, columns=2),
        GridCell("指标值确定依据", at, 6),
    ]
    rows: list[list[str | GridCell]] = [
        ["产出指标", "数量指标", "长度", "长度", "≥3公里", "", GridCell("工作计划", at, 6, rows=2)],
        ["", "", "方量", "方量", "", "≥900立方米"],
        ["", "质量指标", "合格率", "合格率", "≥95%", "", "随机调查"],
    ]
    found = read(*lines(*PREAMBLE), grid([*UPPER[:3], *plan, UPPER[5], header, *rows]))
    assert found.readings == ()
    assert [one.code for one in found.problems] == ["W110"]
    assert found.targets.indicators.frame["target"].tolist() == ["≥3公里", "≥900立方米", "≥95%"]
    assert found.targets.indicators.frame["basis"].tolist() == ["工作计划", "工作计划", "随机调查"]
    assert found.targets.plan.frame.iloc[0, 1:4].tolist() == [0.25, 0.5, 0.9]


def test_a_problem_says_where_it_stands_in_the_terms_of_the_format() -> None:
    rows = [LOWER[0], [*LOWER[1][:4], "", "年度工作计划"]]
    found = read(*lines(*PREAMBLE), grid([*UPPER, HEADER, *rows]), *lines("编制人：张三"))
    said = {one.code: one.place.cell for one in found.problems}
    assert (said["E107"], said["W105"]) == ("第1个表第9行", "第1段")


def test_a_repeated_code_and_an_inferred_reading_name_the_place_that_the_format_has() -> None:
    unit = PREAMBLE[1:]
    plan = ["", "20", "", "50%", "75%", "100%"]
    first = grid([*UPPER[:4], plan, UPPER[5], HEADER, *LOWER])
    found = read(*lines(*unit), first, *lines(*unit), grid([*UPPER, HEADER, *LOWER[:-1]], table=2))
    twice = next(one for one in found.problems if one.code == "E110")
    assert "与第1个表第1行的“河道清淤经费”相同" in twice.message
    (reading,) = found.readings
    assert (str(reading.spot), reading.spot.only_line) == ("第1个表第5行", 0)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(targets_workbook(found))).get_sheet_by_name("导入记录").to_python()
    assert rows[-1][-1] == "第1个表第5行"


@pytest.mark.parametrize(
    ("spot", "said"), [(Spot(12), "第12行"), (Spot(5, page=2, table=3), "第2页第3个表第5行"), (Spot(), "")]
)
def test_a_spot_is_said_as_far_as_it_is_known(spot: Spot, said: str) -> None:
    assert str(spot) == said
