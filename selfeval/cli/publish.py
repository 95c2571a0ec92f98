"""``selfeval publish``: the official forms of a year in one workbook, to hand out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, usable, writing
from selfeval.cli.options import DOCUMENT_DATE, as_of_option, date_option
from selfeval.cli.printing import problem_lines, progress

if TYPE_CHECKING:
    from selfeval.runs.public import MadePublic

HELP = (
    "生成公开版：把部门整体和各项目的自评表写成一个工作簿（不含电话、等级和内部资料）；装有 LibreOffice 的，另存 PDF。"
)


def publish_year(
    year: options.Year,
    root: options.Workspace = options.HERE,
    reported: options.Reported = None,
    rules: options.Rules = None,
    day: Annotated[datetime | None, date_option("--date", DOCUMENT_DATE)] = None,
    as_of: Annotated[int | None, as_of_option("评分时借用了哪一年的规则，这里同样写明")] = None,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Write the public forms of a year."""
    from selfeval.runs.execute import default_date
    from selfeval.runs.exits import Exit
    from selfeval.runs.inputs import Choice, load_inputs
    from selfeval.runs.public import make_public

    workspace = opened(root)
    inputs = usable(load_inputs(workspace, Choice(year, reported, rules, as_of=as_of)), format_)
    with (
        writing(workspace.name),
        progress(sum(len(part.targets.projects) for part in inputs.parts) + 1, "生成公开版") as tick,
    ):
        made = make_public(inputs, day.date() if day else default_date(year), tick)
    done = usable(made, format_)
    left_out = [found.place.project for found in done.problems if found.code == "W640"]
    facts = {"year": year, "folder": done.where, "files": done.files, "projects": done.projects, "left_out": left_out}
    facts |= {"department": bool(done.department), "no_pdf": done.no_pdf, "problems": done.problems}
    finish(format_, "publish", facts, _lines(done, len(left_out)), Exit.PROBLEMS if left_out else Exit.DONE)


def _lines(done: MadePublic, left_out: int) -> Iterator[str]:
    yield from problem_lines(done.problems)
    out = f"；另有{left_out}个暂不计总分，未列入" if left_out else ""
    first = f"{done.department}和" if done.department and done.projects else done.department
    yield f"公开版有{first}{f'{done.projects}个项目' if done.projects else ''}的自评表{out}。"
    yield f"已写入 {done.where}/（{'、'.join(done.files)}）。"
    if done.no_pdf:
        yield f"未另存 PDF：{done.no_pdf}。可用 Excel 或 WPS 打开公开版，另存为 PDF。"
