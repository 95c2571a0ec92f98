"""``selfeval explain``: how one score came about, or where a project lost its points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.asking.losses import losses_facts, losses_lines
from selfeval.cli.ending import finish, opened, stop, usable
from selfeval.cli.need import Need, explain_need
from selfeval.cli.options import argument
from selfeval.cli.printing import problem_lines
from selfeval.cli.terminal import completing
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.explain import Explained

HELP = "查询得分：一个项目在哪些指标上失分，或者一个指标的得分怎样算出（指标值、实际完成值、规则、计算过程、依据）。"

_SAYS = "列表中的序号（3、3-02）、名称或其中几个字、编码或它的末几位；3-预算执行率 是第3个项目的执行率"


def explain_score(
    year: options.Year,
    asked: Annotated[list[str], argument("项目或指标", _SAYS, autocompletion=completing.projects)],
    root: options.Workspace = options.HERE,
    reported: options.Reported = None,
    rules: options.Rules = None,
    need: Need = None,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Explain one score, those of a project, or what would lift its grade."""
    from selfeval.domain.case import is_whole
    from selfeval.domain.problems import Problem
    from selfeval.runs.explain import explain
    from selfeval.runs.inputs import Choice, load_inputs
    from selfeval.runs.losses import losses
    from selfeval.runs.whole import called, named_in

    inputs = usable(load_inputs(opened(root), Choice(year, reported, rules)), format_)
    meant = named_in(inputs.targets, None if inputs.whole is None else inputs.whole.inputs.targets, " ".join(asked))
    if isinstance(meant, Problem):
        stop([meant], format_=format_)
    if inputs.whole is not None and is_whole(meant.project):
        inputs = inputs.whole.inputs
    if need is not None:
        explain_need(inputs, meant.project, need, format_)
        return
    if not meant.indicator:
        found, number = losses(inputs, meant.project), called(inputs.targets, meant.project)
        rounding = inputs.rulebook.rounding
        facts, lines = losses_facts(found, number), losses_lines(found, number, year, rounding)
        finish(format_, "explain.project", facts, lines, Exit.DONE)
    explained = explain(inputs, meant.project, meant.indicator)
    parts = {name: [line.strip() for line in lines] for name, lines in explained.parts.items()}
    facts = {"project": meant.project, "indicator": meant.indicator, **parts, "problems": explained.problems}
    finish(format_, "explain", facts, _lines(explained), Exit.DONE)


def _lines(explained: Explained) -> Iterator[str]:
    yield explained.title
    for name, lines in explained.parts.items():
        yield f"\n{name}"
        yield from (f"  {line}" for line in lines)
    if explained.problems:
        yield from ("\n问题", *problem_lines(explained.problems))
