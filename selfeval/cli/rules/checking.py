"""``selfeval rules check`` and ``test``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from selfeval.cli.ending import opened
from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption
from selfeval.cli.printing import show
from selfeval.cli.rules.names import NamesArgument, rule_files, with_lines
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selfeval.domain.problems import Problem
    from selfeval.rulebook.trying.trial import CasesRun

CHECK = "检查规则文件：写法、取值、来源、重复和遗漏。"
TEST = "运行规则旁的用例（*.cases.yaml），并列出没有用例的规则。"


def check_rules(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Lint rule files."""
    from selfeval.rulebook.soundness.lint import lint
    from selfeval.runs.inputs import load_targets

    place = opened(workspace)
    files = rule_files(place, names)
    found: list[Problem] = []
    for path in files:
        year = int(path.stem) if path.stem.isdigit() else None
        targets = load_targets(place, year)[0] if year is not None and place.targets(year).is_file() else None
        found += lint(path, place.root, targets)
    problems = list(dict.fromkeys(found))  # what a parent has is found again in each child
    told = f"{len(problems)} 处问题。" if problems else "没有问题。"
    lines = (*with_lines(problems, place.root), f"检查了 {len(files)} 份规则：{told}")
    show(form, "rules.check", {"files": list(map(place.name, files)), "problems": problems}, lines)
    raise typer.Exit(Exit.UNUSABLE if Exit.of(problems) else Exit.DONE)


def run_cases_beside(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Run the cases beside rule files."""
    from selfeval.rulebook.trying.trial import run_cases

    place = opened(workspace)
    runs = [(place.name(path), run_cases(path, place.root)) for path in rule_files(place, names)]
    code = Exit.DONE if all(run.passed for _, run in runs) else Exit.PROBLEMS
    counted = [
        {"file": file, "cases": len(run.results), "passed": _passed(run), "problems": run.problems}
        for file, run in runs
    ]
    show(form, "rules.test", {"rulebooks": counted, "exit": code}, _test_lines(runs, place.root))
    raise typer.Exit(code)


def _passed(run: CasesRun) -> int:
    return sum(one.passed for one in run.results)


def _test_lines(runs: list[tuple[str, CasesRun]], root: Path) -> Iterator[str]:
    for file, run in runs:
        yield from with_lines(run.problems, root)
        yield f"{file}：{len(run.results)} 个用例，{_passed(run)} 个通过。"
