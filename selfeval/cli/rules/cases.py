"""``selfeval rules cases``: how many cases a rulebook lacks and of what, and those cases for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from selfeval.cli import options
from selfeval.cli.ending import finish, opened, stop, usable, writing
from selfeval.cli.options import flag
from selfeval.cli.rules.files import NameArgument, rule_files
from selfeval.runs.exits import Exit

if TYPE_CHECKING:
    from selfeval.runs.pending import Pending
    from selfeval.runs.workspace import Workspace

HELP = "用例：列出一份规则文件还缺哪些用例；加 --missing 写到规则文件旁边的“待确认”文件里，供核对。"

_MISSING = "把缺少的用例写到规则文件旁边的“待确认”文件，应得分按现行规则计算；不覆盖已有的文件"


def list_cases(
    name: NameArgument,
    root: options.Workspace = options.HERE,
    *,
    missing: Annotated[bool, flag("--missing", _MISSING)] = False,
    format_: options.FormatOption = options.TEXT,
) -> None:
    """List, or write, the cases that are missing."""
    from selfeval.runs.pending import find_pending, write_pending

    workspace = opened(root, "rules")
    path = rule_files(workspace, [name])[0]
    pending = usable(find_pending(workspace, path), format_)
    if missing and pending.uncovered:
        with writing(workspace.whole_name):
            refused = write_pending(workspace, pending)
        if refused is not None:
            stop([refused], Exit.CANNOT_WRITE, format_)
    facts: dict[str, object] = {"rulebook": pending.rulebook, "year": pending.year}
    facts["file"] = workspace.name(pending.path) if missing and pending.uncovered else ""
    facts["cases"] = [
        {"name": found.case.name, "covers": [thing.what for thing in found.covers]} for found in pending.cases
    ]
    facts["uncovered"] = [
        {"group": thing.group, "what": thing.what, "file": thing.place.file, "cell": thing.place.cell}
        for thing in pending.uncovered
    ]
    facts["without"] = [thing.what for thing in pending.without]
    finish(format_, "rules.cases", facts, _lines(workspace, name, pending, missing=missing), Exit.DONE)


def _lines(workspace: Workspace, name: str, pending: Pending, *, missing: bool) -> Iterator[str]:
    from selfeval.rulebook.trying.coverage import counted

    file, beside = workspace.name(pending.path), workspace.name(pending.beside)
    if not pending.uncovered:
        yield f"{pending.rulebook} 用例齐全。"
        if pending.path.exists():
            yield f"{file} 已不需要，可以删去。"
        return
    if not missing:
        yield from (f"  {thing.place.file} {thing.place.cell}　{thing.what}" for thing in pending.uncovered)
    groups = counted(pending.uncovered)
    yield f"{pending.rulebook} 有{len(pending.uncovered)}处没有用例（{groups}），补{len(pending.cases)}个用例即可。"
    if not missing:
        yield f"运行 selfeval rules cases {name} --missing，写到 {file} 供核对。"
        return
    yield f"已写入 {file}，都是待确认的，不作为用例运行。"
    yield f"请逐个核对应得分，把核对过的各行移到 {beside} 的末尾，再删去 {file}。"
    yield from (f"  无法自动拟出、请自行补充的：{thing.what}" for thing in pending.without)
