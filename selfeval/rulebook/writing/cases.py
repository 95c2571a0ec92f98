"""Writing cases: those that are missing, as a file that a person confirms before any of it is a test."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from fractions import Fraction
from pathlib import Path

from selfeval.domain.reading.proposal import quoted
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import show_percent
from selfeval.domain.scored import State
from selfeval.rulebook.text.nodes import Scalar
from selfeval.rulebook.trying.cases import Plan, RuleCase
from selfeval.rulebook.trying.coverage import Covered
from selfeval.rulebook.trying.missing import MissingCase
from selfeval.rulebook.writing.drafting import up_from

PENDING = "待确认"
"""What marks a file, and every case in it, that nobody has confirmed yet."""

_HEAD = """\
# yaml-language-server: $schema={up}../selfeval/rulebook/cases.schema.json
#
# 待确认：{id} 规则文件缺少的用例。程序不读取这个文件。
# 应得分是按现在的规则算出来的，不等于对：请逐个对照文件核对，改正之后，把 cases: 以下的几行移到 {beside} 的末尾
# （还没有那个文件的，把这个文件改成那个名字），再删去这个文件。

rulebook: {id}
year: {year}
cases:
"""
_PLAIN = re.compile(r"[\w≥≤（「“][\w≥≤=（）「」“”%、。.·/-]*(?: [\w≥≤=（）「」“”%、。.·/-]+)*")
_BLANKS = frozenset({"null", "true", "false", "yes", "no", "on", "off"})


def pending_path(rulebook: Path) -> Path:
    """Where the missing cases of a rulebook are written: ``2024.cases.待确认.yaml`` beside ``2024.yaml``."""
    return rulebook.with_name(f"{rulebook.stem}.cases.{PENDING}.yaml")


def pending_cases(
    name: str, beside: str, year: int, cases: Sequence[MissingCase], without: Sequence[Covered] = ()
) -> str:
    """The text of that file, for the rulebook of a name (2024, hunan/dept); ``without``: what no case was found for."""
    folder, _, stem = name.rpartition("/")
    lines = [_HEAD.format(up=up_from(folder), id=stem, year=year, beside=beside)]
    for missing in cases:
        lines += [f"  # {PENDING}。没有用例的：{'；'.join(thing.what for thing in missing.covers)}\n"]
        lines += [f"  - {case_line(missing.case)}\n"]
    lines += [
        f"  # 无法自动拟出，请自行补充：{thing.what}（{thing.place.file} {thing.place.cell}）\n" for thing in without
    ]
    return "".join(lines)


def case_line(case: RuleCase) -> str:
    """A case as one line of YAML: what is not as usual, in the order of the keys."""
    values = ((field, getattr(case, field.name)) for field in fields(case) if field.name != "place")
    parts = (f"{field.name}: {_value(value)}" for field, value in values if value != field.default)
    return f"{{{', '.join(parts)}}}"


def _value(value: object) -> str:
    match value:
        case State():
            return value.label
        case Scalar():
            return value.text if value.plain else quoted(value.text)
        case Plan():
            return f"{{{', '.join(_planned(value))}}}"
        case tuple():
            return f"[{', '.join(map(_value, value))}]"
        case Fraction():
            return show_number(value)
        case int():
            return show_number(in_points(value))
    text = str(value)
    plain = _PLAIN.fullmatch(text) and text.lower() not in _BLANKS
    return text if plain else quoted(text)


def _planned(plan: Plan) -> Iterator[str]:
    for field in fields(plan):
        share: Fraction | None = getattr(plan, field.name)
        if share is not None:
            yield f"{field.name.removeprefix('month_')}月底: {show_percent(share)}"
