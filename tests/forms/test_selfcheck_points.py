"""What a form says of itself is what the scoring says, under rulebooks with their own words on points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import DOUBTFUL, FILLED, NOT_APPLICABLE
from selfeval.domain.rulebook import Rulebook, When, WhenAction
from selfeval.domain.scored import State
from selfeval.domain.scoring.score import score_case
from selfeval.forms.identity import FORM_SHEET
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import form_book, write_form
from selfeval.forms.writing.summary import LATER, SUMMARY_ROW
from selfeval.sheets.layout import Layout
from selfeval.sheets.values import Values
from tests.recalculation.engine import Calculator
from tests.workbooks.points import rulebook
from tests.workbooks.sample import BENEFIT, OUTPUT, Indicator, Project, reported, targets
from tests.workbooks.test_points import regimes


def check(project: Project, rules: Rulebook) -> None:
    """One form against the scoring of what stands in it."""
    (case,) = cases(targets([project]), reported([project]))
    scored = score_case(case, rules)
    layout = Layout(form_book(case, rules, {}, Cover(), ""))
    laid, values = layout.sheets[FORM_SHEET], Values(layout)

    def shown(row: str, column: str) -> object:
        return values.at(laid, laid.row_at[row], laid.column_at[column])

    closed = any(
        row.state is State.NOT_APPLICABLE and row.kind != "not_applicable"
        for row in scored.rows
        if not row.is_execution or rules.execution_points
    )
    for row in scored.rows:
        wanted = PENDING if row.score is None else row.score / 100
        name = "funds.executed" if row.is_execution else row.indicator
        if row.state is State.NOT_APPLICABLE and row.kind != "not_applicable":
            assert shown(name, "score") == NOT_APPLICABLE, (rules.id, project.code, name)
            assert row.is_execution or shown(name, "status") == NOT_APPLICABLE, (rules.id, project.code, name)
        elif not closed:  # a form keeps the points of what a rule closes
            assert shown(name, "score") == wanted, (rules.id, project.code, name)
    odd = project.full_year == 0 and (project.executed != 0 or rules.without_rate.budget_zero == "ask")
    assert shown("funds.full_year", "status") == (DOUBTFUL if odd else FILLED)
    total, cell = scored.total, shown(SUMMARY_ROW, "actual")
    if closed:  # the points go to other rows, which a form does not do
        assert cell == LATER, (rules.id, project.code)
        return
    if total.total is not None:
        assert cell == total.total / 100, (rules.id, project.code)
    else:
        least, most = (float(part) for part in str(cell).removesuffix(" 以上").split(" – "))
        assert (least, most) == (total.lowest / 100, total.highest / 100), (rules.id, project.code)


def test_a_form_scores_itself_as_the_scoring_does(project_root: Path) -> None:
    for rules, projects in regimes(project_root):
        for project in projects:
            check(project, rules)


@pytest.mark.parametrize("action", ["not_applicable", "zero", "full", "ask"])
def test_a_form_does_what_the_rulebook_does_when_stuck(project_root: Path, action: WhenAction) -> None:
    """Nothing filled in, no level, a target of 0, no budget for the monthly payments: 不涉及 or points at once."""
    plain = rulebook("national-2020", project_root)
    stuck = When(actual_missing=action, no_level=action, target_zero=action, budget_zero=action)
    rules = replace(plain, kinds={name: replace(rule, when=stuck) for name, rule in plain.kinds.items()})
    met = Indicator(OUTPUT, "数量指标", "达到", "≥5场", {"actual": 5})
    for i, (indicator, money) in enumerate(
        (
            (Indicator(OUTPUT, "数量指标", "没有填", "≥60份", {"actual": ""}), 22.59),
            (Indicator(OUTPUT, "质量指标", "差错", "≤0起", {"actual": 1}), 22.59),
            (Indicator(BENEFIT, "社会效益指标", "没有选", "有所提升", {"level": ""}), 22.59),
            (Indicator(OUTPUT, "时效指标", "按月支付", "月度时序", {}), 0),
        )
    ):
        paid = (0,) * 12 if not money else (money, *(0,) * 11)
        check(Project(f"W{i}", "缺数的", (indicator, met), full_year=money, executed=money, paid=paid), rules)


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_calculates_what_forms_store(project_root: Path, tmp_path: Path, calculator: Calculator) -> None:
    files = []
    for rules, projects in regimes(project_root):
        for project in projects[::3]:
            (case,) = cases(targets([project]), reported([project]))
            files.append(tmp_path / f"{rules.id}-{project.code}.xlsx")
            files[-1].write_bytes(write_form(case, rules))
    found = calculator.recalculate(files)
    assert [str(difference) for one in found for difference in one.differences] == []
