"""What the lines above a flat table say: its title, the unit that it is of, and the unit of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from selfeval.domain.targets import PROJECTS
from selfeval.sources.beside import money_of, money_of_notes
from selfeval.sources.blocks import Beside, Spot
from selfeval.sources.flat.projects import Unit, parted
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.form.outline import plain
from selfeval.sources.form.titles import office_of, read_title, year_of
from selfeval.sources.imported import Account, printed_years
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.magnitude import NAMED

_MONEY = re.compile(NAMED)
_UNIT = re.compile(
    r"(?P<label>(?:一级|[省市县区]级)?(?:预算|填报|申报|编制|项目|实施|使用|主管)?(?:单位|部门)(?:名称)?)"
    r"(?:[（(](?:盖?公?章|全称)[)）])?[:：](?P<name>.+?)"
    r"(?=(?:金额)?单位[:：]|填报|日期|主管|预算单位|$)"
)
_LABEL = re.compile(r".{1,14}[:：]")
_LABELLED = re.compile(r"([^:：]{2,14})[:：].+")
_TITLE = re.compile("绩效|目标|指标|项目|预算")
_OFFICE = re.compile("(?:预算)?部门(?:名称)?")
_WORDS = re.compile("(?!(?:金额|货币|计量|资金|计价)$)[\u4e00-\u9fff]{2}")
"""What is left of a line without its unit of money, where that says something."""


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


def with_money(above: Above, beside: Sequence[Beside], below: Iterable[str], sheet: str) -> Above:
    """The same with the unit of money that stands around the table, or in a note below it, where none stands above."""
    said = None if above.money else money_of(beside, sheet)
    if said or above.money:
        return replace(above, money=said.unit, money_in=said.where.what) if said else above
    return replace(above, money=money_of_notes(below), money_in="表下方")


def with_unit(above: Above, spot: Spot, account: Account) -> Above:
    """The same with the unit that the title names, else the sheet, where no line does; what contradicts is told."""
    titled = read_title(above.title).unit
    if above.unit.key:
        if titled and not alike(titled, {above.unit.name, above.department}):
            said = f"标题写的是“{titled}”，与表上方的单位不同，按表上方的识别"
            account.infer("标题", above.title, said, spot)
        tell_sheet(spot, {above.unit.name, above.department}, "表上方", account)
        return above
    alone = unit_alone(spot.sheet)
    unit, where = (Unit("", titled), "标题") if titled else (alone, "工作表的名称")
    if unit.key:
        also = f"，工作表的名称是“{alone.name}”" if titled and alone.name and not alike(titled, {alone.name}) else ""
        account.infer(PROJECTS["unit_name"].header, unit.name, f"按{where}识别{also}", spot)
    return replace(above, unit=unit)


def tell_sheet(spot: Spot, units: set[str], where: str, account: Account) -> None:
    """Say that a sheet is named after another unit than those that a table names, which count."""
    alone = unit_alone(spot.sheet).name
    named = units - {""}
    if alone and named and not alike(alone, named):
        said = f"工作表的名称与{where}的单位（{'、'.join(sorted(named))}）不同，按{where}的识别"
        account.infer("工作表的名称", spot.sheet, said, spot)


def alike(name: str, others: set[str]) -> bool:
    """Whether a unit is one of some, each perhaps short for the other."""
    mine = plain(name)
    return any(mine in plain(other) or plain(other) in mine for other in others if other)


def read_above(cells: Iterable[tuple[str, Spot]]) -> Above:
    """The lines above a table, given as the texts of their cells; a label may stand in a cell of its own."""
    title, money = "", ""
    units: dict[str, tuple[Unit, Spot]] = {}
    rest: list[tuple[str, Spot]] = []
    dated: list[tuple[str, Spot]] = []
    for line, spot in _lines(cells):
        amount, rest_of_line = _MONEY.search(squeeze(line)), _MONEY.sub("", line)
        if amount:
            money = money or amount[1]
        named = [*_UNIT.finditer(rest_of_line)]
        for one in named:
            unit = parted(one["name"])
            first, _ = units.setdefault(_kind_of(one["label"]), (unit, spot))
            if first.key != unit.key:
                rest.append((one[0], spot))
        if named:
            continue
        labelled = _LABELLED.fullmatch(rest_of_line)
        said = above_of(labelled[1]) if labelled else ""
        if year_of(rest_of_line):
            dated.append((rest_of_line, spot))
        elif not title and _TITLE.search(rest_of_line) and said in {"", "passed"}:
            title = line
        elif not amount or _WORDS.search(rest_of_line):
            rest.append((rest_of_line if amount else line, spot))
    if dated and not printed_years(title):
        title += dated.pop(0)[0]
    rest += [(line, spot) for line, spot in dated if not printed_years(line) <= printed_years(title)]
    unit, department, where = _units(units)
    return Above(title, unit, department, where, money, tuple(rest))


def _lines(cells: Iterable[tuple[str, Spot]]) -> Iterator[tuple[str, Spot]]:
    """The texts of the cells, a label with what stands in the cell after it."""
    label = ""
    for text, spot in cells:
        bare = tidy(unified(text))
        if _LABEL.fullmatch(bare) and not label:
            label = bare
        else:
            yield label + bare, spot
            label = ""


def _units(units: Mapping[str, tuple[Unit, Spot]]) -> tuple[Unit, str, Spot | None]:
    """The unit of the projects among those that are named, the department above it, and where the unit stands."""
    kinds = [kind for kind in ("unit", "executor", "office", "department") if kind in units]
    unit, where = units[kinds[0]] if kinds else (Unit(), None)
    over = "department" if "department" in kinds else next((kind for kind in kinds[1:] if kind == "office"), "")
    return unit, units[over][0].name if over else "", where


def _kind_of(label: str) -> str:
    """What a label says that names a unit: 部门 alone is above one that is named beside it, else the unit."""
    meaning = above_of(label) or "unit"
    return "office" if meaning == "unit" and _OFFICE.fullmatch(label) else meaning
