"""``selfeval rules``: show, check, test, explain, make and print rulebooks."""

from __future__ import annotations

import typer

from selfeval.cli.chinese import ChineseCommand, ChineseGroup
from selfeval.cli.rules import answering, checking, making, showing

HELP = "规则：查看、检查、测试、试问、另立和打印评分规则。"

app = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None)
app.command("show", cls=ChineseCommand, help=showing.HELP)(showing.show_rules)
app.command("check", cls=ChineseCommand, help=checking.CHECK)(checking.check_rules)
app.command("test", cls=ChineseCommand, help=checking.TEST)(checking.run_cases_beside)
app.command("explain", cls=ChineseCommand, help=answering.HELP)(answering.explain_texts)
app.command("new", cls=ChineseCommand, help=making.NEW)(making.new_rules)
app.command("doc", cls=ChineseCommand, help=making.DOC)(making.print_rules)
app.command("schema", cls=ChineseCommand, help=showing.SCHEMA)(showing.show_schema)
