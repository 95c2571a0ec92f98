"""Workbooks by other rulebooks than the unit's own: variants, points off a unit, bands, converted totals."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.rulebook import Deduction, ExecutionWhen, Rulebook, WhenAction
from selfeval.rulebook.loading import load
from tests.domain.rules import rulebook_2024
from tests.recalculation.engine import Calculator
from tests.workbooks.sample import FULL, OPEN, PROJECTS_OF_THE_YEAR, score_year

pytestmark = pytest.mark.xdist_group("libreoffice")

NAMES = (
    "central-2021",
    "examples/per-unit-deduction",
    "examples/whole-form",
    "examples/hubei",
    "examples/linear-excess",
)


def rulebook(name: str, root: Path) -> Rulebook:
    found, problems = load(root / "rules" / f"{name}.yaml", root)
    assert problems == ()
    assert found is not None
    return found


def test_every_rulebook_is_live_in_the_sheets(calculator: Calculator, project_root: Path, tmp_path: Path) -> None:
    files = []
    for name in NAMES:
        rules = rulebook(name, project_root)
        rules = replace(rules, execution=replace(rules.execution, rate_first=name == "examples/hubei"))
        year = score_year(rules=rules)
        for project in (FULL, OPEN):
            files.append(tmp_path / f"{rules.id}-{project}.xlsx")
            files[-1].write_bytes(year.workbook(project))
    books = calculator.recalculate(files)
    assert [difference for book in books for difference in book.differences] == []


PER_UNIT = {
    "measure": "per_unit",
    "deduct": Deduction(points=Fraction(2), every=Fraction(5), part="whole"),  # 每低于 5%扣2分
    "curve": StepCurve((Step(Fraction(0), None),)),
}


def with_execution(budget: float, executed: object, way: Mapping[str, object], missing: WhenAction) -> bytes:
    """The workbook of a project whose execution is scored in a way."""
    rules = rulebook_2024()
    execution = replace(rules.execution, when=ExecutionWhen(missing, missing), **way)  # type: ignore[arg-type]
    project = replace(PROJECTS_OF_THE_YEAR[0], full_year=budget, executed=executed)
    return score_year([project], replace(rules, execution=execution)).workbook(FULL)


@pytest.mark.parametrize("way", [PER_UNIT, {}])
@pytest.mark.parametrize(
    ("budget", "executed", "printed", "missing"),
    [
        (50.0, 43.5, 0.87, "zero"),
        (50.0, 55.0, 1.1, "zero"),
        (0.0, 0.0, "—", "full"),
        (50.0, "", "—", "zero"),
        (50.0, "", "—", "not_applicable"),
    ],
)
def test_the_rate_printed_is_what_was_spent_of_the_budget(
    budget: float, executed: object, printed: object, way: Mapping[str, object], missing: WhenAction
) -> None:
    content = with_execution(budget, executed, way, missing)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    form = book["自评表"]
    assert (form["H5"].value, form["H6"].value) == ("执行率\n（B/A）", printed)
    assert [row[at + 1].value for row in book["资金支出进度"] for at in range(8) if row[at].value == "执行率"] == [
        printed
    ]


def test_the_rate_printed_follows_a_change(calculator: Calculator, tmp_path: Path) -> None:
    file = tmp_path / "率.xlsx"
    file.write_bytes(with_execution(50.0, 43.5, PER_UNIT, "ask"))
    assert calculator.differences(file) == ()
    spent, gone = calculator.changes(file, {"评分依据!G5": 45}, {"评分依据!D5": 0})
    assert spent["自评表"]["H6"] == pytest.approx(0.9)
    assert gone["自评表"]["H6"] == "—"
