"""``selfeval rules new`` and ``doc``: a rulebook for another year, and 评分细则 for approval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop, writing
from selfeval.cli.options import argument, option
from selfeval.cli.printing import say
from selfeval.cli.rules.files import NameArgument, load_or_exit, schemas_renewed, with_lines
from selfeval.cli.terminal.completing import rulebooks
from selfeval.runs.exits import Exit
from selfeval.runs.folders import as_typed

NEW = "新建一年的规则：以已有的一份为基础规则，列出要核对的事项；不覆盖已有的文件。"
DOC = "生成评分细则（Word 和 Markdown），供领导审批。"


class Ending(StrEnum):
    """The formats of a document, by the ending of the file's name."""

    BOTH = "both"
    WORD = "docx"
    MARKDOWN = "md"


def new_rules(
    name: Annotated[str, argument("年度", "预算年度（2025），或文件夹里的一份（hunan/2025、hunan/dept）")],
    base: Annotated[str, option("--from", "规则", "以哪一份为基础规则，如2024", autocompletion=rulebooks)],
    root: options.Workspace = options.HERE,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Draft the rulebook of a year, or of a region."""
    from selfeval.domain.filenames import safe_name
    from selfeval.domain.problems import Problem
    from selfeval.rulebook.finding import ENDINGS, NAME
    from selfeval.rulebook.writing.drafting import review_list
    from selfeval.runs.rulebooks import new_rulebook, year_of

    known = NAME.fullmatch(name) and all(safe_name(part) == part for part in name.split("/"))
    if not known or name.endswith(ENDINGS):
        raise typer.BadParameter("写年度（2025），或 文件夹/名称（hunan/2025）", param_hint="年度")
    workspace = opened(root, "rules")
    path, rulebook = load_or_exit(workspace, base)
    with writing(workspace.whole_name):
        made = new_rulebook(workspace, name, path, rulebook)
    if isinstance(made, Problem):
        stop([made], Exit.CANNOT_WRITE)
    files = [workspace.name(path) for path in made]
    review = review_list(rulebook)
    facts = {"year": year_of(name, rulebook), "name": name, "files": files, "review": review}
    lines = [*_lines(name, rulebook.id, files, review), *schemas_renewed(workspace, made)]
    finish(format_, "rules.new", facts, lines, Exit.DONE)


def _lines(name: str, base: str, files: Sequence[str], review: Sequence[str]) -> Iterator[str]:
    yield f"已新建 {'、'.join(files)}，其余取自 {base}。"
    yield "请逐项核对："
    yield from (f"  {number}. {item}" for number, item in enumerate(review, start=1))
    yield f"核对后运行 selfeval rules check {name} 和 selfeval rules test {name}。"


def print_rules(
    name: NameArgument,
    root: options.Workspace = options.HERE,
    out: Annotated[Path | None, option("--out", "文件夹", "写到这个文件夹；默认为工作文件夹下的 评分细则")] = None,
    ending: Annotated[Ending, option("--as", "格式", "docx、md 或 both（默认）")] = Ending.BOTH,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """Write a rulebook as a document."""
    from selfeval.runs.rulebooks import write_document

    workspace = opened(root, "rules")
    path, rulebook = load_or_exit(workspace, name)
    endings = ("docx", "md") if ending is Ending.BOTH else (ending.value,)
    with writing(workspace.whole_name):
        made, problems = write_document(workspace, path, rulebook, out or workspace.root / "评分细则", endings)
    files = [as_typed(file) if out else workspace.name(file) for file in made]
    say(with_lines(problems, workspace.root), err=True)
    facts = {"rulebook": rulebook.id, "files": files, "problems": problems}
    finish(format_, "rules.doc", facts, [f"已写入 {'、'.join(files)}。"], Exit.DONE)
