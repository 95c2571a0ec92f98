"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from selfeval.cli.terminal.completing import projects, rulebooks, years


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


def option(name: str, metavar: str | None, says: str, **more: Any) -> Any:  # noqa: ANN401 - as typer has it
    """An option: its name, what stands for its value, its help."""
    return typer.Option(name, metavar=metavar, help=says, **more)


def argument(metavar: str, says: str, **more: Any) -> Any:  # noqa: ANN401 - as typer has it
    """An argument: what stands for it, its help."""
    return typer.Argument(metavar=metavar, help=says, **more)


def flag(name: str, says: str) -> object:
    """An option without a value."""
    return typer.Option(name, help=says)


def date_option(name: str, says: str) -> object:
    """An option that is a date, such as 2024-12-31."""
    return option(name, "日期", says, formats=["%Y-%m-%d"])


DOCUMENT_DATE = "文件上的日期，如 2025-01-31；默认为评价年度的12月31日"
"""What ``--date`` is where documents bear a date."""


def as_of_option(says: str) -> object:
    """The option that asks for the rules of another year."""
    return option("--as-of", "年度", says, min=2000, max=2100)


_SAYS_WORKSPACE = "工作文件夹，即含有 rules、inputs 的文件夹；默认为当前文件夹，或它上面最近的一个"
_SAYS_PROJECT = "只处理这个项目（序号、名称或编码），可以写多个"
_SAYS_RULES = "用这份评分规则（规则名或文件），代替 rules/<年度>.yaml"
_SAYS_REPORTED = "用填报数据表（工作簿或 CSV 文件夹）评分，代替填报表"

Year = Annotated[int, argument("年度", "预算年度，如2024", min=2000, max=2100, autocompletion=years)]
YearOption = Annotated[int, option("--year", "年度", "预算年度，如2024", min=2000, max=2100, autocompletion=years)]
Workspace = Annotated[Path, option("--workspace", "文件夹", _SAYS_WORKSPACE, show_default=False)]
_SAYS_FORMAT = "输出形式：text 文字（默认），或 json 供其他程序读取"
FormatOption = Annotated[Format, option("--format", "形式", _SAYS_FORMAT, show_default=False)]
Projects = Annotated[list[str] | None, option("--project", "项目", _SAYS_PROJECT, autocompletion=projects)]
Rules = Annotated[Path | None, option("--rules", "规则", _SAYS_RULES, autocompletion=rulebooks)]
Reported = Annotated[Path | None, option("--reported", "数据表", _SAYS_REPORTED)]
_SAYS_WORKERS = "几个进程同时做；默认按电脑的核数，项目少时只用一个。结果与用几个无关"
Workers = Annotated[int | None, option("--workers", "个数", _SAYS_WORKERS, min=1, max=999, show_default=False)]
_SAYS_SCHEDULER = "在 Dask 集群上做：调度进程的地址，如 tcp://10.0.0.1:8786。结果与在哪里做无关"
Scheduler = Annotated[str | None, option("--scheduler", "地址", _SAYS_SCHEDULER, show_default=False)]
HERE, TEXT = Path(), Format.TEXT
