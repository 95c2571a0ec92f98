"""The shape of the house: a newcomer finds the place for a change from the names alone."""

from __future__ import annotations

from pathlib import Path

LONGEST = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc"}


def sources(root: Path) -> list[Path]:
    return sorted(file for folder in ("selfeval", "tests") for file in (root / folder).rglob("*.py"))


def test_no_file_is_longer_than_one_idea(project_root: Path) -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in sources(project_root)}
    assert lengths
    assert {file: length for file, length in lengths.items() if length > LONGEST} == {}


def test_there_are_no_drawers_for_odds_and_ends(project_root: Path) -> None:
    names = {part for file in sources(project_root) for part in file.relative_to(project_root).with_suffix("").parts}
    assert names & DRAWERS == set()
