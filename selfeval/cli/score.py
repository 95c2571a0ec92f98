"""``selfeval score``: a year's scores published, or compared under other rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop_with, together, usable, writing
from selfeval.cli.options import DOCUMENT_DATE, Format, as_of_option, date_option, flag, option
from selfeval.cli.printing import json_points, json_text, problem_lines, progress, say, show_ready, table, told
from selfeval.cli.rules.files import load_or_exit
from selfeval.cli.rules.used import unused_facts, unused_line
from selfeval.cli.score_page import page, summary
from selfeval.cli.terminal.manner import manner
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.scored import Scored
    from selfeval.runs.again import Again
    from selfeval.runs.execute import Making
    from selfeval.runs.inputs import Choice, Inputs
    from selfeval.runs.what_if import WhatIf
    from selfeval.runs.whole_outputs import ScoredWhole
    from selfeval.runs.workspace import Workspace

_LEFT_OUT = "部门整体不在所选项目之内，没有评；要评的，去掉 --project 再运行。"
SCORE = "评分：按评分规则评分，写出每个项目的自评表、汇总和结果数据表。"


def score_year(
    year: options.Year,
    root: options.Workspace = options.HERE,
    reported: options.Reported = None,
    project: options.Projects = None,
    rules: options.Rules = None,
    out: Annotated[Path | None, option("--out", "文件夹", "结果写到这里，代替 outputs/<年度>")] = None,
    day: Annotated[datetime | None, date_option("--date", DOCUMENT_DATE)] = None,
    as_of: Annotated[int | None, as_of_option("借用这一年的评分规则；每个工作簿都会注明")] = None,
    workers: options.Workers = None,
    scheduler: options.Scheduler = None,
    *,
    fresh: Annotated[bool, flag("--fresh", "全部重新读、重新评分、重新写；不写的，没有变化的项目沿用上次的")] = False,
    no_workbooks: Annotated[bool, flag("--no-workbooks", "只写结果数据表（CSV），不写自评表和汇总")] = False,
    parquet: Annotated[bool, flag("--parquet", "另写 results.parquet、projects.parquet；要装有 pyarrow")] = False,
    compare: Annotated[bool, flag("--compare", "只比较：按 --rules 指定的规则各项目得多少分；不改动 outputs")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Score a year."""
    workspace = opened(root)
    projects = tuple(dict.fromkeys(project or ()))
    _refuse(compare=compare, no_workbooks=no_workbooks, parquet=parquet)
    _refuse_cluster(scheduler, workers, compare=compare)
    usual = not (compare or projects or reported or rules or out or as_of or no_workbooks or parquet)
    again = _again(workspace, year, day, format_) if usual else None
    if again is not None and not fresh and (known := again.answer()):
        show_ready(format_, known.lines)
        raise typer.Exit(known.code)
    from selfeval.runs.inputs import Choice, load_inputs

    if compare:
        _score_otherwise(workspace, Choice(year, reported, None, projects, as_of), rules, out, format_)
        return
    from selfeval.runs.again import Answer
    from selfeval.runs.earlier import Earlier
    from selfeval.runs.execute import Making, default_date, verdict_with
    from selfeval.runs.publish import made_before, would_lose
    from selfeval.runs.team import Cluster, Team
    from selfeval.runs.used import unused
    from selfeval.runs.whole_outputs import scored_whole

    choice, dated = Choice(year, reported, rules, projects, as_of), day.date() if day else default_date(year)
    target = out or workspace.outputs(year)
    if projects and out is None:
        target = target.with_name(f"{year}-部分")
    by = workers if scheduler is None else Cluster(scheduler, lambda said: say([said], err=True))
    with (
        together(),
        Earlier(workspace, year, target, fresh=fresh) as earlier,
        Team(workspace, choice, dated, by, lambda count: progress(count, "读填报表")) as team,
    ):
        inputs = usable(load_inputs(workspace, choice, earlier.reading(team)), format_)
        if projects and would_lose(workspace, target, year, len(projects)):
            what = f"其中{len(projects)}个项目的结果"
            stop_with("E609", Exit.CANNOT_WRITE, path=workspace.whole_name(target), what=what)
        scored, whole = inputs.score(earlier.scoring(inputs.rulebook)), scored_whole(inputs)
        books = earlier.books(inputs.rulebook, dated)
        making = Making(
            crew=None if no_workbooks else team.crew(inputs.targets, inputs.rulebook),
            earlier=books,
            workbooks=not no_workbooks,
            parquet=parquet,
        )
        gone = no_workbooks and any(name.endswith(".xlsx") for name in made_before(target))
        kept, scored = _publish(inputs, scored, whole, target, dated, making)
        books.ended()
        earlier.done(all_of_it=usual)
    left = [] if projects else unused(inputs, scored, rules)
    chosen = (("--reported", reported), ("--rules", rules), ("--as-of", as_of))
    ran = _Ran(inputs, scored, whole, making, kept, target, unused_facts(left), gone=gone, some=bool(projects))
    ends = (*_published_before(target, year), *unused_line(left, year, chosen))
    code = verdict_with(scored, whole)
    if again is not None and not (kept or books.unsure or making.broken or code is Exit.BUG):
        count = len(scored.projects)  # so many are taken over by the next run
        lines = [*ran.lines(count), *ends]
        said = [json_text("score", {**ran.facts(count), "exit": code})] if format_ is Format.JSON else lines
        again.remember(Answer(tuple(said), code))
    facts = ran.facts(making.same) if format_ is Format.JSON else {}  # of many projects they are long
    finish(format_, "score", facts, (*ran.lines(making.same), *ends), code)


@dataclass(frozen=True)
class _Ran:
    """What a run has done; ``kept`` are files of a run before that somebody had filled in, ``gone``: its workbooks.

    ``unused`` are the rules that scored nothing; ``some``: whether only some projects were chosen.
    """

    inputs: Inputs
    scored: Scored
    whole: ScoredWhole | None
    making: Making
    kept: Mapping[str, str]
    target: Path
    unused: object
    gone: bool
    some: bool

    def facts(self, same: int) -> dict[str, object]:
        """It for JSON; ``same``: of how many projects the workbooks were taken over."""
        told_of = [*self.scored.problems, *(() if self.whole is None else self.whole.problems)]
        sums = summary(self.scored.projects.records, self.inputs.rulebook)
        facts = {"year": self.scored.year, "projects": _projects(self.scored), "kept": self.kept, "problems": told_of}
        return {**facts, "unused": self.unused, "summary": sums, "same": same, **_whole_facts(self.whole)}

    def lines(self, same: int) -> Iterator[str]:
        """It as lines."""
        from selfeval.runs.naming import numbers

        inputs = self.inputs
        # of some projects, the numbers would be others than in the list
        own = {} if self.some else numbers(inputs.targets)
        yield from _lines(self.scored, inputs, own)
        yield _written(inputs.workspace.whole_name(self.target), self.making, gone=self.gone)
        yield from _whole_lines(self.whole, self.making)
        yield from [f"{same}个项目没有变化，沿用上次写出的自评表。"] if same else []
        yield from [_LEFT_OUT] if inputs.left_out else []


def _again(workspace: Workspace, year: int, day: datetime | None, format_: Format) -> Again:
    """The run, which may have been made before: what it prints depends on all these."""
    from selfeval.runs.again import Again

    told = manner()
    asked = (format_, str(day), str(told.full), told.workspace, str(Path.cwd()))
    return Again(workspace, year, asked)


def _publish(
    inputs: Inputs, scored: Scored, whole: ScoredWhole | None, target: Path, day: date, making: Making
) -> tuple[dict[str, str], Scored]:
    """Write the results; which reviewed workbooks were kept under which name is said and returned.

    A workbook that could not be made is a problem more of what was scored.
    """
    from dataclasses import replace

    from selfeval.domain.problems import Place, problem, worst_first
    from selfeval.runs.execute import outputs
    from selfeval.runs.placing import home_of
    from selfeval.runs.publish import UNWATCHED, publish
    from selfeval.runs.review import is_reviewed

    name, root = inputs.workspace.whole_name, inputs.workspace.root
    count, what = (len(scored.projects) + 1, "写工作簿") if making.workbooks else (1, "写结果")
    with writing(name), progress(count, what) as tick:
        making.tick = tick
        files = outputs(inputs, scored, day, whole, making)
        kept = publish(target, home_of(target, root), files, is_reviewed, making.earlier or UNWATCHED)
    renamed = [problem("W613", Place(), file=old, kept=new.rpartition("/")[2]) for old, new in kept.items()]
    say(problem_lines(renamed), err=True)
    return kept, replace(scored, problems=worst_first([*scored.problems, *making.broken]))


def _refuse(*, compare: bool, no_workbooks: bool, parquet: bool) -> None:
    """End with what is wrong about options that do not go together, or cannot be followed here."""
    if compare and (no_workbooks or parquet):
        wrong = "--no-workbooks" if no_workbooks else "--parquet"
        raise typer.BadParameter(f"比较两份规则（--compare）时不写自评表和结果数据表，请去掉 {wrong}")
    if parquet:
        from selfeval.runs.parquet import NEEDED, can_write

        if not can_write():
            raise typer.BadParameter(NEEDED, param_hint="--parquet")


def _refuse_cluster(scheduler: str | None, workers: int | None, *, compare: bool) -> None:
    """End with what is wrong about asking for a cluster."""
    if scheduler is None:
        return
    from selfeval.packages.cluster import MISTYPED, NEEDED, can_join, is_address

    if compare or workers is not None:
        other = "--compare" if compare else "--workers"
        raise typer.BadParameter(f"--scheduler 和 {other} 不能同时使用，请去掉一个")
    if not can_join():
        raise typer.BadParameter(NEEDED, param_hint="--scheduler")
    if not is_address(scheduler):
        raise typer.BadParameter(MISTYPED, param_hint="--scheduler")


def _lines(scored: Scored, inputs: Inputs, numbers: Mapping[str, int]) -> Iterator[str]:
    from selfeval.runs.inputs import READINGS_KEPT

    yield from page(scored, inputs.rulebook, numbers)
    yield f"规则：{inputs.rulebook.title}（{inputs.rulebook.files[-1].path}）。"
    yield from (f"{found.message}。" for found in scored.problems if found.code == READINGS_KEPT)


def _written(where: str, making: Making, *, gone: bool) -> str:
    """Which files were written where."""
    tables = "results.csv、projects.csv、problems.csv" + (
        "、results.parquet、projects.parquet" if making.parquet else ""
    )
    if making.workbooks:
        return f"结果已写入 {where}/（每个项目的自评表、汇总.xlsx，以及 {tables}）。"
    said = "没有写自评表和汇总，上次写出的已移除" if gone else "没有写自评表和汇总"
    return f"结果已写入 {where}/（{tables}）。{said}；需要的，去掉 --no-workbooks 再运行。"


def _whole_facts(whole: ScoredWhole | None) -> dict[str, object]:
    """The department's own part for JSON; nothing where there is none."""
    if whole is None:
        return {}
    (project,) = _projects(whole.scored)
    return {"department": {**project, "sent": whole.sent}}


def _whole_lines(whole: ScoredWhole | None, making: Making) -> Iterator[str]:
    if whole is not None:
        from selfeval.runs.whole_outputs import TABLE, TOTAL, WORKBOOK

        yield from problem_lines(told(whole.problems))
        yield from (f"{found.message}；{found.remedy}。" for found in whole.problems if not whole.sent)
        files = "、".join((WORKBOOK, TABLE, TOTAL) if making.workbooks else (TABLE, TOTAL))
        yield f"{whole.said(whole.inputs.rulebook.rounding)}（{files}，不计入上面的项目数）。"


def _published_before(target: Path, year: int) -> Iterator[str]:
    from selfeval.runs.public import public_files

    if old := public_files(target):
        yield f"{'、'.join(old)}是评分以前生成的；需要公开的，请再运行 selfeval publish {year}。"


def _projects(scored: Scored) -> list[dict[str, object]]:
    """The projects for JSON."""
    plain = ("project", "name", "unit_code", "grade", "state", "missing", "flagged")
    points = ("execution_score", "indicator_score", "total", "lowest", "highest")
    return [
        {name: project[name] for name in plain} | {name: json_points(project[name]) for name in points}
        for project in scored.projects.records
    ]


def _score_otherwise(
    workspace: Workspace, choice: Choice, rules: Path | None, out: Path | None, format_: options.Format
) -> None:
    """What would change under another rulebook, printed and written, outputs untouched. ``choice`` names no rules."""
    from selfeval.domain.filenames import safe_name
    from selfeval.runs.inputs import load_inputs
    from selfeval.runs.kept import changed_since
    from selfeval.runs.placing import home_of, write_own
    from selfeval.runs.publish import is_published
    from selfeval.runs.what_if import what_if, what_if_csv

    if rules is None:
        raise typer.BadParameter("请写明与哪一份规则比较，如 --rules central-2021", param_hint="--compare")
    _, other = load_or_exit(workspace, rules.as_posix())
    target = out or workspace.root / "比较" / f"{choice.year}-{safe_name(other.id)}"
    if is_published(workspace, target):
        stop_with("E609", Exit.CANNOT_WRITE, path=workspace.whole_name(target), what="规则比较")
    inputs = usable(load_inputs(workspace, choice), format_)
    found = what_if(inputs, other)
    with writing(workspace.whole_name):
        kept = write_own(target, dict(what_if_csv(found)), home_of(target, workspace.root))
    say(problem_lines(changed_since(target, kept, workspace)), err=True)
    facts = {"year": choice.year, "before": found.before.id, "after": found.after.id, "readings": found.readings}
    facts |= {"projects": found.projects, "rows": found.rows}
    lines = (*_compared(found, workspace.whole_name(target)), *(("部门整体没有比较。",) if inputs.whole else ()))
    finish(format_, "compare", facts, lines, Exit.DONE)


def _compared(found: WhatIf, where: str) -> Iterator[str]:
    yield f"现行规则：{found.before.title}（{found.before.id}）"
    yield f"拟用规则：{found.after.title}（{found.after.id}）"
    yield f"指标值的识别沿用现行规则：{found.readings}。\n" if found.readings else ""
    rows = [("项目", "现行规则", "拟用规则", "得分变化", "等级", "变化的指标")]
    moved = 0
    for project in found.projects:
        grades = dict.fromkeys((project.before.grade, project.after.grade))
        moved += len(grades) - 1
        shown = (project.before.shown, project.after.shown, project.difference or "—")
        rows.append((project.name, *shown, " → ".join(grades), str(project.changed)))
    yield from (f"  {line}" for line in table(rows, right=frozenset({1, 2, 3})))
    yield "\n引起变化的规则"
    counts = Counter(row.rule[1] for row in found.rows)  # by the rule of the other rulebook, the most first
    yield from (f"  {rule}：{n}项" for rule, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    yield f"\n{len(found.projects)}个项目，{moved}个等级不同；{len(found.rows)}项的分值、得分或状态不同。"
    yield f"逐项对照已写入 {where}/（项目变化.csv、指标变化.csv）；outputs 没有改动。"
