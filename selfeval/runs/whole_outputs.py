"""What a run makes of the department's own part: its workbook, its table, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from selfeval.domain.case import WHOLE, cases, records
from selfeval.domain.faults import own_fault
from selfeval.domain.problems import Place, Problem, by_project
from selfeval.domain.rulebook import Rounding
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score_case
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import results_csv, total_shown
from selfeval.workbooks.books import project_workbook

WORKBOOK, TABLE = f"{WHOLE}支出绩效自评表.xlsx", f"{WHOLE}.csv"


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
        (found,) = records(self.scored.projects)
        return found

    def said(self, rounding: Rounding) -> str:
        """Its total and grade for people."""
        return f"{self.total['name']}：{total_shown(self.total, rounding)}分，{self.total['grade']}"

    def files(self, day: date, broken: list[Problem]) -> Iterator[tuple[str, bytes]]:
        """Its workbook and its table, as (path below the outputs, content). A fault of ours is told in ``broken``."""
        inputs = self.inputs
        (case,) = cases(inputs.targets, inputs.reported)
        told = by_project(self.scored.problems).get(case.code, ())
        try:
            scored = replace(score_case(case, inputs.rulebook), problems=tuple(told))
            yield WORKBOOK, project_workbook(scored, inputs.rulebook, day)
        except OSError:  # of the disk
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one workbook; the others are written
            broken.append(own_fault(error, Place(case.code), f"{WORKBOOK}没有写出"))
        yield TABLE, results_csv(self.scored, inputs.rulebook.rounding)


def scored_whole(inputs: Inputs) -> ScoredWhole | None:
    """The department's own part of a run, scored; None where there is none."""
    whole = inputs.whole
    return None if whole is None else ScoredWhole(whole.inputs, whole.inputs.score(), whole.sent, whole.notice)
