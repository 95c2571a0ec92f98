"""``selfeval score``: score a year and publish the results."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
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
    from selfeval.domain.scored import Scored
    from selfeval.runs.inputs import Choice, Inputs
    from selfeval.runs.workspace import Workspace

HELP = "评分：比较目标与填报，写出结果表和每个项目的自评工作簿。"


def score_year(
    year: Year,
    workspace: WorkspaceOption = HERE,
    reported: ReportedOption = None,
    project: ProjectOption = None,
    rules: RulesOption = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="文件夹", help="结果写到这里，代替 outputs/<年度>")
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], metavar="日期", help="文件上的日期，默认为年度的 12 月 31 日"),
    ] = None,
    as_of: Annotated[
        int | None,
        typer.Option("--as-of", metavar="年度", min=2000, max=2100, help="借用这一年的规则；每个工作簿都会注明"),
    ] = None,
    *,
    compare: Annotated[
        bool, typer.Option("--compare", help="只比较：按 --rules 的规则各项目会得多少分；不改 outputs")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Score a year."""
    from selfeval.runs.inputs import Choice, Unusable, load_inputs

    place = open_or_exit(workspace)
    projects = tuple(dict.fromkeys(project or ()))
    if compare:
        from selfeval.cli.what_if import score_otherwise

        raise score_otherwise(place, Choice(year, reported, None, projects, as_of), rules, out, form)
    choice = Choice(year, reported, rules, projects, as_of)
    inputs = load_inputs(place, choice)
    if isinstance(inputs, Unusable):
        raise stop_unusable(inputs, form)
    from selfeval.runs.execute import default_date, score_inputs, verdict

    target = out or place.outputs(year)
    if choice.projects and out is None:
        target = target.with_name(f"{year}-部分")
    _stop_losing(place, choice, target)
    scored = score_inputs(inputs)
    kept = _publish(inputs, scored, target, day.date() if day else default_date(year))
    code = verdict(scored)
    if form is Format.JSON:
        _print_json(scored, code, kept)
    else:
        where = place.name(target) if target.is_relative_to(place.root) else target.as_posix()
        _print_text(scored, where, f"{inputs.rulebook.title}（{inputs.rulebook.files[-1].path}）")
    raise typer.Exit(code)


def _stop_losing(place: Workspace, choice: Choice, target: Path) -> None:
    """Results of a few projects never take the place of a year's."""
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.runs.ownership import would_lose

    if choice.projects and would_lose(place, target, choice.year, len(choice.projects)):
        facts = {"path": place.name(target), "what": f"其中 {len(choice.projects)} 个项目的结果"}
        print_problems([problem("E609", Place(), **facts)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE)


def _publish(inputs: Inputs, scored: Scored, target: Path, day: date) -> dict[str, str]:
    from selfeval.cli.printing import print_problems, progress
    from selfeval.domain.problems import Place, problem
    from selfeval.runs.execute import outputs
    from selfeval.runs.publish import BusyError, CannotWriteError, publish
    from selfeval.runs.reviewed import is_reviewed

    try:
        with progress(len(scored.projects) + 1, "写工作簿") as tick:
            kept = publish(target, outputs(inputs, scored, day, tick), is_reviewed)
    except CannotWriteError as error:
        print_problems([problem("E603", Place(), path=inputs.workspace.name(error.path), why=error.why)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    except BusyError as error:
        facts = {"path": inputs.workspace.name(target), "lock": inputs.workspace.name(error.lock)}
        print_problems([problem("E608", Place(), **facts)], err=True)
        raise typer.Exit(Exit.CANNOT_WRITE) from error
    print_problems(
        [problem("W613", Place(), file=old, kept=new.rpartition("/")[2]) for old, new in kept.items()], err=True
    )
    return kept


def _print_text(scored: Scored, where: str, rules: str) -> None:
    from selfeval.cli.printing import print_problems, table
    from selfeval.domain.problems import Severity

    unit = ""
    rows = _project_rows(scored)
    lines = table([row for _, row in rows], right=frozenset({0, 2}))
    for (name, _), line in zip(rows, lines, strict=True):
        if name != unit:
            unit = name
            typer.echo(f"\n{unit}")
        typer.echo(f"  {line}")
    counts = dict.fromkeys(Severity, 0)
    for one in scored.problems:
        counts[one.severity] += 1
    typer.echo("")
    serious = [one for one in scored.problems if one.severity is not Severity.INFO]
    print_problems(serious)
    done = int(scored.projects["total"].notna().sum())
    typer.echo(f"{len(scored.projects)} 个项目，{done} 个已有总分，{len(scored.projects) - done} 个待定。")
    hidden = "（提示不在这里列出，见 problems.csv）" if counts[Severity.INFO] else ""
    typer.echo("问题：" + "，".join(f"{severity} {count} 条" for severity, count in counts.items()) + hidden + "。")
    typer.echo(f"规则：{rules}。")
    typer.echo(f"结果写在 {where}/（results.csv、projects.csv、problems.csv、汇总.xlsx 和每个项目的自评表）。")


def _project_rows(scored: Scored) -> list[tuple[str, list[str]]]:
    """Unit name and the printed cells of each project: number, name, score, grade, what needs attention."""
    from selfeval.domain.rounding import show_points
    from selfeval.domain.scored import PENDING_GRADE

    rows = []
    columns = ["unit_code", "unit_name", "name", "total", "lowest", "highest", "grade", "missing", "flagged"]
    records = scored.projects[columns].itertuples(index=False, name=None)
    for number, (code, unit, name, total, lowest, highest, grade, missing, flagged) in enumerate(records, start=1):
        points = show_points(total) if grade != PENDING_GRADE else f"{show_points(lowest)} – {show_points(highest)}"
        notes = [f"待补充 {missing} 项"] if missing else []
        notes += [f"需关注 {flagged} 项"] if flagged else []
        rows.append((f"{code} {unit}", [str(number), name, points, grade, "，".join(notes)]))
    return rows


def _print_json(scored: Scored, code: Exit, kept: dict[str, str]) -> None:
    import pandas as pd

    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.domain.rounding import in_points

    def points(value: object) -> float | None:
        return None if value is None or value is pd.NA else float(in_points(int(str(value))))

    texts = ["project", "name", "unit_code", "grade", "state"]
    counts = ["missing", "flagged"]
    numbers = ["execution_score", "indicator_score", "total", "lowest", "highest"]
    projects = [
        {name: str(row[name]) for name in texts}
        | {name: int(row[name]) for name in counts}
        | {name: points(row[name]) for name in numbers}
        for row in scored.projects.to_dict("records")
    ]
    print_json(
        {
            "format": "selfeval.score.v1",
            "year": scored.year,
            "projects": projects,
            "problems": problem_rows(scored.problems),
            "kept": kept,
            "exit": int(code),
        }
    )
