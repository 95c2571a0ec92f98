"""``selfeval check``: every problem of every form, by unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ProjectOption,
    ReportedOption,
    RulesOption,
    WorkspaceOption,
    Year,
    open_or_exit,
    stop_unusable,
)
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.checking import Checked
    from selfeval.runs.inputs import Inputs

HELP = "检查：一次列出全部填报表的问题，按单位，写明文件、工作表和单元格。"


def check_year(
    year: Year,
    workspace: WorkspaceOption = HERE,
    reported: ReportedOption = None,
    project: ProjectOption = None,
    rules: RulesOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="日期", help="清单上的日期，默认为年度的 12 月 31 日"),
    ] = None,
    *,
    write: Annotated[bool, typer.Option("--write", help="为每个单位写一份退回修改清单")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Check the forms of a year."""
    from selfeval.runs.checking import check
    from selfeval.runs.execute import default_date, score_inputs, verdict
    from selfeval.runs.inputs import Choice, Unusable, load_inputs

    place = open_or_exit(workspace)
    inputs = load_inputs(place, Choice(year, reported, rules, tuple(dict.fromkeys(project or ()))))
    if isinstance(inputs, Unusable):
        raise stop_unusable(inputs, form)
    scored = score_inputs(inputs)
    checked = check(inputs, scored)
    code = verdict(scored)
    written = ""
    if write:
        written = _write(inputs, checked, day.date() if day else default_date(year), whole=not project)
    if form is Format.JSON:
        _print_json(checked, code, written)
    else:
        _print_text(checked, written)
    raise typer.Exit(code)


def _write(inputs: Inputs, checked: Checked, day: date, *, whole: bool) -> str:
    """Write the lists; the folder they are in, as shown. ``whole``: all projects were checked."""
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.runs.checking import LISTS, return_lists, write_lists
    from selfeval.runs.publish import CannotWriteError

    place = inputs.workspace
    # a list of some projects must not stand in for the whole unit's
    name = f"{inputs.targets.year}-{LISTS}" if whole else f"{inputs.targets.year}-{LISTS}-部分"
    folder = place.outputs(inputs.targets.year).with_name(name)
    try:
        write_lists(folder, return_lists(checked, inputs, day), whole=whole)
    except CannotWriteError as error:
        print_problems([problem("E603", Place(), path=place.name(error.path), why=error.why)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    return place.name(folder)


def _print_text(checked: Checked, written: str) -> None:
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Severity

    counts = dict.fromkeys(Severity, 0)
    everything = [*checked.other, *(one for unit in checked.units for one in unit.problems)]
    for one in everything:
        counts[one.severity] += 1
    for unit in checked.units:
        serious = [one for one in unit.problems if one.severity is not Severity.INFO]
        typer.echo(f"{unit.code} {unit.name}：{len(serious)} 条，{len(unit.clean)} 个项目没有问题")
        print_problems(serious, limit=len(serious))
        typer.echo("")
    rest = [one for one in checked.other if one.severity is not Severity.INFO]
    if rest:
        typer.echo("不属于哪个单位的")
        print_problems(rest, limit=len(rest))
        typer.echo("")
    typer.echo("问题：" + "，".join(f"{severity} {count} 条" for severity, count in counts.items()) + "。")
    if written:
        typer.echo(f"退回修改清单写在 {written}/，每个单位一份。")


def _print_json(checked: Checked, code: Exit, written: str) -> None:
    from selfeval.cli.printing import print_json, problem_rows

    units = [
        {"unit_code": one.code, "unit_name": one.name, "problems": problem_rows(one.problems), "clean": list(one.clean)}
        for one in checked.units
    ]
    other = problem_rows(checked.other)
    print_json({"format": "selfeval.check.v1", "units": units, "other": other, "written": written, "exit": int(code)})
