"""Printed regimes as workbooks and forms: what LibreOffice calculates is what they store."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION_KIND
from selfeval.forms.writing.form import write_form
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import RuleCase, as_cell, cases_path, read_cases
from tests.recalculation.engine import Calculator
from tests.rulebook.workbench import Workbench
from tests.workbooks.sample import Answer, Indicator, Project, reported, score_year, targets

REGIMES = Path(__file__).parents[1] / "rulebook" / "regimes"
NAMES = ("nongfa", "zhongyang", "shicheng", "guotu", "fupin", "kaohe", "examples/shidian")
BLANK_EVERY = 5
"""So many rows have one that is not filled in."""

WITH_FORM = ("kaohe",)
"""The forms take LibreOffice as long as the workbooks; what they calculate is held against the scoring elsewhere."""


def answer(case: RuleCase) -> Answer:
    """What a case reports, as the sample writes it."""
    actual, percentage = as_cell(case.actual), as_cell(case.percentage)
    numbers = {"actual": actual, "percentage": percentage}
    found: dict[str, object] = {
        item: (cell.data_type, cell.number) if cell.data_type == "percent" else cell.number or cell.text
        for item, cell in numbers.items()
        if cell.data_type != "blank"
    }
    return found | {"level": case.level, "reason": case.reason, "category": case.category, "evidence": case.evidence}


def project(rulebook: Rulebook, given: tuple[RuleCase, ...], *, cancelled: bool) -> Project:
    """All cases of a regime as one project."""
    first = next(section.levels1[0] for section in rulebook.sections if section.levels1)
    rows = [
        Indicator(
            case.level1 or first,
            case.level2,
            case.level3 or case.name,
            case.target,
            {} if number % BLANK_EVERY == 0 else answer(case),
        )
        for number, case in enumerate((case for case in given if case.target), start=1)
        if case.kind != EXECUTION_KIND
    ]
    name = rulebook.id
    return (
        Project(name, name, rows, full_year=0, executed=0, paid=(0,) * 12) if cancelled else Project(name, name, rows)
    )


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_calculates_what_workbooks_and_forms_of_printed_regimes_store(
    calculator: Calculator, tmp_path: Path
) -> None:
    bench, files = Workbench(tmp_path), []
    for path in REGIMES.glob("*.yaml"):
        bench.write(path.read_text(encoding="utf-8"), path.name)
    for number, name in enumerate(NAMES):
        path = bench.path(f"{name}.yaml")
        rules, problems = load(path, bench.root)
        written, more = read_cases(cases_path(path), bench.root)
        assert (problems, more) == ((), ())
        assert rules is not None
        assert written is not None
        made = project(rules, written.cases, cancelled=number % 2 == 1)
        made_of = {"book": score_year([made], rules).workbook(made.code)}
        if name in WITH_FORM:
            made_of["form"] = write_form(next(cases(targets([made]), reported([made]))), rules)
        for kind, content in made_of.items():
            files.append(tmp_path / f"{kind}-{made.code}.xlsx")
            files[-1].write_bytes(content)
    books = calculator.recalculate(files)
    assert all(book.count > 50 for book in books)
    assert [str(difference) for book in books for difference in book.differences] == []
