"""Seeds that once failed hold; and a fault in the program is caught, so that silence means something."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from math import nan
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from selfeval.domain import funds
from selfeval.domain.reading.actuals import Answer, read_amount
from selfeval.domain.reported import Reported
from selfeval.domain.scoring import score
from selfeval.forms.reading import cells, folder, grid
from selfeval.forms.reading.cells import seen_value
from selfeval.forms.reading.folder import read_forms
from selfeval.packages import container
from selfeval.runs import inputs, whole
from tests.fuzz import __main__ as fuzzing
from tests.fuzz import laws
from tests.fuzz.attack import ATTACKS, attack, corpus
from tests.fuzz.better import better_never_lowers
from tests.fuzz.odd import UNREADABLE
from tests.fuzz.world import World, small_year

ENOUGH = 25
"""Seeds within which a fault is caught."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return small_year(tmp_path_factory.mktemp("year"))


@pytest.mark.parametrize(("what", "seed"), corpus())
def test_what_once_failed_holds(world: World, what: str, seed: int) -> None:
    attack(world, what, seed)


def raising(*_given: object) -> None:
    raise KeyError("nobody foresaw this")


def changed(function: Callable[..., Any], after: Callable[[Any], Any]) -> Callable[..., Any]:
    """A function whose results are changed."""
    return lambda *given, **named: after(function(*given, **named))


def unreadable_is_a_number(held: tuple[str, float, str]) -> tuple[str, float, str]:
    return ("100", 100.0, "number") if held[0] in UNREADABLE else held


def ten_times(answer: Answer) -> Answer:
    if answer.value is None:
        return answer
    return replace(answer, value=answer.value * 10) if answer.facts.get("unit") == "元" else answer


def full_is_none(scored: tuple[Any, Any]) -> tuple[Any, Any]:
    row, problems = scored
    return replace(row, score=0) if row.score == row.points else row, problems


def more_than_points(scored: tuple[Any, Any]) -> tuple[Any, Any]:
    row, problems = scored
    return replace(row, score=row.points + 1) if row.score == row.points else row, problems


def only_of_the_first_folder(function: Callable[..., Reported]) -> Callable[..., Reported]:
    """A reader of forms that passes over those of one folder."""

    def read(at: Path, *given: object) -> Reported:
        return function(at / "0" if (at / "0").is_dir() else at, *given)

    return read


def told_of_no_project(chosen: inputs.Inputs) -> inputs.Inputs:
    return replace(chosen, reported=replace(chosen.reported, problems=()))


LAWS_BROKEN: dict[str, tuple[Callable[[World, Random], None], Any, str, Callable[..., Any]]] = {
    "unreadable": (
        laws.unreadable_is_not_scored,
        grid,
        "seen_value",
        changed(seen_value, unreadable_is_a_number),
    ),
    "order": (laws.order_never_matters, whole, "read_forms", only_of_the_first_folder(read_forms)),
    "unit": (laws.unit_never_matters, funds, "read_amount", changed(read_amount, ten_times)),
    "split": (laws.split_runs_join, inputs.Inputs, "only", changed(inputs.Inputs.only, told_of_no_project)),
    "better": (better_never_lowers, score, "_score_row", changed(score._score_row, full_is_none)),
}


@pytest.mark.parametrize("name", LAWS_BROKEN)
def test_a_law_is_broken_by_a_fault_and_by_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    law, module, function, faulty = LAWS_BROKEN[name]
    law(world, Random("sound"))
    world.restore()
    monkeypatch.setattr(module, function, faulty)
    assert caught(world, lambda seed: law(world, Random(seed)))


FAULTS: dict[str, tuple[str, Any, str, Any, int]] = {
    "an error": ("forms", folder, "read_values", raising, 0),
    "more than all points": ("forms", score, "_score_row", changed(score._score_row, more_than_points), 0),
    "an error at an infinite number": ("forms", cells, "math", SimpleNamespace(isfinite=lambda _: True, nan=nan), 21),
    "an error in an archive": ("archives", container, "_one_directory", raising, 0),
}
"""What is attacked, the fault, and the seed that catches it as mutations are today; else any other does."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_caught(world: World, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    what, module, function, faulty, first = FAULTS[name]
    monkeypatch.setattr(module, function, faulty)
    assert caught(world, lambda seed: attack(world, what, seed), first)


def caught(world: World, tried: Callable[[int], None], first: int = 0) -> bool:
    for seed in (first, *range(ENOUGH)):
        try:
            tried(seed)
        except Exception:  # noqa: BLE001 - whatever it is
            return True
        finally:
            world.restore()
    return False


def test_a_run_that_fails_says_how_to_see_it_again(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fuzzing, "small_year", lambda _folder: world)
    monkeypatch.setattr(sys, "argv", ["fuzz", "--seconds", "30", "--what", "documents", "--seed", "7", "--one"])
    assert fuzzing.main() == 0
    monkeypatch.setitem(ATTACKS, "documents", raising)
    assert fuzzing.main() == 1
    said = capsys.readouterr()
    assert "python -m tests.fuzz --what documents --seed 7 --one" in said.err
    assert "failed: documents 7" in said.out
