"""The lines by source in 自评表 stand while the total does that they were reported for, and go with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.scoring.score import score_case
from selfeval.workbooks.books import project_workbook
from tests.domain.rules import rulebook_2024
from tests.recalculation.engine import Calculator
from tests.workbooks.sample import DATE, PROJECTS_OF_THE_YEAR, reports, targets


@pytest.mark.xdist_group("libreoffice")
def test_lines_by_source_go_where_their_total_is_changed(calculator: Calculator, tmp_path: Path) -> None:
    project = PROJECTS_OF_THE_YEAR[0]
    sent = reports(project)
    given = {"executed.granted": 18.25, "executed.carried": 1.25, "full_year.granted": 22.59}
    money = {item: Cell(str(amount), amount, "number") for item, amount in given.items()}
    sent = replace(sent, funds={**sent.funds, **money})
    rules = rulebook_2024()
    (case,) = cases(targets([project]), Reported({project.code: sent}))
    file = tmp_path / "表.xlsx"
    file.write_bytes(project_workbook(score_case(case, rules), rules, DATE))
    kept, changed = calculator.changes(file, {}, {"评分依据!G5": 19.0})
    form = kept["自评表"]
    assert {18.25, 1.25, 22.59} <= {*form.values()}
    at = next(cell for cell, value in form.items() if value == 18.25)
    assert (changed["自评表"].get(at), 19.0 in changed["自评表"].values()) == (None, True)
    assert 22.59 in changed["自评表"].values()  # the budget stands, and so does its line
