"""Scored: the answer, each score with the rule, the numbers and the sentence that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from selfeval.domain.problems import Problem

EXECUTION = "预算执行率"
"""What stands in the indicator column of the row that scores the budget execution of a project."""


class State(StrEnum):
    """How an indicator, or a project, ended. ``label`` is what users read."""

    SCORED = "scored"
    ATTENTION = "attention"
    ASK = "ask"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return _LABELS[self]


_LABELS = {
    State.SCORED: "已评分",
    State.ATTENTION: "需关注",
    State.ASK: "待补充",
    State.NOT_APPLICABLE: "不涉及",
    State.ERROR: "错误",
}

PENDING_GRADE = "待定"
"""The grade of a project that has no final total."""


@dataclass(frozen=True)
class Scored:
    """Scores of one year: one row an indicator (the execution row first in each project), projects, problems.

    ``schedules`` holds the months behind 月度时序 and 资金进度, twelve rows a project that reported payments.
    """

    year: int
    indicators: pd.DataFrame
    projects: pd.DataFrame
    schedules: pd.DataFrame
    problems: tuple[Problem, ...]
