"""What a run makes of the department's own part: its workbook, its table, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from selfeval.domain.case import WHOLE, cases
from selfeval.domain.faults import own_fault
from selfeval.domain.problems import Place, Problem, by_project
from selfeval.domain.rulebook import Rounding
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.scoring.score import score_case
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import projects_csv, results_csv, total_shown
from selfeval.workbooks.books import project_workbook

WORKBOOK, TABLE, TOTAL = f"{WHOLE}支出绩效自评表.xlsx", f"{WHOLE}.csv", f"{WHOLE}总分.csv"
"""Its files: the tables have the columns of results.csv and of projects.csv."""


@dataclass(frozen=True)
class ScoredWhole:
    """The department's own part, scored; ``sent``: its form came back, so that what is wrong counts."""

    inputs: Inputs
    scored: Scored
    sent: bool
    notice: tuple[Problem, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is told of it: everything where its form came back, else that it did not."""
        return self.scored.problems if self.sent else self.notice

    @property
    def total(self) -> Mapping[str, Any]:
        """Its row of totals."""
        (found,) = self.scored.projects.records
        return found

    def said(self, rounding: Rounding) -> str:
        """Its total and grade for people."""
        return f"{self.total['name']}：{total_shown(self.total, rounding)}分，{self.total['grade']}"

    @cached_property
    def case(self) -> ScoredCase:
        """It as a scored project, with all that is told of it."""
        inputs = self.inputs
        (case,) = cases(inputs.targets, inputs.reported)
        told = by_project(self.scored.problems).get(case.code, ())
        return replace(score_case(case, inputs.rulebook), problems=tuple(told))

    def files(self, day: date, broken: list[Problem], *, workbook: bool = True) -> Iterator[tuple[str, bytes]]:
        """Its workbook and its tables, as (path below the outputs, content). A fault of ours is told in ``broken``."""
        rulebook = self.inputs.rulebook
        try:
            if workbook:
                yield WORKBOOK, project_workbook(self.case, rulebook, day)
        except OSError:  # of the disk
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one workbook; the others are written
            broken.append(own_fault(error, Place(self.total["project"]), f"{WORKBOOK}没有写出"))
        yield TABLE, b"".join(results_csv(self.scored, rulebook.rounding))
        yield TOTAL, b"".join(projects_csv(self.scored, rulebook.rounding))


def scored_whole(inputs: Inputs) -> ScoredWhole | None:
    """The department's own part of a run, scored; None where there is none."""
    whole = inputs.whole
    return None if whole is None else ScoredWhole(whole.inputs, whole.inputs.score(), whole.sent, whole.notice)
