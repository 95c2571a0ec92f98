"""``selfeval explain``: how one score came about, from cell to source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import opened, usable
from selfeval.cli.options import HERE, Format, FormatOption, ReportedOption, RulesOption, WorkspaceOption, Year
from selfeval.cli.printing import problem_lines, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.runs.explain import Explained

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
    from selfeval.runs.explain import explain
    from selfeval.runs.inputs import Choice, load_inputs

    inputs = usable(load_inputs(opened(workspace), Choice(year, reported, rules)), form)
    explained = usable(explain(inputs, indicator), form)
    parts = {name: [line.strip() for line in lines] for name, lines in explained.parts.items()}
    show(form, "explain", {"indicator": indicator, **parts, "problems": explained.problems}, _lines(explained))


def _lines(explained: Explained) -> Iterator[str]:
    yield explained.title
    for name, lines in explained.parts.items():
        yield f"\n{name}"
        yield from (f"  {line}" for line in lines)
    if explained.problems:
        yield "\n问题"
        yield from problem_lines(explained.problems)
