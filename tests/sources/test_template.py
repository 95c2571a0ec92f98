"""The empty target table: it says how it is filled in, and reads back when it is."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.recognise import Recogniser
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from selfeval.sources.read import read_file
from selfeval.sources.targets_reader import read_targets, usable
from selfeval.sources.template import template
from tests.packages.test_opendocument import number, ods, text

FILLED: dict[str, dict[str, str | float]] = {
    "项目": {"B3": "501001", "C3": "某局", "D3": "P1", "E3": "甲项目", "F3": 30},
    "指标": {
        **{f"A{row}": f"P1-0{row - 10}" for row in range(11, 14)},
        **{f"B{row}": "P1" for row in range(11, 14)},
        "C11": "产出指标",
        "D11": "数量指标",
        "E11": "场次",
        "G11": "≥3场",
        "J11": 50,
        "D12": "质量指标",
        "E12": "合格率",
        "G12": "100%",
        "C13": "满意度指标",
        "D13": "服务对象满意度指标",
        "E13": "满意度",
        "G13": "≥90%",
    },
    "资金计划": {"A3": "P1", "B3": 0.25, "E3": 1},
    "部门目标": {"B3": "水环境", "D3": "清淤"},
}


@pytest.fixture(scope="module")
def rulebook(project_root: Path) -> Rulebook:
    found, _ = load(project_root / "rules/2024.yaml", project_root)
    assert found is not None
    return found


def put(path: Path, *, examples: bool = True) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(template(2024, None)))
    for sheet, cells in FILLED.items():
        page = book[sheet]
        assert isinstance(page, Worksheet)
        for cell, value in cells.items():
            page[cell] = value
        if not examples:
            page.delete_rows(2, 9 if sheet == "指标" else 1)
    book.save(path)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_each_kind_is_read_as_that_kind(rulebook: Rulebook, kind: str) -> None:
    example = KINDS[kind].example
    assert example is not None
    recogniser = Recogniser(rulebook, 2024)
    label = KINDS[kind].label
    assert recogniser.read("示例-01", example.target, example.level2, label, example.level3).kind == kind
    if kind != "judged":  # which only a person can name
        assert recogniser.read("示例-01", example.target, example.level2, "", example.level3).kind == kind
    assert any(example.level1 in section.levels1 for section in rulebook.sections)


def test_an_empty_table_holds_no_project(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(template(2024, None))
    targets, problems = read_targets(tmp_path / "t.xlsx", 2024, "t.xlsx")
    assert [(one.code, one.place.sheet) for one in problems] == [
        ("I160", "项目"),
        ("I160", "指标"),
        ("I160", "资金计划"),
        ("I160", "部门目标"),
        ("E161", "项目"),
    ]
    assert "第2行至第10行" in problems[1].message
    assert not usable(targets, problems)


@pytest.mark.parametrize("examples", [True, False])
def test_what_is_filled_in_is_read_back(tmp_path: Path, *, examples: bool) -> None:
    targets, problems = read_targets(put(tmp_path / "t.xlsx", examples=examples), 2024, "t.xlsx")
    assert {one.code for one in problems} == ({"I160"} if examples else set())
    assert targets.projects.frame[["unit_code", "project", "name", "budget"]].to_numpy().tolist() == [
        ["501001", "P1", "甲项目", 30]
    ]
    assert targets.indicators.frame["target"].tolist() == ["≥3场", "100%", "≥90%"]
    assert targets.indicators.frame["level1"].tolist() == ["产出指标", "产出指标", "满意度指标"]
    assert targets.plan.frame["month_3"].tolist() == [0.25]
    assert targets.department.frame["title"].tolist() == ["水环境"]
    assert targets.faulty == frozenset()


def as_ods(path: Path) -> bytes:
    """A workbook as LibreOffice would save it."""
    sheets = []
    for page in openpyxl.load_workbook(path).worksheets:
        lines = (
            "".join(
                number(value) if isinstance(value, int | float) else text(*([escape(str(value))] if value else []))
                for value in row
            )
            for row in page.iter_rows(values_only=True)
        )
        rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in lines)
        sheets.append(f'<table:table table:name="{page.title}">{rows}</table:table>')
    return ods("".join(sheets))


def test_a_filled_table_is_the_same_one_in_another_format(tmp_path: Path) -> None:
    (tmp_path / "t.ods").write_bytes(as_ods(put(tmp_path / "t.xlsx")))
    one, other = (read_file(tmp_path / name, 2024) for name in ("t.xlsx", "t.ods"))
    assert [each.code for each in other.problems] == [each.code for each in one.problems] == ["I160"] * 4
    for name in ("projects", "indicators", "plan", "department"):
        assert getattr(other.targets, name) == getattr(one.targets, name), name


def test_a_budget_in_yuan_is_doubted_when_it_is_imported(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(put(tmp_path / "t.xlsx"))
    page["项目"]["F3"] = 4_200_000
    page.save(tmp_path / "t.xlsx")
    (one,) = (each for each in read_file(tmp_path / "t.xlsx", 2024).problems if each.code != "I160")
    assert (one.code, one.place.project, one.place.sheet) == ("W170", "P1", "项目")
    assert "换算成万元" in str(one.remedy)


def test_headings_are_picked_from_those_of_the_rules(project_root: Path, rulebook: Rulebook) -> None:
    central, _ = load(project_root / "rules/central-2021.yaml", project_root, 2024)
    for given, levels in (
        (None, "产出指标,效益指标"),
        (rulebook, "产出指标,效益指标,满意度指标"),
        (central, "成本指标"),
    ):
        page = openpyxl.load_workbook(io.BytesIO(template(2024, given)))["指标"]
        assert isinstance(page, Worksheet)
        lists = {str(one.sqref).split()[0]: str(one.formula1) for one in page.data_validations.dataValidation}
        assert levels in lists["C11"]
        assert "数量指标" in lists["D11"]
        assert "月度时序" in lists["I11"]
        assert all(len(one) <= 257 for one in lists.values())


def test_the_same_year_gives_the_same_bytes(rulebook: Rulebook) -> None:
    assert template(2024, rulebook) == template(2024, rulebook)
