"""Printing: problems and tables of text on a terminal, in a file or in a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from selfeval.domain.problems import Problem

SHOWN = 60
"""How many problems a terminal shows; the rest stands in problems.csv."""


def width(text: str) -> int:
    """Columns a text takes on a terminal: two for a Chinese character."""
    from rich.cells import cell_len

    return cell_len(text)


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as aligned lines; ``right`` names columns of numbers. The last column is not padded."""
    if not rows:
        return []
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        parts = []
        for i, text in enumerate(row):
            gap = " " * (widths[i] - width(text))
            parts.append(gap + text if i in right else text if i == len(row) - 1 else text + gap)
        lines.append("  ".join(parts).rstrip())
    return lines


def place(problem: Problem) -> str:
    """Where a problem stands, as one reads it: file [sheet!cell] project indicator."""
    at = problem.place
    spot = f"{at.sheet}!{at.cell}" if at.sheet and at.cell else at.sheet or at.cell
    where = " ".join(part for part in (at.file, f"[{spot}]" if spot else "") if part)
    who = at.indicator if at.indicator.startswith(at.project) and at.indicator else f"{at.project} {at.indicator}"
    return "  ".join(part for part in (where, who.strip()) if part)


def print_problems(problems: Iterable[Problem], *, err: bool = False, limit: int = SHOWN) -> None:
    """Problems as given (worst first), each with its place and cure."""
    shown = list(problems)
    for one in shown[:limit]:
        typer.echo(f"{one.severity} {one.code}  {place(one)}".rstrip(), err=err)
        typer.echo(f"    {one.message}", err=err)
        typer.echo(f"    → {one.remedy}", err=err)
    if len(shown) > limit:
        typer.echo(f"……另有 {len(shown) - limit} 条，见 problems.csv", err=err)


def problem_rows(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems for JSON."""
    return [
        {
            "code": one.code,
            "severity": str(one.severity),
            "project": one.place.project,
            "indicator": one.place.indicator,
            "file": one.place.file,
            "sheet": one.place.sheet,
            "cell": one.place.cell,
            "message": one.message,
            "remedy": one.remedy,
        }
        for one in problems
    ]


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal (standard error); silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total, name="")

        def tick(name: str) -> None:
            bar.update(task, advance=1, name=name)

        yield tick
