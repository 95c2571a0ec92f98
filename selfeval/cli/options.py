"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.inputs import Unusable
    from selfeval.runs.workspace import Workspace


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


Year = Annotated[int, typer.Argument(metavar="年度", min=2000, max=2100, help="预算年度，如 2024")]
WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        metavar="文件夹",
        show_default=False,
        help="工作目录，即含有 rules、inputs 的文件夹；默认为当前文件夹",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", show_default=False, help="输出形式：text（默认）或 json")]
ProjectOption = Annotated[
    list[str] | None, typer.Option("--project", metavar="项目编码", help="只处理这个项目，可以写几次")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="规则文件", help="用这个规则文件，代替 rules/<年度>.yaml")
]
ReportedOption = Annotated[
    Path | None,
    typer.Option("--reported", metavar="数据表", help="用填报数据表（工作簿或 CSV 文件夹），代替填报表"),
]
HERE = Path()


def open_or_exit(folder: Path) -> Workspace:
    """The workspace, or its problem printed and exit code 3."""
    from selfeval.cli.printing import print_problems
    from selfeval.runs.workspace import open_workspace

    workspace, problems = open_workspace(folder)
    if problems:
        print_problems(problems, err=True)
        raise typer.Exit(Exit.UNUSABLE)
    return workspace


def stop_unusable(unusable: Unusable, form: Format) -> typer.Exit:
    """Print why a run cannot start; the exit to raise."""
    from selfeval.cli.printing import print_json, print_problems, problem_rows
    from selfeval.domain.problems import worst_first

    problems = worst_first(unusable.problems)
    if form is Format.JSON:
        print_json({"format": "selfeval.problems.v1", "problems": problem_rows(problems), "exit": int(Exit.UNUSABLE)})
    else:
        typer.echo("不能继续：目标表、规则、数据或参数有问题。", err=True)
        print_problems(problems, err=True, limit=len(problems))
    return typer.Exit(Exit.UNUSABLE)
