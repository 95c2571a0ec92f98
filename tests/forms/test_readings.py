"""What people really write, through a reported table and through a form: the right share, or a question.

``readings.jsonl`` holds inputs of a year 2023 by family, with what must come of each. The form must say what the
scoring says: no score and no 已填 for a doubt, the same score for what it can calculate, and a neutral word for a text
that only the scoring reads. All are calculated here as the form's cached values are; LibreOffice recalculates some.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from selfeval.domain.case import Case, cases
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import FILLED, NO_REASON, TO_READ
from selfeval.domain.promise import promises
from selfeval.domain.reading.quantity import RATE, RATE_FROM, show_number
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.identity import FORM_SHEET
from selfeval.forms.reading.folder import form_path, read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import form_book, write_form
from selfeval.sheets.layout import Layout
from selfeval.sheets.values import Values
from tests.forms.forms import cells_of, open_form, saved
from tests.recalculation.engine import Calculator

YEAR, PROJECT = 2023, "P1"
ASK = "ask"
RECALCULATED = 8
"""Every so many lines are recalculated by LibreOffice too."""


@dataclass(frozen=True)
class Line:
    """One input and what must come of it: shares or ``ask``, ``not_full``, ``not_below_full``, ``any``, between |."""

    level2: str
    level3: str
    target: str
    actual: str
    outcome: str

    def fits(self, share: float | None) -> bool:
        """Whether a share (None: not scored) is what must come of it."""
        return fits(self.outcome, share)


def fits(outcomes: str, share: float | None) -> bool:
    """Whether a share (None: not scored) is one of the outcomes, with | between them."""
    return any(_fits(outcome, share) for outcome in outcomes.split("|"))


def _fits(outcome: str, share: float | None) -> bool:
    if outcome in {"any", ASK}:
        return outcome == "any" or share is None
    if outcome.startswith("not"):
        return share is None or (share < 1) == (outcome == "not_full")
    return share is not None and abs(share - float(outcome)) < 1e-4


def lines() -> list[Line]:
    """The readings of the repository, and those that stand beside it, where they do."""
    here = Path(__file__).resolve()
    files = (here.with_name("readings.jsonl"), here.parents[3] / "shared" / "trials" / "readings.jsonl")
    rows = [json.loads(text) for file in files if file.is_file() for text in file.read_text("utf-8").splitlines()]
    return [Line(*(str(row[key]) for key in ("level2", "level3", "target", "actual", "outcome"))) for row in rows]


LINES = lines()


@pytest.fixture(scope="module")
def targets() -> Targets:
    """One project with an indicator for every line."""
    return targets_of({code(i): line for i, line in enumerate(LINES)})


def targets_of(lines: Mapping[str, Line]) -> Targets:
    """One project with an indicator for each line, by its code."""
    level1 = {"满": "满意度指标", "社": "效益指标", "经": "效益指标", "服": "满意度指标"}
    rows = [
        {
            "indicator": name,
            "project": PROJECT,
            "level1": level1.get(line.level2[0], "产出指标"),
            "level2": line.level2,
            "level3": line.level3,
            "target": line.target,
            "cell": "指标!G2",
        }
        for name, line in lines.items()
    ]
    project = {"project": PROJECT, "name": "项目", "unit_code": "U1", "unit_name": "单位", "budget": 100.0}
    return Targets(YEAR, PROJECTS.rows([project]), INDICATORS.rows(rows), PLAN.rows([]), file="targets.xlsx")


def code(at: int) -> str:
    return f"{PROJECT}-{at:04d}"


def shares(indicators: pd.DataFrame) -> dict[str, float | None]:
    """The share that each indicator earned; None: it is asked about."""
    rows = indicators[["indicator", "state", "share"]].itertuples(index=False, name=None)
    return {str(name): float(share) if str(state) in {"scored", "attention"} else None for name, state, share in rows}


@pytest.fixture(scope="module")
def reported(targets: Targets, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    """The lines as a platform exports them: three columns, everything in 实际完成值."""
    folder = tmp_path_factory.mktemp("reported")
    rows = [("指标编号", "实际完成值", "偏差原因"), *((code(i), line.actual, "") for i, line in enumerate(LINES))]
    money = [("项目编码", "年初预算数", "全年预算数", "全年执行数"), (PROJECT, "100", "100", "100")]
    for name, table in (("指标", rows), ("资金", money)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    return read_reported(folder, targets, folder)


@pytest.fixture(scope="module")
def scored(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    return score(targets, reported, rulebook)


def test_a_reported_table_gives_the_share_or_a_question(scored: Scored) -> None:
    found = shares(scored.indicators.frame)
    wrong = [(line, found[code(i)]) for i, line in enumerate(LINES) if not line.fits(found[code(i)])]
    assert wrong == [], wrong


def test_what_was_not_read_literally_is_told(scored: Scored) -> None:
    told = dict(zip(scored.indicators.frame["indicator"], scored.indicators.frame["sentence"], strict=True))
    words = {"90%以上", "200多人", "零投诉", "有效提升。", "1千人", "12台", "180元", "9月", "年底", "1200名学生"}
    found = [(line.actual, told[code(i)]) for i, line in enumerate(LINES) if line.actual in words]
    assert {actual for actual, _ in found} == words
    for actual, sentence in found:
        asked = not sentence.endswith(("分。", "0.01）。"))
        assert asked or actual.rstrip("。") in sentence or "计量单位" in sentence, (actual, sentence)


def test_a_form_calculates_what_the_scoring_says(targets: Targets, reported: Reported, rulebook: Rulebook) -> None:
    """The values that are kept in a form in which everything is typed, without a spreadsheet."""
    case = typed(next(cases(targets, reported)), rulebook)
    layout = Layout(form_book(case, rulebook, {}, Cover(), ""))
    laid, values = layout.sheets[FORM_SHEET], Values(layout)
    row_at, at = laid.row_at, laid.column_at
    shown = {
        name: (values.at(laid, row_at[name], at["score"]), values.at(laid, row_at[name], at["status"]))
        for name in map(code, range(len(LINES)))
    }
    rows = score(targets, Reported({PROJECT: case.reports}), rulebook).indicators.frame.to_dict("records")
    wrong = [
        (LINES[i], row["state"], row["score"], shown[code(i)])
        for i, row in enumerate(rows[-len(LINES) :])
        if not agrees(str(row["state"]), row["score"], *shown[code(i)])
    ]
    assert wrong == [], wrong


def agrees(state: str, points: object, shown: object, status: object) -> bool:
    """Whether a form says of a row what the scoring says."""
    if state not in {"scored", "attention"}:
        return shown == PENDING and status not in {FILLED, NO_REASON}
    same = isinstance(shown, (int, float)) and abs(shown - int(str(points).partition(".")[0]) / 100) < 1e-9
    return same or (shown == PENDING and status == TO_READ)


@pytest.mark.xdist_group("libreoffice")
def test_a_form_recalculated_says_what_the_scoring_says(
    rulebook: Rulebook, tmp_path: Path, calculator: Calculator
) -> None:
    some = {code(i): line for i, line in enumerate(LINES) if i % RECALCULATED == 0}
    targets = targets_of(some)
    path = tmp_path / "inputs" / form_path("U1", "单位", PROJECT, "项目")
    path.parent.mkdir(parents=True)
    path.write_bytes(write_form(next(cases(targets)), rulebook))
    book, sheet = open_form(path)
    cell_at = cells_of(sheet)
    for name, line in some.items():
        cell = cell_at(name, "actual")
        cell.value = as_typed(line.actual)
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # =3+3 stays the text that it is
    for place in ("funds.initial", "funds.full_year", "funds.executed"):
        cell_at(place, "actual").value = 100
    places = {(name, at): cell_at(name, at).coordinate for name in some for at in ("score", "status")}
    path.write_bytes(saved(book))
    says = calculator.recalculate([path])[0].recalculated[FORM_SHEET]
    rows = score(targets, read_forms(tmp_path / "inputs", targets, tmp_path), rulebook).indicators.frame.to_dict(
        "records"
    )
    wrong = [
        (some[name], row["state"], row["score"], says[places[name, "status"]])
        for row in rows
        if (name := str(row["indicator"])) in some
        if not agrees(str(row["state"]), row["score"], says[places[name, "score"]], says[places[name, "status"]])
    ]
    assert wrong == [], wrong


def typed(case: Case, rulebook: Rulebook) -> Case:
    """The case as a clerk types it: plain numerals as numbers, 96% or anything in a cell for rates as a percentage."""
    rates = {one.indicator.indicator for one in promises(case, rulebook)[0] if one.asked.unit == RATE}
    answers = {
        key: as_percent_or_number(cell, of_rates=key[0] in rates) if key[1] == "actual" else cell
        for key, cell in case.reports.answers.items()
    }
    return replace(case, reports=replace(case.reports, answers=answers))


def as_percent_or_number(cell: Cell, *, of_rates: bool) -> Cell:
    """What a form holds of a numeral; a cell for rates shows a number from RATE_FROM on as a percentage."""
    text = cell.text.strip()
    number = as_typed(text.removesuffix("%"))
    if isinstance(number, str):
        return cell
    signed = text.endswith("%")
    share = number / 100 if signed else number
    share = share / 100 if of_rates and share >= RATE_FROM else share
    if of_rates or signed:
        return replace(cell, text=f"{show_number(share * 100)}%", data_type="percent", number=share)
    return replace(cell, data_type="number", number=share)


def as_typed(text: str) -> str | float:
    """A plain numeral as a number, as a spreadsheet takes it."""
    try:
        return float(text)
    except ValueError:
        return text
