"""Options and arguments that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


Year = Annotated[int, typer.Argument(metavar="年度", min=2000, max=2100, help="预算年度，如 2024")]
YearOption = Annotated[int, typer.Option("--year", metavar="年度", min=2000, max=2100, help="预算年度，如 2024")]
WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        metavar="文件夹",
        show_default=False,
        help="工作目录，即含有 rules、inputs 的文件夹；默认为当前文件夹",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", show_default=False, help="输出形式：text（默认）或 json")]
ProjectOption = Annotated[
    list[str] | None, typer.Option("--project", metavar="项目编码", help="只处理这个项目，可以写几次")
]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="规则文件", help="用这个规则文件，代替 rules/<年度>.yaml")
]
ReportedOption = Annotated[
    Path | None,
    typer.Option("--reported", metavar="数据表", help="用填报数据表（工作簿或 CSV 文件夹），代替填报表"),
]
HERE = Path()


def date_option(name: str, says: str) -> object:
    """An option that is a date, such as 2024-12-31."""
    return typer.Option(name, formats=["%Y-%m-%d"], metavar="日期", help=says)


def as_of_option(says: str) -> object:
    """The option that asks for the rules of another year."""
    return typer.Option("--as-of", metavar="年度", min=2000, max=2100, help=says)
