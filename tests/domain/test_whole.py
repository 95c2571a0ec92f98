"""The department's own part: the 25 clauses of the real document, which values are taken over, and which are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from selfeval.domain.promise import promises
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import DEPARTMENT, PROJECTS, Targets
from selfeval.domain.whole import Whole, whole_of
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load_year
from selfeval.sources.targets_reader import read_targets

CODE = "324-部门整体"
CALLS, CALLS_OF_PROJECT = f"{CODE}-18", ("13080024P00010310005F", "13080024P00010310005F-01")
SHOWS, SATISFIED = f"{CODE}-08", f"{CODE}-20"
SATISFIED_OF_PROJECTS = (
    ("13080024P00010310005F", "13080024P00010310005F-09"),
    ("13080024P000094100062", "13080024P000094100062-07"),
)


@pytest.fixture(scope="module")
def targets(project_root: Path) -> Targets:
    return read_targets(project_root / "inputs/2024/targets.xlsx", 2024, "inputs/2024/targets.xlsx")[0]


@pytest.fixture(scope="module")
def rulebook(project_root: Path) -> Rulebook:
    found, problems = load_year(project_root / "rules", 2024, project_root)
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def whole(targets: Targets, rulebook: Rulebook) -> Whole:
    found = whole_of(targets, rulebook)
    assert found is not None
    return found


def number(value: float, cell: str = "J9") -> Cell:
    return Cell(f"{value:g}", value, "number", "a.xlsx", "自评填报", cell)


def reported(*said: tuple[tuple[str, str], Cell], own: Mapping[str, Cell] | None = None) -> Reported:
    projects: dict[str, Reports] = {}
    for (project, indicator), cell in said:
        projects.setdefault(project, Reports()).answers[indicator, "actual"] = cell
    if own is not None:
        projects[CODE] = Reports(answers={(clause, "actual"): cell for clause, cell in own.items()})
    return Reported(projects)


def test_the_department_is_one_project_more(whole: Whole) -> None:
    case = whole.case
    assert (case.code, case.project.name) == (CODE, "承德市司法局部门整体支出")
    assert (case.project.unit_code, case.project.unit_name) == ("324", "承德市司法局")
    assert case.project.goal.startswith("2024年，坚持以习近平新时代中国特色社会主义思想为统领")
    assert case.is_whole
    assert case.subject == "部门整体支出"


def test_the_real_clauses_are_taken_over_or_asked(whole: Whole) -> None:
    rows = [*whole.targets.indicators.records]
    assert len(rows) == 25
    asked = [row["level3"] for row in rows if row["indicator"] not in whole.targets.taken]
    assert asked == [
        "为重大决策提供建议和咨询",
        "组织普法宣传活动场次",
        "受援群众满意度",
        "年度内完成智慧戒毒项目软、硬件配置",
    ]
    assert len(whole.linked) == 24
    assert [found.place.indicator for found in whole.problems] == [f"{CODE}-17", f"{CODE}-22"]
    assert {found.code for found in whole.problems} == {"W260"}
    assert not promises(whole.case, whole.rulebook)[1]


def test_a_partial_goal_is_one_though_its_clauses_are_numbered(targets: Targets, rulebook: Rulebook) -> None:
    rows = [{**row, "seq": number} for number, row in enumerate(targets.department.records, start=1)]
    numbered = whole_of(replace(targets, department=DEPARTMENT.rows(rows)), rulebook)
    plain = whole_of(targets, rulebook)
    assert numbered
    assert plain
    assert numbered.targets.indicators.column("points") == plain.targets.indicators.column("points")


def test_points_go_evenly_to_partial_goals_and_then_to_clauses(whole: Whole) -> None:
    rows = [*whole.targets.indicators.records]
    goals = Counter[str]()
    for row in rows:
        goals[row["level2"]] += round(row["points"] * 100)
    assert set(goals.values()) == {1800}
    assert len(goals) == 5
    assert [row["points"] for row in rows[:3]] == [9.0, 9.0, 3.6]
    assert {row["points"] for row in rows if row["level2"] == "司法行政管理工作"} == {1.39, 1.38}


def test_a_clause_without_a_value_has_that_of_its_project(whole: Whole) -> None:
    rows = {row["indicator"]: row for row in whole.targets.indicators.records}
    assert rows[f"{CODE}-14"]["target"] == "≥8人"
    assert rows[f"{CODE}-14"]["description"] == "取自人民调解和医疗纠纷经费“聘用专职调解员”，指标值同项目"
    assert rows[f"{CODE}-02"]["target"] == "为重大决策提供建议和咨询"


def test_a_clause_without_a_sign_is_read_as_its_project_is(whole: Whole) -> None:
    kinds = {one.indicator.indicator: one.reading.kind for one in promises(whole.case, whole.rulebook)[0]}
    assert kinds[CALLS] == "at_least"  # 7000次 here, ≥7000次 there
    assert kinds[f"{CODE}-10"] == "at_most"


def test_a_value_is_taken_over_with_its_place(whole: Whole) -> None:
    reports, told = whole.reports(reported((CALLS_OF_PROJECT, number(7321, "J59"))))
    taken = reports.answers[CALLS, "actual"]
    assert (taken.number, taken.file, taken.cell) == (7321, "a.xlsx", "J59")
    assert told == ()


def test_the_departments_own_form_comes_first_and_a_difference_is_told(whole: Whole) -> None:
    read = reported((CALLS_OF_PROJECT, number(7321)), own={CALLS: number(7300)})
    reports, told = whole.reports(read)
    assert reports.answers[CALLS, "actual"].number == 7300
    assert [(one.code, one.place.indicator) for one in told] == [("W261", CALLS)]
    assert "“7300”" in told[0].message
    assert "“7321”" in told[0].message


def test_the_same_value_written_otherwise_is_no_difference(whole: Whole) -> None:
    (first, second) = SATISFIED_OF_PROJECTS
    share = Cell("96%", 0.96, "percent")
    read = reported((first, number(96)), (second, Cell("96%", data_type="text")), own={SATISFIED: share})
    assert whole.reports(read)[1] == ()


def test_of_several_projects_only_what_all_say_counts(whole: Whole) -> None:
    (first, second) = SATISFIED_OF_PROJECTS
    same, _ = whole.reports(reported((first, number(96)), (second, number(96))))
    assert same.answers[SATISFIED, "actual"].number == 96
    other, _ = whole.reports(reported((first, number(96)), (second, number(97))))
    assert (SATISFIED, "actual") not in other.answers
    one, _ = whole.reports(reported((first, number(96))))
    assert (SATISFIED, "actual") not in one.answers


def test_a_reason_of_the_department_goes_with_the_value_of_the_project(whole: Whole) -> None:
    read = reported((CALLS_OF_PROJECT, number(7321)))
    own = Reports(
        answers={(CALLS, "reason"): Cell("口径不同", data_type="text"), (CALLS, "actual"): Cell("", data_type="blank")}
    )
    reports, told = whole.reports(replace(read, projects={**read.projects, CODE: own}))
    assert reports.answers[CALLS, "actual"].number == 7321
    assert reports.answers[CALLS, "reason"].text == "口径不同"
    assert told == ()


def test_it_scores_as_a_project_does(whole: Whole) -> None:
    reports, _ = whole.reports(reported((CALLS_OF_PROJECT, number(3500))))
    scored = score(whole.targets, Reported({CODE: reports}), whole.rulebook)
    row = next(row for row in scored.indicators.records if row["indicator"] == CALLS)
    assert (row["points"], row["score"]) == (138, 69)
    assert sum(row["points"] for row in scored.indicators.records) == 10000


def test_a_year_without_goals_of_the_department_has_none(targets: Targets, rulebook: Rulebook) -> None:
    assert whole_of(replace(targets, department=DEPARTMENT.rows()), rulebook) is None
    assert rulebook.whole is not None
    assert whole_of(targets, replace(rulebook, whole=replace(rulebook.whole, enabled=False))) is None
    assert whole_of(targets, replace(rulebook, whole=None)) is None


def test_a_section_takes_the_partial_goals_that_it_names(targets: Targets, rulebook: Rulebook) -> None:
    assert rulebook.whole is not None
    execution, duties = rulebook.whole.sections
    named = replace(duties, id="law", label="依法治市", points=5000, levels1=("依法行政工作", "政府法治制度建设"))
    rule = replace(rulebook.whole, sections=(execution, named, replace(duties, points=4000)))
    found = whole_of(targets, replace(rulebook, whole=rule))
    assert found is not None
    rows = [*found.targets.indicators.records]
    assert Counter(row["level1"] for row in rows) == {"依法治市": 7, "年度履职目标": 18}
    assert sum(round(row["points"] * 100) for row in rows[:7]) == 5000


def test_a_link_in_another_unit_is_asked(targets: Targets, rulebook: Rulebook) -> None:
    goals = targets.department.frame.copy()
    goals.loc[goals["indicator_text"] == "解答12348来电次数", "target"] = "95%"
    found = whole_of(replace(targets, department=DEPARTMENT.of_frame(goals)), rulebook)
    assert found is not None
    assert CALLS not in found.linked


def test_a_department_that_no_unit_names_is_called_as_the_settings_say(targets: Targets, rulebook: Rulebook) -> None:
    units = targets.projects.frame.assign(unit_name="戒毒所", unit_code=["1", *["2"] * 27])
    found = whole_of(replace(targets, projects=PROJECTS.of_frame(units)), rulebook, "清源县司法局")
    assert found is not None
    assert found.case.project.name == "清源县司法局部门整体支出"


def test_links_that_name_nothing_are_told_and_any_separator_parts_them(targets: Targets, rulebook: Rulebook) -> None:
    goals = targets.department.frame.copy()
    at = goals["indicator_text"] == "受援群众满意度"
    goals.loc[at, "indicators"] = goals.loc[at, "indicators"].str.replace("、", "，")
    goals.loc[0, "indicators"] = "13080024P00009710005F-77"
    found = whole_of(replace(targets, department=DEPARTMENT.of_frame(goals)), rulebook)
    assert found is not None
    assert len(found.linked[SATISFIED]) == 2
    assert [one.message for one in found.problems if one.code == "W262"] == [
        "部门目标的对应指标编号13080024P00009710005F-77不在“指标”表里，这些部门目标的实际完成值在部门整体填报表里填"
    ]


def test_a_number_without_end_is_compared_as_it_is_written(whole: Whole) -> None:
    huge = Cell("1e+310", 1e308, "percent")
    assert whole.reports(reported((CALLS_OF_PROJECT, huge), own={CALLS: number(1)}))[1]


@pytest.mark.parametrize(("value", "asked"), [("月度时序", True), ("2份", False)])
def test_months_are_asked_for_only_where_a_clause_needs_them(
    targets: Targets, rulebook: Rulebook, value: str, *, asked: bool
) -> None:
    goals = targets.department.frame.copy()
    goals.loc[goals["indicator_text"] == "为重大决策提供建议和咨询", "target"] = value
    found = whole_of(replace(targets, department=DEPARTMENT.of_frame(goals)), rulebook)
    assert found is not None
    book = load_workbook(BytesIO(write_form(found.case, found.rulebook)))
    texts = {str(cell.value) for row in book["自评填报"] for cell in row}
    assert ("四、各月支付金额（万元）" in texts) is asked
    assert ("五、绩效指标完成情况" in texts) is asked


def test_nothing_is_taken_from_a_target_that_could_not_be_read(targets: Targets, rulebook: Rulebook) -> None:
    found = whole_of(replace(targets, faulty=frozenset({CALLS_OF_PROJECT})), rulebook)
    assert found is not None
    assert CALLS not in found.linked
    assert not [one for one in found.problems if one.code == "W262"]


def test_a_clause_without_a_value_whose_indicators_differ_is_told(targets: Targets, rulebook: Rulebook) -> None:
    goals = targets.department.frame.copy()
    at = goals["indicator_text"] == "解答12348来电次数"
    goals.loc[at, "target"] = ""
    goals.loc[at, "indicators"] = "13080024P00010310005F-01、13080024P00010310005F-02"
    found = whole_of(replace(targets, department=DEPARTMENT.of_frame(goals)), rulebook)
    assert found is not None
    (told,) = [one for one in found.problems if one.code == "W264"]
    assert (told.place.indicator, told.place.cell[:1]) == (CALLS, "E")
    assert "解答12348来电次数" in told.message
    assert "≥7000次、≥400人" in told.message
