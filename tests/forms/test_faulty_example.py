"""The faulty forms: made anew they are the same, and each mistake is told with its file and cell."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from selfeval.domain.problems import Problem, Severity
from selfeval.domain.scoring.score import score
from selfeval.forms.reading.folder import read_forms
from selfeval.packages.container import RefusedError, unpack
from selfeval.sources.targets_reader import read_targets
from tests.forms.conftest import Year


@pytest.fixture(scope="module")
def maker(project_root: Path) -> ModuleType:
    path = project_root / "examples/faulty/make.py"
    spec = importlib.util.spec_from_file_location("faulty_make", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def problems(year: Year) -> tuple[Problem, ...]:
    folder = year.root / "examples/faulty"
    targets, faults = read_targets(folder / "inputs/2024/targets.xlsx", 2024, "inputs/2024/targets.xlsx")
    assert not faults
    reported = read_forms(folder / "inputs/2024/forms", targets, folder)
    return score(targets, reported, year.rulebook).problems


def _content(path: Path) -> object:
    """What a file holds, however it is compressed; of one that is cut off, nothing can be told."""
    data = path.read_bytes()
    if path.suffix != ".xlsx":
        return data
    try:
        return unpack(data)
    except RefusedError:
        return data[:2]


def test_the_script_makes_the_same_files(maker: ModuleType, project_root: Path, tmp_path: Path) -> None:
    maker.main(project_root, tmp_path)
    made = {path.relative_to(tmp_path): _content(path) for path in tmp_path.rglob("*") if path.is_file()}
    folder = project_root / "examples/faulty"
    kept = {path: _content(folder / path) for path in made}
    assert made == kept
    forms = [path.relative_to(folder) for path in (folder / "inputs").rglob("*") if path.is_file()]
    assert set(forms) <= set(made)


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("13080024P00010310005F-01", "E401"),
        ("13080024P00010310005F-02", "E403"),
        ("13080024P00010310005F-03", "E404"),
        ("13080024P00010310005F-04", "E405"),
        ("13080024P00010310005F-07", "E413"),
        ("13080024P00010310005F-08", "E416"),
        ("13080024P00010310005F-09", "E510"),
        ("13080024P000105100047-01", "E406"),
        ("13080024P000105100047-02", "E402"),
        ("13080024P000105100047-03", "E411"),
        ("13080024P000105100047-05", "E414"),
        ("13080024P00010210005R-01", "E402"),
        ("13080024P00010210005R-03", "E409"),
        ("13080024P00010210005R-07", "E403"),
        ("13080024P000094100062-03", "E420"),
        ("13080023P00033510157D-02", "E308"),
    ],
)
def test_a_mistake_in_a_cell_is_told_at_its_indicator(problems: tuple[Problem, ...], indicator: str, code: str) -> None:
    found = [one for one in problems if one.place.indicator == indicator and one.code == code]
    assert len(found) == 1
    assert found[0].place.file.endswith(".xlsx")
    assert found[0].remedy


def test_a_negative_cost_and_an_overspent_budget_are_told(problems: tuple[Problem, ...]) -> None:
    told = [one.message for one in problems]
    assert any("-22.59" in one for one in told)
    assert any("3.2万元" in one and "大于全年预算数" in one for one in told)


@pytest.mark.parametrize(
    ("project", "told"),
    [
        ("13080024P00009810006Q", ["E302"]),  # cannot be opened; that nothing was reported follows from it
        ("13080024P00009510006P", ["E307"]),  # once for both forms
        ("13080024P00009610005R", ["E305"]),  # of another year, so this year's is missing
    ],
)
def test_only_the_cause_is_told_of_a_form_that_cannot_be_used(
    problems: tuple[Problem, ...], project: str, told: list[str]
) -> None:
    assert [one.code for one in problems if one.place.project == project and one.severity is Severity.ERROR] == told


def test_a_row_that_is_gone_is_not_asked_to_be_filled_in(problems: tuple[Problem, ...]) -> None:
    assert [one.code for one in problems if one.place.indicator == "13080023P00033510157D-02"] == ["E308"]


def test_of_months_only_blank_ones_are_missing(problems: tuple[Problem, ...]) -> None:
    told = {one.code: one.message for one in problems if one.place.project == "13080024P000094100062"}
    assert "缺：5月" in told["E420"]
    assert "10月" not in told["E420"]
    assert "10月支付" in told["E402"]


def test_names_of_rival_forms_come_without_their_folders(problems: tuple[Problem, ...]) -> None:
    message = next(one.message for one in problems if one.code == "E307")
    assert "13080024P00009510006P_执法培训经费（最终版）.xlsx" in message
    assert "inputs/" not in message


@pytest.mark.parametrize("code", ["E301", "E302", "E303", "E305", "E306", "E307", "E308", "E310", "W301"])
def test_a_mistake_of_a_file_is_told(problems: tuple[Problem, ...], code: str) -> None:
    assert code in {one.code for one in problems}


def test_the_readme_lists_every_mistake(maker: ModuleType, project_root: Path) -> None:
    text = (project_root / "examples/faulty/README.md").read_text(encoding="utf-8")
    assert all(one.told in text for one in maker.MISTAKES)
    assert all(told in text for _, told in maker.FILES)
