"""What a user may call a project or an indicator, and what is said when it is none or several."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.domain.problems import Problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import Targets
from selfeval.runs.naming import Named, chosen_projects, named, numbers
from selfeval.sources.project_names import CODE, NAME, SHEET, project_names
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_reader import read_targets

TABLE = Path(__file__).resolve().parents[2] / "inputs/2024/targets.xlsx"
HOTLINE = "13080024P00010310005F"
FIRE = "13080023P00044010010X"


@pytest.fixture(scope="module")
def targets() -> Targets:
    return read_targets(TABLE, 2024, "targets.xlsx")[0]


@pytest.mark.parametrize(
    ("text", "project", "indicator"),
    [
        ("1", HOTLINE, ""),
        ("27", FIRE, ""),
        (HOTLINE, HOTLINE, ""),
        (HOTLINE.lower(), HOTLINE, ""),
        ("10310005F", HOTLINE, ""),
        ("010010X", FIRE, ""),
        ("消防设施修缮项目", FIRE, ""),
        ("“消防” 设施", FIRE, ""),
        ("12348", HOTLINE, ""),
        ("司法所经费", "13080024P00009810006Q", ""),
        (f"{HOTLINE}-03", HOTLINE, f"{HOTLINE}-03"),
        ("1-03", HOTLINE, f"{HOTLINE}-03"),
        ("1-3", HOTLINE, f"{HOTLINE}-03"),
        ("12348 3", HOTLINE, f"{HOTLINE}-03"),
        ("12348/代写法律文书", HOTLINE, f"{HOTLINE}-03"),
        ("代写法律文书", HOTLINE, f"{HOTLINE}-03"),
        ("解答来访", HOTLINE, f"{HOTLINE}-02"),
        ("1-预算执行率", HOTLINE, EXECUTION),
        ("消防 执行率", FIRE, EXECUTION),
    ],
)
def test_one_thing_has_many_names(targets: Targets, text: str, project: str, indicator: str) -> None:
    assert named(targets, text) == Named(project, indicator)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("公务运转经费", "E654", "6 公务运转经费（13080024P00000610028B）；21 公务运转经费（13080024P00000610025G）"),
        ("法律", "E654", "1 12348法律服务热线"),
        ("1-99", "E605", "项目“12348法律服务热线”里没有这个指标，它的指标见 selfeval list 2024 1"),
        ("警察服装/没有", "E605", "它的指标见 selfeval list 2024 7"),
        ("消防设施修善项目", "E605", "是否应为 27 消防设施修缮项目（13080023P00044010010X）"),
        ("13080024P0001031000F", "E605", f"（{HOTLINE}）"),
        ("29", "E605", "全部项目见 selfeval list 2024"),
        ("", "E605", "selfeval list 2024"),
        ("-", "E605", "selfeval list 2024"),
    ],
)
def test_none_or_several_are_told_with_what_there_is(targets: Targets, text: str, code: str, said: str) -> None:
    found = named(targets, text)
    assert isinstance(found, Problem)
    assert found.code == code
    assert said in found.message + found.remedy


def test_projects_are_chosen_by_any_name_each_once(targets: Targets) -> None:
    codes, wrong = chosen_projects(targets, ["27", "消防设施", HOTLINE, "公务运转", "没有"])
    assert codes == (FIRE, HOTLINE)
    assert [found.code for found in wrong] == ["E654", "E604"]


def test_every_number_and_every_code_names_its_project(targets: Targets) -> None:
    for code, number in numbers(targets).items():
        assert named(targets, str(number)) == named(targets, code) == Named(code)
    for indicator, project in zip(
        targets.indicators.frame["indicator"], targets.indicators.frame["project"], strict=True
    ):
        short = f"{numbers(targets)[project]}-{indicator[-2:]}"
        assert named(targets, short) == named(targets, indicator) == Named(project, indicator)


def test_names_read_quickly_are_those_of_the_table(targets: Targets, tmp_path: Path) -> None:
    assert project_names(TABLE) == targets.names
    assert SHEETS[0].name == SHEET
    assert {CODE, NAME} <= {column.header for column in SHEETS[0].table.published}
    assert project_names(tmp_path / "没有.xlsx") == {}
