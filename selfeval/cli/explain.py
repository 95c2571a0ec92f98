"""``selfeval explain``: how one score came about, from cell to source."""

from __future__ import annotations

from typing import Annotated

import typer

from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ReportedOption,
    RulesOption,
    WorkspaceOption,
    Year,
    open_or_exit,
    stop_unusable,
)
from selfeval.runs.exits import Exit

HELP = "说明：一个指标的得分是怎样来的（目标、实际、规则、算式、依据）。"


def explain_indicator(
    year: Year,
    indicator: Annotated[
        str, typer.Argument(metavar="指标编号", help="如 13080024P00010310005F-01；只写项目编码则说明执行率")
    ],
    workspace: WorkspaceOption = HERE,
    reported: ReportedOption = None,
    rules: RulesOption = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Explain one score."""
    from selfeval.cli.printing import print_json, print_problems, problem_rows
    from selfeval.runs.explain import explain
    from selfeval.runs.inputs import Choice, Unusable, load_inputs

    place = open_or_exit(workspace)
    inputs = load_inputs(place, Choice(year, reported, rules))
    if isinstance(inputs, Unusable):
        raise stop_unusable(inputs, form)
    explained = explain(inputs, indicator)
    if isinstance(explained, Unusable):
        raise stop_unusable(explained, form)
    if form is Format.JSON:
        parts = {name: [line.strip() for line in lines] for name, lines in explained.parts}
        problems = problem_rows(explained.problems)
        print_json({"format": "selfeval.explain.v1", "indicator": indicator, **parts, "problems": problems})
        raise typer.Exit(Exit.DONE)
    typer.echo(explained.title)
    for name, lines in explained.parts:
        typer.echo(f"\n{name}")
        for line in lines:
            typer.echo(f"  {line}")
    if explained.problems:
        typer.echo("\n问题")
        print_problems(explained.problems)
    raise typer.Exit(Exit.DONE)
