"""``selfeval score``: score a year and publish the results."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from selfeval.cli.ending import opened, stop_with, usable, writing
from selfeval.cli.options import (
    HERE,
    Format,
    FormatOption,
    ProjectOption,
    ReportedOption,
    RulesOption,
    WorkspaceOption,
    Year,
    as_of_option,
    date_option,
)
from selfeval.cli.printing import by_unit, counted, json_points, problem_lines, progress, say, serious, show, table
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from selfeval.domain.scored import Scored
    from selfeval.runs.inputs import Inputs

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
    day: Annotated[datetime | None, date_option("--date", "文件上的日期，默认为年度的 12 月 31 日")] = None,
    as_of: Annotated[int | None, as_of_option("借用这一年的规则；每个工作簿都会注明")] = None,
    *,
    compare: Annotated[
        bool, typer.Option("--compare", help="只比较：按 --rules 的规则各项目会得多少分；不改 outputs")
    ] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Score a year."""
    from selfeval.runs.inputs import Choice, load_inputs

    place = opened(workspace)
    projects = tuple(dict.fromkeys(project or ()))
    if compare:
        from selfeval.cli.what_if import score_otherwise

        score_otherwise(place, Choice(year, reported, None, projects, as_of), rules, out, form)
        return
    inputs = usable(load_inputs(place, Choice(year, reported, rules, projects, as_of)), form)
    from selfeval.runs.execute import default_date, verdict
    from selfeval.runs.publish import would_lose

    target = out or place.outputs(year)
    if projects and out is None:
        target = target.with_name(f"{year}-部分")
    if projects and would_lose(place, target, year, len(projects)):
        what = f"其中 {len(projects)} 个项目的结果"
        stop_with("E609", Exit.CANNOT_WRITE, path=place.name(target), what=what)
    scored = inputs.score()
    kept = _publish(inputs, scored, target, day.date() if day else default_date(year))
    code = verdict(scored)
    facts = {"year": year, "projects": _projects(scored), "problems": scored.problems, "kept": kept, "exit": code}
    show(form, "score", facts, _lines(scored, place.whole_name(target), inputs))
    raise typer.Exit(code)


def _publish(inputs: Inputs, scored: Scored, target: Path, day: date) -> dict[str, str]:
    """Write the results; which reviewed workbooks were kept under which name is said and returned."""
    from selfeval.domain.problems import Place, problem
    from selfeval.packages.files import BusyError
    from selfeval.runs.execute import outputs
    from selfeval.runs.publish import publish
    from selfeval.runs.review import is_reviewed

    name = inputs.workspace.name
    try:
        with writing(name), progress(len(scored.projects) + 1, "写工作簿") as tick:
            kept = publish(target, outputs(inputs, scored, day, tick), is_reviewed)
    except BusyError as error:
        stop_with("E608", Exit.CANNOT_WRITE, path=name(target), lock=name(error.lock))
    renamed = [problem("W613", Place(), file=old, kept=new.rpartition("/")[2]) for old, new in kept.items()]
    say(problem_lines(renamed), err=True)
    return kept


def _lines(scored: Scored, where: str, inputs: Inputs) -> Iterator[str]:
    from selfeval.domain.case import records

    projects = records(scored.projects)
    units = (f"{one['unit_code']} {one['unit_name']}" for one in projects)
    rows = [[str(number), *_row(one)] for number, one in enumerate(projects, start=1)]
    yield from by_unit(units, table(rows, right=frozenset({0, 2})))
    yield ""
    yield from problem_lines(serious(scored.problems))
    done = sum(one["total"] is not None for one in projects)
    yield f"{len(projects)} 个项目，{done} 个已有总分，{len(projects) - done} 个待定。"
    hints = len(scored.problems) > len(serious(scored.problems))
    yield f"问题：{counted(scored.problems)}{'（提示不在这里列出，见 problems.csv）' if hints else ''}。"
    yield f"规则：{inputs.rulebook.title}（{inputs.rulebook.files[-1].path}）。"
    yield f"结果写在 {where}/（results.csv、projects.csv、problems.csv、汇总.xlsx 和每个项目的自评表）。"


def _row(project: dict[str, Any]) -> list[str]:
    """The printed cells of a project: name, score or its range, grade, what needs attention."""
    from selfeval.domain.rounding import show_points
    from selfeval.domain.scored import PENDING_GRADE

    total, *ends = (project[name] for name in ("total", "lowest", "highest"))
    points = show_points(total) if project["grade"] != PENDING_GRADE else " – ".join(map(show_points, ends))
    counts = (("待补充", project["missing"]), ("需关注", project["flagged"]))
    notes = "，".join(f"{what} {count} 项" for what, count in counts if count)
    return [project["name"], points, project["grade"], notes]


def _projects(scored: Scored) -> list[dict[str, object]]:
    """The projects for JSON."""
    from selfeval.domain.case import records

    plain = ("project", "name", "unit_code", "grade", "state", "missing", "flagged")
    points = ("execution_score", "indicator_score", "total", "lowest", "highest")
    return [
        {name: one[name] for name in plain} | {name: json_points(one[name]) for name in points}
        for one in records(scored.projects)
    ]
