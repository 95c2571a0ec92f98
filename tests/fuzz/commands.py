"""Attacks on what other commands than ``score`` read: documents, archives, reviewed workbooks, earlier runs."""

from __future__ import annotations

from random import Random

from selfeval.domain.problems import Severity
from selfeval.runs.collecting import CollectOutcome, collect_forms
from selfeval.runs.execute import default_date
from selfeval.runs.inputs import Choice
from selfeval.runs.past import difference_of
from selfeval.runs.placing import CannotWriteError
from selfeval.runs.publish import publish, would_lose
from selfeval.runs.review import Reviewed, collect_reviews, is_reviewed, write_reviews
from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from selfeval.workbooks.difference import difference_workbook
from tests.fuzz.mutations import mutated
from tests.fuzz.world import OUTPUTS, TARGETS, YEAR, World
from tests.packages.evil import packed
from tests.sources.invented import Table

_SECOND = "ZZ0024P00000000002A"


def importing(world: World, dice: Random) -> None:
    """A document, or a table of targets, that is imported: what is written of it reads as the same."""
    text = "\n".join(
        (
            f"{YEAR}年部门预算绩效文本",
            Table().text(),
            Table(seq=2, name="河长制经费", code=_SECOND).text(),
        )
    )
    name = dice.choice(("文本.txt", "文本.txt", "文本.xlsx"))
    book = name.endswith(".xlsx")
    world.put(name, mutated(dice, "workbook", world.sound[TARGETS]) if book else mutated(dice, "text", text.encode()))
    found = read_file(world.root / name, YEAR)
    world.put(TARGETS, targets_workbook(found))
    again, _ = read_targets(world.root / TARGETS, YEAR, TARGETS)
    # what could not be read, and may cost points, is not lost with the document
    held = {project for project, _ in again.faulty}
    hit = {project for project, _ in found.targets.faulty} if book else set(found.targets.names)
    for one in found.problems:
        if one.severity is Severity.ERROR and one.place.project in hit and one.code not in {"E107", "E109"}:
            assert one.place.project in held, one
    if not found.problems:
        assert targets_workbook(Imported(again)) == targets_workbook(Imported(found.targets))


def collecting(world: World, dice: Random) -> None:
    """An archive of forms, some of them changed: no form that was there is lost."""
    parts = {}
    for number, name in enumerate(dice.sample(world.forms, dice.randrange(1, 4))):
        form = world.sound[name] if dice.random() < 0.3 else mutated(dice, "workbook", world.sound[name])
        parts[f"{dice.choice(('', '单位/', 'a/b/'))}{number}{dice.choice(('.xlsx', '.xls', '.xlsm', '.et', ''))}"] = (
            form
        )
    archive = packed(parts)
    world.put("收.zip", archive if dice.random() < 0.5 else mutated(dice, "archive", archive))
    for name in dice.sample(world.forms, dice.randrange(3)):
        world.put(name, None)
    there = {name: path.read_bytes() for name in world.forms if (path := world.root / name).is_file()}
    newest = dice.random() < 0.5
    found = collect_forms(world.workspace, Choice(YEAR), world.root / "收.zip", day=None, accept_newest=newest)
    assert isinstance(found, CollectOutcome), found
    kept = {path.read_bytes() for path in (world.root / f"inputs/{YEAR}").rglob("*") if path.is_file()}
    replaced = {**found.collected.replaced}
    for name, form in there.items():
        assert form in kept, (name, replaced)


def reviewing(world: World, dice: Random) -> None:
    """A reviewed workbook that was changed: no line counts for more than its points."""
    name = dice.choice(world.books)
    world.put(name, mutated(dice, "workbook", world.sound[name]))
    is_reviewed(world.root / name)
    _reviewed(world)


def _reviewed(world: World) -> None:
    found = collect_reviews(world.workspace, Choice(YEAR), None)
    if not isinstance(found, Reviewed):
        return
    for review in found.reviews:
        for line in review.lines:
            points = line.row.points or line.row.most
            assert line.adjusted is None or abs(line.adjusted) <= points, line
            assert not (line.refused and line.adjusted is not None), line
        finals = [line.final for line in review.lines if line.final is not None]
        assert review.total is None or review.total == sum(finals), review.file
    write_reviews(world.workspace, found)


def past_runs(world: World, dice: Random) -> None:
    """The record or a table of an earlier run that was changed: it is compared, reviewed and replaced, or refused."""
    for name in [one for one in world.sound if one.startswith(f"{OUTPUTS}/") and "/" not in one[len(OUTPUTS) + 1 :]]:
        world.put(name.replace(OUTPUTS, "outputs/后"), world.sound[name])
    name = f"{OUTPUTS}/{dice.choice(('run.json', 'results.csv', 'projects.csv', 'problems.csv'))}"
    world.put(name, mutated(dice, "structured" if name.endswith("json") else "text", world.sound[name]))
    both = (OUTPUTS, "outputs/后")
    difference, problems = difference_of(world.workspace, *dice.sample(both, 2))
    assert (difference is None) == any(one.code[0] == "E" for one in problems)
    if difference is not None and not dice.randrange(4):
        difference_workbook(difference, default_date(YEAR))
    _reviewed(world)
    folder = world.root / OUTPUTS
    would_lose(world.workspace, folder, YEAR, 4)
    if not dice.randrange(4):
        try:
            publish(folder, world.root, [("results.csv", b"new")], is_reviewed)
        except CannotWriteError:
            assert (folder / "results.csv").read_bytes() != b"new"
