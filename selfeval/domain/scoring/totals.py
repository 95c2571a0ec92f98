"""Totals: from the printed scores of a project to its total, the range while something is missing, and its grade."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.domain.case import Case
from selfeval.domain.expression.evaluate import exact_number, exactly
from selfeval.domain.expression.values import Value
from selfeval.domain.formulas import BROKEN, HIGHEST_AT, final, grade_of, highest, lowest, sums_of
from selfeval.domain.funds import Funds
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import in_points, to_hundredths
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE, State
from selfeval.domain.scored_case import ScoredRow, Total

_WORST = (State.ERROR, State.ASK, State.ATTENTION, State.SCORED)
_WORDS = {State.ASK: PENDING, State.ERROR: BROKEN}


def is_converted(rows: Sequence[ScoredRow], rulebook: Rulebook) -> bool:
    """Whether a total is converted to 100 from the points of the rows that apply (不涉及: whole_form)."""
    return rulebook.not_applicable == "whole_form" and any(row.points for row in rows if not row.is_execution)


def total_up(case: Case, funds: Funds, rows: Sequence[ScoredRow], rulebook: Rulebook) -> Total:
    """The total of a project from its rows, the execution row first.

    The total is the sum of printed scores; by ``whole_form`` that sum is converted to 100 from the points of the rows
    that apply, and rounded half up once more. A project with an open row has no total: ``lowest`` is what is secured,
    ``highest`` adds the points of the open rows, and the grade is 待定.
    """
    converted = is_converted(rows, rulebook)
    known = sums_of([_shown(row) for row in rows], [row.points for row in rows])
    least = exact_number(lowest(converted=converted), known)
    most = known[HIGHEST_AT.key] = exact_number(highest(converted=converted), known)
    done = exactly(final(converted=converted), known) is True
    execution = rows[0].score
    project, states = case.project, [row.state for row in rows]
    state = next((worst for worst in _WORST if worst in states), State.ERROR)
    return Total(
        project.project,
        project.name,
        project.unit_code,
        project.unit_name,
        funds.initial,
        funds.full_year,
        funds.executed,
        rows[0].completion,
        execution,
        sum(row.score or 0 for row in rows[1:]),
        to_hundredths(least) if done else None,
        to_hundredths(least),
        to_hundredths(most),
        grade_of(to_hundredths(least), rulebook) if done else PENDING_GRADE,
        state if done or state in _WORDS else State.ERROR,
        sum(one in _WORDS for one in states),
        states.count(State.ATTENTION),
    )


def _shown(row: ScoredRow) -> Value:
    """What stands in the column of scores."""
    return row.state.label if row.score is None else in_points(row.score)
