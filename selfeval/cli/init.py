"""``selfeval init``: a workspace for a unit, from options or by asking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selfeval.cli import options
from selfeval.cli.ending import finish, stop, stop_with, writing
from selfeval.cli.options import argument, option
from selfeval.cli.printing import say
from selfeval.cli.terminal.manner import manner
from selfeval.runs.exits import Exit
from selfeval.runs.folders import as_typed

if TYPE_CHECKING:
    from selfeval.runs.init.workspace import Unit

HELP = "新建工作文件夹：写好本单位当年的规则文件（待核对）、设置、可以试做的示例和步骤说明；不覆盖已有的文件。"

_AUTUMN = 7
"""The month from which a year is being prepared for; before it, the year before is evaluated."""
Check = Callable[[str], str]


def init_workspace(
    folder: Annotated[Path | None, argument("文件夹", "新的工作文件夹；当前文件夹写“.”")] = None,
    code: Annotated[str, option("--unit-code", "单位编码", "预算单位编码，如412001；没有的不写，自动编一个")] = "",
    unit: Annotated[str, option("--unit", "单位名称", "单位全称，如清源县文化和旅游局")] = "",
    year: Annotated[str, option("--year", "年度", "预算年度，如2025")] = "",
    root: Annotated[Path | None, option("--workspace", "文件夹", "也可以这样写新的工作文件夹")] = None,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Make a workspace."""
    from selfeval.runs.init.workspace import new_workspace, wrong_code, wrong_name, wrong_year

    given = (("--unit", unit, wrong_name), ("--unit-code", code, wrong_code), ("--year", year, wrong_year))
    for name, text, wrong in given:
        if text and (expected := wrong(text.strip())):
            stop_with("E632", Exit.USAGE, option=name, found=text, expected=expected)
    where, made_for = _told(folder or root, code.strip(), unit.strip(), year.strip())
    with writing(lambda path: as_typed(path) if path.name != where.name else as_typed(where)):
        files, refused = new_workspace(where, made_for)
    if refused is not None:
        stop([refused], Exit.CANNOT_WRITE, format_)
    facts = {"folder": as_typed(where), "unit_code": made_for.code, "unit": made_for.name, "year": made_for.year}
    finish(format_, "init", {**facts, "files": files}, _lines(where, made_for, files), Exit.DONE)


def _told(folder: Path | None, code: str, unit: str, year: str) -> tuple[Path, Unit]:
    """What was typed with the command, the rest asked for; without anybody to ask, what is missing ends the command."""
    from selfeval.runs.init.workspace import Unit, plain_year, wrong_code, wrong_name, wrong_year
    from selfeval.sources.codes import unit_code

    whole = (("文件夹", folder), ("--unit", unit), ("--year", year))
    missing = [name for name, text in whole if not text]
    if missing and (manner().json or not _somebody_there()):
        stop_with("E631", Exit.USAGE, missing="、".join(missing))
    if missing:
        say(["新建工作文件夹。请回答下面几个问题；方括号里是默认的，直接回车就用它。按 Ctrl-C 取消。"])
        unit = unit or _asked("单位名称（全称）", wrong_name)
        code = code or _asked("单位编码（没有的直接回车）", wrong_code, unit_code(unit))
        year = year or _asked("评价哪个预算年度", wrong_year, _likely_year())
        folder = folder or Path(_asked("工作文件夹", lambda _typed: "", f"{unit}绩效自评"))
    assert folder is not None
    return folder, Unit(code or unit_code(unit), unit, int(plain_year(year)))


def _somebody_there() -> bool:
    """Whether a person types at a terminal and sees what is asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _asked(what: str, wrong: Check, default: str | None = None) -> str:
    """What a person answered, asked again until it will do."""
    while True:
        asked = typer.prompt(what, default=default or "", show_default=default is not None, prompt_suffix="：")
        answer = str(asked).strip()  # a blank one too is told why it will not do
        said = wrong(answer)
        if not said:
            return answer
        say([f"“{answer}”不行：{said}。" if answer else f"没有填写：{said}。"], err=True)


def _likely_year() -> str:
    today = datetime.now().astimezone().date()
    return str(today.year if today.month >= _AUTUMN else today.year - 1)


def _lines(where: Path, unit: Unit, files: Sequence[str]) -> Iterator[str]:
    here = as_typed(where)
    yield f"已新建工作文件夹 {here}（{unit.name}，单位编码 {unit.code}，{unit.year}年度），写入{len(files)}个文件。"
    yield f"规则文件 {here}/rules/{unit.year}.yaml 尚未经本单位审定，请对照当地财政部门的通知核对。"
    example = any(name.endswith("targets.xlsx") for name in files)
    yield (
        f"绩效目标表里现在是示例数据（虚构，仅供演示），可以先试做一遍；步骤见 {here}/说明.md。"
        if example
        else f"已有的绩效目标表没有改动；步骤见 {here}/说明.md。"
    )
    if where != Path():
        quote = '"' if " " in here else ""
        yield f"请先进入这个文件夹：cd {quote}{here}{quote}"
    yield f"{'试做的' if example else ''}第一步：selfeval {'forms' if example else 'rules check'} {unit.year}"
