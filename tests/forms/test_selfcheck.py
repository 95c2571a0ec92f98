"""What a form says of itself is what the scoring says of it: scores, totals, and what is missing or wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.expression.values import Value
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import AUTOMATIC, FILLED, NO_CATEGORY, NOT_APPLICABLE, TO_JUDGE
from selfeval.domain.problems import Severity
from selfeval.domain.reported import Reported
from selfeval.domain.rounding import show_points
from selfeval.domain.scored import EXECUTION, Scored
from selfeval.domain.scoring.score import score
from selfeval.forms.identity import FORM_SHEET
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import form_book
from selfeval.forms.writing.summary import READY, SUMMARY_ROW
from selfeval.sheets.layout import Layout
from selfeval.sheets.values import Values
from tests.forms.conftest import Year
from tests.forms.fillings import Filling
from tests.recalculation.engine import Calculator

QUIET = {FILLED, AUTOMATIC, NOT_APPLICABLE}


class Sheet:
    """The form of a project with these values, calculated."""

    def __init__(self, year: Year, project: str, reported: Reported) -> None:
        layout = Layout(form_book(year.case(project, reported), year.rulebook, {}, Cover(), ""))
        self._laid, self._values = layout.sheets[FORM_SHEET], Values(layout)

    def result(self, row: str, column: str) -> Value:
        """What a cell shows, by the ids of its row and column."""
        return self._values.at(self._laid, self._laid.row_at[row], self._laid.column_at[column])


def shown(hundredths: object) -> float | str:
    return PENDING if hundredths is None or hundredths is pd.NA else int(str(hundredths)) / 100


def compare(year: Year, reported: Reported, scored: Scored) -> list[str]:
    """Every score, status and total of every form against the scoring; gives what each form says of itself."""
    errors = {
        (one.place.project, one.place.indicator)
        for one in scored.problems
        if one.severity is Severity.ERROR and one.place.project
    }
    read = {
        indicator
        for reports in reported.projects.values()
        for (indicator, _), cell in reports.answers.items()
        if cell.data_type == "text"
    }
    totals, verdicts = scored.projects.frame.set_index("project"), list[str]()
    for project, own in scored.indicators.frame.groupby("project", sort=False):
        code = str(project)
        sheet = Sheet(year, code, reported)
        for indicator, points, state in own[["indicator", "score", "state"]].itertuples(index=False, name=None):
            row = "funds.executed" if indicator == EXECUTION else str(indicator)
            expected = "—" if state == "not_applicable" else shown(points)
            assert sheet.result(row, "score") == expected, row
            status = sheet.result(row, "status")
            if indicator == EXECUTION:
                continue
            wrong = (code, indicator) in errors
            if status in QUIET and status != AUTOMATIC:
                assert not wrong, (row, status)
            elif status not in {AUTOMATIC, TO_JUDGE, NO_CATEGORY} and indicator not in read:
                assert wrong, (row, status)
        total = totals.loc[code]
        expected_total = f"{show_points(int(str(total['lowest'])))} – {show_points(int(str(total['highest'])))}"
        final = shown(total["total"])
        assert sheet.result(SUMMARY_ROW, "actual") == (expected_total if final == PENDING else final), code
        said = str(sheet.result(SUMMARY_ROW, "category"))
        if said.startswith(READY) and "评分人员" not in said:
            assert not any(place[0] == code for place in errors), said
        verdicts.append(said)
    return verdicts


@pytest.mark.parametrize("seed", range(2))
def test_a_form_scores_itself_as_the_scoring_does(year: Year, seed: int) -> None:
    reported = Filling(year, seed).reported()
    compare(year, reported, score(year.targets, reported, year.rulebook))


def test_a_sound_filling_can_be_sent(year: Year) -> None:
    reported = Filling(year, 1, sound=True).reported()
    scored = score(year.targets, reported, year.rulebook)
    verdicts = compare(year, reported, scored)
    assert len(verdicts) == len(year.targets.projects)
    assert [said for said in verdicts if not said.startswith(READY)] == []


def test_an_empty_form_says_how_much_is_missing(year: Year) -> None:
    sheet = Sheet(year, "13080024P00010310005F", Reported())
    assert sheet.result(SUMMARY_ROW, "level3") == "已填1/29处"
    assert sheet.result(SUMMARY_ROW, "actual") == "0.00 – 100.00"
    assert str(sheet.result(SUMMARY_ROW, "category")).startswith("还不能提交：○未填28处（第")


@pytest.mark.xdist_group("libreoffice")
def test_libreoffice_calculates_what_forms_store(year: Year, tmp_path: Path, calculator: Calculator) -> None:
    files = []
    for seed, project in enumerate(list(year.targets.projects.frame["project"])[::4]):
        odd = replace(year, reported=Filling(year, seed + 50).reported())
        files.append(tmp_path / f"{project}.xlsx")
        files[-1].write_bytes(odd.form(project))
    found = calculator.recalculate(files)
    assert sum(one.count for one in found) > 100 * len(files)
    assert [str(difference) for one in found for difference in one.differences] == []
