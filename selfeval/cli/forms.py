"""``selfeval forms``: one spreadsheet a project for the departments to fill in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import opened, usable
from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ProjectOption,
    RulesOption,
    WorkspaceOption,
    Year,
    date_option,
)
from selfeval.cli.printing import problem_lines, serious, show
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.forms.writing.deliver import Delivery

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
    due: Annotated[datetime | None, date_option("--due", "印在表上的报送期限")] = None,
    contact: Annotated[str, typer.Option("--contact", metavar="文字", help="印在表上的联系人和电话")] = "",
    *,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="已填过的表也重新生成（原表留在 .旧版 文件夹）")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Write the forms of a year."""
    from selfeval.runs.delivery import FormOptions, deliver
    from selfeval.runs.inputs import Choice

    place = opened(workspace)
    choice = Choice(year, prefill, rules, tuple(dict.fromkeys(project or ())))
    day = due.date() if due else None
    delivery = usable(deliver(place, choice, FormOptions(overwrite, tuple(unit or ()), from_year, day, contact)), form)
    code = Exit.of(delivery.problems)
    show(form, "forms", {**vars(delivery), "exit": code}, _lines(delivery, place.name(place.forms(year))))
    raise typer.Exit(code)


def _lines(delivery: Delivery, where: str) -> Iterator[str]:
    yield from problem_lines(serious(delivery.problems))
    counts = [f"新写 {len(delivery.written)} 份", f"没有变化 {len(delivery.unchanged)} 份"]
    counts.append(f"已有填报而保留 {len(delivery.kept)} 份")
    yield f"填报表在 {where}/：{'，'.join(counts)}。"
    if delivery.aside:
        yield f"{len(delivery.aside)} 份原表留在各单位文件夹的 .旧版 里。"
