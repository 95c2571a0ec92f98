"""汇总.xlsx: where points were lost adds up in every table, and the charts show those tables."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.scoring.score import score
from selfeval.workbooks import conventions
from tests.workbooks.sample import FULL, SILENT, Project, Year, score_year, value


@pytest.fixture(scope="module")
def year() -> Year:
    return score_year()


def sheet_of(data: bytes, name: str) -> Worksheet:
    sheet = load_workbook(BytesIO(data), data_only=True)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def table(sheet: Worksheet, title: str) -> list[dict[str, object]]:
    """The lines of a table on 分析, by heading; a second name without a heading of its own is left out."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(i for i, row in enumerate(rows) if str(row[0]).startswith(title))
    headings = [str(one).replace("\n", "") if one else "" for one in rows[top + 1]]
    lines: list[dict[str, object]] = []
    for row in rows[top + 2 :]:
        if row[0] is None and row[1] is None:
            break
        lines.append({heading: one for heading, one in zip(headings, row, strict=True) if heading})
    return lines


def lost(year: Year) -> int:
    done = year.scored.indicators.dropna(subset=["score"])
    return int((done["points"] - done["score"]).sum())


@pytest.mark.parametrize("title", ["按单位", "按指标级次", "按指标类型", "按偏差类别"])
def test_every_table_adds_up_to_all_points_lost(year: Year, title: str) -> None:
    lines = table(sheet_of(year.summary(), "分析"), title)
    amounts = [line["失分合计" if title == "按单位" else "失分"] for line in lines]
    assert round(sum(float(str(one)) for one in amounts) * 100) == lost(year) > 0


def test_the_levels_that_lost_most_come_first(year: Year) -> None:
    lines = table(sheet_of(year.summary(), "分析"), "按指标级次")
    amounts = [float(str(line["失分"])) for line in lines]
    assert amounts == sorted(amounts, reverse=True)
    assert {(line["一级指标"], line["二级指标"]) for line in lines} >= {("产出指标", "成本指标"), ("预算执行率",) * 2}
    assert abs(sum(float(str(line["占全部失分"])) for line in lines) - 1) < 1e-9


def test_a_unit_shows_its_projects_money_and_grades(year: Year) -> None:
    (line,) = table(sheet_of(year.summary(), "分析"), "按单位")
    assert line["单位"] == "324001 承德市司法局本级"
    assert (line["项目数"], line["全年预算数（万元）"], line["执行率"]) == (4, 45.18, "待补充")
    assert (line["平均总分（已定的）"], line["良（个）"], line["待定（个）"]) == (85.25, 1, 3)


def test_totals_are_counted_in_bands_and_open_ones_apart(year: Year) -> None:
    counts = {line["总分"]: line["项目数"] for line in table(sheet_of(year.summary(), "分析"), "总分分布")}
    assert counts == {"60 以下": 0, "60–80": 0, "80–90": 1, "90–95": 0, "95–100": 0, "100": 0, "待定": 3}


def test_lost_points_stand_under_the_category_that_the_department_chose(year: Year) -> None:
    projects = dict(year.reported.projects)
    chosen = {(f"{FULL}-02", "category"): value("外部条件变化", "H32")}
    projects[FULL] = replace(projects[FULL], answers=projects[FULL].answers | chosen)
    reported = replace(year.reported, projects=projects)
    changed = replace(year, scored=score(year.targets, reported, year.rulebook))
    lines = {line["偏差类别"]: line for line in table(sheet_of(changed.summary(), "分析"), "按偏差类别")}
    assert (lines["外部条件变化"]["失分的指标数"], lines["外部条件变化"]["失分"]) == (1, 0.22)
    assert set(lines) == {"外部条件变化", "未选类别，写了原因", "预算执行率"}


def charts(data: bytes) -> dict[str, str]:
    """The XML of each chart by its title."""
    with ZipFile(BytesIO(data)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    return {re.findall(r"<a:t>([^<]*)</a:t>", part)[0]: part for part in parts}


def test_four_native_charts_show_the_tables(year: Year) -> None:
    found = charts(year.summary())
    assert set(found) == {
        "总分分布（项目数）", "失分最多的指标（二级指标）", "失分的偏差类别", "执行率与总分（每点一个项目）",
    }  # fmt: skip
    assert "<c:v>80–90</c:v>" in found["总分分布（项目数）"]
    assert "<c:scatterChart>" in found["执行率与总分（每点一个项目）"]
    assert "待补充" not in found["执行率与总分（每点一个项目）"]


def test_a_year_without_any_total_has_no_empty_charts() -> None:
    open_year = score_year([Project(SILENT, "没有报送的项目", (), sent=False)])
    found = charts(open_year.summary())
    assert set(found) == {"总分分布（项目数）"}
    notes = [str(cell.value) for row in sheet_of(open_year.summary(), "图表").iter_rows() for cell in row if cell.value]
    assert sum("没有可画的数据" in note for note in notes) == 3


def contents(data: bytes) -> list[object]:
    """All that stands in a workbook: cells with formulas, values and looks, merged cells, heights, rules."""
    written, stored = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
    found: list[object] = []
    for sheet in written:
        assert isinstance(sheet, Worksheet)
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.has_style]
        found += [(cell.coordinate, cell.value, stored[sheet.title][cell.coordinate].value) for cell in cells]
        found += [(cell.coordinate, cell.number_format, cell.font.sz, cell.fill.fgColor.rgb) for cell in cells]
        found += [str(sheet.merged_cells), {at: row.height for at, row in sheet.row_dimensions.items()}]
        found += [sheet.print_area, sheet.auto_filter.ref, len(sheet.conditional_formatting)]
    return found


def test_long_tables_are_written_row_by_row_and_hold_the_same(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = year.summary()
    monkeypatch.setattr(conventions, "MANY", 3)
    long = year.summary()
    assert long == year.summary()
    assert "sharedStrings" in str(ZipFile(BytesIO(usual)).namelist())
    assert "sharedStrings" not in str(ZipFile(BytesIO(long)).namelist())
    assert contents(long) == contents(usual)
    assert charts(long) == charts(usual) != {}
