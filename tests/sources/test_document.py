"""Reading a 绩效文本: by its labels, whatever its order, and whatever an extraction did to it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest

from selfeval.domain.targets import DEPARTMENT, INDICATORS, Targets
from selfeval.sources.form import department_goals
from selfeval.sources.imported import Imported
from tests.sources import accidents
from tests.sources.invented import GOALS, PUMPS, RIVER, ROW_LABELS, TABLES, TREES, Table, document, read_text

Accident = Callable[[str, random.Random], str]


def assert_equal_targets(found: Targets, expected: Targets) -> None:
    for name in ("projects", "indicators", "plan", "department"):
        pd.testing.assert_frame_equal(getattr(found, name).frame, getattr(expected, name).frame, obj=name)


def codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


def read(*tables: Table) -> Imported:
    return read_text(document(tables or TABLES))


def test_every_field_of_a_project_is_read() -> None:
    projects = read().targets.projects
    assert projects.frame.iloc[1].to_dict() == {
        "seq": 2,
        "unit_code": "400001",
        "unit_name": "某某市水务局本级",
        "project": "ZZ0023P00000000002B",
        "name": "2023年“三北”补助资金—植树",
        "budget": 1200.0,
        "fiscal": 1000.0,
        "other": 200.0,
        "purpose": "清淤3公里",
        "goal": "1.清淤3公里，总成本≤12.5万元。",
        "department": "",
    }
    assert math.isnan(projects.frame["other"][0]), "a blank stays blank, not zero"
    assert projects.column("unit_name") == ["某某市水务局本级"] * 2 + ["某某市泵站管理所"]


def test_indicators_are_numbered_in_document_order_and_levels_carry_down() -> None:
    table = read().targets.indicators
    trees = table.frame[table.frame["project"] == TREES.code]
    assert trees["indicator"].tolist() == [f"{TREES.code}-0{n}" for n in (1, 2, 3)]
    assert trees["level1"].tolist() == ["产出指标"] * 3
    assert trees["level2"].tolist() == ["数量指标", "数量指标", "成本指标"]
    assert trees["target"].tolist() == ["≥8000棵", "500亩", "≤1200万元"]
    assert table.column("cell") == [f"指标!G{row}" for row in range(2, len(table) + 2)]


def test_only_the_white_space_of_page_layout_is_removed() -> None:
    imported = read()
    row = imported.targets.indicators.frame.iloc[1]
    assert (row["level3"], row["target"]) == ("验收合格率", "≥95百分比")
    assert imported.targets.indicators.frame["level3"][2] == "改善水环境。"
    assert imported.overall_goal == "2024年，保障供水安全；推进GB 50014标准。"
    assert imported.title == "某某市水务局2024年部门预算绩效文本"


def test_a_clean_document_has_no_problems_and_reports_only_what_was_inferred() -> None:
    imported = read()
    assert imported.problems == ()
    plans = [(one.project, one.reading) for one in imported.readings if one.what == "资金支出计划"]
    assert plans == [
        (TREES.code, "按12月底100%识别（月份和比例在同一个单元格里）"),
        (PUMPS.code, "按12月底100%识别（月份单独一个单元格，比例在右边的单元格）"),
    ]
    line = next(one.spot.line for one in imported.readings if one.project == PUMPS.code)
    assert document().split("\n")[line - 1].startswith("12月底\t100%")


def test_department_goals_are_split_into_clauses_and_linked_by_name() -> None:
    table = read().targets.department
    assert table.frame[["seq", "title", "indicator_text", "target"]].to_numpy().tolist() == [
        [1, "水环境", "清淤长度", "3公里以上"],
        [1, "水环境", "居民满意度", "95%"],
        [1, "水环境", "提升水质", ""],
        [2, "绿化", "植树数量", "8000棵"],
        [2, "绿化", "成活率", "90%"],
        [2, "绿化", "抚育率", "90%"],
    ]
    assert table.column("goal")[-1] == "扩大绿化面积；巩固成果。"
    assert table.column("indicators") == [
        f"{RIVER.code}-01、{PUMPS.code}-01",
        f"{RIVER.code}-04、{PUMPS.code}-04",
        "",
        f"{TREES.code}-01",
        "",
        "",
    ]
    summary = next(one for one in read().readings if one.original == "1、水环境")
    assert "3条指标中有2条" in summary.reading
    assert "居民满意度（此处95%，" in summary.reading, "a different value must be said"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("accident", accidents.ACCIDENTS, ids=lambda one: one.__name__)
def test_accidents_of_extraction_change_nothing(accident: Accident, seed: int) -> None:
    text = accident(document(), random.Random(seed))
    found = read_text(text)
    assert found.problems == ()
    assert_equal_targets(found.targets, read().targets)
    assert (found.title, found.overall_goal) == (read().title, read().overall_goal)


@pytest.mark.parametrize("seed", range(5))
def test_many_accidents_at_once_change_nothing(seed: int) -> None:
    text = document()
    for accident in (
        accidents.full_width,
        accidents.spaces,
        accidents.lost_trailing_tabs,
        accidents.broken_cells,
        accidents.windows_line_ends,
    ):
        text = accident(text, random.Random(seed))
    found = read_text(text)
    assert found.problems == ()
    assert_equal_targets(found.targets, read().targets)


def test_projects_in_another_order_read_the_same_each() -> None:
    found = read(PUMPS, RIVER, TREES).targets
    assert found.projects.frame["project"].tolist() == [PUMPS.code, RIVER.code, TREES.code]
    assert found.projects.frame["seq"].tolist() == [3, 1, 2]
    for table in TABLES:
        assert_equal_targets(
            replace(found.only([table.code]), department=DEPARTMENT.rows()),
            replace(_renumbered(read().targets.only([table.code]), found), department=DEPARTMENT.rows()),
        )


def _renumbered(targets: Targets, like: Targets) -> Targets:
    """The same targets with the cells where they stand in another table."""
    cells = like.indicators.frame.set_index("indicator")["cell"]
    return replace(
        targets,
        indicators=INDICATORS.of_frame(
            targets.indicators.frame.assign(cell=targets.indicators.frame["indicator"].map(cells))
        ),
    )


def test_the_contents_that_lists_more_than_there_is_gives_a_warning_with_the_name() -> None:
    text = document().replace(PUMPS.text(), "")
    found = read_text(text)
    assert len(found.targets.projects) == 2
    assert codes(found) == ["W101"]
    assert "3张" in found.problems[0].message
    assert "只在目录里：泵站维护经费" in found.problems[0].message


def test_a_document_without_contents_or_headings_still_reads() -> None:
    text = "\n".join(table.text().replace(table.heading, "") for table in TABLES)
    found = read_text(text)
    expected = read().targets
    pd.testing.assert_frame_equal(found.targets.projects.frame, expected.projects.frame)
    pd.testing.assert_frame_equal(found.targets.indicators.frame, expected.indicators.frame)


def test_the_unit_above_the_first_table_is_read_though_the_lines_between_are_broken() -> None:
    table = replace(RIVER, money="单\n位：万元").text().replace(RIVER.heading, "")
    found = read_text(table)
    assert found.targets.projects.frame[["unit_code", "unit_name"]].to_numpy().tolist() == [
        ["400001", "某某市水务局本级"]
    ]
    assert [one.code for one in found.problems] == ["W110"]


def test_a_unit_below_another_has_a_code_of_nine_digits() -> None:
    table = replace(RIVER, unit="400001002 某某市河道所")
    for text in (document((table,)), table.text().replace(table.heading, "")):
        found = read_text(text)
        units = found.targets.projects.frame[["unit_code", "unit_name"]].to_numpy().tolist()
        assert units == [["400001002", "某某市河道所"]]
        assert not {"W105", "W106"} & {*codes(found)}


def test_contents_without_page_numbers_are_not_projects() -> None:
    text = document()
    for page, table in enumerate(TABLES, start=3):
        text = text.replace(f"{table.name}绩效目标表.....\t{page}", f"{table.name}绩效目标表")
    found = read_text(text)
    assert found.problems == ()
    assert_equal_targets(found.targets, read().targets)


def test_a_header_row_with_an_empty_column_is_followed() -> None:
    wide = replace(
        RIVER,
        header=ROW_LABELS.replace("描述\t", "描述\t\t").rstrip("\t"),
        rows=tuple(row.rstrip("\t").replace("\t≥", "\t\t≥").replace("\t有", "\t\t有") for row in RIVER.rows),
    )
    assert_equal_targets(read(wide).targets, read(RIVER).targets)


def test_a_header_row_repeated_on_a_new_page_is_no_indicator() -> None:
    for labels in (ROW_LABELS, ROW_LABELS.replace("指标描述", "指标\n描述")):
        rows = (*RIVER.rows[:2], labels, *RIVER.rows[2:])
        assert_equal_targets(read(replace(RIVER, rows=rows)).targets, read(RIVER).targets)


def test_a_row_cut_into_visual_lines_is_put_together_by_columns_and_reported() -> None:
    rows = (
        "产出指标\t数量指\t清淤长\t清淤河\t≥3\t年度工\t",
        "\t标\t度\t道的长度\t公里\t作计划\t",
        *RIVER.rows[1:],
    )
    found = read(replace(RIVER, rows=rows))
    assert_equal_targets(found.targets, read(RIVER).targets)
    assert [one.what for one in found.readings if "拼接" in one.reading] == [f"{RIVER.code}-01"]


def test_values_that_slipped_out_of_their_columns_are_read_in_order_and_reported() -> None:
    rows = ("产出指标\t数量指标\t清淤长度\t清淤河道的长度\t\t≥3 公里\t年度工作计划", *RIVER.rows[1:])
    found = read(replace(RIVER, rows=rows))
    assert_equal_targets(found.targets, read(RIVER).targets)
    assert any("按先后顺序" in one.reading for one in found.readings)


def test_amounts_in_yuan_are_converted_exactly_and_said() -> None:
    found = read(replace(RIVER, money="单位：元", budget="225,900.10", fiscal="225900.10"))
    assert found.targets.projects.frame["budget"][0] == 22.59001
    assert [one.reading for one in found.readings if one.what == "预算数"] == ["表上单位是元，换算为22.59001万元"]


def test_a_missing_unit_of_money_is_taken_for_wan_and_said() -> None:
    found = read(replace(RIVER, money=""))
    assert found.targets.projects.frame["budget"][0] == 12.5
    assert "金额单位" in [one.what for one in found.readings]


def test_a_goal_without_its_label_is_read_and_said() -> None:
    found = read(replace(PUMPS, goal=PUMPS.goal.removeprefix("绩效目标")))
    assert found.targets.projects.frame["goal"][0] == "1.清淤3公里，总成本≤12.5万元。"
    assert "绩效目标" in [one.what for one in found.readings]


def test_a_table_with_a_code_that_came_before_is_left_out_and_named() -> None:
    found = read(RIVER, replace(TREES, code=RIVER.code), PUMPS)
    assert found.targets.projects.frame["project"].tolist() == [RIVER.code, PUMPS.code]
    twice = next(one for one in found.problems if one.code == "E110")
    assert TREES.name in twice.message
    assert RIVER.name in twice.message


def test_a_problem_points_into_the_source_text() -> None:
    rows = (RIVER.rows[0].replace("≥3 公里", ""), *RIVER.rows[1:])
    text = document((replace(RIVER, rows=rows),))
    found = read_text(text, "某某.txt").problems[0]
    assert (found.code, found.place.file, found.place.indicator) == ("E107", "某某.txt", f"{RIVER.code}-01")
    assert text.split("\n")[int(found.place.cell.strip("第行")) - 1].startswith("产出指标\t数量指标\t清淤长度")


def test_a_row_without_a_value_is_kept() -> None:
    rows = (RIVER.rows[0].replace("≥3 公里", ""), *RIVER.rows[1:])
    found = read(replace(RIVER, rows=rows))
    assert len(found.targets.indicators) == 4
    assert found.targets.indicators.frame["target"][0] == ""


FAULTY = {
    "E105": document(()),
    "E106": document((replace(RIVER, plan="支出计划\t\t"),)),
    "E107": document((replace(RIVER, rows=(RIVER.rows[0].replace("≥3 公里", ""), *RIVER.rows[1:])),)),
    "E108": document((replace(RIVER, code="", name=""), TREES)),
    "E109": document((replace(RIVER, budget="十二万余"),)),
    "E110": document((RIVER, replace(TREES, code=RIVER.code))),
    "E111": document((replace(RIVER, rows=()), TREES)),
    "E112": document((replace(RIVER, plan="资金支出计划（%）\t3月底\t\t6月底\n\t\t\t20%\t30%\t40%"),)),
    "E113": document((replace(RIVER, rows=RIVER.rows * 25),)),
    "E131": document((replace(RIVER, rows=(RIVER.rows[0].replace("≥3 公里", "≥3 公里" * 100), *RIVER.rows[1:])),)),
    "W101": document().replace(PUMPS.text(), ""),
    "W103": document((replace(RIVER, fiscal="12.00"),)),
    "W104": document((replace(RIVER, plan="资金支出计划（%）\t3月底\t\t6月底\n\t50%\t\t25%"),)),
    "W105": document().rstrip() + "\n\n编制人：张三，复核人：李四",
    "W106": document((replace(RIVER, unit=""),)),
    "W107": document((replace(RIVER, goal="绩效目标\t\t"),)),
    "W108": document((replace(RIVER, rows=(RIVER.rows[0].replace("年度工作计划", ""), *RIVER.rows[1:])),)),
    "W109": document(goals=GOALS.replace("绩效指标：植树数量 8000 棵，成活率及抚育率达 90%。", "")),
    "W110": document(goals=""),
    "W111": document().replace("3. 泵站", "9. 防汛经费绩效目标表\n\n3. 泵站"),
}


@pytest.mark.parametrize("code", FAULTY)
def test_a_fault_is_a_problem_and_the_rest_still_reads(code: str) -> None:
    found = read_text(FAULTY[code])
    assert code in codes(found)
    one = next(problem for problem in found.problems if problem.code == code)
    assert one.message
    assert one.remedy
    if code != "E105":
        assert len(found.targets.projects) >= 1


def test_text_below_the_last_table_is_not_swallowed_by_its_last_cell() -> None:
    found = read_text(FAULTY["W105"])
    assert found.targets.indicators.frame["basis"].tolist()[-1] == "随机调查"
    assert "编制人：张三" in next(one.message for one in found.problems if one.code == "W105")


@pytest.mark.parametrize("seed", range(40))
def test_no_garbage_raises(seed: int) -> None:
    chance = random.Random(seed)
    text = list(document())
    for _ in range(200):
        at = chance.randrange(len(text))
        text[at] = chance.choice(["", "\n", "\t", "%", "9", "指标", text[chance.randrange(len(text))]])
    found = read_text("".join(text))
    assert isinstance(found, Imported)


_LONG = "清淤" * 3000
LONG = {
    "name": replace(RIVER, name=_LONG),
    "purpose": replace(RIVER, purpose=_LONG),
    "goal": replace(RIVER, goal=f"绩效目标\t{_LONG}"),
}


@pytest.mark.parametrize("part", LONG)
def test_a_text_longer_than_any_is_told_and_not_read(part: str) -> None:
    found = read_text(document((LONG[part], TREES)))
    assert "E131" in codes(found)
    assert found.targets.projects.frame[part].tolist()[0] == ""
    assert len(found.targets.indicators) == len(RIVER.rows) + len(TREES.rows)
    assert "6000字" in next(one.message for one in found.problems if one.code == "E131")


def test_a_target_longer_than_any_is_no_missing_one() -> None:
    found = read_text(FAULTY["E131"])
    assert "E107" not in codes(found)
    assert found.targets.indicators.frame["target"].tolist()[0] == ""


def test_a_project_has_no_more_indicators_than_two_digits_count() -> None:
    assert len(read_text(FAULTY["E113"]).targets.indicators) == 99


def test_too_many_clauses_are_not_compared_with_the_indicators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(department_goals, "_MOST_COMPARED", 20)
    found = read_text(document())
    assert "W112" in codes(found)
    assert set(found.targets.department.frame["indicators"]) == {""}
    assert found.targets.department.frame["indicator_text"].tolist()


def test_commas_between_thousands_alone_belong_to_an_amount() -> None:
    for budget, read in (("1,234.5", [1234.5]), ("1，234.5", [1234.5]), ("2,2.59", [])):
        found = read_text(document((replace(RIVER, budget=budget),)))
        assert found.targets.projects.frame["budget"].dropna().tolist() == read
        assert ("E109" in {one.code for one in found.problems}) is (not read)
