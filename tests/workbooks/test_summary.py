"""汇总.xlsx: where points were lost adds up in every table, and the charts show those tables."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.problems import Severity
from selfeval.domain.scored import State
from selfeval.domain.scoring.score import score
from selfeval.workbooks import conventions
from tests.workbooks.sample import (
    BENEFIT,
    EVERY_KIND,
    FULL,
    MET,
    OUTPUT,
    PROJECTS_OF_THE_YEAR,
    SATISFACTION,
    SILENT,
    Indicator,
    Project,
    Year,
    score_year,
    value,
)

FINE = (
    Indicator(OUTPUT, "数量指标", "受理", "≥100件", {"actual": 101}),
    Indicator(BENEFIT, "社会效益指标", "提升", "有所提升", {"level": MET}),
    Indicator(SATISFACTION, "服务对象满意度指标", "满意", "≥90%", {"actual": "95.5%"}),
)


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
    done = year.scored.indicators.frame.dropna(subset=["score"])
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
    assert line["单位"] == "承德市司法局本级"
    assert (line["项目数"], line["全年预算数（万元）"], line["执行率"]) == (4, 45.18, "待补充")
    assert (line["平均得分（已评定项目）"], line["良（个）"], line["待定（个）"]) == (85.25, 1, 3)


def test_totals_are_counted_in_bands_and_open_ones_apart(year: Year) -> None:
    counts = {line["总分"]: line["项目数"] for line in table(sheet_of(year.summary(), "分析"), "总分分布")}
    assert counts == {
        "60分以下": 0, "60（含）—80分": 0, "80（含）—90分": 1,
        "90（含）—95分": 0, "95（含）—100分": 0, "100分及以上": 0, "待定": 3,
    }  # fmt: skip


def with_category(year: Year, category: str) -> Year:
    """The year with a category chosen for the second indicator."""
    projects = dict(year.reported.projects)
    chosen = {(f"{FULL}-02", "category"): value(category, "H32")}
    projects[FULL] = replace(projects[FULL], answers=projects[FULL].answers | chosen)
    reported = replace(year.reported, projects=projects)
    return replace(year, scored=score(year.targets, reported, year.rulebook))


def test_lost_points_stand_under_the_category_that_the_department_chose(year: Year) -> None:
    changed = with_category(year, "外部条件变化")
    lines = {line["偏差类别"]: line for line in table(sheet_of(changed.summary(), "分析"), "按偏差类别")}
    assert (lines["外部条件变化"]["失分的指标数"], lines["外部条件变化"]["失分"]) == (1, 0.22)
    assert set(lines) == {"外部条件变化", "未选类别，已写原因", "预算执行偏差"}


def charts(data: bytes) -> dict[str, str]:
    """The XML of each chart by its title."""
    with ZipFile(BytesIO(data)) as file:
        parts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    return {re.findall(r"<a:t>([^<]*)</a:t>", part)[0]: part for part in parts}


def test_four_native_charts_show_the_tables(year: Year) -> None:
    found = charts(year.summary())
    spread, levels, kinds, points = (
        "总分分布（项目数）", "按二级指标的失分（分）",
        "按指标类型的失分（分）", "预算执行率与总分（每点一个项目）",
    )  # fmt: skip
    assert set(found) == {spread, levels, kinds, points}
    assert "<c:v>80（含）—90分</c:v>" in found[spread]
    assert "<c:scatterChart>" in found[points]
    assert "待补充" not in found[points]
    assert all("<c:min" not in found[title] for title in (points,)), "an axis that starts at a score hides lower ones"
    with ZipFile(BytesIO(year.summary())) as file:
        drawings = "".join(
            file.read(name).decode() for name in file.namelist() if name.startswith("xl/drawings/drawing")
        )
    assert len(re.findall('descr="(?:条形图|散点图)：', drawings)) == 4


def test_a_chosen_category_is_what_the_third_chart_shows(year: Year) -> None:
    assert "按偏差类别的失分（分）" in charts(with_category(year, "外部条件变化").summary())


def test_a_year_without_any_total_has_no_empty_charts() -> None:
    open_year = score_year([Project(SILENT, "没有报送的项目", (), sent=False)])
    found = charts(open_year.summary())
    assert set(found) == {"总分分布（项目数）", "预算执行率与总分（每点一个项目）"}
    notes = [str(cell.value) for row in sheet_of(open_year.summary(), "图表").iter_rows() for cell in row if cell.value]
    assert sum("暂无数据" in note for note in notes) == 2


def lines(sheet: Worksheet, row: int) -> list[dict[str, object]]:
    """The lines of a list below the headings of a row."""
    heads = [str(cell.value or "").replace("\n", "") for cell in sheet[row]]
    found = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=row + 1))
    return [{head: one for head, one in zip(heads, line, strict=True) if head} for line in found]


def test_no_project_with_a_warning_looks_clean(year: Year) -> None:
    warned = {one.place.project for one in year.scored.problems if one.severity is not Severity.INFO}
    shown = {
        str(line["项目编码"]): line for line in lines(sheet_of(year.summary(), "汇总"), 3)[: len(PROJECTS_OF_THE_YEAR)]
    }
    assert warned
    assert all(shown[project]["状态"] != State.SCORED.label for project in warned)
    for severity in Severity:
        told = [one.place.project for one in year.scored.problems if one.severity is severity]
        assert [line[f"{severity.value}（条）"] for line in shown.values()] == [told.count(one) for one in shown]


def test_a_project_is_scored_when_nothing_is_to_be_said_of_it() -> None:
    year = score_year([Project(FULL, "全部完成", FINE, executed=22.59, paid=[22.59, *[0] * 11])])
    assert [one.severity for one in year.scored.problems if one.severity is not Severity.INFO] == []
    (line, *_) = lines(sheet_of(year.summary(), "汇总"), 3)
    assert (line["状态"], line["警告（条）"], line["总分"]) == ("已评分", 0, 100)


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_the_leader_sees_the_year_on_one_page(year: Year) -> None:
    sheet = sheet_of(year.summary(), "概览")
    assert sheet.page_setup.orientation == "portrait"
    fitted = sheet.sheet_properties.pageSetUpPr
    assert fitted is not None
    assert fitted.fitToPage
    assert sheet.page_setup.fitToHeight in {None, 1}, "one page"
    told = texts(sheet)
    assert {"等级分布", "得分最低的五个项目", "失分最多的五项指标", "待核实的问题"} <= set(told)
    assert "12348法律服务热线" in told
    done = year.scored.indicators.frame.dropna(subset=["score"])
    losing = int((done["points"] > done["score"]).sum())
    assert told[-3].startswith("2024年度，共对4个项目开展绩效自评，全年预算数45.18万元")
    assert told[-2].startswith("已评定1个项目，平均得分85.25分（按全年预算数加权85.25分），其中优0个、良1个")
    assert told[-1].startswith(f"共{losing}项指标失分，合计{lost(year) / 100:.2f}分，其中失分最多的是")


def test_the_largest_losses_come_first_with_their_reasons(year: Year) -> None:
    sheet = sheet_of(year.summary(), "概览")
    top = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "失分最多的五项指标")
    found = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows(top + 2, top + 6)]
    done = year.scored.indicators.frame.dropna(subset=["score"])
    most = sorted((done["points"] - done["score"]).tolist(), reverse=True)[:5]
    assert [round(float(str(line[5])) * 100) for line in found] == most
    assert "基数小" in [line[6] for line in found]


def test_each_lost_indicator_has_a_line_to_be_mended(year: Year) -> None:
    sheet = sheet_of(year.summary(), "整改台账")
    found = lines(sheet, 3)
    done = year.scored.indicators.frame.dropna(subset=["score"])
    assert len(found) == int((done["points"] > done["score"]).sum())
    assert round(sum(float(str(line["失分"])) for line in found) * 100) == lost(year)
    (cases,) = (line for line in found if line["三级指标"] == "审理案件数")
    given = ("指标值", "实际完成值", "偏差原因", "改进措施")
    assert [cases[name] for name in given] == ["≥900件", "860件", "案件减少", "加强宣传"]
    assert [cases[name] for name in ("责任人", "完成时限", "是否完成")] == [None] * 3
    assert {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}["K4"] == "date"


def test_days_are_shown_as_people_write_them(year: Year) -> None:
    due = "2025年1月20日"
    assert due in [cell.value for cell in sheet_of(year.summary(), "指标")["F"]]
    days = [cell.number_format for cell in sheet_of(year.summary(), "整改台账")["K"][3:]]
    assert set(days) == {'yyyy"年"m"月"d"日"'}


def test_without_any_loss_there_is_nothing_to_mend_and_no_page_for_it() -> None:
    data = score_year([Project(FULL, "全部完成", FINE, executed=22.59, paid=[22.59, *[0] * 11])]).summary()
    assert "整改台账" not in load_workbook(BytesIO(data)).sheetnames
    assert {"没有低于100分的已评定项目", "没有失分的指标"} <= set(texts(sheet_of(data, "概览")))


def test_a_reason_too_long_for_any_row_is_shown_as_far_as_it_fits() -> None:
    project = replace(
        PROJECTS_OF_THE_YEAR[0], indicators=[replace(EVERY_KIND[1], answer={"actual": 860, "reason": "因" * 2000})]
    )
    data = score_year([project]).summary()
    (shown,) = (text for text in texts(sheet_of(data, "整改台账")) if text.startswith("因因"))
    assert shown.endswith("……（余见“指标”）")
    assert 200 < len(shown) < 300
    assert "因" * 2000 in texts(sheet_of(data, "指标"))
    assert max(one.height or 0 for one in sheet_of(data, "整改台账").row_dimensions.values()) <= 210


def test_paths_and_codes_are_not_printed(year: Year) -> None:
    book = load_workbook(BytesIO(year.summary()))
    for name, last in (("汇总", "P"), ("指标", "L"), ("问题", "G")):
        assert str(book[name].print_area).endswith(f"${last}${book[name].max_row}"), name
        printed = [cell.value for row in book[name].iter_rows(max_col=ord(last) - 64) for cell in row]
        assert not [value for value in printed if "inputs/" in str(value) or value == FULL], name


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
