"""What the lines above a flat table say: its title, the unit that it is of, and the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from selfeval.sources.blocks import Spot
from selfeval.sources.flat.projects import Unit, parted
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.magnitude import UNIT

_MONEY = re.compile(rf"(?:金额)?(?:单位)[:：]?(?:人民币)?({UNIT})")
_UNIT = re.compile(
    r"(?:预算|填报|申报|编制|项目|实施|使用|主管)?(?:单位|部门)(?:名称)?(?:[（(](?:盖?公?章|全称)[)）])?[:：](?P<name>.+?)"
    r"(?=(?:金额)?单位[:：]|填报|日期|$)"
)
_LABEL = re.compile(r".{1,14}[:：]")
_TITLE = re.compile("绩效|目标|指标|项目|预算")


@dataclass(frozen=True)
class Above:
    """Blank where nothing says it; ``rest``: lines that say something else, with their places."""

    title: str = ""
    unit: Unit = field(default_factory=Unit)
    money: str = ""
    rest: tuple[tuple[str, Spot], ...] = ()


def read_above(cells: Iterable[tuple[str, Spot]]) -> Above:
    """The lines above a table, given as the texts of their cells; a label may stand in a cell of its own."""
    title, money, unit = "", "", Unit()
    rest: list[tuple[str, Spot]] = []
    label = ""
    for text, spot in cells:
        plain = tidy(unified(text))
        if _LABEL.fullmatch(plain) and not label:
            label = plain
            continue
        line, label = label + plain, ""
        amount, rest_of_line = _MONEY.search(squeeze(line)), _MONEY.sub("", line)
        if amount:
            money = money or amount[1]
        if named := _UNIT.search(rest_of_line):
            unit = unit if unit.key else parted(named["name"])
        elif not title and _TITLE.search(rest_of_line):
            title = line
        elif not amount:
            rest.append((line, spot))
    return Above(title, unit, money, tuple(rest))
