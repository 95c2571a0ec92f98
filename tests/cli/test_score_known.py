"""The usual run over what has not changed at all: its answer is known, and nothing is read, scored or written."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from selfeval.runs import inputs
from tests.cli.conftest import FEW, Ran, Run

Reads = Callable[[], int]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """How many runs have read their inputs since."""
    calls: list[str] = []
    whole = inputs.load_inputs

    def counted(*given: object) -> object:
        calls.append("")
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(inputs, "load_inputs", counted)
    return lambda: len(calls)


@pytest.fixture
def known(run: Run, scored: Path) -> Path:
    """A workspace whose year was scored again without a change."""
    _score(run, scored)
    return scored


def _score(run: Run, workspace: Path, *more: str) -> Ran:
    return run("score", 2024, "--workspace", workspace, "--workers", "1", *more)


def _form(workspace: Path) -> Path:
    return next((workspace / "inputs" / "2024" / "forms").rglob(f"{FEW[0]}_*.xlsx"))


def _book(workspace: Path) -> Path:
    return next((workspace / "outputs" / "2024").rglob(f"{FEW[0]}_*自评表.xlsx"))


def test_what_is_known_is_said_again_and_nothing_read(run: Run, known: Path, reads: Reads) -> None:
    first = _score(run, known)
    assert reads() == 0
    assert f"{len(FEW)}个项目没有变化" in first.out
    assert _score(run, known, "--fresh").out == first.out.replace(
        f"{len(FEW)}个项目没有变化，沿用上次写出的自评表。\n", ""
    )
    assert reads() == 1


def test_other_forms_of_the_answer_are_made_themselves(run: Run, known: Path, reads: Reads) -> None:
    text = _score(run, known)
    for at, more in enumerate((["--format", "json"], ["-v"], ["--date", "2025-01-31"]), start=1):
        _score(run, known, *more)
        assert reads() == at
    _score(run, known, "--format", "json")
    again = _score(run, known, "--format", "json")
    read = reads()
    assert json.loads(_score(run, known, "--format", "json").out) == json.loads(again.out)
    assert reads() == read
    assert _score(run, known).out == text.out


def test_the_first_run_knows_what_the_second_would_say(run: Run, workspace: Path, reads: Reads) -> None:
    _score(run, workspace)
    second = _score(run, workspace)
    assert reads() == 1
    (workspace / "outputs" / ".2024.known").unlink()
    assert _score(run, workspace) == second
    assert reads() == 2


def test_a_run_that_kept_a_file_of_others_is_not_known(run: Run, known: Path, reads: Reads) -> None:
    _within_the_same_moment(_book(known))
    for at in (1, 2):
        _score(run, known)
        assert reads() == at
    _score(run, known)
    assert reads() == 2


def _later(path: Path) -> None:
    os.utime(path)


def _within_the_same_moment(path: Path) -> None:
    """Changed, and its time of writing put back, as programs that copy files do."""
    was = path.stat()
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a form touched": lambda home: _later(_form(home)),
    "a form changed": lambda home: _within_the_same_moment(_form(home)),
    "a form gone": lambda home: _form(home).unlink(),
    "a form more": lambda home: _form(home).with_name("另一份.xlsx").write_bytes(_form(home).read_bytes()),
    "targets": lambda home: _later(home / "inputs" / "2024" / "targets.xlsx"),
    "rules": lambda home: (home / "rules" / "2024.yaml").open("a", encoding="utf-8").write("\n"),
    "rules more": lambda home: (home / "rules" / "national-2020.yaml").open("a", encoding="utf-8").write("\n"),
    "settings": lambda home: (home / "inputs" / "settings.yaml").open("a", encoding="utf-8").write("\n"),
    "a workbook edited": lambda home: _within_the_same_moment(_book(home)),
    "a workbook gone": lambda home: _book(home).unlink(),
    "the record gone": lambda home: (home / "outputs" / "2024" / "run.json").unlink(),
    "a file of others": lambda home: (home / "outputs" / "2024" / "说明.txt").write_text("", encoding="utf-8"),
    "what is known damaged": lambda home: (home / "outputs" / ".2024.known").write_text("{", encoding="utf-8"),
    "what is known of another format": lambda home: (home / "outputs" / ".2024.known").write_text("[]"),
    "what is known incomplete": lambda home: (home / "outputs" / ".2024.known").write_text(
        (home / "outputs" / ".2024.known").read_text(encoding="utf-8").replace('"code"', '"coda"'), encoding="utf-8"
    ),
    "what is known gone": lambda home: (home / "outputs" / ".2024.known").unlink(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_is_seen(run: Run, known: Path, reads: Reads, what: str) -> None:
    CHANGES[what](known)
    _score(run, known)
    assert reads() == 1


def test_a_folder_of_rules_elsewhere_is_looked_through(
    run: Run, known: Path, reads: Reads, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("rules") / "rules"
    (known / "rules").rename(elsewhere)
    (known / "rules").symlink_to(elsewhere)
    _score(run, known)
    _score(run, known)
    read = reads()
    _score(run, known)
    assert reads() == read
    _later(elsewhere / "2024.yaml")
    _score(run, known)
    assert reads() == read + 1


def test_a_link_to_a_folder_further_below_is_never_known(run: Run, known: Path, reads: Reads, tmp_path: Path) -> None:
    (tmp_path / "其他").mkdir()
    (known / "rules" / "其他").symlink_to(tmp_path / "其他")
    for at in (1, 2, 3):
        _score(run, known)
        assert reads() == at
