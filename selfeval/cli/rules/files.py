"""``selfeval rules show``, ``schema``, ``check`` and ``test``: rule files, by the names that users give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop
from selfeval.cli.options import argument, flag, option
from selfeval.cli.printing import problem_lines, say, show
from selfeval.cli.terminal.completing import rulebooks
from selfeval.cli.terminal.manner import manner
from selfeval.packages.printable import printable
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.domain.rulebook import Rulebook
    from selfeval.rulebook.trying.trial import CasesRun
    from selfeval.runs.workspace import Workspace

SHOW = "查看规则文件；不写名称的，列出全部规则文件；加 --resolved 的，合并基础规则，注明每一项出自哪个文件哪一行。"
SCHEMA = "显示规则文件的 JSON Schema，供编辑器补全和提示。"
CHECK = "检查规则文件：格式、取值、依据、重复和遗漏。"
TEST = "运行规则文件旁边的用例（*.cases.yaml），并列出没有用例的规则。"

AT_LEAST = "用例覆盖率低于这个百分比的也算未通过，如90"
COVERAGE = "selfeval.coverage.v1"

_NAMES = "年度（2024）、规则名（national-2020、examples/hubei、hunan/dept）或文件；不写的，为全部"
NamesArgument = Annotated[list[str] | None, argument("规则…", _NAMES, autocompletion=rulebooks)]
NameArgument = Annotated[str, argument("规则", "年度（2024）、规则名或文件", autocompletion=rulebooks)]


def rule_files(workspace: Workspace, names: list[str] | None) -> list[Path]:
    """The rule files meant by names (none: all of the workspace); a missing one is said and ends the command."""
    from selfeval.rulebook.finding import named_rulebook, not_named
    from selfeval.rulebook.shelf import every_rulebook

    folder = workspace.rules
    if not names:
        return every_rulebook(folder)
    paths = []
    for name in names:
        path = named_rulebook(folder, name) or Path(name)
        if not path.is_file():
            stop([not_named(folder, name)], Exit.UNUSABLE)
        paths.append(path)
    return paths


def load_or_exit(workspace: Workspace, name: str) -> tuple[Path, Rulebook]:
    """A rule file and its rulebook; what is wrong with it is said, with its lines, and ends the command."""
    from selfeval.rulebook.loading import load

    path = rule_files(workspace, [name])[0]
    rulebook, problems = load(path, workspace.root)
    if rulebook is None:
        _stop_at(problems, workspace.root)
    return path, rulebook


def _stop_at(problems: Sequence[Problem], root: Path) -> NoReturn:
    """End with the problems of a rule file, each with its line."""
    if manner().json:
        stop(problems)
    say(with_lines(problems, root), err=True)
    raise typer.Exit(Exit.UNUSABLE)


def with_lines(problems: Sequence[Problem], root: Path) -> Iterator[str]:
    """Problems with the line of the rule file that each points at."""
    from selfeval.rulebook.loading import point_at

    return problem_lines(problems, pointed=lambda found: point_at(found, root))


def show_rules(
    name: Annotated[str, argument("规则", "年度（2024）、规则名或文件；不写则列出全部", autocompletion=rulebooks)] = "",
    root: options.Workspace = options.HERE,
    *,
    resolved: Annotated[bool, flag("--resolved", "合并基础规则，每一项注明出处")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Show a rulebook."""
    from selfeval.packages.files import Unreadable, read_bytes
    from selfeval.rulebook.loading import as_text, load_all, resolved_lines
    from selfeval.rulebook.shelf import SHIPPED
    from selfeval.rulebook.text.reading import read

    workspace = opened(root, "rules")
    if not name:
        listed = list(_listed(workspace))
        names = [{"rulebook": one, "title": title, "file": file} for one, title, file in listed]
        lines = (f"{one}　{title}{f'（{SHIPPED}）' if file.startswith(SHIPPED) else ''}" for one, title, file in listed)
        finish(format_, "rules.show", {"rulebooks": names}, lines, Exit.DONE)
    path = rule_files(workspace, [name])[0]
    if not resolved and format_ is options.TEXT:
        data = read_bytes(path)
        if isinstance(data, Unreadable):
            _stop_at(read(path, workspace.name(path)).problems, workspace.root)
        if not manner().quiet:
            typer.echo(printable(data.decode("utf-8-sig", errors="replace")), nl=False)
        return
    loaded = load_all(path, workspace.root)
    own = workspace.name(path)
    values = [
        {"path": where, "value": value, "origin": origin}
        for where, value, origin in resolved_lines(loaded.root)
        if resolved or origin.rpartition(":")[0] == own
    ]
    facts = {"rulebook": own, "values": values, "problems": loaded.problems}
    if not loaded.problems:
        finish(format_, "rules.show", facts, as_text(loaded.root), Exit.DONE)
    show(format_, "rules.show", {**facts, "exit": Exit.UNUSABLE}, as_text(loaded.root))
    say(with_lines(loaded.problems, workspace.root), err=True)
    raise typer.Exit(Exit.UNUSABLE)


def _listed(workspace: Workspace) -> Iterator[tuple[str, str, str]]:
    """Every rulebook by the name that --rules takes, with its title and its file."""
    from selfeval.rulebook.shelf import on_shelf
    from selfeval.rulebook.text.reading import read

    for name, path in on_shelf(workspace.rules).items():
        root = read(path, workspace.name(path)).root
        yield name, root.text("title") if root else "（无法读取）", workspace.name(path)


def show_schema(
    *,
    cases: Annotated[bool, flag("--cases", "用例文件（*.cases.yaml）的")] = False,
    format_: options.FormatOption = options.TEXT,  # noqa: ARG001 - the schema is JSON either way
) -> None:
    """Print the JSON Schema of rulebooks, or of files of cases."""
    from selfeval.rulebook.schema import schema_text

    typer.echo(schema_text("cases.schema.json" if cases else "rulebook.schema.json"), nl=False)


def schemas_renewed(workspace: Workspace, files: Iterable[Path]) -> list[str]:
    """Renew the schemas beside rule files of the workspace that an earlier version wrote, and say so."""
    from selfeval.packages.links import real
    from selfeval.runs.rulebooks import renew_schemas

    folders = dict.fromkeys(path.parent for path in files if real(path).is_relative_to(real(workspace.rules)))
    renewed = [name for folder in folders for name in renew_schemas(workspace, folder)]
    return [f"供编辑器补全的 {'、'.join(renewed)} 是以前版本的，已更新。"] if renewed else []


def check_rules(
    names: NamesArgument = None, root: options.Workspace = options.HERE, format_: options.FormatOption = options.TEXT
) -> None:
    """Lint rule files."""
    from selfeval.domain.faults import unless_faulty
    from selfeval.domain.problems import Place, Problem
    from selfeval.rulebook.shelf import year_named
    from selfeval.rulebook.soundness.lint import lint
    from selfeval.runs.inputs import load_targets

    workspace = opened(root, "rules")
    files = rule_files(workspace, names)
    found: list[Problem] = []
    for path in files:
        year = year_named(path)
        targets = load_targets(workspace, year)[0] if year is not None and workspace.has_targets(year) else None
        linted = unless_faulty(Place(file=workspace.name(path)), lint, path, workspace.root, targets)
        found += [linted] if isinstance(linted, Problem) else linted
    problems = list(dict.fromkeys(found))  # what a parent has is found again in each child
    result = f"{len(problems)}处问题。" if problems else "没有问题。"
    lines = [*with_lines(problems, workspace.root), f"检查了{len(files)}份规则：{result}"]
    lines += schemas_renewed(workspace, files)
    facts = {"files": list(map(workspace.name, files)), "problems": problems}
    finish(format_, "rules.check", facts, lines, Exit.unusable(problems) if Exit.of(problems) else Exit.DONE)


def run_cases_beside(
    names: NamesArgument = None,
    root: options.Workspace = options.HERE,
    at_least: Annotated[float, option("--at-least", "百分比", AT_LEAST, min=0, max=100)] = 0,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Run the cases beside rule files."""
    workspace = opened(root, "rules")
    runs = {workspace.name(path): _run_of(path, workspace) for path in rule_files(workspace, names)}
    counted = [
        {"file": file, "cases": len(run.results), "passed": _passed(run), "problems": run.problems}
        | {"coverage": _coverage(run)}
        for file, run in runs.items()
    ]
    short = [file for file, run in runs.items() if run.percent < at_least]
    code = Exit.DONE if not short and all(run.passed for run in runs.values()) else Exit.PROBLEMS
    code = max(code, *(Exit.of(run.faults) for run in runs.values()))
    lines = [*_tested(runs, workspace.root), *(f"{file} 的用例覆盖率低于{at_least:g}%。" for file in short)]
    finish(format_, "rules.test", {"rulebooks": counted}, lines, code)


def _run_of(path: Path, workspace: Workspace) -> CasesRun:
    from selfeval.domain.faults import unless_faulty
    from selfeval.domain.problems import Place
    from selfeval.rulebook.trying.trial import CasesRun, run_cases

    run = unless_faulty(Place(file=workspace.name(path)), run_cases, path, workspace.root)
    return run if isinstance(run, CasesRun) else CasesRun((), (), (run,))


def _passed(run: CasesRun) -> int:
    return sum(result.passed for result in run.results)


def _coverage(run: CasesRun) -> dict[str, object]:
    """The coverage of a run for JSON, in percent: over all, by group, and every thing by itself."""
    from selfeval.rulebook.trying.coverage import by_group, percentage

    groups = [
        {
            "group": group,
            "things": len(things),
            "covered": sum(thing.covered for thing in things),
            "percent": percentage(things),
        }
        for group, things in by_group(run.coverage).items()
    ]
    things = [
        {"group": thing.group, "what": thing.what, "covered": thing.covered}
        | {"file": thing.place.file, "cell": thing.place.cell}
        for thing in run.coverage
    ]
    return {"format": COVERAGE, "percent": run.percent, "groups": groups, "things": things}


def _tested(runs: dict[str, CasesRun], root: Path) -> Iterator[str]:
    from selfeval.rulebook.trying.coverage import GROUPS, by_group

    for file, run in runs.items():
        yield from with_lines(run.problems, root)
        yield f"{file}：{len(run.results)}个用例，{_passed(run)}个通过。"
        parts = (
            f"{GROUPS[group]}{sum(thing.covered for thing in things)}/{len(things)}"
            for group, things in by_group(run.coverage).items()
        )
        if run.coverage:
            yield f"  用例覆盖率{run.percent:g}%：{'，'.join(parts)}。"
