"""28 real projects as platforms and clerks hold them, in every layout and format: each is read back field by field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.targets import Targets
from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from selfeval.sources.targets_reader import read_targets
from tests.recalculation.engine import Calculator
from tests.sources import flat_layouts
from tests.sources.flat_layouts import LAYOUTS, Area, Layout, areas
from tests.sources.form_sheets import write_forms

Write = Callable[[Path, Sequence[Area]], None]

FORMATS: dict[str, Write] = {
    "表.xlsx": flat_layouts.xlsx,
    "另存.xlsx": flat_layouts.openpyxl_xlsx,
    "UTF-8.csv": flat_layouts.csv_in("utf-8-sig"),
    "GB18030.csv": flat_layouts.csv_in("gb18030"),
    "分号.csv": flat_layouts.csv_in("utf-8", ";"),
    "UTF-16.csv": flat_layouts.csv_in("utf-16", "\t"),
    "Unicode 文本.txt": flat_layouts.csv_in("utf-16", "\t"),
    "网页.html": flat_layouts.web_page,
    "其实是网页.xls": flat_layouts.web_page,
    "其实是文本.xls": flat_layouts.csv_in("gb18030", "\t"),
}
_OF_A_CELL = {
    "sign": "target",
    "number": "target",
    "measure": "target",
    "whole_unit": "unit_name",
    "project": "project",
}


@pytest.fixture(scope="module")
def real(project_root: Path) -> Targets:
    targets, problems = read_targets(project_root / "inputs/2024/targets.xlsx", 2024, "targets.xlsx")
    assert not problems
    assert len(targets.projects) == 28
    return targets


def assert_carried(found: Imported, real: Targets, layout: Layout) -> None:
    """What the layout has a column for came back; the rest is blank, or was never there."""
    names = {_OF_A_CELL.get(name, name) for name in layout.columns}
    if "unit_name" in names:
        names.add("unit_code")
    for table in ("projects", "indicators"):
        one, other = getattr(found.targets, table).frame, getattr(real, table).frame
        assert len(one) == len(other)
        same = [name for name in other.columns if name in names and name not in {"seq", "points", "standard"}]
        pd.testing.assert_frame_equal(one[same], other[same], obj=table)
        gone = [name for name in other.columns if name not in {*names, "seq", "indicator", "project", "cell"}]
        blank = one[gone].isna() | (one[gone] == "")
        assert blank.all().all(), table
    assert found.targets.indicators.frame["indicator"].tolist() == real.indicators.frame["indicator"].tolist()
    assert found.targets.indicators.frame["cell"].tolist() == real.indicators.frame["cell"].tolist()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_flat_table_is_read_back(tmp_path: Path, real: Targets, layout: Layout, name: str) -> None:
    FORMATS[name](tmp_path / name, areas(real, layout))
    found = read_file(tmp_path / name, 2024)
    assert_carried(found, real, layout)
    assert [one.code for one in found.problems] == ["I140"] * len(layout.foot)
    assert {one.what for one in found.readings} <= {"预算数", "计量单位", "表上方的单位", "没有导入的栏目"}
    if "points" in layout.columns:
        assert found.targets.indicators.frame["points"].eq(10).all()
    if "standard" in layout.columns:
        assert found.targets.indicators.frame["standard"].eq("按完成比例得分").all()
    if layout.titles and "绩效" in layout.titles[0]:
        assert found.title == layout.titles[0]


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_flat_tables_are_read_back_that_libreoffice_saved(
    tmp_path: Path, real: Targets, calculator: Calculator, kind: str
) -> None:
    files = [tmp_path / f"{number}.xlsx" for number in range(len(LAYOUTS))]
    for file, layout in zip(files, LAYOUTS.values(), strict=True):
        flat_layouts.xlsx(file, areas(real, layout))
    saved = calculator.saved_as(kind, files, tmp_path)
    for file, layout in zip(saved, LAYOUTS.values(), strict=True):
        found = read_file(file, 2024)
        assert_carried(found, real, layout)
        assert [one.code for one in found.problems] == ["I140"] * len(layout.foot)


@pytest.mark.parametrize(("sheets", "gap"), [(True, 0), (False, 2), (False, 1), (False, 0)])
def test_the_published_form_is_read_back_from_sheets(tmp_path: Path, real: Targets, *, sheets: bool, gap: int) -> None:
    write_forms(tmp_path / "表.xlsx", real, sheets=sheets, gap=gap)
    found = read_file(tmp_path / "表.xlsx", 2024)
    for table in ("projects", "indicators", "plan"):
        pd.testing.assert_frame_equal(getattr(found.targets, table).frame, getattr(real, table).frame, obj=table)
    assert [one.code for one in found.problems if one.code != "W110"] == ["W104"]
    assert found.readings == ()


def test_flat_tables_and_forms_may_stand_in_one_file(tmp_path: Path, real: Targets) -> None:
    """The first half as a flat table, the other as forms; one project is in both."""
    import openpyxl  # noqa: PLC0415

    codes = real.projects.frame["project"].tolist()
    flat_layouts.openpyxl_xlsx(tmp_path / "flat.xlsx", areas(real.only(codes[:15]), LAYOUTS["plain"]))
    write_forms(tmp_path / "forms.xlsx", real.only(codes[14:]), sheets=True)
    book, forms = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("flat", "forms"))
    for sheet in forms.worksheets:
        copy = book.create_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                copy[cell.coordinate].value = cell.value
                copy[cell.coordinate].number_format = cell.number_format
        for merged in sheet.merged_cells.ranges:
            copy.merge_cells(str(merged))
    book.create_sheet("说明").append(["本表由各单位填写", "2024"])
    book.save(tmp_path / "both.xlsx")
    found = read_file(tmp_path / "both.xlsx", 2024)
    assert found.targets.projects.frame["project"].tolist() == codes
    pd.testing.assert_frame_equal(found.targets.indicators.frame, real.indicators.frame)
    assert {one.code for one in found.problems} == {"E110", "W174", "W104", "W110"}
    told = {one.code: one.place for one in found.problems}
    assert (told["W174"].sheet, told["W174"].cell) == ("说明", "A1")
    assert told["E110"].project == codes[14]
