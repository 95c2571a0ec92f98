"""``selfeval rules``: check, test and show rulebooks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli.chinese import ChineseCommand, ChineseGroup
from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption, open_or_exit
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem

HELP = "规则：检查、测试和查看评分规则。"

app = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None)

NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="规则…", help="年度（2024）、规则名（national-2020）或文件；不写则为全部")
]


def _files(folder: Path, names: list[str] | None) -> list[Path]:
    """The rule files meant by names; all of the folder when none is given. A missing one is said and ends it."""
    from selfeval.cli.printing import print_problems
    from selfeval.domain.problems import Place, problem
    from selfeval.rulebook.inheritance import EXAMPLES

    if not names:
        every = [*folder.glob("*.yaml"), *(folder / EXAMPLES).glob("*.yaml")]
        return sorted(path for path in every if not path.name.endswith(".cases.yaml"))
    paths = []
    for name in names:
        path = folder / f"{name}.yaml"
        path = path if path.is_file() else Path(name)
        if not path.is_file():
            print_problems([problem("E606", Place(), path=(folder / f"{name}.yaml").as_posix())], err=True)
            raise typer.Exit(Exit.UNUSABLE)
        paths.append(path)
    return paths


@app.command("check", cls=ChineseCommand, help="检查规则文件：写法、取值、来源、重复和遗漏。")
def check_rules(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Lint rule files."""
    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.domain.problems import Severity
    from selfeval.rulebook.lint import lint
    from selfeval.runs.inputs import load_targets

    place = open_or_exit(workspace)
    problems: list[Problem] = []
    files = _files(place.rules, names)
    for path in files:
        year = int(path.stem) if path.stem.isdigit() else None
        targets = load_targets(place, year)[0] if year is not None and place.targets(year).is_file() else None
        problems += lint(path, place.root, targets)
    problems = list(dict.fromkeys(problems))  # what a parent has is found again in each child
    wrong = any(one.severity is Severity.ERROR for one in problems)
    code = Exit.UNUSABLE if wrong else Exit.DONE
    if form is Format.JSON:
        checked = [place.name(path) for path in files]
        print_json({"format": "selfeval.rules.check.v1", "files": checked, "problems": problem_rows(problems)})
        raise typer.Exit(code)
    _print_with_lines(problems, place.root)
    typer.echo(f"检查了 {len(files)} 份规则：" + (f"{len(problems)} 处问题。" if problems else "没有问题。"))
    raise typer.Exit(code)


@app.command("test", cls=ChineseCommand, help="运行规则旁的用例（*.cases.yaml），并列出没有用例的规则。")
def run_cases_beside(
    names: NamesArgument = None, workspace: WorkspaceOption = HERE, form: FormatOption = Format.TEXT
) -> None:
    """Run the cases beside rule files."""
    from selfeval.cli.printing import print_json, problem_rows
    from selfeval.rulebook.trial import run_cases

    place = open_or_exit(workspace)
    files = _files(place.rules, names)
    runs = [(path, run_cases(path, place.root)) for path in files]
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
        _print_with_lines(run.problems, place.root)
        passed = sum(one.passed for one in run.results)
        typer.echo(f"{place.name(path)}：{len(run.results)} 个用例，{passed} 个通过。")
    raise typer.Exit(code)


@app.command(
    "show", cls=ChineseCommand, help="查看规则；加 --resolved 则合并上级规则，并注明每一项出自哪个文件哪一行。"
)
def show_rules(
    name: Annotated[str, typer.Argument(metavar="规则", help="年度（2024）、规则名或文件")],
    workspace: WorkspaceOption = HERE,
    *,
    resolved: Annotated[bool, typer.Option("--resolved", help="合并上级规则，每一项注明出处")] = False,
) -> None:
    """Show a rulebook."""
    from selfeval.rulebook.loading import load_all
    from selfeval.rulebook.showing import as_text

    place = open_or_exit(workspace)
    path = _files(place.rules, [name])[0]
    if not resolved:
        typer.echo(path.read_text(encoding="utf-8-sig", errors="replace"), nl=False)
        raise typer.Exit(Exit.DONE)
    loaded = load_all(path, place.root)
    for line in as_text(loaded.resolved):
        typer.echo(line)
    if loaded.problems:
        _print_with_lines(loaded.problems, place.root)
        raise typer.Exit(Exit.UNUSABLE)


@app.command("schema", cls=ChineseCommand, help="打印规则文件的 JSON Schema，供编辑器补全和提示。")
def show_schema() -> None:
    """Print the JSON Schema of rulebooks."""
    from selfeval.rulebook.schema import schema_text

    typer.echo(schema_text(), nl=False)


def _print_with_lines(problems: Iterable[Problem], root: Path) -> None:
    """Problems with the line of the rule file that each points at."""
    from selfeval.cli.printing import place
    from selfeval.rulebook.showing import point_at

    for one in problems:
        typer.echo(f"{one.severity} {one.code}  {place(one)}")
        for line in point_at(one, root):
            typer.echo(line)
        typer.echo(f"    {one.message}")
        typer.echo(f"    → {one.remedy}")
