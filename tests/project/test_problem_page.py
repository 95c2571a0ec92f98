"""docs/problems.md is written from the catalogue and does not drift from it."""

from __future__ import annotations

from pathlib import Path

from selfeval.domain.catalogue.document import document


def test_the_page_of_problem_codes_is_what_the_catalogue_says(project_root: Path) -> None:
    page = (project_root / "docs" / "problems.md").read_text(encoding="utf-8")
    hint = "run: python -m selfeval.domain.catalogue.document > docs/problems.md"
    assert page == document(), hint
