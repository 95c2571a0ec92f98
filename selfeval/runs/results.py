"""Results as tables that other programs read: results.csv, projects.csv, problems.csv (UTF-8 with BOM)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar

from selfeval.domain.problems import PROBLEMS_FILE, Problem
from selfeval.domain.rulebook import USUAL, Rounding
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Table
from selfeval.packages.printable import in_spreadsheet

T = TypeVar("T")


def results_csv(scored: Scored, rounding: Rounding = USUAL) -> Iterator[bytes]:
    """One row an indicator plus one row 预算执行率 a project, in document order; piece by piece, as the others."""
    return _table_csv(RESULTS_FILE, result_values(scored), rounding)


def result_values(scored: Scored) -> Iterator[list[object]]:
    """The values of results.csv, row by row.

    A row outside the 100 has no points of them, but how many it may add or take at most.
    """
    names = dict(scored.projects.columns("project", "name"))

    def row(record: Mapping[str, Any]) -> list[object]:
        outside = {"points": None} if record["most"] else {"most": None}
        values = {**record, **outside, "name": names[record["project"]]}
        return [values[name] for name in RESULTS_FILE.names]

    return map(row, scored.indicators.records)


def projects_csv(scored: Scored, rounding: Rounding = USUAL) -> Iterator[bytes]:
    """One row a project, in document order. Amounts in 万元."""
    return _table_csv(PROJECTS_FILE, project_values(scored), rounding)


def project_values(scored: Scored) -> Iterator[list[object]]:
    """The values of projects.csv, row by row."""
    return ([record[name] for name in PROJECTS_FILE.names] for record in scored.projects.records)


def problems_csv(problems: Iterable[Problem]) -> Iterator[bytes]:
    """One row a problem, worst first."""
    return _table_csv(PROBLEMS_FILE, (problem_record(found).values() for found in problems))


def problem_record(found: Problem) -> dict[str, object]:
    """A problem by the columns of problems.csv."""
    place = found.place
    return {name: getattr(found if hasattr(found, name) else place, name) for name in PROBLEMS_FILE.names}


def total_shown(project: Mapping[str, Any], rounding: Rounding) -> str:
    """The total of a record of ``Scored.projects`` as printed, or its range while it is open."""
    total, *ends = (project[name] for name in ("total", "lowest", "highest"))
    return " – ".join(map(rounding.show, ends if total is None else [total]))


def _table_csv(table: Table, rows: Iterable[Iterable[object]], rounding: Rounding = USUAL) -> Iterator[bytes]:
    """Rows of the values of a table's columns, under their headers and as they are shown."""
    texts = (
        [column.printed(value, rounding.show) for column, value in zip(table.columns, row, strict=True)] for row in rows
    )
    return csv_pieces([column.header for column in table.columns], texts)


def columns_csv(columns: Mapping[str, Callable[[T], str]], rows: Iterable[T]) -> bytes:
    """A table whose columns are said once: each header with what stands under it."""
    return csv_bytes([*columns], ([text(row) for text in columns.values()] for row in rows))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV that spreadsheets open rightly: UTF-8 with BOM, no text that they would take for a formula."""
    return b"".join(csv_pieces(header, rows))


_PIECE = 5_000
"""Rows that are held together."""


def csv_pieces(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The same piece by piece, the first with the BOM."""
    lines, encoding = chain([header], (map(in_spreadsheet, row) for row in rows)), "utf-8-sig"
    while some := [*islice(lines, _PIECE)]:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(some)
        yield text.getvalue().encode(encoding)
        encoding = "utf-8"
