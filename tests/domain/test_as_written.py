"""What was written stays to be seen beside what was read, also where the target itself cannot be read."""

from __future__ import annotations

import pytest

from selfeval.domain.case import cases
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.workbooks.grounds_sheet import grounds_sheet
from tests.domain.rules import rulebook_2024


def scored(target: str, text: str) -> ScoredCase:
    row = {"indicator": "P-01", "project": "P", "level1": "产出指标", "level2": "数量指标", "target": target}
    targets = Targets(2024, PROJECTS.rows([{"seq": 1, "project": "P"}]), INDICATORS.rows([row]))
    cell = Cell(text, data_type="text", file="表.xlsx", sheet="指标", cell="B2")
    (case,) = cases(targets, Reported({"P": Reports(answers={("P-01", "actual"): cell})}))
    return score_case(case, rulebook_2024())


@pytest.mark.parametrize(
    ("target", "text", "shown", "written"),
    [
        ("≥100份", "一百份", "100份", "一百份"),
        ("≥100份", "100", "100份", ""),
        ("≥100份", "100份", "100份", ""),
        ("随便", "100", "100", ""),  # the target is not read, the report did come
    ],
)
def test_what_was_written_is_quoted_where_it_was_not_taken_as_it_stands(
    target: str, text: str, shown: str, written: str
) -> None:
    found = scored(target, text)
    row = found.rows[1]
    assert (row.actual, found.written(row), row.origin) == (shown, written, "表.xlsx [指标!B2]")


def test_the_grounds_quote_it() -> None:
    sheet = grounds_sheet(scored("≥100份", "一百份"), rulebook_2024())
    said = [str(cell.content) for row in sheet.rows for cell in row.cells if cell.column == "origin"]
    assert any("指标!B2“一百份”" in text for text in said)
