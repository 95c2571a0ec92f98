"""Rounds of edits and of killed runs in small; ``python -m tests.kept`` does as many as one likes."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from selfeval.domain.scoring.score import Summed
from selfeval.forms.reading.folder import look
from selfeval.packages.files import read_bytes
from selfeval.runs import earlier, execute, program, project_books, publish
from selfeval.runs.earlier import Scores
from selfeval.workbooks.books import project_workbook
from tests.cli.conftest import FEW, Run
from tests.cli.desk import small_desk
from tests.forms.conftest import CLOTHES, HOTLINE
from tests.kept.edits import EDITS, books, forms, results
from tests.kept.rounds import differing, edited, fresh, killed


@pytest.fixture
def score(run: Run) -> Callable[..., int]:
    return lambda root, *more: run("score", 2024, "--workspace", root, "--workers", "1", *more).code


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[int, int, int]]:
    """How many forms were read, projects scored and workbooks made since it was asked last."""
    counts = [0, 0, 0]

    def counted(at: int, whole: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object) -> object:
            counts[at] += 1
            return whole(*given)

        return call

    monkeypatch.setattr(project_books, "look", counted(0, look))
    monkeypatch.setattr(Scores, "note", counted(1, Scores.note))
    monkeypatch.setattr(project_books, "project_workbook", counted(2, project_workbook))

    def since() -> tuple[int, int, int]:
        one, two, three = counts
        counts[:] = 0, 0, 0
        return one, two, three

    return since


def test_one_form_changed_is_one_form_read_one_project_scored_one_workbook_made(
    workspace: Path, score: Callable[..., int], done: Callable[[], tuple[int, int, int]]
) -> None:
    score(workspace)
    assert done() == (len(FEW), len(FEW), len(FEW))
    before = {path: path.stat().st_ino for path in books(workspace)}
    EDITS["form"](workspace, Random(1))
    score(workspace)
    assert done() == (1, 1, 1)
    assert sum(path.stat().st_ino != inode for path, inode in before.items()) == 1
    assert all(path.stat().st_nlink == 1 for path in books(workspace))
    assert differing(results(workspace), fresh(workspace, score=score)) == []


def test_all_is_done_again_when_that_is_asked_for(
    workspace: Path, score: Callable[..., int], done: Callable[[], tuple[int, int, int]]
) -> None:
    score(workspace)
    before = results(workspace)
    done()
    score(workspace, "--fresh")
    assert done() == (len(FEW), len(FEW), len(FEW))
    assert results(workspace) == before


def test_some_projects_other_rules_another_place_know_what_was_read(
    workspace: Path, score: Callable[..., int], done: Callable[[], tuple[int, int, int]], tmp_path: Path
) -> None:
    score(workspace)
    done()
    score(workspace, "--project", FEW[0])
    assert done() == (0, 0, 1)
    score(workspace, "--rules", "central-2021", "--out", str(tmp_path / "其他"))
    assert done() == (0, len(FEW), len(FEW))


def test_another_program_does_all_again(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score(workspace)
    done()
    monkeypatch.setattr(project_books, "code_digest", lambda: "another")
    (workspace / "outputs/.2024.known").unlink()
    score(workspace)
    assert done() == (len(FEW), len(FEW), len(FEW))
    assert program.code_digest() != "another"


def test_forms_written_a_moment_ago_are_proved_once_more_and_then_known_by_their_times(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for form in forms(workspace):
        os.utime(form)
    score(workspace)
    form = forms(workspace)[0]
    was = form.stat()
    form.write_bytes(form.read_bytes()[:-1] + b"x")  # within the clock's step, its time put back
    os.utime(form, ns=(was.st_atime_ns, was.st_mtime_ns))
    done()
    score(workspace)
    assert done()[0] == 1
    assert differing(results(workspace), fresh(workspace, score=score)) == []
    later = time.time_ns() + 10**10
    monkeypatch.setattr(time, "time_ns", lambda: later)
    EDITS["rules"](workspace, Random(1))
    score(workspace)  # proves them by their hashes, a while later
    monkeypatch.setattr("selfeval.runs.earlier.digest", lambda _: "not asked for")
    EDITS["book gone"](workspace, Random(1))
    done()
    score(workspace)
    assert done()[0] == 0


def test_a_workbook_is_known_by_its_stats_alone(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score(workspace)
    monkeypatch.setattr("selfeval.packages.snapshot._STEP", 0)
    EDITS["form"](workspace, Random(1))
    monkeypatch.setattr(
        earlier, "read_bytes", lambda path: pytest.fail("read") if "outputs" in str(path) else read_bytes(path)
    )
    done()
    score(workspace)
    assert done()[2] == 1


def test_where_the_file_system_has_no_links_workbooks_are_copied(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none(*_: object) -> None:
        raise OSError

    score(workspace)
    before = {path: path.stat().st_ino for path in books(workspace)}
    monkeypatch.setattr(os, "link", none)
    EDITS["form"](workspace, Random(1))
    done()
    score(workspace)
    assert done()[2] == 1
    assert all(path.stat().st_ino != inode for path, inode in before.items())
    assert differing(results(workspace), fresh(workspace, score=score)) == []


def test_a_workbook_saved_in_place_while_the_outputs_are_replaced_is_not_lost(
    workspace: Path, score: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    score(workspace)
    good = {path: path.read_bytes() for path in books(workspace)}
    EDITS["form"](workspace, Random(1))
    whole = publish._swap
    old = books(workspace)[-1]

    def meanwhile(target: Path, aside: Path) -> Path | None:
        with old.open("r+b") as file:
            file.write(b"mine")
        return whole(target, aside)

    monkeypatch.setattr(publish, "_swap", meanwhile)
    score(workspace)
    assert old.read_bytes()[:4] == b"mine"
    monkeypatch.undo()
    score_again = fresh(workspace, score=score)
    score(workspace)
    assert differing(results(workspace), score_again) == []
    kept = [path for path in old.parent.iterdir() if path.read_bytes() == b"mine" + good[old][4:]]
    assert [re.sub(".*（(改动过|已复核)", "", path.name) for path in kept] == ["）.xlsx"]


def test_a_workbook_replaced_just_before_it_is_linked_is_made_anew(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score(workspace)
    EDITS["form"](workspace, Random(1))
    whole, first = os.link, books(workspace)[-1]

    def late(source: Path, place: Path) -> None:
        if source == first:
            (first.parent / "其他").write_bytes(b"mine")
            (first.parent / "其他").replace(first)
        whole(source, place)

    monkeypatch.setattr(os, "link", late)
    done()
    score(workspace)
    assert done()[2] == 2
    assert differing(results(workspace), fresh(workspace, score=score)) == []


def test_what_a_stopped_run_had_made_is_taken_over(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(execute, "results_csv", stopped)
        score(workspace)
    assert [path.name[:10] for path in (workspace / "outputs").iterdir() if path.is_dir()] == [".2024.new-"]
    done()
    score(workspace)
    assert done() == (0, 0, 0)
    assert {path.name for path in (workspace / "outputs").iterdir()} == {"2024", ".2024.kept", ".2024.known"}
    assert differing(results(workspace), fresh(workspace, score=score)) == []


def test_a_score_that_is_noted_is_the_one_that_is_made(
    workspace: Path, score: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    score(workspace)
    EDITS["settings"](workspace, Random(1))
    given: list[Summed] = []
    whole = Scores.summed

    def seen(self: Scores, case: object) -> Summed | None:
        found = whole(self, case)  # type: ignore[arg-type]
        given.extend(filter(None, [found]))
        return found

    monkeypatch.setattr(Scores, "summed", seen)
    (workspace / "outputs/.2024.known").unlink(missing_ok=True)
    score(workspace)
    assert len(given) == len(FEW)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happens_in_between_the_bytes_are_those_of_a_fresh_run(
    tmp_path: Path, score: Callable[..., int], seed: int
) -> None:
    root = small_desk(tmp_path / "year", (HOTLINE, CLOTHES))
    shutil.rmtree(root / "收到")
    assert len(list(edited(root, Random(seed), 12, score))) == 12


@pytest.mark.parametrize("what", EDITS)
def test_after_each_kind_of_change_the_sample_year_is_that_of_a_fresh_run(
    workspace: Path, score: Callable[..., int], what: str
) -> None:
    score(workspace)
    EDITS[what](workspace, Random(7))
    score(workspace)
    assert differing(results(workspace), fresh(workspace, score=score)) == []


def test_runs_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    root = small_desk(tmp_path / "year", (HOTLINE, CLOTHES))
    assert len(list(killed(root, Random(1), 3))) == 3


def test_what_was_noted_of_a_form_and_is_damaged_is_found_out_again(
    workspace: Path,
    score: Callable[..., int],
    done: Callable[[], tuple[int, int, int]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    score(workspace)
    done()
    (workspace / "outputs/.2024.known").unlink()
    with monkeypatch.context() as patched:
        patched.setattr("selfeval.runs.earlier.looked_in", lambda *_: None)
        score(workspace)
    assert done() == (len(FEW), 0, 0)
    assert differing(results(workspace), fresh(workspace, score=score)) == []
