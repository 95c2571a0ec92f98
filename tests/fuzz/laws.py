"""Laws that hold of every year, whatever stands in its files; each raises AssertionError where one is broken."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import PurePosixPath
from random import Random

from selfeval.domain.faults import faulty_projects
from selfeval.domain.scored import Scored
from selfeval.forms.identity import fund_row
from tests.forms.forms import cell_at, open_form, saved
from tests.fuzz.mutations import UNREADABLE
from tests.fuzz.world import World
from tests.packages.evil import changed

_OPEN = {"ask", "error"}


def sound_sums(scored: Scored) -> None:
    """No fault of ours; no score above its points; an open row has none; totals are the sums of what is printed."""
    assert not faulty_projects(scored.problems), [one for one in scored.problems if one.code == "E690"]
    sums: dict[str, int] = {}
    for row in scored.indicators.to_dict("records"):
        held = isinstance(row["score"], int)
        assert held == (row["state"] not in _OPEN | {"not_applicable"}), row
        if held:
            assert 0 <= row["score"] <= row["points"], row
            sums[row["project"]] = sums.get(row["project"], 0) + row["score"]
    for project in scored.projects.to_dict("records"):
        if isinstance(project["total"], int):
            assert project["total"] == sums.get(project["project"], 0), project
        assert 0 <= project["lowest"] <= project["highest"] <= 10000, project


def scores_of(scored: Scored) -> dict[tuple[str, str], tuple[int | None, str]]:
    """The score and state of each row."""
    return {
        (row["project"], row["indicator"]): (row["score"] if isinstance(row["score"], int) else None, row["state"])
        for row in scored.indicators.to_dict("records")
    }


def _typed(world: World, name: str, texts: dict[tuple[str, str], object]) -> None:
    """Values typed into a form, by the ids of row and column."""
    book, sheet = open_form(world.root / name)
    for (row, column), value in texts.items():
        cell = cell_at(sheet, row, column)
        cell.value = value  # type: ignore[assignment] # whatever openpyxl takes
        cell.data_type = "s" if isinstance(value, str) else cell.data_type
        if isinstance(value, str):
            cell.number_format = "@"
    world.put(name, saved(book))


def _numbers(world: World) -> list[tuple[str, str]]:
    """Indicators that are measured in numbers, with the path of their form."""
    rows = world.scored().indicators.to_dict("records")
    paths = {PurePosixPath(name).name.partition("_")[0]: name for name in world.forms}
    return [
        (paths[row["project"]], row["indicator"]) for row in rows if row["kind"] in {"at_least", "at_most", "exactly"}
    ]


def unreadable_is_not_scored(world: World, dice: Random) -> None:
    """No score from a cell that could not be read."""
    name, indicator = dice.choice(_numbers(world))
    text = dice.choice(UNREADABLE)
    _typed(world, name, {(indicator, "actual"): text})
    after = scores_of(world.scored())
    assert next(value for key, value in after.items() if key[1] == indicator)[0] is None, (indicator, text)


def order_never_matters(world: World, dice: Random) -> None:
    """The order of files, of the rows of a table, and of the sheets of a workbook changes nothing."""
    before, of_table = scores_of(world.scored()), scores_of(world.scored(reported=True))
    for number, name in enumerate(dice.sample(world.forms, len(world.forms))):
        other = changed(world.sound[name], {"xl/workbook.xml": _sheets_turned})
        world.put(name, None)
        world.put(f"inputs/2024/forms/{number}/{PurePosixPath(name).name}", other)
    for name in [one for one in world.sound if one.startswith("表/")]:
        head, *rows = world.sound[name].splitlines(keepends=True)
        world.put(name, b"".join((head, *dice.sample(rows, len(rows)))))
    assert scores_of(world.scored()) == before
    assert scores_of(world.scored(reported=True)) == of_table


def _sheets_turned(part: bytes) -> bytes:
    first, last = part.index(b"<sheets>") + 8, part.index(b"</sheets>")
    sheets = part[first:last].split(b"/>")[:-1]
    return part[:first] + b"".join(one + b"/>" for one in reversed(sheets)) + part[last:]


def unit_never_matters(world: World, dice: Random) -> None:
    """An amount in 元 scores as the same in 万元."""
    before = scores_of(world.scored())
    name = dice.choice(world.forms)
    project = PurePosixPath(name).name.partition("_")[0]
    row = next(row for row in world.scored().projects.to_dict("records") if row["project"] == project)
    texts: dict[tuple[str, str], object] = {
        (fund_row(item), "actual"): f"{Decimal(str(row[item])) * 10000:f}元"
        for item in ("initial", "full_year", "executed")
    }
    _typed(world, name, texts)
    assert scores_of(world.scored()) == before


def better_never_lowers(world: World, dice: Random) -> None:
    """A better actual never lowers a score."""
    name, indicator = dice.choice(_numbers(world))
    rows = {row["indicator"]: row for row in world.scored().indicators.to_dict("records")}
    row = rows[indicator]
    step = Decimal(str(dice.choice((0.5, 0.9, 0.97, 1.01, 1.2))))
    target = Decimal(str(row["target_value"]))
    if row["kind"] == "exactly" or not target:
        return
    worse, better = sorted((target * step, target * step * Decimal("1.05")), reverse=row["kind"] == "at_most")
    scores: list[int] = []
    for value in (worse, better):
        _typed(
            world,
            name,
            {(indicator, "actual"): f"{value.normalize():f}{row['target_unit']}", (indicator, "reason"): "如实"},
        )
        found = scores_of(world.scored())
        scores += [score for key, (score, _) in found.items() if key[1] == indicator and score is not None]
    assert sorted(scores) == scores, (indicator, worse, better, scores)


def split_runs_join(world: World, dice: Random) -> None:
    """The projects scored in two runs have the scores of one."""
    whole = scores_of(world.scored())
    projects = world.targets.projects["project"].tolist()
    first = tuple(dice.sample(projects, dice.randrange(1, len(projects))))
    rest = tuple(project for project in projects if project not in first)
    assert scores_of(world.scored(projects=first)) | scores_of(world.scored(projects=rest)) == whole


LAWS: tuple[Callable[[World, Random], None], ...] = (
    unreadable_is_not_scored,
    order_never_matters,
    unit_never_matters,
    better_never_lowers,
    split_runs_join,
)
"""Each changes a sound world, and looks what becomes of the scores."""
