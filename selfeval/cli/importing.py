"""``selfeval import``: a target document to inputs/<year>/targets.xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption
from selfeval.runs.exits import Exit

HELP = "导入目标：读绩效目标文本，写成 inputs/<年度>/targets.xlsx。"


def import_targets(
    file: Annotated[Path, typer.Argument(metavar="目标文件", help="绩效目标文本（.txt），或已有的 targets.xlsx")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, metavar="年度", help="预算年度，如 2024")],
    workspace: WorkspaceOption = HERE,
    form: FormatOption = Format.TEXT,
) -> None:
    """Import a target document."""
    from selfeval.cli.printing import print_json, print_problems, problem_rows
    from selfeval.domain.problems import Place, Severity, problem
    from selfeval.runs.importing import import_document
    from selfeval.runs.publish import CannotWriteError

    root = workspace.resolve()
    if not file.is_file():
        print_problems([problem("E606", Place(), path=file.as_posix())], err=True)
        raise typer.Exit(Exit.UNUSABLE)
    try:
        outcome = import_document(file, year, root)
    except CannotWriteError as error:
        print_problems([problem("E603", Place(), path=error.path.as_posix(), why=error.why)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    wrong = any(one.severity is Severity.ERROR for one in outcome.problems)
    code = Exit.UNUSABLE if outcome.path is None else Exit.PROBLEMS if wrong else Exit.DONE
    if form is Format.JSON:
        print_json(
            {
                "format": "selfeval.import.v1",
                "path": outcome.path,
                "kept": outcome.kept,
                "counts": outcome.counts,
                "readings": list(outcome.readings),
                "problems": problem_rows(outcome.problems),
                "exit": int(code),
            }
        )
        raise typer.Exit(code)
    for line in outcome.readings:
        typer.echo(f"推断  {line}")
    print_problems(outcome.problems)
    if outcome.path is None:
        typer.echo("没有写目标表。", err=True)
    else:
        counts = "，".join(f"{what} {count}" for what, count in outcome.counts.items())
        typer.echo(f"已读：{counts}；推断的读法 {len(outcome.readings)} 处。")
        if outcome.kept:
            typer.echo(f"原来的目标表改名为 {outcome.kept}。")
        typer.echo(f"目标表写在 {outcome.path}，请对照原文核对后使用。")
    raise typer.Exit(code)
