"""Published tables, set in the layouts of the state and of provinces, are read back field by field."""

from __future__ import annotations

import random
import re
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.reading.headings import plain_heading
from selfeval.rulebook.loading import load
from selfeval.sources.form.split_target import joined_target
from selfeval.sources.imported import Imported
from selfeval.sources.layout import tidy
from tests.sources.goal_tables import LAYOUTS, Over, Published, Row, grid, parted, published, read

TABLES = published()
KNOWN = [(layout, table) for layout in LAYOUTS for table in TABLES]
IN_PARTS, WITH_POINTS = {"sichuan"}, {"sichuan", "anhui"}


def plain_name(row: Row) -> str:
    """An indicator's name without the 指标1： of the template."""
    return re.sub(r"^指标\d+:?", "", row.level3)


def carried(rows: tuple[Row, ...]) -> list[str]:
    """The second level of each row, that above it where it is blank."""
    found: list[str] = []
    for at, row in enumerate(rows):
        same = at and rows[at - 1].level1 == row.level1
        found.append(row.level2 or (found[-1] if same else ""))
    return found


@pytest.mark.parametrize(("layout", "table"), KNOWN)
def test_every_indicator_is_read_as_it_was_set(layout: str, table: str) -> None:
    one = TABLES[table]
    found = read(grid(LAYOUTS[layout](one), sheet="表1"), year=one.year).targets.indicators
    assert found.column("level1") == [row.level1 for row in one.rows]
    assert found.column("level2") == carried(one.rows)
    assert found.column("level3") == [plain_name(row) for row in one.rows if row.level3]
    assert found.column("target") == [
        joined_target(*row.parts) if layout in IN_PARTS else row.printed for row in one.rows
    ]
    expected = [float(row.points) if row.points else None for row in one.rows]
    points = [None if isnan(value) else value for value in found.column("points")]
    assert points == (expected if layout in WITH_POINTS else [None] * len(one.rows))
    described = [f"反映{row.level3}" if layout == "tianjin" else "" for row in one.rows]
    assert found.column("description") == described


@pytest.mark.parametrize(("layout", "table"), KNOWN)
def test_every_head_is_read_as_it_was_set(layout: str, table: str) -> None:
    one = TABLES[table]
    imported = read(grid(LAYOUTS[layout](one), sheet="表1"), year=one.year)
    (project,) = imported.targets.projects.frame.to_dict("records")
    assert (project["name"], project["unit_name"], project["goal"]) == (one.name, one.unit, tidy(one.goal))
    assert (project["budget"], project["fiscal"]) == (float(one.budget), float(one.budget))
    other = {"national": 0.0, "anhui": 0.0}.get(layout)
    assert project["other"] == other if other is not None else isnan(project["other"])
    assert project["purpose"] == ("用于本项目的各项支出" if layout == "tianjin" else "")
    doubted = {"W170"} if table == "a09" and layout != "sichuan" else set()  # a school has 387664.62元, below 万元
    codes = {problem.code for problem in imported.problems}
    assert codes - {"E107"} == doubted, "only what the tables themselves lack"
    assert str(one.year) in imported.title or layout == "tianjin"


@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_merged_cells_that_were_parted_read_the_same(layout: str, *, filled: bool) -> None:
    for one in TABLES.values():
        whole = grid(LAYOUTS[layout](one), sheet="表1")
        expected, found = (read(each, year=one.year) for each in (whole, parted(whole, filled=filled)))
        pd.testing.assert_frame_equal(found.targets.projects.frame, expected.targets.projects.frame)
        pd.testing.assert_frame_equal(found.targets.indicators.frame, expected.targets.indicators.frame)
        assert [problem.code for problem in found.problems] == [problem.code for problem in expected.problems]


def test_codes_that_are_not_printed_are_made_and_said() -> None:
    one = TABLES["a01"]
    imported = read(grid(LAYOUTS["national"](one)), year=one.year)
    (project,) = imported.targets.projects.frame.to_dict("records")
    said = {reading.what: reading.reading for reading in imported.readings}
    assert said["单位编码"] == f"表上没有单位编码，按单位名称编为{project['unit_code']}"
    assert said["项目编码"] == f"表上没有项目编码，按单位和项目名称编为{project['project']}"
    again = read(grid(LAYOUTS["tianjin"](one)), year=one.year).targets.projects
    assert again.column("project") == [project["project"]], "in another layout the same project has the same code"
    assert {reading.project for reading in imported.readings} == {project["project"]}


def test_all_of_them_on_one_sheet_are_told_apart() -> None:
    tables = list(TABLES.values())
    rows = [row for at, one in enumerate(tables) for row in [*[*LAYOUTS.values()][at % 4](_of(one, 2022)), []]]
    found = read(grid(rows, sheet="表1"), year=2022)
    assert found.targets.projects.frame["name"].tolist() == [one.name for one in tables]
    counts = found.targets.indicators.frame.groupby("project", sort=False).size().tolist()
    assert counts == [len(one.rows) for one in tables]
    assert {problem.code for problem in found.problems} == {"E107", "W170"}


def _of(one: Published, year: int) -> Published:
    return Published(one.name, one.unit, year, one.budget, one.goal, one.rows)


UNKNOWN = {"项目决策(10分)", "项目管理(25分)", "一、投入目标", "二、管理目标", "绩效指标", "(50分)"}
"""First levels of these tables that no section of the national form has: of older forms, of a department, cut off."""


def test_the_first_levels_that_tables_print_are_those_of_a_section() -> None:
    root = Path(__file__).parents[2]
    rulebook, _ = load(root / "rules" / "national-2020.yaml", root)
    assert rulebook
    known = {plain_heading(level) for section in rulebook.sections for level in section.levels1}
    printed = {row.level1 for one in TABLES.values() for row in one.rows}
    assert {level for level in printed if plain_heading(level) not in known} == UNKNOWN


_TEXTS = (
    "",
    "一级指标",
    "项目名称",
    "年度资金总额：5",
    "≥5",
    "50万元",
    "产出指标",
    "填表人：张三",
    "单位：元",
    "绩效目标表",
    "定性",
)


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_to_a_table_raises(seed: int) -> None:
    chance = random.Random(seed)
    one = chance.choice(list(TABLES.values()))
    rows = [list(row) for row in chance.choice(list(LAYOUTS.values()))(one)]
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(rows)
        if row:
            text = chance.choice(_TEXTS)
            row[chance.randrange(len(row))] = Over(text, chance.randint(1, 3), chance.randint(1, 4))
        if len(rows) > 1 and chance.random() < 0.3:
            rows.pop(chance.randrange(len(rows)))
    assert isinstance(read(grid(rows), year=one.year), Imported)
