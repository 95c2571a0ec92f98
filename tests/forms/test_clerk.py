"""The whole journey: a blank form filled in by a clerk in LibreOffice, saved in three formats, collected, scored."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from selfeval.domain.reported import Reported
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS
from selfeval.forms.collecting.collect import Intake, collect
from selfeval.forms.collecting.gather import gather
from selfeval.forms.collecting.versions import Version, read_version
from selfeval.forms.reading.folder import read_forms
from selfeval.forms.writing.columns import COLUMNS
from tests.forms.conftest import Year
from tests.forms.forms import values
from tests.recalculation.engine import Calculator

pytestmark = pytest.mark.xdist_group("libreoffice")

INDEX = {column.id: at for at, column in enumerate(COLUMNS, start=1)}
"""Where each column stands, behind that of the ids; from 0."""

PROJECTS = ("13080024P00010310005F", "13080024P000105100047", "13080024P000094100062", "13080023P000242100025")
"""Together they have every kind of input: numbers, rates, dates, levels, months, a judgement, 不涉及."""


@pytest.fixture(scope="module")
def python_of_office() -> str:
    """The Python that can drive LibreOffice. Tests are skipped without it, unless SELFEVAL_REQUIRE_RECALC=1."""
    for python in ("/usr/bin/python3", "python3"):
        found = shutil.which(python)
        if found and subprocess.run([found, "-c", "import uno"], check=False, capture_output=True).returncode == 0:
            return found
    reason = "LibreOffice cannot be driven: python3-uno is not installed"
    if os.environ.get("SELFEVAL_REQUIRE_RECALC") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def typed(year: Year, project: str) -> dict[tuple[str, str], str]:
    """What a clerk types for the sample values of a project, by (row id, column id)."""
    reports = year.reported.projects[project]
    sums = {item.partition(".")[0] for item, cell in reports.funds.items() if "." in item and cell.text}
    cells = {
        **{(f"funds.{item}", "actual"): cell for item, cell in reports.funds.items() if item not in sums},
        **{(f"payments.{month:02d}", "actual"): cell for month, cell in reports.payments.items()},
        **reports.answers,
        **{(f"narrative.{item}", "actual"): cell for item, cell in reports.narrative.items() if item != "mark"},
    }
    return {place: cell.text for place, cell in cells.items() if cell.text}


def addresses(path: Path) -> dict[str, int]:
    """The row of every row id of a form."""
    lines = openpyxl.load_workbook(path).worksheets[0].iter_rows(max_col=1, values_only=True)
    return {str(line[0]): at for at, line in enumerate(lines, start=1) if line[0]}


Returned = tuple[Path, dict[str, list[list[object]]]]


def run(python: str, calculator: Calculator, folder: Path, jobs: list[dict[str, object]]) -> list[dict[str, object]]:
    """Have the clerk do the jobs in one start of LibreOffice."""
    script = Path(__file__).with_name("clerk.py")
    done = subprocess.run(
        [python, str(script), str(calculator.soffice), str(folder)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def returned(
    year: Year, tmp_path_factory: pytest.TempPathFactory, calculator: Calculator, python_of_office: str
) -> Returned:
    """A folder of forms as they came back, some of them .xls or .ods, and what each sheet showed when it was saved."""
    folder = tmp_path_factory.mktemp("clerk")
    back = folder / "交回来的"
    (back / "第二批").mkdir(parents=True)
    jobs: list[dict[str, object]] = []
    for number, project in enumerate(PROJECTS):
        blank = folder / f"{number}.xlsx"
        blank.write_bytes(year.form(project, filled=False))
        rows = addresses(blank)
        cells = {
            f"{get_column_letter(INDEX[column] + 1)}{rows[row]}": text
            for (row, column), text in typed(year, project).items()
        }
        named = (f"第二批/表{number}（1）.xlsx", f"副本({number})最终版.xls", f"第二批/表{number}.ods")
        target = back / named[number % len(named)]
        jobs.append({"open": str(blank), "type": cells, "save": [str(target)]})
    told = run(python_of_office, calculator, folder, jobs)
    assert [one["refused"] for one in told] == [[]] * len(PROJECTS), "every value has an unlocked cell"
    return back, {
        project: cast("list[list[object]]", one["shown"]) for project, one in zip(PROJECTS, told, strict=True)
    }


@pytest.fixture(scope="module")
def collected(year: Year, returned: Returned, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    workspace = tmp_path_factory.mktemp("workspace")
    forms = workspace / "inputs/2024/forms"
    intake = Intake(2024, year.promised, year.rulebook, forms, workspace)
    received, problems = gather(returned[0], tmp_path_factory.mktemp("aside"))
    result = collect(received, intake)
    assert problems == []
    assert [one.code for one in result.problems] == []
    assert set(result.placed) == set(PROJECTS)
    return read_forms(forms, year.targets.only(list(PROJECTS)), workspace)


def meaning(text: str) -> str:
    return re.sub(r"(\.\d*?)0+(%?)$", r"\1\2", text).replace(".%", "%")


def test_every_cell_arrives_as_it_was_typed(year: Year, collected: Reported) -> None:
    assert collected.problems == ()
    expected = {key: meaning(text) for key, (text, _) in values(year.reported).items() if key[0].startswith(PROJECTS)}
    found = {key: meaning(text) for key, (text, _) in values(collected).items()}
    assert found == {key: text for key, text in expected.items() if key[1] != "mark"}


def test_the_scores_are_those_of_the_table_they_were_typed_from(year: Year, collected: Reported) -> None:
    targets = year.targets.only(list(PROJECTS))
    from_forms = score(targets, collected, year.rulebook)
    from_table = score(targets, replace(year.reported, problems=()), year.rulebook)
    assert from_forms.indicators.column("score") == from_table.indicators.column("score")
    assert from_forms.projects.column("total") == from_table.projects.column("total")


def test_the_sheet_showed_the_clerk_the_score_that_came_out(
    year: Year, returned: Returned, collected: Reported
) -> None:
    scored = score(year.targets.only(list(PROJECTS)), collected, year.rulebook)
    totals = dict(zip(scored.projects.frame["project"], scored.projects.frame["total"], strict=True))
    rows = scored.indicators.frame.set_index("indicator")["score"].to_dict()
    for project, sheet in returned[1].items():
        shown = {str(line[0]): line[INDEX["score"]] for line in sheet if line[0]}
        for indicator, points in rows.items():
            if str(indicator).startswith(project):
                expected = "—" if points is None else points / 100
                assert shown[str(indicator)] == expected, indicator
        summary = next(line for line in sheet if "自动检查" in line)
        assert summary[INDEX["actual"]] == totals[project] / 100
        assert str(summary[INDEX["category"]]).startswith("可以提交")


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_95_and_95_percent_both_arrive_as_95_percent(
    year: Year, tmp_path: Path, calculator: Calculator, python_of_office: str, suffix: str
) -> None:
    project = PROJECTS[0]
    blank, saved = tmp_path / "空表.xlsx", tmp_path / f"交回{suffix}"
    blank.write_bytes(year.form(project, filled=False))
    rows = addresses(blank)
    column = get_column_letter(INDEX["actual"] + 1)
    cells = {f"{column}{rows[f'{project}-04']}": "95", f"{column}{rows[f'{project}-05']}": "95%"}
    locked = {f"{column}{rows[f'{project}-01'] - 1}": "改标题"}
    jobs: list[dict[str, object]] = [{"open": str(blank), "type": {**cells, **locked}, "save": [str(saved)]}]
    told = run(python_of_office, calculator, tmp_path, jobs)[0]
    assert told["refused"] == list(locked)
    version = read_version(saved, "交回", year.promised, 2024)
    assert isinstance(version, Version)
    typed_in = [cell for (row, _), cell in version.cells.items() if not row.startswith("funds.initial")]
    assert [cell.text for cell in typed_in] == ["95%", "95%"]
    assert {cell.data_type for cell in typed_in} == {"percent"}
    shown = {str(line[0]): line for line in cast("list[list[object]]", told["shown"])}
    assert [shown[f"{project}-0{n}"][INDEX["score"]] for n in (4, 5)] == [8.33, 8.33]


def test_an_xls_form_made_for_older_targets_still_says_so(
    year: Year, tmp_path: Path, calculator: Calculator, python_of_office: str
) -> None:
    project = PROJECTS[0]
    indicators = year.targets.indicators.frame.copy()
    indicators.loc[indicators["indicator"] == f"{project}-01", "target"] = "≥6000次"
    before = replace(year, targets=replace(year.targets, indicators=INDICATORS.of_frame(indicators)))
    (tmp_path / "新.xlsx").write_bytes(before.form(project))
    (tmp_path / "交来的").mkdir()
    back = tmp_path / "交来的/旧.xls"
    run(python_of_office, calculator, tmp_path, [{"open": str(tmp_path / "新.xlsx"), "type": {}, "save": [str(back)]}])
    forms = tmp_path / "inputs/2024/forms"
    received, _ = gather(back.parent, tmp_path)
    intake = Intake(2024, year.promised, year.rulebook, forms, tmp_path)
    assert [one.code for one in collect(received, intake).problems] == ["W303"]
    told = read_forms(forms, year.targets.only([project]), tmp_path).problems
    assert [(one.code, one.place.indicator) for one in told] == [("W303", f"{project}-01")]
    assert "≥6000次" in told[0].message
    kept = next(forms.rglob("*.xls"))
    assert kept.read_bytes() == back.read_bytes()
    assert list(collect(received, intake).unchanged) == [project]
