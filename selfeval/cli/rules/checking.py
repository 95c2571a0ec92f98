"""``selfeval rules check`` and ``test``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption, open_or_exit
from selfeval.cli.rules.names import NamesArgument, print_with_lines, rule_files
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem

CHECK = "检查规则文件：写法、取值、来源、重复和遗漏。"
TEST = "运行规则旁的用例（*.cases.yaml），并列出没有用例的规则。"


def check_rules(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Lint rule files."""
    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.domain.problems import Severity
    from selfeval.rulebook.soundness.lint import lint
    from selfeval.runs.inputs import load_targets

    place = open_or_exit(workspace)
    files = rule_files(place.rules, names)
    found: list[Problem] = []
    for path in files:
        year = int(path.stem) if path.stem.isdigit() else None
        targets = load_targets(place, year)[0] if year is not None and place.targets(year).is_file() else None
        found += lint(path, place.root, targets)
    problems = list(dict.fromkeys(found))  # what a parent has is found again in each child
    wrong = any(one.severity is Severity.ERROR for one in problems)
    code = Exit.UNUSABLE if wrong else Exit.DONE
    if form is Format.JSON:
        checked = [place.name(path) for path in files]
        print_json({"format": "selfeval.rules.check.v1", "files": checked, "problems": problem_rows(problems)})
        raise typer.Exit(code)
    print_with_lines(problems, place.root)
    typer.echo(f"检查了 {len(files)} 份规则：" + (f"{len(problems)} 处问题。" if problems else "没有问题。"))
    raise typer.Exit(code)


def run_cases_beside(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Run the cases beside rule files."""
    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.rulebook.trying.trial import run_cases

    place = open_or_exit(workspace)
    runs = [(path, run_cases(path, place.root)) for path in rule_files(place.rules, names)]
    code = Exit.DONE if all(run.passed for _, run in runs) else Exit.PROBLEMS
    if form is Format.JSON:
        counted = [
            {
                "file": place.name(path),
                "cases": len(run.results),
                "passed": sum(one.passed for one in run.results),
                "problems": problem_rows(run.problems),
            }
            for path, run in runs
        ]
        print_json({"format": "selfeval.rules.test.v1", "rulebooks": counted, "exit": int(code)})
        raise typer.Exit(code)
    for path, run in runs:
        print_with_lines(run.problems, place.root)
        passed = sum(one.passed for one in run.results)
        typer.echo(f"{place.name(path)}：{len(run.results)} 个用例，{passed} 个通过。")
    raise typer.Exit(code)
