"""The tables that other programs read: their columns in order, and how each value is written."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable

import pytest

from selfeval.domain.problems import PROBLEMS_FILE, Place, problem
from selfeval.domain.rulebook import Rounding
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Shown, TableColumn
from selfeval.packages.printable import as_written
from selfeval.runs.results import csv_bytes, problems_csv, projects_csv, results_csv
from tests.workbooks.sample import FULL, score_year


def rows(pieces: Iterable[bytes]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


def test_the_columns_are_those_that_other_programs_rely_on() -> None:
    assert "、".join(one.header for one in RESULTS_FILE.columns) == (
        "项目编码、项目名称、指标编号、一级指标、二级指标、三级指标、类型、指标值、实际完成值、完成率、分值、得分、状态、规则、说明、100分外最多加减、"
        "偏差类别、偏差原因、改进措施、佐证材料"
    )
    assert "、".join(one.header for one in PROJECTS_FILE.columns) == (
        "项目编码、项目名称、单位编码、全年预算数、全年执行数、执行率、执行得分、指标得分、总分、最低、最高、等级、状态"
    )
    assert "、".join(one.header for one in PROBLEMS_FILE.columns) == (
        "代码、级别、项目编码、指标编号、文件、工作表、单元格、问题、建议"
    )


def test_there_is_a_row_for_every_score_project_and_problem() -> None:
    scored = score_year().scored
    found = rows(results_csv(scored))
    assert len(found) == 1 + len(scored.indicators)
    assert [row[10] for row in rows(results_csv(scored, Rounding(1)))[1:3]] == [row[10][:-1] for row in found[1:3]]
    assert found[1][:3] == [scored.projects.frame["project"][0], scored.projects.frame["name"][0], "预算执行率"]
    assert len(rows(projects_csv(scored))) == 1 + len(scored.projects)
    place = Place(FULL, f"{FULL}-01", "a.xlsx", "填报", "F3")
    found = rows(problems_csv([problem("E604", place, year=2024, found="x", hint="y")]))
    assert found[1][:7] == ["E604", "错误", FULL, f"{FULL}-01", "a.xlsx", "填报", "F3"]
    assert all(found[1][7:])


@pytest.mark.parametrize(
    ("shown", "value", "text"),
    [
        ("text", "≥95%", "≥95%"),
        ("percent", 0.95, "95.00%"),
        ("percent", 0.99995, "100.00%"),
        ("percent", 1.00005, "100.01%"),
        ("percent", math.nan, ""),
        ("points", 834, "8.34"),
        ("points", 0, "0.00"),
        ("points", None, ""),
        ("amount", 22.590, "22.59"),
        ("amount", 20.0, "20"),
        ("amount", math.nan, ""),
        ("state", "ask", "ask"),
    ],
)
def test_a_value_is_written_as_its_column_says(shown: Shown, value: object, text: str) -> None:
    assert TableColumn("x", "text", "", "甲", shown).printed(value) == text


@pytest.mark.parametrize("text", ["=1+1", "@a", "-", "+86 10", "'quoted", "-1.5%", "12", ""])
def test_text_is_no_formula_in_a_spreadsheet_and_comes_back_as_it_was(text: str) -> None:
    written = rows([csv_bytes(["甲"], [[text]])])[1]
    assert not written or written[0] == text or written[0] == f"'{text}"
    assert as_written("".join(written)) == text
