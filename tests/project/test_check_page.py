"""The table of docs/checks.md is written from the files of the checks and does not drift from them."""

from __future__ import annotations

from pathlib import Path

from selfeval.rulebook.loading import load
from selfeval.rulebook.writing.reference import PAGE, written


def test_the_table_of_checks_is_what_their_files_and_the_rulebook_say(project_root: Path) -> None:
    rulebook, problems = load(project_root / "rules" / "national-2020.yaml", project_root)
    assert rulebook is not None, problems
    page = (project_root / PAGE).read_text(encoding="utf-8")
    assert page == written(page, rulebook.checks), "run: python -m selfeval.rulebook.writing.reference"
