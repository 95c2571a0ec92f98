"""Chinese help and complaints for typer, whose own words are English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from typer import Typer
from typer.core import TyperCommand, TyperGroup

from selfeval.cli.printing import table
from selfeval.cli.terminal.amount import with_amount

_WORDS = (
    ("Usage: ", "用法："),
    ("Options:", "选项："),
    ("Arguments:", "参数："),
    ("Commands:", "命令："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 …"),
    ("…]...", "…]"),
    ("...", "…"),
    ("Show this message and exit.", "显示这段说明"),
    ("[required]", "〔必填〕"),
    ("INTEGER RANGE", "数字"),
    ("INTEGER", "数字"),
    ("TEXT", "文字"),
    ("FILE", "文件"),
    ("DIRECTORY", "文件夹"),
    ("PATH", "路径"),
)

USAGE = "用 selfeval --help 查看全部命令，用 selfeval 命令 --help 查看一条命令的用法。"

HELP_NAMES: dict[Any, Any] = {"help_option_names": ["-h", "--help"]}
"""The settings of the program; its commands have them from it."""

_TYPE = re.compile(r" <(?:list\[)?(?:str|int|float|path|datetime)(?: range)?\]?>")
_DEFAULT = re.compile(r"  \[default: [^\];]+(?:; ([^\]]+))?\]")
"""What an option's help says in Chinese where it matters."""
_REQUIRED = re.compile(r"\{([^{}\n]+)\}")
"""What typer puts around an argument that must be written; its help says so in words."""
_RANGE = re.compile(r"  \[(\d+(?:\.\d+)?)<=x<=(\d+(?:\.\d+)?)(; required)?\]")


def _chinese(text: str) -> str:
    for english, chinese in _WORDS:
        text = text.replace(english, chinese)
    text = _REQUIRED.sub(r"\1", text)
    text = _DEFAULT.sub(lambda found: f"  [{found[1]}]" if found[1] else "", _TYPE.sub("", text))
    return _RANGE.sub(lambda found: f"  〔{found[1]}至{found[2]}{'，必填' if found[3] else ''}〕", text)


_ROW = re.compile(r"  (\S.*?)  +(\S.*)")


def _aligned(text: str) -> str:
    """Help with its columns one below the other: a Chinese character takes two columns, which typer counts as one."""
    blocks = []
    for block in text.split("\n\n"):
        title, *lines = block.split("\n")
        rows: list[list[str]] = []
        for line in lines if title.endswith("：") else ():
            found = _ROW.fullmatch(line)
            if rows and not found and line.startswith(" " * 6):
                rows[-1][1] += line.strip()  # the line above, which typer broke
            else:
                rows.append([*found.groups()] if found else [line.strip(), ""])
        blocks.append("\n".join([title, *(f"  {line}" for line in table(rows))]) if rows else block)
    return "\n\n".join(blocks)


class _Chinese:
    """Help that is all Chinese."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's context class is private
        return _aligned(_chinese(super().get_help(ctx)))  # type: ignore[misc]  # a command's


class ChineseCommand(_Chinese, TyperCommand):
    """A command whose help is all Chinese."""


class ChineseGroup(_Chinese, TyperGroup):
    """A group of commands whose help is all Chinese."""


def commands(app: Typer, *each: tuple[str, Callable[..., None], str]) -> None:
    """Add commands to a program or a group: the name, the function and the help of each."""
    for name, command, says in each:
        app.command(name, cls=ChineseCommand, help=says)(with_amount(command))


def complaint(error: Exception) -> str:
    """What is wrong with the command as typed, in Chinese; blank when the error is none of typer's."""
    if not hasattr(error, "format_message"):
        return ""
    name = type(error).__name__
    shown = _parameter(getattr(error, "param", None))
    option = getattr(error, "option_name", "")
    message = str(error.format_message())
    mistyped = _MISTYPED.fullmatch(message)
    if mistyped:
        return f"没有这条命令：{mistyped[1]}{_perhaps(_NAME.findall(mistyped[2]))}"
    known = {
        "NoSuchOption": f"没有这个选项：{option}",
        "MissingParameter": f"缺少{shown.rstrip()}",
        "BadParameter": f"{shown}的值不对：{_reason(message)}",
        "BadOptionUsage": f"选项 {option} 后面要有一个值",
    }
    if name == "NoArgsIsHelpError":
        return _chinese(message)
    said = known.get(name) or _reason(message)
    return said + _perhaps(getattr(error, "possibilities", None) or ())


def _perhaps(close: Iterable[str]) -> str:
    return f"，是否应为 {' 或 '.join(close)}？" if close else ""


def _parameter(parameter: Any) -> str:  # noqa: ANN401 - typer's parameter class is private
    """An argument by its Chinese name, an option by the way it is typed."""
    if parameter is None:
        return "参数"
    if parameter.param_type_name == "argument":
        return f"参数“{str(parameter.metavar or parameter.name).strip('{}')}”"
    return f"选项 {parameter.opts[0]} "


_MISTYPED = re.compile(r"No such command '(.*?)'\. Did you mean (.*)\?")
_NAME = re.compile(r"'(.*?)'")

_REASONS = (
    (re.compile(r"No such command '(.*?)'.*"), r"没有这条命令：\1"),
    (re.compile(r"Missing command.*"), "缺少命令"),
    (re.compile(r".*unable to parse string as an integer.*"), "应为整数"),
    (re.compile(r".*greater than or equal to (\S+?)\.?"), r"不能小于\1"),
    (re.compile(r".*less than or equal to (\S+?)\.?"), r"不能大于\1"),
    (re.compile(r".*does not match the formats? (.*)"), "日期应按“年-月-日”书写，月、日各两位数"),
    (re.compile(r".*is not one of (.*?)\.?"), r"应为以下之一：\1"),
    (re.compile(r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)"), r"多写了：\1"),
    (re.compile(r"Invalid value(?: for [^:]*)?: (.*)"), r"\1"),
)


def _reason(message: str) -> str:
    """Typer's reason in Chinese; as it is when it is one not known here."""
    for english, chinese in _REASONS:
        match = english.fullmatch(message)
        if match:
            return match.expand(chinese)
    return message
