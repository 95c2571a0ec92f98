"""Example rulebooks in sheets: the cases of each as rows of one project, scored alike by engine and formulas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfeval.domain.case import Case
from selfeval.domain.case import cases as cases_of
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import (
    BLANK,
    DOUBTFUL,
    FILLED,
    NO_CATEGORY,
    NO_EVIDENCE,
    NO_REASON,
    NOT_CHOICE,
    UNPROVEN,
)
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION_KIND, State
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.identity import FORM_SHEET
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import form_book, write_form
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import RuleCase, as_cell, cases_path, read_cases
from selfeval.sheets.layout import Layout
from selfeval.sheets.values import Values
from selfeval.workbooks.books import project_workbook
from tests.recalculation.engine import Calculator

NAMES = ("closed-bands", "evidence")
YEAR, CODE, DATE = 2024, "P1", dt.date(2025, 1, 31)


def example(name: str, root: Path) -> tuple[Rulebook, Case]:
    """The rulebook, and one project whose indicators are its cases."""
    path = root / "rules" / "examples" / f"{name}.yaml"
    rulebook, problems = load(path, root)
    written, faults = read_cases(cases_path(path), root)
    assert not problems
    assert not faults
    assert rulebook is not None
    assert written is not None
    asked = [one for one in written.cases if one.total is None and one.kind != EXECUTION_KIND]
    levels1 = [level for section in rulebook.sections for level in section.levels1]
    rows = [
        {
            "indicator": f"{CODE}-{i:02}",
            "project": CODE,
            "level1": one.level1 or levels1[0],
            "level2": one.level2,
            "level3": one.name,
            "target": one.target,
        }
        for i, one in enumerate(asked, start=1)
    ]
    answers = {(f"{CODE}-{i:02}", item): cell for i, one in enumerate(asked, start=1) for item, cell in _answered(one)}
    money = {item: Cell("100", 100.0, "number") for item in ("initial", "full_year", "executed")}
    targets = Targets(YEAR, PROJECTS.rows([{"seq": 1, "project": CODE, "name": name}]), INDICATORS.rows(rows))
    targets = Targets(YEAR, targets.projects, targets.indicators, PLAN.rows())
    (case,) = cases_of(targets, Reported({CODE: Reports(money, {}, answers)}))
    return rulebook, case


def _answered(one: RuleCase) -> Iterator[tuple[str, Cell]]:
    for item in ("actual", "percentage", "judged"):
        yield item, as_cell(getattr(one, item))
    for item in ("level", "reason", "category", "evidence"):
        text = getattr(one, item)
        yield item, Cell(text, data_type="text" if text else "blank")


def expected(row: ScoredRow) -> float | str:
    return PENDING if row.score is None else row.score / 100


@pytest.mark.parametrize("name", NAMES)
def test_a_form_scores_every_case_as_the_engine_does(name: str, project_root: Path) -> None:
    rulebook, case = example(name, project_root)
    scored = score_case(case, rulebook)
    layout = Layout(form_book(case, rulebook, {}, Cover(), ""))
    laid, values = layout.sheets[FORM_SHEET], Values(layout)
    codes = {(found.place.indicator, found.code) for found in scored.problems}
    for row in scored.rows[1:]:
        at = laid.row_at[row.indicator]
        score, status = (values.at(laid, at, laid.column_at[column]) for column in ("score", "status"))
        if status == NOT_CHOICE:
            continue  # a list takes its own words; the engine knows their synonyms too
        assert score == expected(row), row.level3
        asked, unproven = ((row.indicator, code) in codes for code in ("E451", "W551"))
        assert (status == NO_EVIDENCE) == asked, row.level3
        assert status != UNPROVEN or unproven, row.level3
        assert status in {FILLED, UNPROVEN, NO_EVIDENCE, BLANK, DOUBTFUL, NOT_CHOICE, NO_REASON, NO_CATEGORY}
        assert status != FILLED or row.state in {State.SCORED, State.ATTENTION}


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_calculates_the_same(project_root: Path, tmp_path: Path, calculator: Calculator) -> None:
    files = []
    for name in NAMES:
        rulebook, case = example(name, project_root)
        for kind, made in (
            ("book", project_workbook(score_case(case, rulebook), rulebook, DATE)),
            ("form", write_form(case, rulebook)),
        ):
            files.append(tmp_path / f"{name}-{kind}.xlsx")
            files[-1].write_bytes(made)
    books = calculator.recalculate(files)
    assert [difference for book in books for difference in book.differences] == []
    assert sum(book.count for book in books) > 0
