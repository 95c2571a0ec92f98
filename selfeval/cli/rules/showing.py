"""``selfeval rules show`` and ``schema``."""

from __future__ import annotations

from typing import Annotated

import typer

from selfeval.cli.ending import opened
from selfeval.cli.options import HERE, Format, FormatOption, WorkspaceOption
from selfeval.cli.printing import say, show
from selfeval.cli.rules.names import NameArgument, rule_files, with_lines
from selfeval.runs.exits import Exit

HELP = "查看规则；加 --resolved 则合并上级规则，并注明每一项出自哪个文件哪一行。"
SCHEMA = "打印规则文件的 JSON Schema，供编辑器补全和提示。"


def show_rules(
    name: NameArgument,
    workspace: WorkspaceOption = HERE,
    *,
    resolved: Annotated[bool, typer.Option("--resolved", help="合并上级规则，每一项注明出处")] = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Show a rulebook."""
    from selfeval.rulebook.loading import as_text, load_all, resolved_lines

    place = opened(workspace)
    path = rule_files(place, [name])[0]
    if not resolved and form is Format.TEXT:
        typer.echo(path.read_text(encoding="utf-8-sig", errors="replace"), nl=False)
        return
    loaded = load_all(path, place.root)
    own = place.name(path)
    values = [
        {"path": where, "value": value, "origin": origin}
        for where, value, origin in resolved_lines(loaded.root)
        if resolved or origin.rpartition(":")[0] == own
    ]
    show(form, "rules.show", {"rulebook": own, "values": values}, as_text(loaded.root))
    if loaded.problems:
        say(with_lines(loaded.problems, place.root), err=True)
        raise typer.Exit(Exit.UNUSABLE)


def show_schema(*, cases: Annotated[bool, typer.Option("--cases", help="用例文件（*.cases.yaml）的")] = False) -> None:
    """Print the JSON Schema of rulebooks, or of files of cases."""
    from selfeval.rulebook.schema import schema_text

    typer.echo(schema_text("cases.schema.json" if cases else "rulebook.schema.json"), nl=False)
