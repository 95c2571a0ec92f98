"""Scored: the answer, each score with the rule, the numbers and the sentence that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selfeval.domain.problems import Problem
from selfeval.domain.tables import Rows

EXECUTION, EXECUTION_KIND, PENDING_GRADE = "预算执行率", "execution", "待定"
"""Indicator and kind of the row that scores the budget execution; the grade of a project without a final total."""


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


_LABELS = dict(zip(State, ("已评分", "需关注", "待补充", "不涉及", "错误"), strict=True))
EXECUTION_RATE = "全年执行数 ÷ 全年预算数"
"""The formula of 执行率 in words."""


@dataclass(frozen=True)
class Scored:
    """Scores of one year: one row an indicator (the execution row first in each project), projects, problems."""

    year: int
    indicators: Rows
    projects: Rows
    problems: tuple[Problem, ...]
