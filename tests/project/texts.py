"""Every Chinese text that a user meets, with its place: messages, help, pages, rules, sheets, and what else is said."""

from __future__ import annotations

import ast
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeGuard

import openpyxl
import typer
import yaml
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.cli.app import app
from selfeval.domain.catalogue.document import ENTRIES
from selfeval.domain.checks import CHECKS
from tests.cli.desk import forms_of, retype, small_desk
from tests.cli.trouble import run

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_PATTERN = re.compile(r"\(\?|\\[dswb]|\)\?|[\u4e00-\u9fff]\?[^”]|[^ ]\|[^ ]")
"""What only a pattern holds, which is for readings and not for users."""

_HERE = "{}"
"""Stands in a text where the program puts something in."""


class Text(NamedTuple):
    """A text, and where a user meets it or where it is written."""

    place: str
    text: str


def messages() -> Iterator[Text]:
    """The catalogue of problems and the checks."""
    for code, entry in ENTRIES.items():
        for name, text in _fields(entry):
            if isinstance(text, str):
                yield Text(f"{code} {name}", re.sub(r"\{[^{}]*\}", _HERE, text))
    for check in CHECKS.values():
        for name, text in _fields(check):
            if isinstance(text, str):
                yield Text(f"{check.code} {name}", text)


def _fields(thing: object) -> Iterator[tuple[str, object]]:
    names = getattr(thing, "__dataclass_fields__", ())
    return ((name, getattr(thing, name)) for name in names)


def helps() -> Iterator[Text]:
    """``--help`` of the program and of every command."""
    yield from _help(typer.main.get_command(app), "selfeval")


def _help(command: object, name: str) -> Iterator[Text]:
    context = command.make_context(name, ["--help"], resilient_parsing=True)  # type: ignore[attr-defined]
    yield from (Text(f"{name} --help", line) for line in command.get_help(context).splitlines())  # type: ignore[attr-defined]
    for each, inside in getattr(command, "commands", {}).items():
        yield from _help(inside, f"{name} {each}")


def pages(root: Path) -> Iterator[Text]:
    """The README, the pages of documentation and of the examples, the exercises, the changelog; line by line."""
    found = [root / "README.md", root / "CHANGELOG.md", *(root / "docs").rglob("*.md"), *root.glob("examples/*/*.md")]
    for page in sorted([*found, *(root / "docs").rglob("*.yaml")]):
        name = page.relative_to(root).as_posix()
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
            yield Text(f"{name}:{number}", line)


_PROSE = frozenset({"title", "note", "label", "because", "said", "name"})
"""What of rules and cases is said to people; the rest is what they recognise."""

_QUOTED = re.compile("“[^”]*”")
"""What others wrote."""


def rules(root: Path) -> Iterator[Text]:
    """What rule files and their cases say to people."""
    for file in sorted((root / "rules").rglob("*.yaml")):
        yield from _said(yaml.compose(file.read_text(encoding="utf-8")), file.relative_to(root).as_posix())


def _said(node: yaml.Node | None, place: str) -> Iterator[Text]:
    if isinstance(node, yaml.SequenceNode):
        for inside in node.value:
            yield from _said(inside, place)
    elif isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        for key, value in node.value:
            quoted = "quote" in names and key.value == "note"  # which speaks of another's words
            if key.value in _PROSE and isinstance(value, yaml.ScalarNode) and not quoted:
                yield Text(f"{place}:{value.start_mark.line + 1}", _QUOTED.sub("“”", value.value))
            else:
                yield from _said(value, place)


def constants(root: Path) -> Iterator[Text]:
    """The strings of the program that hold Chinese, but for what explains the code."""
    for file in sorted((root / "selfeval").rglob("*.py")):
        name = file.relative_to(root).as_posix()
        if "/catalogue/" in name:
            continue  # one text each, of which ``messages`` gives the parts
        tree = ast.parse(file.read_text(encoding="utf-8"))
        parts: set[int] = set()
        for node in ast.walk(tree):  # the outer before the inner
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                parts.add(id(node.value))  # a docstring
            elif isinstance(node, ast.JoinedStr):
                parts.update(id(one) for one in node.values)
            text = "" if id(node) in parts else _text(node)
            if _CHINESE.search(text) and not _PATTERN.search(text):
                yield Text(f"{name}:{getattr(node, 'lineno', 0)}", text)


def _text(node: ast.AST) -> str:
    if _is_text(node):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if _is_text(one) else _HERE for one in node.values)
    return ""


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def sheets(root: Path) -> Iterator[Text]:
    """A form, a project's workbook, 汇总, 复核汇总, 退回修改清单, a comparison and 评分细则, made for two projects."""
    small_desk(root)
    before = {*root.rglob("*.*")} - {*root.glob("inputs/**/forms/**/*.xlsx")}
    for command in ("score 2024", "review 2024", "publish 2024", "rules doc 2024 --as md", "check 2024 --write"):
        if "--write" in command:
            retype(forms_of(root)[0], "funds.executed", "若干")  # something to send back
        assert run(root, tuple(command.split())).code in {0, 1}, command
    for file in sorted({*root.rglob("*.*")} - before):
        name = file.relative_to(root).as_posix()
        if file.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(file).worksheets:
                yield from _cells(sheet, f"{name}[{sheet.title}]")
        elif file.suffix in {".md", ".csv"}:
            lines = file.read_text(encoding="utf-8-sig").splitlines()
            fields = csv.reader(lines) if file.suffix == ".csv" else ([line] for line in lines)
            yield from (Text(f"{name}:{at}", text) for at, texts in enumerate(fields, start=1) for text in texts)


def _cells(sheet: Worksheet, place: str) -> Iterator[Text]:
    for row in sheet.iter_rows():
        for cell in row:
            where = f"{place} {cell.coordinate}"
            if isinstance(cell.value, str) and "|" not in cell.value:  # a hidden list that a formula searches
                yield Text(where, cell.value)
            if cell.comment is not None:
                yield Text(f"{where} 批注", cell.comment.text)
    for rule in sheet.data_validations.dataValidation:
        told = (rule.promptTitle, rule.prompt, rule.errorTitle, rule.error)
        yield from (Text(f"{place} {rule.sqref} 输入提示", text) for text in told if text)


def everything(project: Path, desk: Path) -> Iterator[Text]:
    """All of them."""
    yield from messages()
    yield from helps()
    yield from pages(project)
    yield from rules(project)
    yield from constants(project)
    yield from sheets(desk)


if __name__ == "__main__":
    import tempfile

    for one in everything(Path(sys.argv[1]), Path(tempfile.mkdtemp())):
        sys.stdout.write(f"{one.place}\t{one.text!r}\n")
