"""The scores, total, state and warnings of a project in 汇总: they follow the rows of 指标 and 问题 that are its own.

A project is known there by its number, never by its code: sheets compare long codes as numbers of 15 digits.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Span,
    all_of,
    any_of,
    cases,
    count_where,
    is_number,
    largest,
    row_number,
    steady,
    sum_where,
    total,
    when,
)
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.problems import Severity
from selfeval.domain.rounding import PLACES, UNIT, WHOLE, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, State
from selfeval.domain.scored_case import Total
from selfeval.domain.totals import (
    BROKEN,
    HIGHEST_AT,
    HUNDRED,
    OPEN_AT,
    SECURED_AT,
    SHARED_AT,
    TOTAL_AT,
    Way,
    total_shown,
)
from selfeval.workbooks.problem_sheet import down_problems
from selfeval.workbooks.summary.indicators import COUNTED, down_rows
from selfeval.workbooks.summary.tallies import ProjectTally

_SEQ, _EXECUTION, _INDICATORS, _FLAGGED = map(Name, ("seq", "execution_score", "indicator_score", "flagged"))
_COUNTS = {one: Name(one.name) for one in Severity}
NAMED: dict[Name, str] = {
    _SEQ: "seq",
    _EXECUTION: "execution_score",
    _INDICATORS: "indicator_score",
    TOTAL_AT: "total",
    OPEN_AT: "missing",
    SHARED_AT: "shared",
    HIGHEST_AT: "highest",
    _FLAGGED: "flagged",
    **{name: one.name for one, name in _COUNTS.items()},
}
"""The cells of a row by the names that its formulas use, and their columns."""

_OF, _IDS, _SCORES, _POINTS, _STATES, _COUNTED = map(Name, ("of", "ids", "scores", "points", "states", "counted"))
_PROJECT_OF, _SEVERITIES = Name("project_of"), Name("severities")
"""Columns of 指标 and of 问题."""

_TOTALS = 10_000_000
"""More than there are rows in a sheet, so that no two totals with their rows are equal."""

ELSEWHERE = "见自评表"
"""Stands for a total that only the project's own workbook can calculate anew."""

Content: TypeAlias = Expression | str | float


def _open(word: str) -> Expression:
    """How many rows are in a state that has no score; one whose score was taken out is among them."""
    return count_where(_OF, _SEQ, _STATES, word)


_MISSING = _open(PENDING) + _open(BROKEN)
_SECURED = steady(total(_EXECUTION) + _INDICATORS, PLACES)
_OWN = steady(sum_where(_SCORES, _OF, _SEQ) - total(_EXECUTION), PLACES)
_RATED = count_where(_OF, _SEQ, _IDS, EXECUTION, _COUNTED, 1) > 0
_RATE_SCORE = steady(sum_where(_SCORES, _OF, _SEQ, _IDS, EXECUTION), PLACES)
_EXECUTED = {word: when(_RATED, _RATE_SCORE, word) for word in (PENDING, State.NOT_APPLICABLE.label)}
_SHARED = steady(sum_where(_POINTS, _OF, _SEQ), PLACES)
_STILL = sum_where(_POINTS, _OF, _SEQ, _STATES, PENDING) + sum_where(_POINTS, _OF, _SEQ, _STATES, BROKEN)
_HIGHEST = steady(_SECURED + _STILL + largest(0, HUNDRED - SHARED_AT), PLACES)
_FINAL = when(is_number(TOTAL_AT), 1, 0)
_KEY = when(
    is_number(TOTAL_AT),
    when(TOTAL_AT < HUNDRED, steady(TOTAL_AT * UNIT, 0) * _TOTALS + row_number(TOTAL_AT), ""),
    "",
)
_FLAGS = count_where(_OF, _SEQ, _STATES, State.ATTENTION.label)


_WARNINGS = {severity: count_where(_PROJECT_OF, _SEQ, _SEVERITIES, severity.value) for severity in Severity}
_LOOKED_AT = any_of(_FLAGGED > 0, _COUNTS[Severity.ERROR] > 0, _COUNTS[Severity.WARNING] > 0)
_STATE = cases(
    (_open(BROKEN) > 0, BROKEN),
    (OPEN_AT > 0, PENDING),
    (_LOOKED_AT, State.ATTENTION.label),
    otherwise=State.SCORED.label,
)
_BAD = {State.ERROR, State.ASK}


class Scores:
    """The live cells of projects. ``lists`` are where the names of columns of other sheets stand."""

    def __init__(self, rows: int, problems: int, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._shown = total_shown(Way(rounding=rulebook.rounding)).bind({SECURED_AT: _SECURED})
        columns = {_OF: "seq", _IDS: "indicator", _SCORES: "score", _POINTS: "points", _STATES: "state"}
        columns[_COUNTED] = COUNTED
        self.lists: dict[Name, Span] = {name: down_rows(column, rows) for name, column in columns.items()}
        self._told = problems > 0
        if problems:
            self.lists[_PROJECT_OF] = down_problems("seq", problems)
            self.lists[_SEVERITIES] = down_problems("severity", problems)

    def of(self, project: Total, tally: ProjectTally) -> Iterator[tuple[str, Content, str]]:
        """Columns with what stands there, and its look."""
        closed = project.execution_state is State.NOT_APPLICABLE
        yield "execution_score", _EXECUTED[State.NOT_APPLICABLE.label if closed else PENDING], "score"
        yield "indicator_score", _OWN, "score"
        yield "total", self._total(project, tally), "score"
        # where what is wrong is not a row's, it stays so
        yield "state", project.state.label if project.state in _BAD and not tally.missing else _STATE, "centre"
        yield "missing", _MISSING, "count"
        yield "flagged", _FLAGS, "count"
        for severity, found in _WARNINGS.items():
            yield severity.name, found if self._told else 0, "count"
        yield from (("shared", _SHARED, "plain"), ("highest", _HIGHEST, "plain"))
        yield from (("final", _FINAL, "plain"), ("key", _KEY, "plain"))

    def _total(self, project: Total, tally: ProjectTally) -> Expression:
        """The total as its rows make it.

        One that is converted, or holds points beyond the 100, is the workbook's of the project: it stands while its
        rows are as they were.
        """
        rounding = self._rulebook.rounding
        shown = f"{rounding.show(project.lowest)} – {rounding.show(project.highest)}"
        if self._is_sum(project, tally, shown):
            return self._shown
        recorded = shown if project.total is None else in_points(project.total)
        same = all_of(_SECURED.equals(in_points(tally.secured)), OPEN_AT.equals(tally.missing))
        return when(same, recorded, ELSEWHERE)

    def _is_sum(self, project: Total, tally: ProjectTally, shown: str) -> bool:
        if self._rulebook.not_applicable == "whole_form" or tally.extra:
            return False
        if project.total is not None:
            return project.total == tally.secured and tally.shared == WHOLE and not tally.missing
        ends = tally.secured, tally.secured + tally.open + max(0, WHOLE - tally.shared)
        pattern = f".{self._rulebook.rounding.places}f"
        return shown == " – ".join(format(Decimal(int(end)).scaleb(-PLACES), pattern) for end in ends)
