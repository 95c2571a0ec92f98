"""Laws that hold of every year, whatever stands in its files; each raises AssertionError where one is broken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from math import isnan
from random import Random

from selfeval.domain.faults import faulty_projects
from selfeval.domain.problems import Problem
from selfeval.domain.scored import Scored
from selfeval.forms.identity import fund_row, narrative_row, payment_row
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import projects_csv, results_csv
from tests.fuzz.cells import columns_moved, found_form, rows_moved, typed
from tests.fuzz.odd import UNREADABLE
from tests.fuzz.world import BOOK, PARTS, TABLE, TARGETS, YEAR, World, project_of, scores_of
from tests.packages.evil import SHEET, packed, parts_of

_MERGED = re.compile(rb"<mergeCells.*?</mergeCells>", re.DOTALL)
_OPEN = {"ask", "error"}
_MEASURED = {"at_least", "at_most", "exactly"}
"""Kinds whose actual is a number."""


def sound_sums(scored: Scored) -> None:
    """No fault of ours; no score above its points; an open row has none; totals are the sums of what is printed."""
    assert not faulty_projects(scored.problems), [one for one in scored.problems if one.code == "E690"]
    sums: dict[str, int] = {}
    for row in scored.indicators.frame.to_dict("records"):
        held = isinstance(row["score"], int)
        assert held == (row["state"] not in _OPEN | {"not_applicable"}), row
        if held:
            assert 0 <= row["score"] <= row["points"], row
            sums[row["project"]] = sums.get(row["project"], 0) + row["score"]
    for project in scored.projects.frame.to_dict("records"):
        if isinstance(project["total"], int):
            assert project["total"] == sums.get(project["project"], 0), project
        assert 0 <= project["lowest"] <= project["highest"] <= 10000, project


def nothing_from_nothing(inputs: Inputs, scored: Scored) -> None:
    """No score of a row whose cell is blank, in error, or of a type that its kind does not have."""
    for row in scored.indicators.frame.to_dict("records"):
        if not isinstance(row["score"], int):
            continue
        reports = inputs.reported.projects[row["project"]]
        if row["kind"] == "execution":
            cells = [reports.funds["full_year"], reports.funds["executed"]]
        elif row["kind"] in _MEASURED:
            cells = [reports.answers[row["indicator"], "actual"]]
            assert not isnan(row["actual_value"]), row
        else:
            cells = []
        assert all(cell.data_type in {"number", "percent", "text"} for cell in cells), (row, cells)


def numbers(world: World, *kinds: str) -> Iterator[tuple[str, str]]:
    """Indicators of some kinds (all that are measured in numbers), each with its project."""
    for row in world.scored().indicators.frame.to_dict("records"):
        if row["kind"] in (kinds or _MEASURED):
            yield row["project"], row["indicator"]


def unreadable_is_not_scored(world: World, dice: Random) -> None:
    """No score from a cell that could not be read: of an indicator, of the funds, of a month."""
    project, indicator = dice.choice([*numbers(world), *numbers(world, "deadline", "judged", "monthly_schedule")])
    kind = next(
        row["kind"] for row in world.scored().indicators.frame.to_dict("records") if row["indicator"] == indicator
    )
    text, row, column = dice.choice(UNREADABLE), indicator, "judged" if kind == "judged" else "actual"
    if kind == "monthly_schedule":
        row = payment_row(dice.randrange(1, 13))
    elif not dice.randrange(4):
        row, column, indicator = fund_row(dice.choice(("full_year", "executed"))), "actual", "执行率"
    form = world.form_of(project)
    world.put(form, typed(world.sound[form], {(row, column): text}))
    after = world.scored().indicators.frame.to_dict("records")
    of_execution = (row["score"] for row in after if row["project"] == project and row["kind"] == "execution")
    own = of_execution if indicator == "执行率" else (one["score"] for one in after if one["indicator"] == indicator)
    assert not isinstance(next(own), int), (project, row, column, text)


def order_never_matters(world: World, dice: Random) -> None:
    """The order of files, of rows, of columns, and of the sheets of a workbook changes nothing."""
    for number, name in enumerate(dice.sample(world.forms, len(world.forms))):
        world.put(name, None)
        other = _other_order(world.sound[name], dict.fromkeys([SHEET], _moved), dice)
        world.put(f"inputs/{YEAR}/forms/{number}/{name.rpartition('/')[2]}", other)
    for part in PARTS:
        head, *rows = world.sound[f"{TABLE}/{part}.csv"].splitlines(keepends=True)
        world.put(f"{TABLE}/{part}.csv", b"".join((head, *dice.sample(rows, len(rows)))))
    sheets = dict.fromkeys((f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3)), _moved)
    world.put(BOOK, _other_order(world.sound[BOOK], sheets, dice))
    world.put(TARGETS, _other_order(world.sound[TARGETS], {SHEET: rows_moved}, dice))
    for table, before in world.before.items():
        assert scores_of(world.scored(table)) == before, table


def _other_order(book: bytes, moves: Mapping[str, Callable[[Random, bytes], bytes]], dice: Random) -> bytes:
    """The workbook with its sheets in reverse, and what stands in some of its parts moved."""
    parts = parts_of(book)
    moved = {name: move(dice, parts[name]) for name, move in moves.items()}
    return packed(parts | moved | {"xl/workbook.xml": _sheets_turned(parts["xl/workbook.xml"])})


def _moved(dice: Random, part: bytes) -> bytes:
    """The rows and columns in another order; merged cells go, since what they would cover then is not seen."""
    return columns_moved(dice, rows_moved(dice, _MERGED.sub(b"", part)))


def _sheets_turned(part: bytes) -> bytes:
    first, last = part.index(b"<sheets>") + 8, part.index(b"</sheets>")
    sheets = part[first:last].split(b"/>")[:-1]
    return part[:first] + b"".join(one + b"/>" for one in reversed(sheets)) + part[last:]


def unit_never_matters(world: World, dice: Random) -> None:
    """An amount in 元 scores as the same in 万元: of the funds, a month, an indicator; in a form and in a table."""
    inputs = world.inputs()
    assert isinstance(inputs, Inputs)
    name = dice.choice(world.forms)
    project = project_of(name)
    reports = inputs.reported.projects[project]
    cells = {(fund_row(item), "actual"): cell.number for item, cell in reports.funds.items()}
    cells |= {(payment_row(month), "actual"): cell.number for month, cell in reports.payments.items()}
    known = {at: number for at, number in cells.items() if not isnan(number)}
    texts = {at: f"{Decimal(str(number)) * 10000:f}元" for at, number in known.items() if dice.random() < 0.7}
    for row in world.scored().indicators.frame.to_dict("records"):
        if row["project"] == project and row["target_unit"] == "万元" and row["kind"] in _MEASURED:
            texts[row["indicator"], "actual"] = f"{Decimal(str(row['actual_value'])) * 10000:f}元"
    world.put(name, typed(world.sound[name], texts))
    assert scores_of(world.scored()) == world.before[""], texts
    world.put(f"{TABLE}/资金.csv", _in_yuan(dice, world.sound[f"{TABLE}/资金.csv"]))
    assert scores_of(world.scored(TABLE)) == world.before[TABLE]


def _in_yuan(dice: Random, table: bytes) -> bytes:
    """The table of funds with some columns in 元, as their headings say."""
    head, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig")))
    for at in range(1, len(head)):
        if dice.random() < 0.5 and all(row[at].replace(".", "").isdigit() for row in rows):
            head[at] = f"{head[at].partition('（')[0]}（元）"
            for row in rows:
                row[at] = f"{Decimal(row[at]) * 10000:f}"
    made = io.StringIO()
    csv.writer(made).writerows([head, *rows])
    return made.getvalue().encode()


def split_runs_join(world: World, dice: Random) -> None:
    """The projects scored in two runs have the results of one: rows, summaries, and what is wrong with each."""
    projects = world.targets.projects.frame["project"].tolist()
    form = dice.choice(world.forms)
    row = dice.choice([row for row in found_form(world.sound[form]).ids.rows if "-" in row])
    wrong = {(row, "actual"): dice.choice(UNREADABLE), (narrative_row("filler"), "actual"): ""}
    world.put(form, typed(world.sound[form], wrong))
    first = tuple(dice.sample(projects, dice.randrange(1, len(projects))))
    rest = tuple(project for project in projects if project not in first)
    whole, parts = world.scored(), [world.scored(projects=some) for some in (first, rest)]
    for table in (results_csv, projects_csv):
        joined = sorted(line for part in parts for line in b"".join(table(part)).splitlines()[1:])
        assert joined == sorted(b"".join(table(whole)).splitlines()[1:])
    own = [one for part in parts for one in part.problems if one.place.project]
    assert set(map(_told, own)) == {_told(one) for one in whole.problems if one.place.project}


def _told(one: Problem) -> str:
    return f"{one.code} {one.place} {one.message}"


LAWS: tuple[Callable[[World, Random], None], ...] = (
    unreadable_is_not_scored,
    order_never_matters,
    unit_never_matters,
    split_runs_join,
)
"""Each changes a sound world, and looks what becomes of the scores."""
