"""Answers: for every indicator, what was reported, read in the way its kind needs, or the problem with it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import (
    NOT_APPLICABLE_WORDS,
    Answer,
    read_date,
    read_judgement,
    read_level,
    read_number,
    read_percentage,
)
from selfeval.domain.reading.quantity import RATE, normalise, unit_class
from selfeval.domain.reported import ACTUAL_ITEMS, Reported
from selfeval.domain.rounding import fraction, show_points
from selfeval.domain.rulebook import ACTION_WORDS, KindRule, Rulebook
from selfeval.domain.scored import State

WHEN_CASES: dict[str, str] = {
    "E401": "actual_missing",
    "E402": "actual_unreadable",
    "E403": "actual_unreadable",
    "E404": "unit_differs",
    "E411": "actual_unreadable",
    "E413": "no_level",
    "E417": "actual_missing",
    "E514": "target_zero",
}
"""Which case of a rulebook's ``when`` a problem code belongs to; other codes always ask."""

_MAIN_ITEM = {"number": "actual", "date": "actual", "level": "level", "judgement": "judged"}
_VALUE = ["text", "number", "form", "file", "sheet", "cell"]


@dataclass(frozen=True)
class Cell:
    """One reported value and where it stands; form blank when nothing was found."""

    text: str = ""
    number: float = math.nan
    form: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


_NOTHING = Cell()


@dataclass(frozen=True)
class Outcome:
    """What became of one indicator's report.

    ``value`` is the number a measure needs (target's unit, Excel day, share, points); ``forced`` is the share that a
    ``when`` rule gives instead of a measure; ``given`` says that a percentage came with the level.
    """

    state: State
    value: float = float("nan")
    shown: str = ""
    level: str = ""
    percentage: float = float("nan")
    given: bool = False
    forced: float | None = None
    note: str = ""
    cell: Cell = _NOTHING


def cells_of(frame: pd.DataFrame) -> list[Cell]:
    """The cells of a reported table, in row order.

    A blank number becomes the one NaN of ``math``, whose identity lets a text that was read before be found again.
    """
    texts, numbers, *places = (frame[name].tolist() for name in _VALUE)
    plain = [math.nan if math.isnan(number) else number for number in numbers]
    return [Cell(*values) for values in zip(texts, plain, *places, strict=True)]


class Answers:
    """The reported cells of every indicator, by item."""

    def __init__(self, reported: Reported) -> None:
        frame = reported.actuals
        keys = zip(frame["indicator"].tolist(), frame["item"].tolist(), strict=True)
        self._cells = dict(zip(keys, cells_of(frame), strict=True))

    def cell(self, indicator: str, item: str) -> Cell:
        """The cell of an item; an empty one when nothing was reported."""
        return self._cells.get((indicator, item), _NOTHING)

    def text(self, indicator: str, item: str) -> str:
        """The text of an item, stripped."""
        return self.cell(indicator, item).text.strip()

    def reason(self, indicator: str) -> str:
        """The 偏差原因 when it says something: blank for 无, / and the like."""
        text = self.text(indicator, "reason")
        return "" if normalise(text) in NOT_APPLICABLE_WORDS else text

    def told_reason(self, indicator: str) -> str:
        """The 偏差原因 as written, with its category before it when one was picked."""
        category, text = self.text(indicator, "category"), self.text(indicator, "reason")
        return f"〔{category}〕{text}" if category and text else text


def answer_all(
    rows: pd.DataFrame,
    rules: list[KindRule | None],
    answers: Answers,
    rulebook: Rulebook,
    year: int,
    silent: set[str],
) -> tuple[list[Outcome], list[Problem]]:
    """The outcome of every row (project, indicator, kind, target, target_value, target_unit), and the problems.

    ``rules`` holds the rule of each row, None where no kind was recognised. ``silent`` names projects that reported
    nothing at all: their rows are asked for without a problem each.
    """
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    columns = ["project", "indicator", "kind", "target", "target_value", "target_unit"]
    for rule, record in zip(rules, rows[columns].itertuples(index=False, name=None), strict=True):
        row = _Row(rule, *record)
        outcome, found = _answer(row, answers, rulebook, year)
        outcomes.append(outcome)
        if row.project not in silent:
            problems.extend(found)
    return outcomes, problems


@dataclass(frozen=True)
class _Row:
    rule: KindRule | None
    project: str
    indicator: str
    kind: str
    target: str
    value: float
    unit: str


def _answer(row: _Row, answers: Answers, rulebook: Rulebook, year: int) -> tuple[Outcome, list[Problem]]:
    if row.rule is None:
        return Outcome(State.ERROR), _without_rule(row)
    wanted = KINDS[row.kind].measures[row.rule.measure].unit if row.rule.measure else ""
    if wanted and unit_class(row.unit) != wanted:
        place = Place(row.project, row.indicator)
        return Outcome(State.ERROR), [problem("E515", place, target=row.target, origin=row.rule.origin)]
    needs = KINDS[row.kind].needs
    if needs == "nothing":
        return Outcome(State.NOT_APPLICABLE), []
    if needs == "payments":
        return Outcome(State.SCORED), []
    item = _MAIN_ITEM[needs]
    cell = answers.cell(row.indicator, item)
    outcome, answer = _read(row, cell, answers, rulebook, year)
    place = Place(row.project, row.indicator, cell.file, cell.sheet, cell.cell)
    if not answer.code and needs == "number" and row.value == 0 and "target_zero" in row.rule.when:
        return _when(row, outcome, problem("E514", place, target=row.target))
    if not answer.code:
        return outcome, []
    if needs == "level" and answer.code in {"E405", "E415", "E416"}:
        at = answers.cell(row.indicator, "percentage")
        place = place.at(file=at.file, sheet=at.sheet, cell=at.cell)
        item = "percentage"
    facts = {
        "what": ACTUAL_ITEMS[item],
        "target": row.target,
        "year": year,
        "unit_hint": f"（单位：{row.unit}）" if row.unit else "",
        **answer.facts,
    }
    found = problem(answer.code, place, **facts)
    return _when(row, outcome, found)


def _without_rule(row: _Row) -> list[Problem]:
    """A kind that the rulebook does not name is said; a target that was not recognised has been."""
    if not row.kind:
        return []
    facts = {"target": row.target, "kind": row.kind, "label": KINDS[row.kind].label}
    return [problem("E516", Place(row.project, row.indicator), **facts)]


def _when(row: _Row, outcome: Outcome, found: Problem) -> tuple[Outcome, list[Problem]]:
    """What the rulebook does when stuck: ask (usual), or a share or state that it names."""
    assert row.rule is not None
    action = row.rule.when.get(WHEN_CASES.get(found.code, ""), "ask")
    if action == "ask":
        return replace(outcome, state=State.ASK), [found]
    note = problem("W505", found.place, detail=found.message, action=ACTION_WORDS[action])
    if action == "not_applicable":
        return replace(outcome, state=State.NOT_APPLICABLE, note=note.message), [note]
    share = 1.0 if action == "full" else 0.0
    return replace(outcome, state=State.SCORED, forced=share, note=note.message), [note]


def _read(row: _Row, cell: Cell, answers: Answers, rulebook: Rulebook, year: int) -> tuple[Outcome, Answer]:
    """The outcome as far as it goes, and the answer whose code says what is wrong (blank: nothing)."""
    needs = KINDS[row.kind].needs
    if needs == "level":
        return _read_level(row, cell, answers, rulebook)
    if needs == "number":
        answer = read_number(cell.text, cell.form, cell.number, row.unit, row.value)
    elif needs == "date":
        answer = read_date(cell.text, cell.form, year)
    else:
        answer = read_judgement(cell.text, cell.form, cell.number)
    value = float("nan") if answer.value is None else answer.value
    return Outcome(State.SCORED, value, answer.shown or _as_seen(cell), cell=cell), answer


def _read_level(row: _Row, cell: Cell, answers: Answers, rulebook: Rulebook) -> tuple[Outcome, Answer]:
    level = read_level(cell.text, cell.form, rulebook.levels)
    if isinstance(level, Answer):
        return Outcome(State.SCORED, shown=_as_seen(cell), cell=cell), level
    at = answers.cell(row.indicator, "percentage")
    share = read_percentage(at.text, at.form, at.number, level)
    outcome = Outcome(State.SCORED, shown=level.label, level=level.label, cell=cell)
    if share.value is None:
        return outcome, share
    given = not np.isnan(share.value)
    value = share.value if given else float(level.default)
    shown = f"{level.label} {share.shown}" if given else level.label
    return replace(outcome, value=value, shown=shown, percentage=share.value, given=given), share


def _as_seen(cell: Cell) -> str:
    """What the cell shows, for people: 0.95 in a percent cell is 95%."""
    if cell.form == "percent":
        return read_number(cell.text, "percent", cell.number, RATE, 100.0).shown
    return cell.text


def check_judgements(
    outcomes: list[Outcome], rows: pd.DataFrame, points: list[int], answers: Answers
) -> tuple[list[Outcome], list[Problem]]:
    """Judged scores against their points, which are known only once shared out; and that each has a reason."""
    checked = list(outcomes)
    problems: list[Problem] = []
    for i in np.flatnonzero((rows["kind"] == "judged").to_numpy()):
        outcome = outcomes[i]
        if outcome.state is not State.SCORED or outcome.forced is not None:
            continue
        project, indicator = str(rows["project"].iloc[i]), str(rows["indicator"].iloc[i])
        place = Place(project, indicator, outcome.cell.file, outcome.cell.sheet, outcome.cell.cell)
        facts = {"found": outcome.shown, "points": show_points(points[i])}
        code = ""
        if not 0 <= fraction(outcome.value) * 100 <= points[i]:
            code = "E418"
        elif not answers.reason(indicator):
            at = answers.cell(indicator, "reason")
            place = place.at(file=at.file or place.file, sheet=at.sheet, cell=at.cell)
            code = "E419"
        if code:
            checked[i] = replace(outcome, state=State.ASK)
            problems.append(problem(code, place, **facts))
    return checked, problems
