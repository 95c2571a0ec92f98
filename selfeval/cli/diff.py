"""``selfeval diff``: what changed between two runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop, writing
from selfeval.cli.options import argument, option
from selfeval.cli.printing import problem_lines
from selfeval.cli.terminal.manner import manner
from selfeval.runs.exits import Exit
from selfeval.runs.folders import as_typed

if TYPE_CHECKING:
    from selfeval.domain.difference.differ import Change, Difference, FileChange, ProjectChange, Record, RowChange

HELP = "比较两次评分：分别列出数据的变化、规则的变化和得分的变化。"
_SHOWN = 40
"""Rows that a terminal shows of each part; the rest stands in the workbook."""

_WIDEST = 2_000
"""Characters of a line on a terminal: what is longer somebody else wrote; the files hold it whole."""


def diff_runs(
    old: Annotated[str, argument("旧", "先前的结果文件夹，或年度（即 outputs/<年度>）")],
    new: Annotated[str, argument("新", "后来的结果文件夹，或年度")],
    root: options.Workspace = options.HERE,
    write: Annotated[Path | None, option("--write", "文件.xlsx", "另写成工作簿")] = None,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Compare two runs."""
    from selfeval.runs.past import difference_of, write_difference

    workspace = opened(root)
    difference, problems = difference_of(workspace, old, new)
    if difference is None:
        stop(problems, format_=format_)
    if write is not None:
        with writing(workspace.whole_name):
            write_difference(difference, write, workspace.root)
    facts = {**_facts(difference), "doubts": problems}
    lines = (line if len(line) <= _WIDEST else f"{line[:_WIDEST]}……" for line in _lines(difference, write))
    finish(format_, "diff", facts, chain(lines, problem_lines(problems)), Exit.DONE)


def _lines(difference: Difference, written: Path | None) -> Iterator[str]:
    from selfeval.domain.case import WHOLE, is_whole

    old, new = difference.old, difference.new
    yield f"旧：{old.name}（{old.year}年度，规则{old.rulebook}）"
    yield f"新：{new.name}（{new.year}年度，规则{new.rulebook}）"
    if difference.is_empty:
        yield "没有变化：数据、规则、得分和问题都相同。"
    for title, files in (("输入文件", difference.inputs), ("规则文件", difference.rules)):
        yield from _part(title, [f"{file.presence}  {file.path}" for file in files])
    yield from _part("程序版本", list(map(str, difference.versions)))
    apart = [project for project in difference.projects if is_whole(project.project)]
    projects = [project for project in difference.projects if project not in apart]
    for title, changes in ((WHOLE, apart), (f"项目（{len(projects)}个）", projects)):
        yield from _part(title, [line for change in changes for line in _project(change)])
    yield from _part(f"指标（{len(difference.rows)}个）", [line for row in difference.rows for line in _row(row)])
    for title, records in (("新出现的问题", difference.problems_added), ("已消除的问题", difference.problems_gone)):
        yield from _part(f"{title}（{len(records)}条）", list(map(_problem, records)))
    if written is not None:
        yield f"\n已写入 {as_typed(written)}。"


def _project(project: ProjectChange) -> Iterator[str]:
    from selfeval.domain.rounding import signed

    moved = "" if project.difference is None else "  总分" + signed(f"{project.difference:f}")
    yield f"{project.presence}  {project.name}（{project.project}）{moved}"
    yield from (f"    {change}" for change in (*project.data, *project.result))


def _problem(record: Record) -> str:
    return f"{record['code']}  {record.get('indicator') or record.get('project', '')}  {record.get('message', '')}"


def _row(row: RowChange) -> list[str]:
    name = "" if row.name == row.indicator else f" {row.name}"
    head = f"{row.presence}  {row.project_name} {row.indicator}{name}  原因：{row.cause}"
    parts = (("数据", row.data), ("规则", row.rules), ("结果", row.result))
    return [head, *(f"    {label}  {change}" for label, changes in parts for change in changes)]


def _part(title: str, lines: list[str]) -> Iterator[str]:
    """A part under its title; nothing of one without lines."""
    if lines:
        yield f"\n{title}"
    shown = len(lines) if manner().full else _SHOWN
    yield from (f"  {line}" for line in lines[:shown])
    if len(lines) > shown:
        yield f"  ……另有{len(lines) - shown}行，加 -v 列出，或用 --write 写成工作簿查看"


def _facts(difference: Difference) -> dict[str, object]:
    """The comparison for JSON."""
    from selfeval.domain.problems import PROBLEMS_FILE

    def files(changes: Iterable[FileChange]) -> list[dict[str, str]]:
        return [{"path": file.path, "change": file.presence} for file in changes]

    def values(changes: Iterable[Change]) -> dict[str, list[str]]:
        return {change.what: [change.old, change.new] for change in changes}

    def titled(problems: Iterable[Record]) -> list[dict[str, str]]:
        return [{PROBLEMS_FILE[name].header: text for name, text in record.items()} for record in problems]

    old, new = difference.old, difference.new
    rules = {"rulebook": [old.rulebook, new.rulebook], "files": files(difference.rules)}
    projects = [
        {"project": project.project, "name": project.name, "change": project.presence}
        | {"difference": None if project.difference is None else float(project.difference)}
        | {"data": values(project.data), "result": values(project.result)}
        for project in difference.projects
    ]
    indicators = [
        {"project": row.project, "indicator": row.indicator, "name": row.name, "change": row.presence}
        | {"cause": row.cause, "data": values(row.data), "rules": values(row.rules), "result": values(row.result)}
        for row in difference.rows
    ]
    return {
        "old": old.name,
        "new": new.name,
        "data": {"inputs": files(difference.inputs)},
        "rules": {**rules, "versions": values(difference.versions)},
        "projects": projects,
        "indicators": indicators,
        "problems": {"added": titled(difference.problems_added), "gone": titled(difference.problems_gone)},
    }
