"""Printing: problems and tables of text on a terminal, in a file or in a pipe."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING

import typer

from selfeval.cli.options import Format
from selfeval.cli.terminal.manner import manner, suggested
from selfeval.cli.terminal.whereabouts import from_here, of_workspace, way_to_root
from selfeval.packages.grouping import grouped
from selfeval.packages.printable import in_json, printable

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem

SHOWN = 60
"""How many problems a terminal shows; the rest stands in problems.csv."""

_LEFT_OUT = "I302"


def say(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines, as soon as each is there, paths from where one stands; quietly, only on standard error."""
    if manner().quiet and not err:
        return
    for line in lines:
        typer.echo(printable(suggested(from_here(line))), err=err)


def show(format_: Format, name: str, facts: Mapping[str, object], lines: Iterable[str]) -> None:
    """Print a result: its facts as JSON (``print_json``), or its lines."""
    show_ready(format_, [json_text(name, facts)] if format_ is Format.JSON else lines)


def show_ready(format_: Format, lines: Iterable[str]) -> None:
    """Print a result: as JSON the one document that it is (``json_text``), or its lines."""
    if format_ is Format.JSON:
        manner().answered = True
        typer.echo("\n".join(lines))
    else:
        say(lines)


def print_json(name: str, facts: Mapping[str, object]) -> None:
    """One JSON document of a format on standard output (``json_text``)."""
    show_ready(Format.JSON, [json_text(name, facts)])


def json_text(name: str, facts: Mapping[str, object]) -> str:
    """A JSON document of a format; a dataclass is its fields, a problem its columns.

    Paths in it are those of the files of results, from the root of the workspace; ``workspace`` is the way there.
    """
    document = {"format": f"selfeval.{name}.v1", "workspace": way_to_root(), **facts}
    return in_json(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: object) -> dict[str, object]:
    from selfeval.domain.problems import Problem
    from selfeval.runs.results import problem_record

    return problem_record(value) if isinstance(value, Problem) else vars(value)


def json_points(hundredths: int | None) -> float | None:
    """Hundredths as points for JSON; None stays."""
    from selfeval.domain.rounding import in_points

    return None if hundredths is None else float(in_points(hundredths))


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as aligned lines; ``right`` names columns of numbers. The last column is not padded."""
    from rich.cells import cell_len  # a Chinese character takes two columns

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (widest - cell_len(text)) for widest, text in zip(widths, row, strict=True)]
        cells = (gap + text if i in right else text + gap for i, (gap, text) in enumerate(zip(gaps, row, strict=True)))
        lines.append("  ".join(cells).rstrip())
    return lines


def by_unit(units: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    """Lines under the name of the unit that each belongs to: units in the order of their first lines."""
    for unit, own in grouped(zip(units, lines, strict=True), itemgetter(0)).items():
        yield f"\n{unit}"
        yield from (f"  {line}" for _, line in own)


def place(problem: Problem) -> str:
    """Where a problem stands, as one reads it: file [sheet!cell] project indicator."""
    at = problem.place
    spot = f"{at.sheet}!{at.cell}" if at.sheet and at.cell else at.sheet or at.cell
    where = " ".join(part for part in (of_workspace(at.file), f"[{spot}]" if spot else "") if part)
    who = at.indicator if at.indicator.startswith(at.project) and at.indicator else f"{at.project} {at.indicator}"
    return "  ".join(part for part in (where, who.strip()) if part)


def problem_lines(
    problems: Iterable[Problem], limit: int | None = None, pointed: Callable[[Problem], Iterable[str]] = lambda _: ()
) -> Iterator[str]:
    """Problems as given (worst first), each with its place and cure; ``pointed`` are lines between the two.

    Those beyond the ``limit`` must stand in problems.csv; without one, all are told.
    """
    shown = list(problems)
    for found in shown[:limit]:
        yield f"{found.severity} {found.code}  {place(found)}".rstrip()
        yield from pointed(found)
        yield f"    {found.message}"
        yield f"    → {found.remedy}"
    if limit and len(shown) > limit:
        yield f"……另有{len(shown) - limit}条，见 problems.csv"


def serious(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are more than a hint, and the hint at lines of a table that were left out."""
    return [found for found in problems if not found.code.startswith("I") or found.code == _LEFT_OUT]


def told(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are told: hints too where everything is asked for."""
    return list(problems) if manner().full else serious(problems)


def counted(problems: Iterable[Problem]) -> str:
    """How many problems there are of each severity, as words."""
    from selfeval.domain.problems import Severity

    counts = Counter(found.severity for found in problems)
    return "，".join(f"{severity}{counts[severity]}条" for severity in Severity)


def time_left(a_second: float | None, seconds: float | None) -> str:
    """How quickly work goes on, and how long it will take; blank while nobody knows.

    >>> time_left(12.4, 200), time_left(0.4, 5000), time_left(None, None)
    ('每秒12个，约剩3分20秒', '每分钟24个，约剩1小时23分', '')
    """
    if not a_second or seconds is None:
        return ""
    rate = f"每秒{a_second:.0f}个" if a_second >= 1 else f"每分钟{a_second * 60:.0f}个"
    minutes, rest = divmod(round(seconds), 60)
    hours, of_hour = divmod(minutes, 60)
    left = f"{hours}小时{of_hour}分" if hours else f"{minutes}分{rest}秒" if minutes else f"{rest}秒"
    return f"{rate}，约剩{left}"


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[str], None]]:
    """A progress bar on a terminal (standard error), with the time that is left; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    what_column, left_column, name_column = (  # a name is no markup
        TextColumn(text, markup=False) for text in ("{task.description}", "{task.fields[left]}", "{task.fields[name]}")
    )
    columns = (what_column, BarColumn(), MofNCompleteColumn(), left_column, name_column)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(what, total=total, name="", left="")
        task = bar.tasks[0]

        def tick(name: str) -> None:
            bar.update(number, advance=1, name=printable(name), left=time_left(task.speed, task.time_remaining))

        yield tick
