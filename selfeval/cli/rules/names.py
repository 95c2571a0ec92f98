"""Rule files by the names that users give, and their problems with the line each points at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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


def rule_files(folder: Path, names: list[str] | None) -> list[Path]:
    """The rule files meant by names; all, the examples among them, when none is given.

    A missing one is said and ends the command.
    """
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.rulebook.inheritance import EXAMPLES

    if not names:
        every = [*folder.glob("*.yaml"), *(folder / EXAMPLES).glob("*.yaml")]
        return sorted(path for path in every if not path.name.endswith(".cases.yaml"))
    paths = []
    for name in names:
        path = folder / f"{name}.yaml"
        path = path if path.is_file() else Path(name)
        if not path.is_file():
            print_problems([problem("E606", Place(), path=(folder / f"{name}.yaml").as_posix())], err=True)
            raise typer.Exit(Exit.UNUSABLE)
        paths.append(path)
    return paths


def load_or_exit(place: Workspace, name: str) -> tuple[Path, Rulebook]:
    """A rule file and its rulebook; what is wrong with it is said, with its lines, and ends the command."""
    from selfeval.rulebook.loading import load

    path = rule_files(place.rules, [name])[0]
    rulebook, problems = load(path, place.root)
    if rulebook is None:
        print_with_lines(problems, place.root, err=True)
        raise typer.Exit(Exit.UNUSABLE)
    return path, rulebook


def print_with_lines(problems: Iterable[Problem], root: Path, *, err: bool = False) -> None:
    """Problems with the line of the rule file that each points at."""
    from selfeval.cli.printing import place
    from selfeval.rulebook.showing import point_at

    for one in problems:
        typer.echo(f"{one.severity} {one.code}  {place(one)}", err=err)
        for line in point_at(one, root):
            typer.echo(line, err=err)
        typer.echo(f"    {one.message}", err=err)
        typer.echo(f"    → {one.remedy}", err=err)
