"""Scored: the answer, each score with the rule, the numbers and the sentence that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import pandas as pd

from selfeval.domain.problems import Problem

EXECUTION, PENDING_GRADE = "预算执行率", "待定"
"""The indicator of the row that scores the budget execution; the grade of a project that has no final total."""


class State(StrEnum):
    """How an indicator, or a project, ended. ``label`` is what users read."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """The state of an id, with the Chinese word for it."""
        state = str.__new__(cls, value)
        state._value_, state.label = value, label
        return state

    SCORED = "scored", "已评分"
    ATTENTION = "attention", "需关注"
    ASK = "ask", "待补充"
    NOT_APPLICABLE = "not_applicable", "不涉及"
    ERROR = "error", "错误"


@dataclass(frozen=True)
class Scored:
    """Scores of one year: one row an indicator (the execution row first in each project), projects, problems."""

    year: int
    indicators: pd.DataFrame
    projects: pd.DataFrame
    problems: tuple[Problem, ...]
