"""``selfeval rules``: show, check, test, explain, override, make and print rulebooks; what they lack."""

from __future__ import annotations

import typer

from selfeval.cli.chinese import ChineseGroup, commands
from selfeval.cli.rules import answering, cases, files, overriding, standards, used, writing

HELP = "评分规则：查看、检查、试算、查询、单独指定、新建和打印。"

app = typer.Typer(cls=ChineseGroup, no_args_is_help=True, rich_markup_mode=None)
commands(
    app,
    ("show", files.show_rules, files.SHOW),
    ("check", files.check_rules, files.CHECK),
    ("test", files.run_cases_beside, files.TEST),
    ("cases", cases.list_cases, cases.HELP),
    ("used", used.list_unused, used.HELP),
    ("explain", answering.explain_texts, answering.HELP),
    ("override", overriding.override_indicator, overriding.HELP),
    ("new", writing.new_rules, writing.NEW),
    ("standards", standards.approve_standards, standards.HELP),
    ("doc", writing.print_rules, writing.DOC),
    ("schema", files.show_schema, files.SCHEMA),
)
