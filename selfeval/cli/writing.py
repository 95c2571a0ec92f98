"""Writing files in a command: what could not be written is said, and the command ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from selfeval.runs.exits import Exit


@contextmanager
def writing(name: Callable[[Path], str]) -> Iterator[None]:
    """Turns CannotWriteError into E603, with the path as ``name`` shows it, and the exit code for it."""
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.runs.publish import CannotWriteError

    try:
        yield
    except CannotWriteError as error:
        print_problems([problem("E603", Place(), path=name(error.path), why=error.why)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE) from error
