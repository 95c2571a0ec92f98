"""How a command that cannot go on ends: what is wrong is printed, and the exit code says what kind of fault it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from selfeval.cli.options import TEXT, Format
from selfeval.cli.printing import print_json, problem_lines, say, show
from selfeval.cli.terminal.manner import manner
from selfeval.cli.terminal.whereabouts import stand_in
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.runs.inputs import Unusable
    from selfeval.runs.workspace import Workspace

T = TypeVar("T")


def finish(format_: Format, name: str, facts: Mapping[str, object], lines: Iterable[str], code: Exit) -> NoReturn:
    """Print a result, as JSON with the exit code last, and end with that code."""
    show(format_, name, {**facts, "exit": code}, lines)
    raise typer.Exit(code)


def stop(problems: Iterable[Problem], code: Exit = Exit.UNUSABLE, format_: Format = TEXT, *head: str) -> NoReturn:
    """Print all problems on standard error, ``head`` before them, or as JSON, and end."""
    if format_ is Format.JSON or manner().json:
        print_json("problems", {"problems": tuple(problems), "exit": code})
    else:
        say((*head, *problem_lines(problems)), err=True)
    raise typer.Exit(code)


def stop_with(number: str, code: Exit, **facts: object) -> NoReturn:
    """End with one problem of the catalogue that stands in no file."""
    from selfeval.domain.problems import Place, problem

    stop([problem(number, Place(), **facts)], code)


def at_home(folder: Path) -> Workspace:
    """The workspace at a folder, whatever it holds yet."""
    from selfeval.runs.workspace import open_workspace

    workspace, _ = open_workspace(folder)
    stand_in(workspace)
    return workspace


def opened(folder: Path, *needs: str) -> Workspace:
    """The workspace at a folder; when it lacks a part (those named, else all), that is said and ends the command."""
    from selfeval.runs.folders import PARTS
    from selfeval.runs.workspace import open_workspace

    workspace, problems = open_workspace(folder, needs or PARTS)
    stand_in(workspace)
    if problems:
        stop(problems)
    return workspace


def usable(found: T | Unusable, format_: Format) -> T:
    """What was found; when a run cannot start, the reasons are printed and end the command."""
    from selfeval.domain.problems import worst_first
    from selfeval.runs.inputs import Unusable

    if isinstance(found, Unusable):
        stop(
            worst_first(found.problems),
            Exit.unusable(found.problems),
            format_,
            "不能继续：绩效目标表、评分规则、数据或参数有问题。",
        )
    return found


@contextmanager
def writing(name: Callable[[Path], str]) -> Iterator[None]:
    """Turns CannotWriteError into E603 and BusyError into E608, paths as ``name`` shows them, and the exit code."""
    from selfeval.packages.files import BusyError
    from selfeval.runs.placing import CannotWriteError

    try:
        yield
    except CannotWriteError as error:
        stop_with("E603", Exit.CANNOT_WRITE, path=name(error.path), why=error.why)
    except BusyError as error:
        stop_with("E608", Exit.CANNOT_WRITE, path=name(error.target), lock=name(error.lock))


@contextmanager
def together() -> Iterator[None]:
    """Turns ClusterError into E652 and the exit code."""
    from selfeval.packages.cluster import ClusterError

    try:
        yield
    except ClusterError as error:
        stop_with("E652", Exit.CANNOT_WRITE, said=str(error))
