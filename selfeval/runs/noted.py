"""Readings and scores as plain values that are noted for the next run, and what was noted made into them again.

Whatever is not just as it would have been noted gives None: it is found out anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import astuple
from typing import Any, TypeVar

from selfeval.domain.problems import Place, Problem, Severity
from selfeval.domain.reported import Cell, Reports
from selfeval.domain.scored_case import INDICATOR_SCORES, PROJECT_SCORES
from selfeval.domain.scoring.score import Summed
from selfeval.forms.reading.folder import Looked

T = TypeVar("T")
Plain = Any
"""What JSON can hold."""


def plain_looked(looked: Looked) -> Plain:
    """What a form came to."""
    return [looked.project, _plain_reports(looked.reports), _plain_problems(looked.problems)]


def looked_in(plain: Plain, file: str, sha256: str) -> Looked | None:
    """The same again."""

    def made() -> Looked:
        project, reports, problems = plain
        return Looked(file, sha256, str(project), _reports_in(reports), _problems_in(problems))

    return _tried(made)


def plain_summed(summed: Summed) -> Plain:
    """What a project scored."""
    rows, (total,) = INDICATOR_SCORES.of_rows(summed.rows), PROJECT_SCORES.of_rows([summed.total])
    return [[_blank(row) for row in rows], _blank(total), _plain_problems(summed.problems)]


def summed_in(plain: Plain) -> Summed | None:
    """The same again."""

    def made() -> Summed:
        rows, total, problems = plain
        (known,) = PROJECT_SCORES.of_rows([total])
        return Summed([*INDICATOR_SCORES.of_rows(rows)], known, _problems_in(problems))

    return _tried(made)


def _tried(made: Callable[[], T]) -> T | None:
    try:
        return made()
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, OverflowError):
        return None


def _blank(row: Iterable[object]) -> list[object]:
    """A row without NaN, which JSON does not have."""
    return [None if value != value else value for value in row]  # noqa: PLR0124 (NaN is not itself)


def _plain_reports(reports: Reports | None) -> Plain:
    """The places of the cells once each; then the parts, each cell after what it is found by."""
    if reports is None:
        return None
    places = dict[tuple[str, str], int]()

    def plain(cell: Cell) -> list[object]:
        at = places.setdefault((cell.file, cell.sheet), len(places))
        return [cell.text, None if math.isnan(cell.number) else cell.number, cell.data_type, at, cell.cell]

    parts = [
        [[item, *plain(cell)] for item, cell in reports.funds.items()],
        [[month, *plain(cell)] for month, cell in reports.payments.items()],
        [[[*key], *plain(cell)] for key, cell in reports.answers.items()],
        [[item, *plain(cell)] for item, cell in reports.narrative.items()],
    ]
    return [[*places], *parts]


def _reports_in(plain: Plain) -> Reports | None:
    if plain is None:
        return None
    places, funds, payments, answers, narrative = plain

    def cell(text: str, number: float | None, data_type: Any, at: int, address: str) -> Cell:  # noqa: ANN401 (a Literal)
        file, sheet = places[at]
        return Cell(text, math.nan if number is None else float(number), data_type, file, sheet, address)

    return Reports(
        {item: cell(*said) for item, *said in funds},
        {month: cell(*said) for month, *said in payments},
        {(indicator, item): cell(*said) for (indicator, item), *said in answers},
        {item: cell(*said) for item, *said in narrative},
    )


def _plain_problems(problems: Iterable[Problem]) -> list[list[str]]:
    return [[*astuple(one.place), one.code, str(one.severity), one.message, one.remedy] for one in problems]


def _problems_in(plain: Plain) -> tuple[Problem, ...]:
    return tuple(
        Problem(Place(*place), code, Severity(severity), message, remedy)
        for *place, code, severity, message, remedy in plain
    )
