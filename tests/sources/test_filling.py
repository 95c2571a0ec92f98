"""A project in two files: a blank contradicts nothing, and what really differs holds back only what it concerns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS, SPENDING_PLAN, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.merging import merged
from selfeval.sources.pending import still_open

NAN = float("nan")
Values = dict[str, object] | None
PROJECT: dict[str, Any] = {
    "seq": 1,
    "unit_code": "412001",
    "unit_name": "清源县文化馆",
    "project": "P1",
    "name": "送戏",
    "budget": 50.0,
    "fiscal": 50.0,
    "other": 0.0,
    "purpose": "",
    "goal": "办好。",
}
ROW: dict[str, Any] = dict.fromkeys(("description", "basis", "kind", "cell", "standard"), "")
ROWS: list[dict[str, Any]] = [
    {**ROW, "indicator": f"P1-0{at}", "project": "P1", "level1": "产出指标", "level2": "数量指标", "points": NAN}
    | {"level3": f"场次{at}", "target": f"≥{at}0场", "standard": "按完成率计分"}
    for at in (1, 2)
]
PLANNED: dict[str, Any] = {"project": "P1", "month_3": 0.25, "month_6": 0.5, "month_10": 0.8, "month_12": 1.0}


def told(name: str, project: Values = None, row: Values = None, plan: Values = None) -> Imported:
    """An import of one file, of which some values are others."""
    code = str((project or {}).get("project", "P1"))
    rows = [{**one, "project": code, "indicator": one["indicator"].replace("P1", code)} for one in ROWS]
    rows[1].update(row or {})
    planned = [] if plan == {} else [{**PLANNED, "project": code, **(plan or {})}]
    frames = PROJECTS.rows([{**PROJECT, **(project or {})}]), INDICATORS.rows(rows), PLAN.rows(planned)
    return Imported(Targets(2025, *frames, DEPARTMENT.rows([]), name), source=name)


BLANKS: list[tuple[Values, Values, Values]] = [
    ({"other": NAN}, None, None),
    ({"goal": ""}, None, None),
    (None, {"standard": ""}, None),
    (None, {"target": ""}, None),
    (None, None, {"month_6": NAN}),
    (None, None, {}),
    ({"project": "自编1"}, {"standard": ""}, None),
]


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("changes", BLANKS)
def test_a_blank_beside_a_filled_value_is_filled_and_said_once(
    changes: tuple[Values, Values, Values], *, turned: bool
) -> None:
    parts = [told("甲.docx"), told("乙.docx", *changes)]
    found = merged(parts[::-1] if turned else parts, 2025)
    assert found.problems == ()
    for name in ("projects", "indicators", "plan"):
        table, full = getattr(found.targets, name).frame, getattr(parts[0].targets, name).frame
        assert table.drop(columns="cell", errors="ignore").equals(full.drop(columns="cell", errors="ignore"))
    (one,) = found.readings
    assert "内容相同，只读入一次；一份空白的" in one.reading


REAL: list[tuple[Values, Values, Values, str]] = [
    (None, {"target": "≥30场"}, None, "P1-02"),
    ({"budget": 60.0, "fiscal": 60.0}, None, None, EXECUTION),
    (None, None, {"month_6": 0.4}, SPENDING_PLAN),
    ({"goal": "另一个。"}, None, None, ""),
    (None, {"level1": "效益指标"}, None, ""),
]


@pytest.mark.parametrize(("project", "row", "plan", "hit"), REAL)
def test_what_differs_holds_back_only_what_it_concerns(project: Values, row: Values, plan: Values, hit: str) -> None:
    found = merged([told("甲.docx"), told("乙.docx", project, row, plan)], 2025)
    (one,) = found.problems
    (line,) = still_open(replace(found, sources=(("乙.docx", ""),)))
    assert (one.code, one.place.indicator, line["project"], line["indicator"]) == ("E163", hit, "P1", hit)


def test_a_target_with_commas_between_thousands_is_the_same_target() -> None:
    parts = [told("甲.docx", None, {"target": "≥1,536份"}), told("乙.docx", None, {"target": "≥1536份"})]
    assert merged(parts, 2025).problems == ()
    (one,) = merged([parts[0], told("丙.docx", None, {"target": "≥1,53份"})], 2025).problems
    assert one.code == "E163"


def test_a_third_file_is_compared_with_what_was_filled() -> None:
    parts = [told("甲.docx", None, {"target": ""}), told("乙.docx"), told("丙.docx", None, {"target": "≥30场"})]
    (one,) = merged(parts, 2025).problems
    assert "指标值“≥20场”与“≥30场”" in one.message


def test_each_indicator_that_differs_is_told_by_itself_and_a_row_more_holds_back_all() -> None:
    other = told("乙.docx", {"budget": 60.0}, {"target": "≥30场"})
    assert len(merged([told("甲.docx"), other], 2025).problems) == 2
    fewer = replace(
        other, targets=replace(other.targets, indicators=INDICATORS.of_frame(other.targets.indicators.frame.iloc[1:]))
    )
    (one,) = merged([told("甲.docx"), fewer], 2025).problems
    assert one.place.indicator == ""
    assert "改正前这个项目不评分" in one.message


def test_a_difference_holds_back_the_project_under_the_code_that_a_third_file_gives() -> None:
    made: dict[str, object] = {"project": "自编1"}
    found = merged([told("甲.docx", made), told("乙.docx", made, {"target": "≥30场"}), told("丙.docx")], 2025)
    assert [*found.targets.names] == ["P1"]
    assert [(row["project"], row["indicator"]) for row in still_open(found)] == [("P1", "P1-02")]
