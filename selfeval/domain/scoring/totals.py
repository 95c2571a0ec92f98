"""Totals: from the printed scores of a project to its total, the range while something is missing, and its grade."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from selfeval.domain.rounding import half_up
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, PENDING_GRADE, PROJECT_SCORES, State
from selfeval.domain.scoring.allocation import WHOLE
from selfeval.domain.scoring.funds import ProjectFunds
from selfeval.domain.targets import Targets

_OPEN = {State.ASK, State.ERROR}
_WORST = (State.ERROR, State.ASK, State.ATTENTION, State.SCORED)


def total_up(
    targets: Targets, scores: pd.DataFrame, funds: dict[str, ProjectFunds], rulebook: Rulebook
) -> pd.DataFrame:
    """One row a project (PROJECT_SCORES), in document order.

    The total is the sum of printed scores; by ``whole_form`` that sum is converted to 100 from the points of the rows
    that apply, and rounded half up once more. A project with an open row has no total: ``lowest`` is what is secured,
    ``highest`` adds the points of the open rows, and the grade is 待定.
    """
    by_project = scores.groupby("project", sort=False).indices
    points = scores["points"].to_numpy(dtype=np.int64)
    score = scores["score"].fillna(0).to_numpy(dtype=np.int64)
    states = [State(one) for one in scores["state"]]
    is_execution = (scores["indicator"] == EXECUTION).to_numpy()
    rows: list[dict[str, object]] = []
    columns = ["project", "name", "unit_code", "unit_name"]
    for project, name, unit_code, unit_name in targets.projects[columns].itertuples(index=False, name=None):
        at = by_project[project]
        mine = [states[i] for i in at]
        open_rows = [int(i) for i in at if states[i] in _OPEN]
        secured = int(score[at].sum())
        # an unscored row may hold no points of its own (its section could not be shared out)
        shared = int(points[at].sum())
        unshared = WHOLE - shared
        if rulebook.not_applicable == "whole_form" and shared > _execution_points(rulebook):
            unshared = 0
            full = shared
        else:
            full = WHOLE
        lowest = to_hundred(secured, full)
        highest = to_hundred(secured + int(points[open_rows].sum()) + max(0, unshared), full)
        final = not open_rows and unshared == 0
        executed_at = int(next(i for i in at if is_execution[i]))
        execution = scores["score"].iloc[executed_at]
        money = funds[str(project)]
        rate = float(scores["completion"].iloc[executed_at])
        state = next((one for one in _WORST if one in mine), State.ERROR)
        rows.append(
            {
                "project": project,
                "name": name,
                "unit_code": unit_code,
                "unit_name": unit_name,
                "initial": money.initial,
                "full_year": money.full_year,
                "executed": money.executed,
                "rate": rate,
                "execution_score": None if pd.isna(execution) else int(execution),
                "indicator_score": secured - (0 if pd.isna(execution) else int(execution)),
                "total": lowest if final else None,
                "lowest": lowest,
                "highest": highest,
                "grade": rulebook.grade(lowest) if final else PENDING_GRADE,
                "state": state if final or state in _OPEN else State.ERROR,
                "missing": len(open_rows),
                "flagged": sum(one is State.ATTENTION for one in mine),
            }
        )
    return PROJECT_SCORES.frame(rows)


def to_hundred(points: int, full: int) -> int:
    """Points out of ``full``, both in hundredths, converted to a form of 100 and rounded half up."""
    return points if full == WHOLE else half_up(Fraction(points * WHOLE, full))


def _execution_points(rulebook: Rulebook) -> int:
    return sum(one.points for one in rulebook.sections if one.id == rulebook.execution.section)
