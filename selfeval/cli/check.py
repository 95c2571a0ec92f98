"""``selfeval check``: every problem of every form, by unit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import opened, usable, writing
from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ProjectOption,
    ReportedOption,
    RulesOption,
    WorkspaceOption,
    Year,
    date_option,
)
from selfeval.cli.printing import counted, problem_lines, serious, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.runs.checking import Checked

HELP = "检查：一次列出全部填报表的问题，按单位，写明文件、工作表和单元格。"


def check_year(
    year: Year,
    workspace: WorkspaceOption = HERE,
    reported: ReportedOption = None,
    project: ProjectOption = None,
    rules: RulesOption = None,
    day: Annotated[datetime | None, date_option("--date", "清单上的日期，默认为年度的 12 月 31 日")] = None,
    *,
    write: Annotated[bool, typer.Option("--write", help="为每个单位写一份退回修改清单")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Check the forms of a year."""
    from selfeval.runs.checking import check, return_lists, write_lists
    from selfeval.runs.execute import default_date, verdict
    from selfeval.runs.inputs import Choice, load_inputs

    place = opened(workspace)
    inputs = usable(load_inputs(place, Choice(year, reported, rules, tuple(dict.fromkeys(project or ())))), form)
    scored = inputs.score()
    checked = check(inputs, scored)
    written = ""
    if write:
        lists = return_lists(checked, inputs, day.date() if day else default_date(year))
        with writing(place.name):
            written = place.name(write_lists(place, year, lists, whole=not project))
    code = verdict(scored)
    units = [
        {"unit_code": one.code, "unit_name": one.name, "problems": one.problems, "clean": one.clean}
        for one in checked.units
    ]
    facts = {"units": units, "other": checked.other, "written": written, "exit": code}
    show(form, "check", facts, _lines(checked, written))
    raise typer.Exit(code)


def _lines(checked: Checked, written: str) -> Iterator[str]:
    everything = list(checked.other)
    for unit in checked.units:
        everything += unit.problems
        grave = serious(unit.problems)
        yield f"{unit.code} {unit.name}：{len(grave)} 条，{len(unit.clean)} 个项目没有问题"
        yield from problem_lines(grave, limit=len(grave))
        yield ""
    rest = serious(checked.other)
    if rest:
        yield "不属于哪个单位的"
        yield from problem_lines(rest, limit=len(rest))
        yield ""
    yield f"问题：{counted(everything)}。"
    if written:
        yield f"退回修改清单写在 {written}/，每个单位一份。"
