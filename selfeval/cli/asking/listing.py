"""``selfeval list``: the years of a workspace, the projects of a year, the indicators of a project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop
from selfeval.cli.options import argument
from selfeval.cli.printing import by_unit, problem_lines, table
from selfeval.cli.terminal import completing
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.domain.targets import Targets
    from selfeval.domain.whole import Whole
    from selfeval.runs.workspace import Workspace

HELP = "列表：一年的项目（序号、名称、编码），或一个项目的指标；不写年度的，列出有哪些年度。"


def list_things(
    year: Annotated[
        int | None,
        argument(
            "年度", "不写则列出有哪些年度", min=2000, max=2100, show_default=False, autocompletion=completing.years
        ),
    ] = None,
    project: Annotated[
        str,
        argument(
            "项目", "序号、名称或编码；列出这个项目的指标", show_default=False, autocompletion=completing.projects
        ),
    ] = "",
    root: options.Workspace = options.HERE,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """List years, projects or indicators."""
    from selfeval.domain.problems import Severity
    from selfeval.runs.inputs import load_targets
    from selfeval.runs.naming import chosen_projects
    from selfeval.runs.whole import is_named

    workspace = opened(root, "inputs")
    if year is None:
        years = list(_years(workspace))
        finish(format_, "list.years", {"years": years}, _years_lines(years), Exit.DONE)
    targets, problems = load_targets(workspace, year)
    if targets is None:
        stop(problems, format_=format_)
    wrong_rows = tuple(one for one in problems if one.severity is Severity.ERROR)
    whole = _whole(workspace, targets)
    if not project:
        projects, department = list(_projects(targets)), _department(whole)
        facts = {"year": year, "projects": projects, "problems": wrong_rows}
        facts |= {"department": department} if department else {}
        lines = (*_lines(projects), *_department_line(department, year), *problem_lines(wrong_rows))
        finish(format_, "list", facts, lines, Exit.of(wrong_rows))
    if whole is not None and is_named(whole, project):
        found, targets = _department(whole), whole.targets
    else:
        codes, wrong = chosen_projects(targets, [project])
        if wrong:
            stop(wrong, format_=format_)
        found = next(one for one in _projects(targets) if one["project"] == codes[0])
    rows = list(_indicators(targets, found["project"]))
    told = (*wrong_rows, *_unread(workspace, targets.only([found["project"]])))
    own = tuple(one for one in told if one.place.project in {"", found["project"]})
    facts = {"year": year, **found, "indicators": rows, "problems": own}
    finish(format_, "list.project", facts, (*_project_lines(found, rows), *problem_lines(own)), Exit.of(own))


def _years(workspace: Workspace) -> Iterator[dict[str, Any]]:
    from selfeval.runs.folders import years_with_results, years_with_rules, years_with_targets

    targets, rules = years_with_targets(workspace.root), years_with_rules(workspace.root)
    results = years_with_results(workspace.root / "outputs")
    for year in sorted({*targets, *rules, *results}):
        yield {"year": year, "targets": year in targets, "rules": year in rules, "results": year in results}


def _years_lines(years: list[dict[str, Any]]) -> Iterator[str]:
    for one in years:
        parts = (("targets", "绩效目标表"), ("rules", "评分规则"), ("results", "评分结果"))
        yield f"{one['year']}　" + "，".join(f"{'有' if one[part] else '没有'}{what}" for part, what in parts)
    if not years:
        yield "还没有任何年度；请先运行 selfeval import 绩效文本 --year 年度"


def _projects(targets: Targets) -> Iterator[dict[str, Any]]:
    from collections import Counter

    from selfeval.runs.naming import numbers

    count, own = Counter(targets.indicators.column("project")), numbers(targets)
    plain = ("project", "name", "unit_code", "unit_name")
    for record in targets.projects.records:
        code, budget = record["project"], record["budget"]
        facts = {name: record[name] for name in plain} | {"budget": None if budget != budget else budget}  # noqa: PLR0124 - NaN
        yield {"number": own[code], **facts, "indicators": count[code]}


def _whole(workspace: Workspace, targets: Targets) -> Whole | None:
    """The department's own part; None where there is none, or no rules say how it is evaluated."""
    from selfeval.runs.inputs import Choice, load_rulebook
    from selfeval.runs.whole import whole_in

    rulebook, _ = load_rulebook(workspace, Choice(targets.year)) if len(targets.department) else (None, ())
    return None if rulebook is None else whole_in(workspace, targets, rulebook)


def _unread(workspace: Workspace, targets: Targets) -> Iterator[Problem]:
    """The targets that the rules of the year cannot read; none where it has no rules yet."""
    from selfeval.domain.problems import Severity
    from selfeval.domain.promise import doubtful_targets
    from selfeval.runs.inputs import Choice, load_rulebook

    rulebook, _ = load_rulebook(workspace, Choice(targets.year))
    if rulebook is not None:
        yield from (one for one in doubtful_targets(targets, rulebook) if one.severity is Severity.ERROR)


def _department(whole: Whole | None) -> dict[str, Any]:
    """The department's own part as a project of the list, called 部门; nothing where there is none."""
    from selfeval.runs.whole import called

    return {} if whole is None else {**next(_projects(whole.targets)), "number": called(whole.targets, whole.code)}


def _department_line(department: dict[str, Any], year: int) -> Iterator[str]:
    if department:
        yield f"另有{department['name']}，{department['indicators']}项指标，列出：selfeval list {year} 部门"


def _lines(projects: list[dict[str, Any]]) -> Iterator[str]:
    rows = [[str(one["number"]), one["name"], f"{one['indicators']}项指标", one["project"]] for one in projects]
    yield from by_unit(
        (f"{one['unit_code']} {one['unit_name']}" for one in projects), table(rows, right=frozenset({0}))
    )
    yield f"\n{len(projects)}个项目。"


def _indicators(targets: Targets, project: str) -> Iterator[dict[str, str]]:
    plain = ("indicator", "level1", "level2", "level3", "target")
    for record in targets.indicators.of(project):
        yield {name: record[name] for name in plain}


def _project_lines(project: dict[str, Any], rows: list[dict[str, str]]) -> Iterator[str]:
    from selfeval.runs.naming import short_number

    unit = f"{project['unit_code']} {project['unit_name']}"
    yield f"{project['number']} {project['name']}（{project['project']}）　{unit}"
    cells = [
        [f"{project['number']}-{short_number(row['indicator'])}", row["level3"], row["target"], row["level2"]]
        for row in rows
    ]
    yield from (f"  {line}" for line in table(cells) if cells)
