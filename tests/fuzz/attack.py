"""One attack: a world, one of its files mutated by a seed (or a law tried), and nothing but problems may come of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random

from selfeval.rulebook.trying.trial import run_cases
from selfeval.runs.execute import outputs
from selfeval.runs.inputs import Inputs
from selfeval.sources.read import read_file
from tests.fuzz.laws import LAWS, sound_sums
from tests.fuzz.mutations import mutated
from tests.fuzz.world import ROOT, TABLES, YEAR, World
from tests.sources.invented import Table

CORPUS = ROOT / "tests/corpus/seeds.txt"
"""Seeds that once failed, a line each: the attack and the number; a comment behind says what was wrong."""
_WITH_WORKBOOKS = 25
"""One run in so many writes its workbooks too, which takes most of the time."""


def corpus() -> list[tuple[str, int]]:
    """The seeds that are kept."""
    lines = (line.partition("#")[0].split() for line in CORPUS.read_text(encoding="utf-8").splitlines())
    return [(line[0], int(line[1])) for line in lines if line]


def attack(world: World, what: str, seed: int) -> None:
    """Raises where anything but a problem comes of it. The world is as it was afterwards."""
    dice = Random(f"{what} {seed}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", ResourceWarning)  # a spool is closed when nobody holds it
            ATTACKS[what](world, dice)
    finally:
        world.restore()


def _tried(world: World, dice: Random, *, reported: bool = False) -> None:
    inputs = world.inputs(reported=reported)
    if not isinstance(inputs, Inputs):
        return
    scored = inputs.score()
    sound_sums(scored)
    if not dice.randrange(_WITH_WORKBOOKS):
        written = dict(outputs(inputs, scored, date(YEAR, 12, 31)))
        assert sum(name.endswith("_自评表.xlsx") for name in written) == len(scored.projects)


def _forms(world: World, dice: Random) -> None:
    """One form is changed: the scores of the others stay."""
    before = _others(world, "")
    name = dice.choice(world.forms)
    world.put(name, mutated(dice, "forms", world.sound[name]))
    _tried(world, dice)
    own = Path(name).name.partition("_")[0]
    after = _others(world, own)
    stolen = {project for project in after if after[project] != before[project]}
    said = {one.place.project for one in world.scored().problems if one.code in {"E307", "E301"}}
    assert stolen <= said, stolen


def _others(world: World, own: str) -> dict[str, object]:
    projects = world.scored().projects.to_dict("records")
    return {
        row["project"]: row["total"] if isinstance(row["total"], int) else None
        for row in projects
        if row["project"] != own
    }


def _targets(world: World, dice: Random) -> None:
    name = f"inputs/{YEAR}/targets.xlsx"
    world.put(name, mutated(dice, "targets", world.sound[name]))
    _tried(world, dice)


def _tables(world: World, dice: Random) -> None:
    name = f"表/{dice.choice(TABLES)}"
    world.put(name, mutated(dice, "tables", world.sound[name]))
    _tried(world, dice, reported=True)


def _rules(world: World, dice: Random) -> None:
    name = dice.choice((f"rules/{YEAR}.yaml", "rules/national-2020.yaml", f"rules/{YEAR}.cases.yaml"))
    world.put(name, mutated(dice, "rules", world.sound[name]))
    _tried(world, dice)
    run_cases(world.root / f"rules/{YEAR}.yaml", world.root)


def _documents(world: World, dice: Random) -> None:
    text = "\n".join(
        (
            f"{YEAR}年部门预算绩效文本",
            Table().text(),
            Table(seq=2, name="河长制经费", code="ZZ0024P00000000002A").text(),
        )
    )
    world.put("文本.txt", mutated(dice, "documents", text.encode()))
    read_file(world.root / "文本.txt", YEAR)


def _laws(world: World, dice: Random) -> None:
    dice.choice(LAWS)(world, dice)


ATTACKS: Mapping[str, Callable[[World, Random], None]] = {
    "forms": _forms,
    "targets": _targets,
    "tables": _tables,
    "rules": _rules,
    "documents": _documents,
    "laws": _laws,
}
"""What is tried, by what is changed."""
