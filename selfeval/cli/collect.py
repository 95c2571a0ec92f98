"""``selfeval collect``: the forms that came back, recognised and put in place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.options import HERE, Format, FormatOption, RulesOption, WorkspaceOption, open_or_exit, stop_unusable
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.collecting import Standing

HELP = "收表：从文件夹或压缩包里认出各项目的填报表，放到位，并列出谁交了、谁没交、哪份不完整。"


def collect_year(
    source: Annotated[Path, typer.Argument(metavar="文件夹", help="收到的文件所在的文件夹，或 .zip 压缩包")],
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, metavar="年度", help="预算年度，如 2024")],
    workspace: WorkspaceOption = HERE,
    rules: RulesOption = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="日期", help="换下的旧表没有填报日期时，以此为日期留存"),
    ] = None,
    *,
    accept_newest: Annotated[
        bool,
        typer.Option(
            "--accept-newest", help="同一项目有几份不同的表时，用填报日期最近的；日期相同或没写的，用新收到的"
        ),
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Collect forms."""
    from selfeval.cli.printing import print_json, print_problems, problem_rows
    from selfeval.domain.problems import Severity
    from selfeval.runs.collecting import NOT_SENT, collect_forms
    from selfeval.runs.inputs import Choice, Unusable

    place = open_or_exit(workspace)
    when = day.date() if day else None
    outcome = collect_forms(place, Choice(year, None, rules), source, day=when, accept_newest=accept_newest)
    if isinstance(outcome, Unusable):
        raise stop_unusable(outcome, form)
    wrong = any(one.severity is Severity.ERROR for one in outcome.problems)
    waiting = any(one.state == NOT_SENT or one.errors for one in outcome.standings)
    code = Exit.PROBLEMS if wrong or waiting else Exit.DONE
    if any(one.code == "E321" for one in outcome.problems):
        code = Exit.CANNOT_WRITE
    if form is Format.JSON:
        rows = [vars(one) for one in outcome.standings]
        done = {name: dict(getattr(outcome.collected, name)) for name in ("placed", "replaced", "unchanged")}
        done["unsettled"] = {key: list(files) for key, files in outcome.collected.unsettled.items()}
        problems = problem_rows(outcome.problems)
        print_json(
            {"format": "selfeval.collect.v1", **done, "standings": rows, "problems": problems, "exit": int(code)}
        )
        raise typer.Exit(code)
    print_problems(outcome.problems)
    _print_standings(outcome.standings)
    raise typer.Exit(code)


def _print_standings(standings: tuple[Standing, ...]) -> None:
    from selfeval.cli.printing import table

    unit = ""
    rows = [[one.state, one.name, f"待改 {one.errors} 处" if one.errors else "", one.now] for one in standings]
    for one, line in zip(standings, table(rows), strict=True):
        if one.unit != unit:
            unit = one.unit
            typer.echo(f"\n{unit}")
        typer.echo(f"  {line}")
    counts: dict[str, int] = {}
    for one in standings:
        counts[one.state] = counts.get(one.state, 0) + 1
    typer.echo(f"\n{len(standings)} 个项目：" + "，".join(f"{state} {count}" for state, count in counts.items()) + "。")
    if any(one.errors for one in standings):
        typer.echo("不完整的请看 selfeval check，加 --write 可写出退回修改清单。")
