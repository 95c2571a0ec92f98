"""Workbooks by other rulebooks than the unit's own: variants, points off a unit, bands, converted totals."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from tests.recalculation.engine import Calculator
from tests.workbooks.sample import FULL, OPEN, score_year

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
