"""Every workbook of the sample year, and those with hostile texts, keep to what Excel accepts."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest

from selfeval.runs.execute import outputs
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.workspace import Workspace
from tests.workbooks.excel.accepted import faults
from tests.workbooks.sample import DATE, FULL, HOSTILE, PROJECTS_OF_THE_YEAR, hostile_project, score_year


def sample_year(root: Path) -> dict[str, bytes]:
    """The workbooks of the sample year by their path."""
    inputs = load_inputs(Workspace(root), Choice(2024))
    assert isinstance(inputs, Inputs)
    files = outputs(inputs, inputs.score(), DATE)
    return {name: content for name, content in files if name.endswith(".xlsx") and isinstance(content, bytes)}


@pytest.fixture(scope="module")
def workbooks(project_root: Path) -> dict[str, bytes]:
    return sample_year(project_root)


def test_excel_would_open_every_workbook_of_the_sample_year(workbooks: dict[str, bytes]) -> None:
    assert len(workbooks) == 29
    assert {name: found for name, content in workbooks.items() if (found := faults(content))} == {}


def test_the_sample_year_comes_out_the_same_to_the_byte(workbooks: dict[str, bytes], project_root: Path) -> None:
    assert sample_year(project_root) == workbooks


def test_pandas_reads_the_table_of_indicators(workbooks: dict[str, bytes]) -> None:
    table = pd.read_excel(BytesIO(workbooks["汇总.xlsx"]), sheet_name="指标", header=2, engine="openpyxl")
    assert {"指标编号", "类型", "分值", "得分", "失分", "偏差类别"} <= set(table.columns)
    scored = table[pd.to_numeric(table["得分"], errors="coerce").notna()]
    lost = scored["分值"] - pd.to_numeric(scored["得分"])
    assert (lost - scored["失分"].astype(float)).abs().max() < 0.005


@pytest.mark.parametrize("i", range(len(HOSTILE)))
def test_excel_would_open_a_workbook_with_hostile_texts(i: int) -> None:
    year = score_year([hostile_project("H000", HOSTILE[i]), *PROJECTS_OF_THE_YEAR])
    year.targets.projects.frame.loc[0, "unit_name"] = year.scored.projects.frame.loc[0, "unit_name"] = HOSTILE[i]
    book = year.workbook("H000")
    links = {"H000": f"{HOSTILE[i]}/甲.xlsx", FULL: f"单位/{FULL}.xlsx"}
    summary = year.summary(links, HOSTILE[i])
    assert faults(book) == []
    assert faults(summary) == []


DAMAGE = (
    ("xl/worksheets/sheet1.xml", "<pageMargins", "<sheetData/><pageMargins", "out of order"),
    ("xl/worksheets/sheet1.xml", '<mergeCell ref="A2:I2"', '<mergeCell ref="A1:I2"', "overlap"),
    ("xl/worksheets/sheet1.xml", '<row r="2"', '<row r="1"', "row 1 after row 1"),
    ("xl/worksheets/sheet1.xml", "<oddFooter>", "<oddFooter>" + "页" * 256, "oddFooter has"),
    ("xl/worksheets/sheet2.xml", 'type="list"', f'type="list" promptTitle="{"题" * 33}"', "promptTitle"),
    ("xl/worksheets/sheet2.xml", "<formula1>", "<formula1>" + "项" * 256, "the list of"),
    ("xl/worksheets/sheet2.xml", 'priority="1"', 'priority="2"', "priority 2 stands twice"),
    ("xl/worksheets/sheet2.xml", "<f>IF(", "<f>XLOOKUP(", "unknown function XLOOKUP"),
    ("xl/worksheets/sheet2.xml", "<f>IF(", f'<f>IF("{"字" * 256}"=', "a text of 256"),
    ("xl/worksheets/sheet2.xml", "<f>IF(", "<f>IF((", "brackets"),
    ("xl/worksheets/sheet4.xml", "'评分依据'!", "'没有的表'!", "no sheet 没有的表"),
    ("xl/workbook.xml", 'sheet name="问题"', 'sheet name="问题/疑点"', "sheet name"),
    ("xl/workbook.xml", 'localSheetId="0"', 'localSheetId="9"', "of a sheet that is missing"),
    ("xl/charts/chart1.xml", "资金支出进度", "没有的表", "points at"),
    ("xl/styles.xml", 'formatCode="', 'formatCode="&quot;', "number format"),
    ("xl/worksheets/_rels/sheet4.xml.rels", "drawing1.xml", "drawing9.xml", "which is missing"),
)
"""Part, what stands there, what is put in its place, and words of the fault that must be found."""


@pytest.mark.parametrize(("part", "old", "new", "words"), DAMAGE)
def test_a_damaged_workbook_is_noticed(part: str, old: str, new: str, words: str) -> None:
    year = score_year()
    whole = year.workbook(FULL)
    assert words not in "\n".join(faults(whole))
    assert words in "\n".join(faults(damaged(whole, part, old, new)))


def damaged(workbook: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with the first ``old`` in one part replaced."""
    result = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(result, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return result.getvalue()
