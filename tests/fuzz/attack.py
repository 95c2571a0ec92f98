"""One attack: a world, one of its files mutated by a seed (or a law tried), and nothing but problems may come of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from selfeval.rulebook.trying.trial import run_cases
from selfeval.runs.delivery import FormOptions, deliver
from selfeval.runs.execute import outputs
from selfeval.runs.inputs import Choice, Inputs
from tests.fuzz.better import better_never_lowers
from tests.fuzz.cells import answer_changed
from tests.fuzz.commands import collecting, importing, past_runs, reviewing
from tests.fuzz.laws import LAWS, nothing_from_nothing, sound_sums
from tests.fuzz.mutations import cut, mutated
from tests.fuzz.spelling import spelling
from tests.fuzz.world import BOOK, PARTS, ROOT, TABLE, TARGETS, YEAR, World, project_of, scores_of

CORPUS = ROOT / "tests/corpus/seeds.txt"
"""Seeds that once failed, a line each: the attack and the number; a comment behind says what was wrong."""
_WITH_WORKBOOKS = 25
"""One run in so many writes its workbooks too, or new forms, which takes most of the time."""


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


def _tried(world: World, dice: Random, reported: str = "") -> None:
    inputs = world.inputs(reported)
    if not isinstance(inputs, Inputs):
        return
    scored = inputs.score()
    sound_sums(scored)
    nothing_from_nothing(inputs, scored)
    if not dice.randrange(_WITH_WORKBOOKS):
        written = dict(outputs(inputs, scored, date(YEAR, 12, 31)))
        assert sum(name.endswith("_自评表.xlsx") for name in written) == len(scored.projects)


def _forms(world: World, dice: Random) -> None:
    """One form is changed: the scores of the others stay."""
    name = dice.choice(world.forms)
    form = world.sound[name]
    world.put(name, answer_changed(dice, form) if dice.random() < 0.5 else mutated(dice, "workbook", form))
    _tried(world, dice)
    scored = world.scored()
    now = scores_of(scored)
    changed = {key[0] for key, before in world.before[""].items() if now.get(key) != before} - {project_of(name)}
    said = {one.place.project for one in scored.problems if one.code in {"E307", "E301"}}
    assert changed <= said, changed
    if not dice.randrange(_WITH_WORKBOOKS):
        deliver(world.workspace, Choice(YEAR), FormOptions(overwrite=dice.random() < 0.5))


def _damage(world: World, dice: Random) -> None:
    """A form or target table whose bytes are damaged is refused, or scored as it was."""
    name = dice.choice((*world.forms, TARGETS, BOOK))
    world.put(name, mutated(dice, "raw", world.sound[name]))
    reported = BOOK if name == BOOK else ""
    inputs = world.inputs(reported)
    if isinstance(inputs, Inputs):
        for key, (score, state) in scores_of(inputs.score()).items():
            assert score is None or (score, state) == world.before[reported][key], (name, key)


def _targets(world: World, dice: Random) -> None:
    world.put(TARGETS, mutated(dice, "workbook", world.sound[TARGETS]))
    _tried(world, dice)


def _tables(world: World, dice: Random) -> None:
    if not dice.randrange(4):
        world.put(BOOK, mutated(dice, "workbook", world.sound[BOOK]))
        _tried(world, dice, BOOK)
        return
    name = f"{TABLE}/{dice.choice(PARTS)}.csv"
    world.put(name, mutated(dice, "text", world.sound[name]))
    _tried(world, dice, TABLE)
    if not dice.randrange(_WITH_WORKBOOKS):
        deliver(world.workspace, Choice(YEAR, world.root / TABLE), FormOptions())


def _torn_tables(world: World, dice: Random) -> None:
    """A table that was not transferred to its end is told, or its rows are scored as they were."""
    name = f"{TABLE}/{dice.choice(PARTS)}.csv"
    whole = world.sound[name]
    world.put(name, torn := cut(dice, whole))
    scored = world.scored(TABLE)
    told = any(one.code in {"W309", "E315"} and one.place.file == name for one in scored.problems)
    for key, (score, _) in scores_of(scored).items():
        now = score is None or score == world.before[TABLE][key][0]
        assert now or told or not whole.startswith(torn), (name, key, torn[-40:])


def _rules(world: World, dice: Random) -> None:
    name = dice.choice((f"rules/{YEAR}.yaml", "rules/national-2020.yaml", f"rules/{YEAR}.cases.yaml"))
    world.put(name, mutated(dice, "structured", world.sound[name]))
    inputs = world.inputs()
    if isinstance(inputs, Inputs):
        sound_sums(inputs.score())
    run_cases(world.root / f"rules/{YEAR}.yaml", world.root)


def _laws(world: World, dice: Random) -> None:
    dice.choice((*LAWS, better_never_lowers, better_never_lowers))(world, dice)


ATTACKS: Mapping[str, Callable[[World, Random], None]] = {
    "forms": _forms,
    "damage": _damage,
    "spelling": spelling,
    "targets": _targets,
    "tables": _tables,
    "torn": _torn_tables,
    "rules": _rules,
    "documents": importing,
    "archives": collecting,
    "reviews": reviewing,
    "runs": past_runs,
    "laws": _laws,
}
"""What is tried, by what is changed."""
