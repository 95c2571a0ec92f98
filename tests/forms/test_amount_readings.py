"""What people really write for money, through a reported table and through a form: the right share, or a question.

``amounts.jsonl`` holds projects by family: the published ``budget``, what was written otherwise than 20 万元 (by
FUND_ITEMS and month), and what must come of the execution (``rate``) and of payments on schedule (``plan``).
"""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from selfeval.domain.case import Case, cases
from selfeval.domain.needs.selfcheck import FILLED, TO_READ
from selfeval.domain.problems import Severity
from selfeval.domain.reported import FUND_ITEMS, Cell, Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.identity import FORM_SHEET, fund_row, payment_row
from selfeval.forms.reading.folder import form_path, read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.form import form_book, write_form
from selfeval.sheets.layout import Layout
from selfeval.sheets.values import Values
from tests.forms.forms import cells_of, open_form, saved
from tests.forms.test_readings import RECALCULATED, YEAR, agrees, as_typed, fits, shares
from tests.recalculation.engine import Calculator

LINES = [json.loads(text) for text in Path(__file__).with_name("amounts.jsonl").read_text("utf-8").splitlines()]
ROWS = {**{item: fund_row(item) for item in FUND_ITEMS}, **{str(month): payment_row(month) for month in range(1, 13)}}
USUAL = dict(zip(ROWS, ("20", "20", "20", *["2"] * 8, *["1"] * 4), strict=True))


def written(line: dict[str, str]) -> dict[str, str]:
    """What stands in every cell for money."""
    return {item: line.get(item, usual) for item, usual in USUAL.items()}


def code(at: int) -> str:
    return f"P{at:04d}"


@pytest.fixture(scope="module")
def targets() -> Targets:
    """A project a line, with the payments on schedule as its only indicator."""
    projects = [
        {"project": code(i), "name": "项目", "unit_code": "U1", "unit_name": "单位", "budget": line["budget"]}
        for i, line in enumerate(LINES)
    ]
    names = {"level1": "产出指标", "level2": "时效指标", "level3": "支付进度", "target": "年度工作计划"}
    names |= {"kind": "月度时序", "cell": "指标!G2"}
    rows = [{"indicator": schedule(i), "project": code(i), **names} for i in range(len(LINES))]
    steps = {"month_3": 0.25, "month_6": 0.5, "month_10": 0.75, "month_12": 1.0}
    plan = [{"project": code(i), **steps} for i in range(len(LINES))]
    return Targets(YEAR, PROJECTS.rows(projects), INDICATORS.rows(rows), PLAN.rows(plan), file="targets.xlsx")


def schedule(at: int) -> str:
    return f"{code(at)}-1"


@pytest.fixture(scope="module")
def reported(targets: Targets, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    folder = tmp_path_factory.mktemp("reported")
    headings = ["项目编码", *FUND_ITEMS.values(), *(f"{month}月" for month in range(1, 13))]
    with (folder / "资金.csv").open("w", encoding="utf-8", newline="") as file:
        rows = ([code(i), *written(line).values()] for i, line in enumerate(LINES))
        csv.writer(file).writerows([headings, *rows])
    return read_reported(folder, targets, folder)


def test_a_reported_table_gives_the_share_or_a_question(
    targets: Targets, reported: Reported, rulebook: Rulebook
) -> None:
    scored = score(targets, reported, rulebook)
    found = {str(name): shares(own) for name, own in scored.indicators.frame.groupby("project", sort=False)}
    wrong = [
        (line, own)
        for i, line in enumerate(LINES)
        if not (fits(line["rate"], (own := found[code(i)])[EXECUTION]) and fits(line["plan"], own[schedule(i)]))
    ]
    assert wrong == [], wrong


def test_a_form_says_what_the_scoring_says(targets: Targets, reported: Reported, rulebook: Rulebook) -> None:
    """Of every amount and of what it scores, as the form's kept values are calculated."""
    typed = {case.code: as_typed_in(case) for case in cases(targets, reported)}
    scored = score(targets, Reported({name: case.reports for name, case in typed.items()}), rulebook)
    said, wrong = by_project(scored), []
    for case in typed.values():
        layout = Layout(form_book(case, rulebook, {}, Cover(), ""))
        laid, values = layout.sheets[FORM_SHEET], Values(layout)

        def says(row: str, column: str) -> object:
            return values.at(laid, laid.row_at[row], laid.column_at[column])  # noqa: B023 (asked at once)

        wrong += differing(case, said[case.code], says)
    assert wrong == [], wrong


def as_typed_in(case: Case) -> Case:
    """Plain numerals as numbers, as a spreadsheet takes them."""
    return replace(
        case,
        reports=replace(
            case.reports,
            funds={item: typed_cell(cell) for item, cell in case.reports.funds.items()},
            payments={month: typed_cell(cell) for month, cell in case.reports.payments.items()},
        ),
    )


def typed_cell(cell: Cell) -> Cell:
    number = as_typed(cell.text) if cell.data_type == "text" else cell.text
    if isinstance(number, str) or not math.isfinite(number):
        return cell
    return replace(cell, text=repr(number), number=float(f"{number:.15g}"), data_type="number")


@dataclass
class Said:
    """What the scoring says of a project: the rows of its indicators, and the cells in which errors stand."""

    rows: list[dict[Hashable, object]] = field(default_factory=list)
    errors: set[str] = field(default_factory=set)


def by_project(scored: Scored) -> dict[str, Said]:
    said: dict[str, Said] = defaultdict(Said)
    for row in scored.indicators.frame.to_dict("records"):
        said[str(row["project"])].rows.append(row)
    for one in scored.problems:
        if one.severity is Severity.ERROR:
            said[one.place.project].errors.add(one.place.cell)
    return said


def differing(case: Case, said: Said, says: Callable[[str, str], object]) -> list[tuple[object, ...]]:
    """Where a form says of the amounts of a project, or of their scores, what the scoring does not."""
    line, wrong = LINES[int(case.code[1:])], list[tuple[object, ...]]()
    statuses = {item: says(row, "status") for item, row in ROWS.items()}
    for item, status in statuses.items():
        cell = case.payment(int(item)) if item.isdigit() else case.fund(item)
        asked = cell.cell in said.errors
        # an amount beside a budget that is in doubt may be in doubt as well
        may_differ = cell.data_type == "blank" or (item == "executed" and statuses["full_year"] != FILLED)
        if not may_differ and (status in ({FILLED} if asked else {FILLED, TO_READ})) == asked:
            wrong.append((line, item, cell.text, status))
    for row in said.rows:
        of_row = (
            [statuses[item] for item in ("executed", "full_year")]
            if row["indicator"] == EXECUTION
            else statuses.values()
        )
        status = TO_READ if TO_READ in of_row else next((one for one in of_row if one != FILLED), FILLED)
        shown = says(ROWS["executed"] if row["indicator"] == EXECUTION else str(row["indicator"]), "score")
        if not agrees(str(row["state"]), row["score"], shown, status):
            wrong.append((line, row["indicator"], row["state"], row["score"], shown, status))
    return wrong


@pytest.mark.xdist_group("libreoffice")
def test_a_form_recalculated_says_what_the_scoring_says(
    targets: Targets, rulebook: Rulebook, tmp_path: Path, calculator: Calculator
) -> None:
    some = targets.only([code(i) for i in range(0, len(LINES), RECALCULATED)])
    paths, places = {}, {}
    for case in cases(some):
        path = paths[case.code] = tmp_path / "inputs" / form_path("U1", "单位", case.code, "项目")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_form(case, rulebook))
        book, sheet = open_form(path)
        cell_at = places[case.code] = cells_of(sheet)
        for item, text in written(LINES[int(case.code[1:])]).items():
            cell_at(ROWS[item], "actual").value = as_typed(text)
        path.write_bytes(saved(book))
    reported = read_forms(tmp_path / "inputs", some, tmp_path)
    scored = score(some, reported, rulebook)
    said, wrong = by_project(scored), []
    for case, says in zip(cases(some, reported), calculator.recalculate(list(paths.values())), strict=True):
        cell_at, sheets = places[case.code], says.recalculated[FORM_SHEET]
        wrong += differing(case, said[case.code], lambda row, at: sheets[cell_at(row, at).coordinate])  # noqa: B023
    assert wrong == [], wrong
