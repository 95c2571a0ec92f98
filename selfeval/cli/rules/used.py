"""``selfeval rules used``: what of a rulebook read and scored nothing in a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable
from selfeval.cli.options import as_of_option, flag
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.rulebook.trying.coverage import Covered

HELP = "未用到的内容：列出规则文件中这一年没有用于识别或计分的内容；不写结果。"


def list_unused(
    year: options.Year,
    root: options.Workspace = options.HERE,
    reported: options.Reported = None,
    rules: options.Rules = None,
    as_of: Annotated[int | None, as_of_option("借用这一年的评分规则")] = None,
    *,
    inherited: Annotated[bool, flag("--inherited", "连同取自基础规则的一起列出")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """List what a year did not use of its rulebook."""
    from selfeval.runs.inputs import Choice, load_inputs
    from selfeval.runs.used import unused

    inputs = usable(load_inputs(opened(root), Choice(year, reported, rules, (), as_of)), format_)
    things = unused(inputs, inputs.score(), rules, inherited=inherited)
    facts = {"year": year, "rulebook": inputs.rulebook.id, "unused": unused_facts(things)}
    finish(format_, "rules.used", facts, _lines(inputs.rulebook.id, things, inherited=inherited), Exit.DONE)


def unused_facts(things: Sequence[Covered]) -> list[dict[str, str]]:
    """What was not used, for JSON."""
    return [
        {"group": thing.group, "what": thing.what, "file": thing.place.file, "cell": thing.place.cell}
        for thing in things
    ]


def unused_line(things: Sequence[Covered], year: int, chosen: Sequence[tuple[str, Path | int | None]]) -> Iterator[str]:
    """One line for the end of ``score``: how much was not used, and the command that lists it; none for nothing."""
    from selfeval.rulebook.trying.coverage import counted

    if things:
        more = "".join(f" {name} {value}" for name, value in chosen if value is not None)
        yield f"规则文件中有{len(things)}处今年没有用到（{counted(things)}），列出：selfeval rules used {year}{more}"


def _lines(rulebook: str, things: Sequence[Covered], *, inherited: bool) -> Iterator[str]:
    from selfeval.rulebook.trying.coverage import GROUPS, by_group

    for group, found in by_group(things).items():
        yield GROUPS[group]
        yield from (f"  {thing.place.file} {thing.place.cell}　{thing.what}" for thing in found)
    where = "（连同基础规则）" if inherited else ""
    count = f"有{len(things)}处今年没有用到" if things else "今年全部用到"
    yield f"规则文件 {rulebook}{where}{count}。"
    if not inherited:
        yield "取自基础规则的未列出，加 --inherited 列出。"
