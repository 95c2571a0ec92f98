"""How a command that cannot go on ends: what is wrong is printed, and the exit code says what kind of fault it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from selfeval.cli.options import Format
from selfeval.cli.printing import print_json, problem_lines, say
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.runs.inputs import Unusable
    from selfeval.runs.workspace import Workspace

T = TypeVar("T")


def stop(problems: Iterable[Problem], code: Exit = Exit.UNUSABLE, form: Format = Format.TEXT, *head: str) -> NoReturn:
    """Print all problems on standard error, ``head`` before them, or as JSON, and end."""
    listed = tuple(problems)
    if form is Format.JSON:
        print_json("problems", {"problems": listed, "exit": code})
    else:
        say((*head, *problem_lines(listed, limit=len(listed))), err=True)
    raise typer.Exit(code)


def stop_with(number: str, code: Exit, **facts: object) -> NoReturn:
    """End with one problem of the catalogue that stands in no file."""
    from selfeval.domain.problems import Place, problem

    stop([problem(number, Place(), **facts)], code)


def opened(folder: Path) -> Workspace:
    """The workspace at a folder; when it does not look like one, that is said and ends the command."""
    from selfeval.runs.workspace import open_workspace

    workspace, problems = open_workspace(folder)
    if problems:
        stop(problems)
    return workspace


def usable(found: T | Unusable, form: Format) -> T:
    """What was found; when a run cannot start, the reasons are printed and end the command."""
    from selfeval.domain.problems import worst_first
    from selfeval.runs.inputs import Unusable

    if isinstance(found, Unusable):
        stop(worst_first(found.problems), Exit.UNUSABLE, form, "不能继续：目标表、规则、数据或参数有问题。")
    return found


@contextmanager
def writing(name: Callable[[Path], str]) -> Iterator[None]:
    """Turns CannotWriteError into E603, with the path as ``name`` shows it, and the exit code for it."""
    from selfeval.runs.publish import CannotWriteError

    try:
        yield
    except CannotWriteError as error:
        stop_with("E603", Exit.CANNOT_WRITE, path=name(error.path), why=error.why)
