"""主管部门 from the table that prints it to the form that is published."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from selfeval.domain.case import cases
from selfeval.domain.problems import Problem
from selfeval.domain.targets import PROJECTS, Targets
from selfeval.sources.differences import differences
from selfeval.sources.imported import Imported
from selfeval.sources.merging import merged
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.invented import document, read_text

USUAL = [column.header for column in PROJECTS.published if column.name != "department"]


@pytest.fixture
def imported() -> Imported:
    return read_text(document(), "某某.txt")


def with_department(imported: Imported, name: str) -> Imported:
    table = imported.targets.projects.frame.copy()
    table.loc[0, "department"] = name
    return replace(imported, targets=replace(imported.targets, projects=PROJECTS.of_frame(table)))


def written(imported: Imported, tmp_path: Path) -> tuple[list[object], Targets, tuple[Problem, ...]]:
    """The headings of 项目 in the targets.xlsx of an import, and what is read of it."""
    (tmp_path / "t.xlsx").write_bytes(targets_workbook(imported))
    headers: list[object] = [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx")["项目"][1]]
    return headers, *read_targets(tmp_path / "t.xlsx", imported.targets.year, "t.xlsx")


def test_a_table_without_any_is_as_before(imported: Imported, tmp_path: Path) -> None:
    headers, targets, problems = written(imported, tmp_path)
    assert (headers, problems) == (USUAL, ())
    pd.testing.assert_frame_equal(targets.projects.frame, imported.targets.projects.frame)
    assert {case.department for case in cases(targets)} == {"某某市水务局"}, "by the unit that is named 本级"


def test_a_project_may_name_its_own(imported: Imported, tmp_path: Path) -> None:
    headers, targets, problems = written(with_department(imported, "某市某局"), tmp_path)
    assert (headers, problems) == ([*USUAL, "主管部门"], ())
    assert [case.department for case in cases(targets)][:2] == ["某市某局", "某某市水务局"]


def test_another_one_is_a_difference_like_any_other(imported: Imported) -> None:
    (told,) = differences(imported.targets, with_department(imported, "某市某局").targets)
    assert (told.column, told.old, told.new) == ("主管部门", "", "某市某局")


@pytest.mark.parametrize(
    ("names", "told", "kept"),
    [
        (("甲局", "乙局"), ["E163"], "甲局"),
        (("甲局", "甲局"), [], "甲局"),
        (("甲局", ""), [], "甲局"),
        (("", "乙局"), [], "乙局"),
        (("", "乙局", "丙局"), ["E163"], "乙局"),
    ],
)
def test_of_two_files_one_may_not_name_it(
    imported: Imported, names: tuple[str, ...], told: list[str], kept: str
) -> None:
    both = merged([replace(with_department(imported, name), source=f"{name}.txt") for name in names], 2024)
    assert [one.code for one in both.problems if one.code == "E163"] == told
    assert both.targets.projects.frame["department"].tolist()[:2] == [kept, ""]
