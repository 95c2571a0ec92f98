"""What the lines above a flat table say: its title, the unit that it is of, and the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from selfeval.sources.beside import money_of
from selfeval.sources.blocks import Beside, Spot
from selfeval.sources.flat.projects import Unit, parted
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.form.titles import office_of
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.magnitude import UNIT

_MONEY = re.compile(rf"(?:金额)?(?:单位)[:：]?(?:人民币)?({UNIT})")
_UNIT = re.compile(
    r"(?P<label>(?:一级|[省市县区]级)?(?:预算|填报|申报|编制|项目|实施|使用|主管)?(?:单位|部门)(?:名称)?)"
    r"(?:[（(](?:盖?公?章|全称)[)）])?[:：](?P<name>.+?)"
    r"(?=(?:金额)?单位[:：]|填报|日期|主管|预算单位|$)"
)
_LABEL = re.compile(r".{1,14}[:：]")
_LABELLED = re.compile(r"([^:：]{2,14})[:：].+")
_TITLE = re.compile("绩效|目标|指标|项目|预算")


_NUMBERED = re.compile(r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)]?[、.．)）]?)?(?=[\u4e00-\u9fff])")
_NO_UNIT = re.compile("[，。；：！？,;:!?“”]|填|报[送表]|各单位|本表|下列|以下|合计|附[件表]")
_LONGEST_UNIT = 25
_WITHIN = re.compile("[^省市县区州旗盟镇乡]+[处部室会]")
"""A part of a unit, which has no budget of its own: 规划财务处; but 县水利管理处 is a unit."""


def unit_alone(text: str) -> Unit:
    """The unit that a line or the name of a sheet consists of, perhaps numbered (一、某馆); else a blank one."""
    plain = squeeze(unified(text))
    if len(plain) > _LONGEST_UNIT or _NO_UNIT.search(plain):
        return Unit()
    unit = parted(_NUMBERED.sub("", plain, count=1))
    return unit if office_of(unit.name) and not _WITHIN.fullmatch(unit.name) else Unit()


@dataclass(frozen=True)
class Above:
    """Blank where nothing says it; ``rest``: lines that say something else, with their places.

    ``unit``: that of the projects below, else the ``department`` above it; ``named``: where that stands;
    ``money_in``: what the unit of money stands in.
    """

    title: str = ""
    unit: Unit = field(default_factory=Unit)
    department: str = ""
    named: Spot | None = None
    money: str = ""
    rest: tuple[tuple[str, Spot], ...] = ()
    money_in: str = "表上方"


def with_money(above: Above, beside: Sequence[Beside], sheet: str) -> Above:
    """The same with the unit of money that stands around the table, where none stands above it."""
    said = None if above.money else money_of(beside, sheet)
    return replace(above, money=said.unit, money_in=said.where.what) if said else above


def read_above(cells: Iterable[tuple[str, Spot]]) -> Above:
    """The lines above a table, given as the texts of their cells; a label may stand in a cell of its own."""
    title, money = "", ""
    units: dict[str, tuple[Unit, Spot]] = {}
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
        named = [*_UNIT.finditer(rest_of_line)]
        for one in named:
            units.setdefault(above_of(one["label"]) or "unit", (parted(one["name"]), spot))
        if named:
            continue
        labelled = _LABELLED.fullmatch(rest_of_line)
        said = above_of(labelled[1]) if labelled else ""
        if not title and _TITLE.search(rest_of_line) and said in {"", "passed"}:
            title = line
        elif not amount:
            rest.append((line, spot))
    unit, where = next((units[kind] for kind in ("unit", "executor", "department") if kind in units), (Unit(), None))
    department = units["department"][0].name if "department" in units else ""
    return Above(title, unit, department, where, money, tuple(rest))
