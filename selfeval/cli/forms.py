"""``selfeval forms``: one spreadsheet a project for the departments to fill in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ProjectOption,
    RulesOption,
    WorkspaceOption,
    Year,
    open_or_exit,
    stop_unusable,
)
from selfeval.runs.exits import Exit

HELP = "发表：为每个项目生成一份填报表，放在 inputs/<年度>/forms/。"


def write(
    year: Year,
    workspace: WorkspaceOption = HERE,
    project: ProjectOption = None,
    rules: RulesOption = None,
    prefill: Annotated[
        Path | None,
        typer.Option("--prefill", metavar="数据表", help="用填报数据表（工作簿或 CSV 文件夹）预先填好"),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar="单位编码", help="只处理这个单位，可以写几次")
    ] = None,
    from_year: Annotated[
        int | None, typer.Option("--from-year", metavar="上年", help="沿用上年填报表的文字（不沿用数字），如 2023")
    ] = None,
    due: Annotated[
        datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], metavar="日期", help="印在表上的报送期限")
    ] = None,
    contact: Annotated[str, typer.Option("--contact", metavar="文字", help="印在表上的联系人和电话")] = "",
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="已填过的表也重新生成（原表留在 .旧版 文件夹）")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Write the forms of a year."""
    from selfeval.cli.printing import print_json, print_problems, problem_rows
    from selfeval.domain.problems import Severity, worst_first
    from selfeval.runs.delivery import FormOptions, deliver
    from selfeval.runs.inputs import Choice, Unusable

    place = open_or_exit(workspace)
    choice = Choice(year, prefill, rules, tuple(dict.fromkeys(project or ())))
    day = due.date() if due else None
    outcome = deliver(place, choice, FormOptions(overwrite, tuple(unit or ()), from_year, day, contact))
    if isinstance(outcome, Unusable):
        raise stop_unusable(outcome, form)
    delivery, problems = outcome
    problems = worst_first([*problems, *delivery.problems])
    code = Exit.PROBLEMS if any(one.severity is Severity.ERROR for one in problems) else Exit.DONE
    if any(one.code == "E321" for one in problems):
        code = Exit.CANNOT_WRITE
    if form is Format.JSON:
        done = {name: list(getattr(delivery, name)) for name in ("written", "unchanged", "kept", "aside")}
        print_json({"format": "selfeval.forms.v1", **done, "problems": problem_rows(problems), "exit": int(code)})
        raise typer.Exit(code)
    print_problems([one for one in problems if one.severity is not Severity.INFO])
    counts = [f"新写 {len(delivery.written)} 份", f"没有变化 {len(delivery.unchanged)} 份"]
    counts.append(f"已有填报而保留 {len(delivery.kept)} 份")
    typer.echo(f"填报表在 {place.name(place.forms(year))}/：{'，'.join(counts)}。")
    if delivery.aside:
        typer.echo(f"{len(delivery.aside)} 份原表留在各单位文件夹的 .旧版 里。")
    raise typer.Exit(code)
