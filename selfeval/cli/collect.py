"""``selfeval collect``: the forms that came back, recognised and put in place."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.ending import opened, usable
from selfeval.cli.options import HERE, Format, FormatOption, RulesOption, WorkspaceOption, YearOption, date_option
from selfeval.cli.printing import by_unit, problem_lines, show, table
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.runs.collecting import CollectOutcome

HELP = "收表：从文件夹或压缩包里认出各项目的填报表，放到位，并列出谁交了、谁没交、哪份不完整。"


def collect_year(
    source: Annotated[Path, typer.Argument(metavar="文件夹", help="收到的文件所在的文件夹，或 .zip 压缩包")],
    year: YearOption,
    workspace: WorkspaceOption = HERE,
    rules: RulesOption = None,
    day: Annotated[datetime | None, date_option("--date", "换下的旧表没有填报日期时，以此为日期留存")] = None,
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
    from selfeval.runs.collecting import COMPLETE, collect_forms
    from selfeval.runs.inputs import Choice

    place = opened(workspace)
    when = day.date() if day else None
    found = collect_forms(place, Choice(year, None, rules), source, day=when, accept_newest=accept_newest)
    outcome = usable(found, form)
    waiting = any(one.state != COMPLETE for one in outcome.standings)
    code = Exit.of(outcome.problems) or (Exit.PROBLEMS if waiting else Exit.DONE)
    done = {name: getattr(outcome.collected, name) for name in ("placed", "replaced", "unchanged", "unsettled")}
    facts = {**done, "standings": outcome.standings, "problems": outcome.problems, "exit": code}
    show(form, "collect", facts, _lines(outcome))
    raise typer.Exit(code)


def _lines(outcome: CollectOutcome) -> Iterator[str]:
    yield from problem_lines(outcome.problems)
    standings = outcome.standings
    rows = [[one.state, one.name, f"待改 {one.errors} 处" if one.errors else "", one.now] for one in standings]
    yield from by_unit((one.unit for one in standings), table(rows))
    counts = Counter(one.state for one in standings)
    yield f"\n{len(standings)} 个项目：" + "，".join(f"{state} {count}" for state, count in counts.items()) + "。"
    if any(one.errors for one in standings):
        yield "不完整的请看 selfeval check，加 --write 可写出退回修改清单。"
