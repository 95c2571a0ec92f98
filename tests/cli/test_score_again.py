"""A second run makes anew only what would not be the same: a workbook, not its place or date, counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from selfeval.runs import program, project_books
from selfeval.workbooks import books
from tests.cli.conftest import FEW, Run
from tests.cli.test_score import snapshot

Count = Callable[[], int]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Count:
    """How many workbooks of projects were made since."""
    calls: list[str] = []
    whole = books.project_workbook

    def counted(*given: object) -> bytes:
        calls.append("")
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(project_books, "project_workbook", counted)
    return lambda: len(calls)


def _books(workspace: Path) -> list[Path]:
    return sorted((workspace / "outputs" / "2024").rglob("*_自评表.xlsx"))


def _score(run: Run, workspace: Path, *more: str) -> str:
    return run("score", 2024, "--workspace", workspace, "--workers", "1", *more).out


def test_what_did_not_change_is_taken_over_and_said(run: Run, scored: Path, made: Count) -> None:
    before = snapshot(scored / "outputs")
    said = _score(run, scored)
    assert made() == 0
    assert f"{len(FEW)}个项目没有变化，沿用上次写出的自评表。" in said
    assert snapshot(scored / "outputs") == before


def test_all_are_made_anew_when_that_is_asked_for(run: Run, scored: Path, made: Count) -> None:
    before = snapshot(scored / "outputs")
    assert "没有变化" not in _score(run, scored, "--fresh")
    assert made() == len(FEW)
    assert snapshot(scored / "outputs") == before


def test_the_project_whose_form_changed_is_made_anew(run: Run, scored: Path, made: Count) -> None:
    form = next((scored / "inputs" / "2024" / "forms").rglob(f"{FEW[0]}_*.xlsx"))
    book = openpyxl.load_workbook(form)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    changed = next(cell for cell in cells if "张" in str(cell.value) and not cell.protection.locked)
    changed.value = f"{changed.value}（更正）"
    book.save(form)
    _score(run, scored)
    assert made() == 1


@pytest.mark.parametrize("harm", ["edited", "gone"])
def test_a_workbook_that_is_not_as_it_was_made_is_made_anew(run: Run, scored: Path, made: Count, harm: str) -> None:
    before = snapshot(scored / "outputs")
    first = _books(scored)[0]
    if harm == "gone":
        first.unlink()
    else:
        first.write_bytes(first.read_bytes() + b"\0")
    _score(run, scored)
    assert made() == 1
    assert {**snapshot(scored / "outputs"), **before} == snapshot(scored / "outputs")  # what was edited is kept beside


def test_other_rules_another_date_another_program_make_all_anew(
    run: Run, scored: Path, made: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = scored / "rules" / "2024.yaml"
    rules.write_text(rules.read_text(encoding="utf-8") + "\n# 改动\n", encoding="utf-8")
    _score(run, scored)
    assert made() == len(FEW)
    _score(run, scored, "--date", "2025-01-31")
    assert made() == 2 * len(FEW)
    monkeypatch.setattr(project_books, "code_digest", lambda: "another")
    (scored / "outputs" / ".2024.known").unlink()  # which knows the program by its files
    _score(run, scored, "--date", "2025-01-31")
    assert made() == 3 * len(FEW)


@pytest.mark.parametrize("record", ["{", "[]", '{"format": "selfeval.run.v2", "outputs": [], "projects": [1, {}]}'])
def test_a_workbook_is_known_whatever_the_record_says(run: Run, scored: Path, made: Count, record: str) -> None:
    outputs = scored / "outputs" / "2024"
    before = snapshot(outputs)
    (outputs / "run.json").write_text(record, encoding="utf-8")
    ran = run("score", 2024, "--workspace", scored, "--out", outputs, "--workers", "1")
    assert made() == 0
    assert (snapshot(outputs) == before) == (ran.code == 0)


def test_the_digest_of_the_program_is_that_of_its_files() -> None:
    assert program.code_digest() == program.code_digest()
    assert len(program.code_digest()) == 64
