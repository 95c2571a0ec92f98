"""``selfeval explain YEAR PROJECT --need``: what would lift a project's grade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.options import Format, option
from selfeval.cli.printing import show

if TYPE_CHECKING:
    from selfeval.runs.inputs import Inputs
    from selfeval.runs.lifting import Lifted

_SAYS = "达到这个等级（如“优”）或分数（如90）还差多少：每项失分的指标要达到多少才够；只供了解，不得据此改动填报数据"
Need = Annotated[str | None, option("--need", "等级或分数", _SAYS)]


def explain_need(inputs: Inputs, project: str, need: str, format_: Format) -> None:
    """Print what would lift a project to a grade or a number of points."""
    from selfeval.runs.lifting import goals_of, lifted

    answer = lifted(inputs, project, need)
    if answer is None:
        message = f"“{need}”不是等级，也不是分数。{goals_of(inputs.rulebook)}"
        raise typer.BadParameter(message, param_hint="--need")
    show(format_, "need", {"year": inputs.targets.year, **answer.facts}, _lines(answer))


def _lines(answer: Lifted) -> Iterator[str]:
    yield answer.title
    for name, lines in answer.parts.items():
        yield f"\n{name}"
        yield from (f"  {line}" for line in lines)
