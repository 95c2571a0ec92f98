"""``selfeval import``: a target document to inputs/<year>/targets.xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import stop_with, writing
from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption, YearOption
from selfeval.cli.printing import problem_lines, show
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.runs.importing import ImportOutcome

HELP = "导入目标：读绩效目标文本，写成 inputs/<年度>/targets.xlsx。"


def import_targets(
    file: Annotated[Path, typer.Argument(metavar="目标文件", help="绩效目标文本（.txt），或已有的 targets.xlsx")],
    year: YearOption,
    workspace: WorkspaceOption = HERE,
    form: FormatOption = Format.TEXT,
) -> None:
    """Import a target document."""
    from selfeval.runs.importing import import_document

    if not file.is_file():
        stop_with("E606", Exit.UNUSABLE, path=file.as_posix())
    with writing(Path.as_posix):
        outcome = import_document(file, year, workspace.resolve())
    code = Exit.UNUSABLE if outcome.path is None else Exit.of(outcome.problems)
    show(form, "import", {**vars(outcome), "exit": code}, _lines(outcome))
    if outcome.path is None and form is Format.TEXT:
        typer.echo("没有写目标表。", err=True)
    raise typer.Exit(code)


def _lines(outcome: ImportOutcome) -> Iterator[str]:
    yield from (f"推断  {line}" for line in outcome.readings)
    yield from problem_lines(outcome.problems)
    if outcome.path is None:
        return
    counts = "，".join(f"{what} {count}" for what, count in outcome.counts.items())
    yield f"已读：{counts}；推断的读法 {len(outcome.readings)} 处。"
    if outcome.kept:
        yield f"原来的目标表改名为 {outcome.kept}。"
    yield f"目标表写在 {outcome.path}，请对照原文核对后使用。"
