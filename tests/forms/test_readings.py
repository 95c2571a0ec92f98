"""What people really write, through a reported table and through a form: the right share, or a question.

The form, recalculated by LibreOffice, must say what the scoring says: no score and no 已填 for a doubt, the same score
for what it can calculate, and a neutral word for a text that only the scoring reads.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import FILLED, NO_REASON, TO_READ
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.forms.reading.folder import form_path, read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.form import FORM_SHEET, write_form
from selfeval.rulebook.loading import load
from tests.forms.forms import cell_at, open_form, saved
from tests.forms.siblings import ASK, SIBLINGS
from tests.recalculation.engine import Calculator

YEAR, PROJECT = 2023, "P1"


@dataclass(frozen=True)
class Line:
    """One input and what must come of it: a share, ``ask``, ``not_full``, ``not_below_full`` or ``any``."""

    level2: str
    name: str
    target: str
    actual: str
    outcome: str

    def fits(self, share: float | None) -> bool:
        """Whether a share (None: not scored) is what must come of it."""
        if self.outcome == ASK:
            return share is None
        if self.outcome.startswith("not"):
            return share is None or (share < 1) == (self.outcome == "not_full")
        return self.outcome == "any" or (share is not None and abs(share - float(self.outcome)) < 1e-9)


def shared_lines() -> list[Line]:
    """The readings that stand beside the repository, where they do."""
    file = Path(__file__).resolve().parents[3] / "shared" / "trials" / "readings.jsonl"
    texts = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    rows = [json.loads(text) for text in texts]
    return [Line(*(str(one[key]) for key in ("level2", "level3", "target", "actual", "outcome"))) for one in rows]


LINES = [*shared_lines(), *(Line(*sibling) for sibling in SIBLINGS)]


@pytest.fixture(scope="module")
def rulebook(project_root: Path) -> Rulebook:
    found, problems = load(project_root / "rules/national-2020.yaml", project_root)
    assert found is not None, problems
    return found


@pytest.fixture(scope="module")
def targets() -> Targets:
    """One project with an indicator for every line."""
    rows = [
        {
            "indicator": code(i),
            "project": PROJECT,
            "level1": {"满": "满意度指标", "社": "效益指标", "经": "效益指标", "服": "满意度指标"}.get(
                line.level2[0], "产出指标"
            ),
            "level2": line.level2,
            "level3": f"{line.name}",
            "target": line.target,
            "cell": "指标!G2",
        }
        for i, line in enumerate(LINES)
    ]
    project = {"project": PROJECT, "name": "项目", "unit_code": "U1", "unit_name": "单位", "budget": 100.0}
    return Targets(YEAR, PROJECTS.frame([project]), INDICATORS.frame(rows), PLAN.frame([]), file="targets.xlsx")


def code(at: int) -> str:
    return f"{PROJECT}-{at:03d}"


def shares(scored: Scored) -> dict[str, float | None]:
    """The share that each indicator earned; None: it is asked about."""
    rows = scored.indicators[["indicator", "state", "share"]].itertuples(index=False, name=None)
    return {str(name): float(share) if str(state) in {"scored", "attention"} else None for name, state, share in rows}


def reported_table(folder: Path, targets: Targets) -> Reported:
    """The lines as a platform exports them: three columns, everything in 实际完成值."""
    rows = [("指标编号", "实际完成值", "偏差原因"), *((code(i), line.actual, "") for i, line in enumerate(LINES))]
    money = [("项目编码", "年初预算数", "全年预算数", "全年执行数"), (PROJECT, "100", "100", "100")]
    for name, table in (("指标", rows), ("资金", money)):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table)
    return read_reported(folder, targets, folder)


def test_a_reported_table_gives_the_share_or_a_question(targets: Targets, rulebook: Rulebook, tmp_path: Path) -> None:
    found = shares(score(targets, reported_table(tmp_path, targets), rulebook))
    wrong = [(line, found[code(i)]) for i, line in enumerate(LINES) if not line.fits(found[code(i)])]
    assert wrong == [], wrong


def test_what_was_not_read_literally_is_told(targets: Targets, rulebook: Rulebook, tmp_path: Path) -> None:
    scored = score(targets, reported_table(tmp_path, targets), rulebook)
    told = dict(zip(scored.indicators["indicator"], scored.indicators["sentence"], strict=True))
    for i, line in enumerate(LINES):
        if line.actual in {"90%以上", "200多人", "零投诉", "有效提升。", "1千人", "12台", "180元", "9月", "年底"}:
            assert line.actual.rstrip("。") in told[code(i)] or "计量单位" in told[code(i)]


@pytest.mark.xdist_group("libreoffice")
def test_a_form_says_what_the_scoring_says(
    targets: Targets, rulebook: Rulebook, tmp_path: Path, calculator: Calculator
) -> None:
    case = next(cases(targets))
    path = tmp_path / "inputs" / form_path("U1", "单位", PROJECT, "项目")
    path.parent.mkdir(parents=True)
    path.write_bytes(write_form(case, rulebook))
    book, sheet = open_form(path)
    for i, line in enumerate(LINES):
        cell_at(sheet, code(i)).value = as_typed(line.actual)
    for place in ("funds.initial", "funds.full_year", "funds.executed"):
        cell_at(sheet, place).value = 100
    places = {
        (code(i), column): cell_at(sheet, code(i), column).coordinate
        for i in range(len(LINES))
        for column in ("score", "status")
    }
    path.write_bytes(saved(book))
    says = calculator.recalculate([path])[0].recalculated[FORM_SHEET]
    scored = score(targets, read_forms(tmp_path / "inputs", targets, tmp_path), rulebook)
    rows = {str(row["indicator"]): row for row in scored.indicators.to_dict("records")}
    wrong = []
    for i, line in enumerate(LINES):
        result, shown, status = rows[code(i)], says[places[code(i), "score"]], says[places[code(i), "status"]]
        if str(result["state"]) in {"scored", "attention"}:
            agrees = shown == int(result["score"]) / 100 or (shown == PENDING and status == TO_READ)
        else:
            agrees = shown == PENDING and status not in {FILLED, NO_REASON}
        if not agrees:
            wrong.append((line, result["state"], result["score"], shown, status))
    assert wrong == [], wrong


def as_typed(text: str) -> str | float:
    """A plain numeral as a number, as a spreadsheet takes it."""
    try:
        return float(text)
    except ValueError:
        return text
