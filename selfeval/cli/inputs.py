"""``selfeval forms``, ``collect`` and ``check``: forms go out and come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable, writing
from selfeval.cli.options import argument, date_option, flag, option
from selfeval.cli.printing import by_unit, counted, problem_lines, say, table, told
from selfeval.cli.status import of_department, to_do
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem
    from selfeval.runs.checking import Checked
    from selfeval.runs.collecting import CollectOutcome
    from selfeval.runs.delivery import Delivered

FORMS = "生成填报表：为每个项目生成一份，放在 inputs/<年度>/forms/，供下发。"
COLLECT = "收集填报表：从文件夹或压缩包中识别各项目的填报表，列出已报送、未报送、不完整、待修改的项目。"
CHECK = "检查填报表：按单位一次列出全部问题，写明文件、工作表、单元格和修改办法。"


def write_forms(
    year: options.Year,
    root: options.Workspace = options.HERE,
    project: options.Projects = None,
    rules: options.Rules = None,
    prefill: Annotated[
        Path | None, option("--prefill", "数据表", "用填报数据表（工作簿或 CSV 文件夹）预先填写")
    ] = None,
    unit: Annotated[list[str] | None, option("--unit", "单位编码", "只处理这个单位，可以写多个")] = None,
    from_year: Annotated[
        int | None, option("--from-year", "上年", "沿用上年填报表的文字（不沿用数字），如2023")
    ] = None,
    due: Annotated[
        datetime | None, date_option("--due", "印在填报表上的报送期限，如 2025-01-20；记入设置，以后不用再写")
    ] = None,
    contact: Annotated[str, option("--contact", "文字", "印在填报表上的联系人和电话；记入设置，以后不用再写")] = "",
    *,
    overwrite: Annotated[
        bool, flag("--overwrite", "已填写的填报表也换成没有填写的新表，要请科室重填（原表移到 .旧版 文件夹）")
    ] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Write the forms of a year."""
    from selfeval.runs.delivery import FormOptions, deliver
    from selfeval.runs.inputs import Choice

    workspace = opened(root)
    choice = Choice(year, prefill, rules, tuple(dict.fromkeys(project or ())))
    day = due.date() if due else None
    asked = FormOptions(overwrite, tuple(unit or ()), from_year, day, contact)
    with writing(workspace.whole_name):
        made = deliver(workspace, choice, asked)
    delivery = usable(made, format_)
    lines = _written(delivery, workspace.name(workspace.forms(year)))
    finish(format_, "forms", vars(delivery), lines, Exit.of(delivery.problems))


def _written(delivery: Delivered, where: str) -> Iterator[str]:
    yield from problem_lines(told(delivery.problems))
    counts = [f"新生成{len(delivery.written)}份", f"没有变化{len(delivery.unchanged)}份"]
    counts.append(f"已有填报内容、保留不动{len(delivery.kept)}份")
    yield f"填报表在 {where}/：{'，'.join(counts)}。"
    for state, count in (("新生成", delivery.department.written), ("保留不动", delivery.department.kept)):
        yield from (f"另有部门整体支出填报表一份（{state}）：{path}。" for path in count)
    if delivery.aside:
        yield f"{len(delivery.aside)}份原表保留在各单位文件夹的 .旧版 文件夹里。"
    if delivery.settings:
        yield f"报送期限、联系人已记入 {delivery.settings}，以后各条命令都从中读取。"


def collect_forms(
    source: Annotated[Path, argument("文件夹", "收到的文件所在的文件夹，或 .zip 压缩包")],
    year: options.YearOption,
    root: options.Workspace = options.HERE,
    rules: options.Rules = None,
    day: Annotated[datetime | None, date_option("--date", "换下的旧表没有填报日期时，按这个日期留存")] = None,
    *,
    accept_newest: Annotated[
        bool,
        flag("--accept-newest", "同一项目有几份不同的填报表时，采用填报日期最近的；日期相同或未写的，采用新收到的"),
    ] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Collect forms."""
    from selfeval.runs import collecting
    from selfeval.runs.inputs import Choice

    choice, when = Choice(year, None, rules), day.date() if day else None
    workspace = opened(root)
    with writing(workspace.whole_name):
        found = collecting.collect_forms(workspace, choice, source, day=when, accept_newest=accept_newest)
    outcome = usable(found, format_)
    waiting = any(standing.open for standing in outcome.standings)
    waiting |= outcome.department is not None and outcome.department.waits
    code = Exit.of(outcome.problems) or (Exit.PROBLEMS if waiting else Exit.DONE)
    done = {name: getattr(outcome.collected, name) for name in ("placed", "replaced", "unchanged", "unsettled")}
    facts = {**done, "standings": outcome.standings, "problems": outcome.problems}
    facts |= {"department": outcome.department} if outcome.department else {}
    finish(format_, "collect", facts, _collected(outcome, year), code)


def _collected(outcome: CollectOutcome, year: int) -> Iterator[str]:
    yield from problem_lines(outcome.problems)
    standings = outcome.standings
    rows = [[each.state, each.name, to_do(each), each.now] for each in standings]
    yield from by_unit((standing.unit for standing in standings), table(rows))
    counts = Counter(standing.state for standing in standings)
    yield f"\n{len(standings)}个项目：" + "，".join(f"{state}{count}个" for state, count in counts.items()) + "。"
    yield from of_department(outcome.department)
    if any(standing.missing or standing.errors for standing in standings):
        yield f"不完整、待修改的，问题见 selfeval check {year}；加 --write 写出退回修改清单。"


def check_forms(
    year: options.Year,
    root: options.Workspace = options.HERE,
    reported: options.Reported = None,
    project: options.Projects = None,
    rules: options.Rules = None,
    day: Annotated[datetime | None, date_option("--date", "退回修改清单上的制表日期，默认不印")] = None,
    *,
    write: Annotated[bool, flag("--write", "另为每个单位写一份退回修改清单")] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Check the forms of a year."""
    from selfeval.runs.checking import check, return_lists, with_whole, write_lists
    from selfeval.runs.execute import verdict_with
    from selfeval.runs.inputs import Choice, load_inputs
    from selfeval.runs.settings import load_settings
    from selfeval.runs.whole_outputs import scored_whole

    workspace = opened(root)
    inputs = usable(load_inputs(workspace, Choice(year, reported, rules, tuple(dict.fromkeys(project or ())))), format_)
    scored, whole = inputs.score(), scored_whole(inputs)
    checked = check(inputs, scored)
    if whole is not None:
        checked = with_whole(checked, whole)
    written = ""
    if write:
        settings, faulty = load_settings(workspace)
        say(problem_lines(faulty), err=True)
        lists = list(return_lists(checked, inputs, settings, day.date() if day else None))
        with writing(workspace.whole_name):
            folder, kept = write_lists(workspace, year, lists, whole=not project)
        say(problem_lines(kept), err=True)
        written = workspace.name(folder) if lists else ""
    units = [
        {"unit_code": unit.code, "unit_name": unit.name, "problems": unit.problems, "clean": unit.clean}
        for unit in checked.units
    ]
    facts = {"units": units, "other": checked.other, "written": written}
    finish(
        format_,
        "check",
        facts,
        _checked(checked, year, written),
        verdict_with(scored, whole) or Exit.of(checked.problems),
    )


def _checked(checked: Checked, year: int, written: str) -> Iterator[str]:
    everything: list[Problem] = list(checked.other)
    for unit in checked.units:
        everything += unit.problems
        unsent = [found for found in unit.problems if found.code == "E301"]
        grave = [found for found in told(unit.problems) if found.code != "E301"]
        counts = f"{len(grave)}条，" if grave or not unsent else ""
        counts += f"{len(unsent)}个项目未报送，" if unsent else ""
        only_hints = {one.place.project for one in unit.problems} - {one.place.project for one in (*grave, *unsent)}
        yield f"{unit.code} {unit.name}：{counts}{len(unit.clean) + len(only_hints)}个项目没有问题"
        yield from (*problem_lines(grave), *(f"错误 E301  {found.message}" for found in unsent))
        if unsent:
            yield f"    → 催报文字见 selfeval status {year}；收到的填报表用 selfeval collect 收集"
        yield ""
    rest = told(checked.other)
    if rest:
        yield from ("不属于任何单位的问题", *problem_lines(rest), "")
    yield f"问题：{counted(everything)}。"
    if written:
        yield f"退回修改清单已写入 {written}/，每个单位一份。"
