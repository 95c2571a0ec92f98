"""Rule files by the names that users give, and their problems with the line each points at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import stop_with
from selfeval.cli.printing import problem_lines, say
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.domain.rulebook import Rulebook
    from selfeval.runs.workspace import Workspace

NamesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="规则…", help="年度（2024）、规则名（national-2020、examples/hubei）或文件；不写则为全部"),
]
NameArgument = Annotated[str, typer.Argument(metavar="规则", help="年度（2024）、规则名或文件")]


def rule_files(place: Workspace, names: list[str] | None) -> list[Path]:
    """The rule files meant by names; all, the examples among them, when none is given.

    A missing one is said and ends the command.
    """
    from selfeval.rulebook.inheritance import EXAMPLES

    folder = place.rules
    if not names:
        every = [*folder.glob("*.yaml"), *(folder / EXAMPLES).glob("*.yaml")]
        return sorted(path for path in every if not path.name.endswith(".cases.yaml"))
    paths = []
    for name in names:
        path = folder / f"{name}.yaml"
        path = path if path.is_file() else Path(name)
        if not path.is_file():
            stop_with("E606", Exit.UNUSABLE, path=place.name(folder / f"{name}.yaml"))
        paths.append(path)
    return paths


def load_or_exit(place: Workspace, name: str) -> tuple[Path, Rulebook]:
    """A rule file and its rulebook; what is wrong with it is said, with its lines, and ends the command."""
    from selfeval.rulebook.loading import load

    path = rule_files(place, [name])[0]
    rulebook, problems = load(path, place.root)
    if rulebook is None:
        say(with_lines(problems, place.root), err=True)
        raise typer.Exit(Exit.UNUSABLE)
    return path, rulebook


def with_lines(problems: Sequence[Problem], root: Path) -> Iterator[str]:
    """Problems with the line of the rule file that each points at."""
    from selfeval.rulebook.loading import point_at

    return problem_lines(problems, len(problems), lambda one: point_at(one, root))
