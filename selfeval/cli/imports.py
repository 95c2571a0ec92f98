"""``selfeval import``: targets come in, from what units have; what was read is shown, and nothing replaced unasked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from selfeval.cli import options
from selfeval.cli.ending import at_home, finish, stop, stop_with, writing
from selfeval.cli.options import argument, flag, option
from selfeval.cli.printing import problem_lines, say, show, table
from selfeval.cli.terminal.manner import manner
from selfeval.runs.exits import Exit
from selfeval.runs.folders import as_typed, quoted

if TYPE_CHECKING:
    from selfeval.runs.imported import ReadProject
    from selfeval.runs.importing import ImportOutcome
    from selfeval.runs.workspace import Workspace
    from selfeval.sources.differences import Difference

IMPORT = "导入绩效目标：读取绩效文本或文件夹，写成绩效目标表 inputs/<年度>/targets.xlsx；--template 写出空白的表。"
_SHOWN, _MOST_PROJECTS, _LONGEST = 20, 60, 40


def import_targets(
    year: options.YearOption,
    file: Annotated[
        Path | None,
        argument(
            "绩效文本", "绩效文本或绩效目标表，或它们所在的文件夹；加 --template 时是要写出的空白表", show_default=False
        ),
    ] = None,
    root: options.Workspace = options.HERE,
    unit_code: Annotated[str, option("--unit-code", "单位编码", "原文没有单位编码的，用这个编码")] = "",
    unit: Annotated[str, option("--unit", "单位名称", "上述编码是哪个单位的；原文没有单位名称的，用这个名称")] = "",
    *,
    dry_run: Annotated[bool, flag("--dry-run", "只列出识别结果和差别，不写文件")] = False,
    replace: Annotated[
        bool, flag("--replace", "已有的绩效目标表与这次导入的不同时，换成这次的（原表改名保留）")
    ] = False,
    template: Annotated[bool, flag("--template", "写出空白的绩效目标表，供填写")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Import target documents."""
    from selfeval.runs.importing import DIFFERENT, ImportOptions, import_documents
    from selfeval.sources.keeping import Unit

    workspace = at_home(root)
    if template:
        _write_template(file, year, workspace, format_)
    if file is None:
        raise typer.BadParameter("应写明要导入的文件或文件夹；要空白表的，加 --template", param_hint="绩效文本")
    if not file.exists():
        stop_with("E606", Exit.UNUSABLE, path=as_typed(file))
    with writing(workspace.whole_name):
        asked = ImportOptions(dry_run, replace, Unit(unit_code.strip(), unit.strip()))
        outcome = import_documents(file, year, workspace, asked)
    code = Exit.unusable(outcome.problems) if outcome.path is None else Exit.of(outcome.problems)
    show(format_, "import", {**vars(outcome), "dry_run": dry_run, "exit": code}, _told(outcome, year, dry_run=dry_run))
    if format_ is options.TEXT:  # said also where the rest is not shown
        refused = problem_lines(one for one in outcome.problems if one.code == DIFFERENT)
        say(["未写绩效目标表。"] if outcome.path is None else refused, err=True)
    raise typer.Exit(code)


def _write_template(file: Path | None, year: int, workspace: Workspace, format_: options.Format) -> NoReturn:
    from selfeval.runs.blank import write_template

    with writing(workspace.whole_name):
        path, problems = write_template(file, year, workspace)
    if problems:
        stop(problems, Exit.CANNOT_WRITE, format_)
    shown = as_typed(path)
    lines = [f"空白的绩效目标表已写入 {shown}；填好后运行 selfeval import {quoted(shown)} --year {year}"]
    finish(format_, "import.template", {"path": shown, "year": year}, lines, Exit.DONE)


def _told(outcome: ImportOutcome, year: int, *, dry_run: bool) -> Iterator[str]:
    from selfeval.runs.importing import DIFFERENT

    yield from _projects(outcome.projects, year)
    if outcome.readings:
        yield f"\n推断{len(outcome.readings)}条（原文没有直接写明，记在“导入记录”里，请核对）："
        yield from (f"  {line}" for line in _folded(outcome.readings, "条"))
    problems = [one for one in outcome.problems if one.code != DIFFERENT]
    if problems:
        yield ""
        yield from _folded([*problem_lines(problems)], "行", _SHOWN * 9)
    if outcome.passed_over:
        yield f"\n未读取（名称以点开头，或不是能识别的格式）：{'、'.join(_folded(outcome.passed_over, '个'))}"
    if outcome.path is not None:
        counts = "，".join(f"{what}{count}行" for what, count in outcome.counts.items())
        yield f"\n已读取：{counts}；推断{len(outcome.readings)}条。"
        yield from _done(outcome, dry_run=dry_run)
        yield from _forms(outcome, year)


def _done(outcome: ImportOutcome, *, dry_run: bool) -> Iterator[str]:
    """What became of the table, and how it differs from the one that was there."""
    if outcome.before and not outcome.differences:
        yield f"与现有的 {outcome.path} 没有差别，没有改动。"
        return
    if outcome.differences:
        by = "导入后有人改过" if outcome.edited else "导入后没有人改过"
        yield f"\n与现有的 {outcome.path}（{by}）有{len(outcome.differences)}处不同（现有 → 这次）："
        # projects that come or go first: they must not be folded away
        told = sorted(outcome.differences, key=lambda one: bool(one.column or one.indicator or not one.project))
        yield from (f"  {line}" for line in _folded([*map(_difference, told)], "处"))
    if outcome.kept:
        example = "（示例，虚构）" if outcome.tried else ""
        yield f"原来的绩效目标表{example}改名为 {outcome.kept}。"
    if outcome.written:
        yield f"绩效目标表已写入 {outcome.path}，请对照原文核对后使用。"
    elif dry_run:
        yield f"这是试运行，没有写文件；不加 --dry-run 才写入 {outcome.path}。"


def _forms(outcome: ImportOutcome, year: int) -> Iterator[str]:
    """That forms which were made of other targets have to be made again, and what else is to be put away."""
    if outcome.written and outcome.tried:
        yield f"示例和试做留下的，请删去：{'、'.join(outcome.tried)}。"
    if outcome.strays:
        when = "请" if outcome.written else "换成这次的以后，请"
        yield f"这次的绩效目标里没有这些项目，填报表还在：{'、'.join(_folded(outcome.strays, '个'))}。"
        yield f"    → {when}把它们移出填报表的文件夹"
    if outcome.forms:
        names = "、".join(_folded(outcome.forms, "个"))
        yield f"这些项目的填报表还是按原来的目标生成的：{names}。"
        when = "" if outcome.written else "换成这次的以后，"
        rest = "除下面列出的以外" if outcome.refilled else ""
        kept = f"已填写的不会改动，{rest}照常收集、使用，改了的指标值逐个提示（W303）"
        yield f"    → {when}还没有填写的，请运行 selfeval forms {year} 重新生成，再下发；{kept}"
    if outcome.refilled:
        names = "、".join(_folded(outcome.refilled, "项"))
        yield f"这些指标换了名称或次序，或是新增的，已填写的填报表里没有它们的行，或那一行填的不采用（E340）：{names}。"
        command = f"selfeval forms {year} --project 项目 --overwrite"
        yield f"    → 请用 {command} 换成新表（原表移到 .旧版），请填报科室重新填写"


def _folded(lines: Sequence[str], counted: str, most: int = _SHOWN) -> Iterator[str]:
    """The first of many, and how many more there are; all where everything is asked for."""
    shown = len(lines) if manner().full or len(lines) <= most + 1 else most
    yield from lines[:shown]
    if shown < len(lines):
        yield f"……另有{len(lines) - shown}{counted}，加 -v 全部列出"


def _projects(projects: Sequence[ReadProject], year: int) -> Iterator[str]:
    """The projects by unit, with totals; of very many only the units. And the indicators that are not recognised."""
    from collections import Counter

    from selfeval.runs.imported import UNREAD

    whole = manner().full or len(projects) <= _MOST_PROJECTS
    units: dict[tuple[str, str], list[ReadProject]] = {}
    for one in projects:
        units.setdefault((one.unit_code, one.unit_name), []).append(one)
    for (code, name), own in units.items():
        unit = f"{code} {name}".strip() or "（没有单位编码和名称）"
        yield f"\n{unit}" + ("" if whole else f"　{_summed(own)}")
        if whole:
            yield from (f"  {line}" for line in table([*map(_cells, own)], right=frozenset({1, 2})))
            yield f"  {_summed(own)}"
    if projects:
        yield f"\n总计：{_summed(projects)}。" + ("" if whole else "加 -v 列出每个项目。")
        yield from _kinds(projects)
    unread = [f"{one.name} {named}" for one in projects for named in one.unread]
    if unread:
        yield f"{UNREAD}的{len(unread)}项指标（导入后用 selfeval list {year} 项目 查看怎样指定）："
        yield from (f"  {line}" for line in _folded(unread, "项"))
    homeless = Counter(level1 for one in projects for level1 in one.homeless)
    if homeless:
        names = "、".join(f"“{level1}”{count}项" for level1, count in homeless.items())
        yield f"评分规则里没有的一级指标，不能评分：{names}。怎样写进规则，见 selfeval rules check {year}。"


def _cells(project: ReadProject) -> list[str]:
    from selfeval.domain.reading.quantity import show_number

    budget = "预算数空白" if project.budget is None else f"{show_number(project.budget)}万元"
    return [project.name or "（无名称）", f"{project.indicators}项指标", budget, _listed(project.kinds or {})]


def _listed(kinds: dict[str, int]) -> str:
    return "，".join(f"{label} {count}" for label, count in kinds.items())


def _summed(projects: Sequence[ReadProject]) -> str:
    from fractions import Fraction

    from selfeval.domain.reading.quantity import show_number
    from selfeval.domain.rounding import fraction

    budget = sum((fraction(one.budget) for one in projects if one.budget is not None), Fraction(0))
    blank = sum(one.budget is None for one in projects)
    unknown = f"（{blank}个项目的空白）" if blank else ""
    count = sum(one.indicators for one in projects)
    return f"{len(projects)}个项目，{count}项指标，预算数合计{show_number(budget)}万元{unknown}"


def _kinds(projects: Sequence[ReadProject]) -> Iterator[str]:
    from collections import Counter

    total: Counter[str] = Counter()
    for one in projects:
        total.update(one.kinds or {})
    if total:
        yield f"按本年度评分规则识别的类型：{_listed(dict(total))}"
    else:
        yield "本年度还没有能用的评分规则，没有识别指标类型。"


def _difference(found: Difference) -> str:
    where = " ".join(filter(None, (found.name, found.indicator)))
    if not found.column:
        return f"{found.what}　{where}（{found.old or found.new}）"
    old, new = (_short(text) or "空白" for text in (found.old, found.new))
    return f"{found.what}　{where} {found.column}：{old} → {new}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST or manner().full else f"{line[:_LONGEST]}…"
