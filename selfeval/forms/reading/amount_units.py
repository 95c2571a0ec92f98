"""In which unit amounts are: as headings, the lines around them and printed labels say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selfeval.forms.reading.grid import SheetGrid

OWN_UNIT = "万元"
"""The unit of amounts where nothing is said."""
_MONEY = frozenset({"元", "千元", "百万元", "亿元"})
"""Units that may be named instead."""
_SAME = {"圆": "元", "仟": "千", "佰": "百", "萬": "万", "億": "亿"}
_REMARKS = frozenset({"", "全年", "年度", "本年", "合计", "调整后", "金额", "数字", "实际", "人民币"})
_REMARK = re.compile(
    r"必填项?|选填|只?填数字|下拉选择?|点选|从列表选|可不填|请?填写|[A-H]|\d{1,2}|[①-⑳]|1(?:月?[-—–~至到])12月"
)
"""What may stand behind a heading of numbers; 上年, 占比, k or ×100 say that they are others."""
_PLAIN = frozenset({"次", "数", "数值", "分", "选"})
_SAYS_UNIT = re.compile(r"^单位[:：]?|^(?:人民币|RMB|CNY)")
_PART = re.compile("[，,、;；/]")
_STATED = re.compile(
    r"(?:^|[\s（(【［\[：:，,、;；=＝/|>_—–-]|单位[均都]?[为是]?|人民币|RMB|CNY|[以为按])(?P<unit>[十百千万亿仟佰萬億]*[元圆])"
    r"(?=$|[\s）)】］\]，,。；;、/|]|[整为计列表]|人民币|RMB|日期|制表|填报|编制|共)"
)
"""A unit in a line: 单位：千元　日期：…, （元）, 以千元为单位; 某局（单元） and 22.59万元 are none."""
_PARTED = re.compile(r"(?<=[十百千万亿仟佰萬億])\s+(?=[元圆])")
"""The space in 万  元, as it is set for looks."""
_COUNTED = re.compile(r"单位[:：]?\s*(?P<unit>1[0,]*元)")
_LOOSE = re.compile(
    r"单位\s*[:：=＝/|>—–-]*\s*(?:人民币|RMB|CNY)?(?P<unit>[角分]"
    r"|[￥¥$]\s*(?:[十百千万亿仟佰萬億]*[元圆]?|\d[\d,]*)|[十百千万亿仟佰萬億]+"
    r"|(?:[十百千万亿仟佰萬億kKmM]|thousand|million|\d[\d,]*)*(?:美|港|欧|日)?[元圆]|thousands?|millions?)"
    r"(?=$|[\s）)】］\]，,。；;、/|]|RMB)"
)
"""What a line that begins with 单位 may name besides: K元, 千, 万美元, ￥1000, 角."""
_LOOKED_AT = 300
"""Characters of a line that are looked through: a heading has no more."""
_TEN_THOUSAND = frozenset({"10000元", "10,000元"})
_UNIT_COLUMNS = frozenset({"单位", "金额单位", "货币单位", "计量单位"})


def unit_said(said: str, year: int, item: str, *, money: bool) -> str | None:
    """The unit that a heading gives its numbers in brackets (blank: none of its own, or a remark), of this ``year``.

    None where it is not known, or the numbers may be others.
    """
    plain = not money and is_plain_unit(said, item)
    units = set() if plain else {_unit(part, year, money=money) for part in _PART.split(said)} - {""}
    if len(units) > 1 or None in units:
        return None
    unit = units.pop() if units else ""
    return "" if unit == OWN_UNIT else unit


def is_plain_unit(said: str, item: str) -> bool:
    """Whether a word behind the heading of an answer changes no number: 次, 分, and % of percentages."""
    return said in _PLAIN or (item == "percentage" and said in {"%", "％"})


def is_remark(said: str, year: int) -> bool:
    """Whether what stands behind a heading says nothing of its numbers."""
    return said in _REMARKS or _REMARK.fullmatch(said) is not None or said in {f"{year}年", f"{year}年度"}


def says_no_unit(said: str, year: int) -> bool:
    """Whether what stands in brackets behind a heading is only a remark."""
    return all(_unit(part, year, money=True) == "" for part in _PART.split(said))


def units_around(grid: SheetGrid, top: int, key: int) -> list[tuple[int, int, str]]:
    """The units named in the lines around the table, and in columns of units, each where it stands first."""
    first: dict[str, tuple[int, int]] = {}
    for row, column, unit in _stated(grid, top, key):
        first.setdefault(unit, (row, column))
    return [(row, column, unit) for unit, (row, column) in first.items()]


def _stated(grid: SheetGrid, top: int, key: int) -> Iterator[tuple[int, int, str]]:
    for row in range(grid.rows):
        if row == top or (row > top and (label := grid.label(row, key)) and "单位" not in label):
            continue
        for column in range(grid.width(row)):
            text = grid.label(row, column)
            for unit in units_in(text) if row < top or "单位" in text else ():
                yield row, column, unit
    columns = [at for at in range(grid.width(top)) if _bare(grid.label(top, at)) in _UNIT_COLUMNS and at != key]
    for row in range(top + 1, grid.rows):
        for column in columns:
            unit = plain_unit(_bare(grid.label(row, column)))
            if _is_money(unit):
                yield row, column, unit


def unit_below(grid: SheetGrid, top: int, key: int, column: int) -> str:
    """The unit in the line just below a heading, where that line is no project's; blank where there is none."""
    if top + 1 >= grid.rows or grid.label(top + 1, key):
        return ""
    unit = plain_unit(_bare(grid.label(top + 1, column)).strip("（()）"))
    return unit if _is_money(unit) else ""


def units_in(text: str) -> list[str]:
    """The units that a line of text names for amounts, in their usual spelling."""
    return [*_units_in(text[:_LOOKED_AT])]


@lru_cache(maxsize=2048)
def _units_in(text: str) -> tuple[str, ...]:
    """Most lines stand in every form."""
    whole = _PARTED.sub("", text)
    found = [one["unit"] for pattern in (_STATED, _COUNTED, _LOOSE) for one in pattern.finditer(whole)]
    return (*dict.fromkeys(map(plain_unit, found)),)


def _unit(part: str, year: int, *, money: bool) -> str | None:
    if is_remark(part, year):
        return ""
    unit = plain_unit(_SAYS_UNIT.sub("", part))
    return unit if money and unit in {OWN_UNIT, *_MONEY} else None


def plain_unit(unit: str) -> str:
    """A unit in its usual spelling."""
    for written, usual in _SAME.items():
        unit = unit.replace(written, usual)
    return OWN_UNIT if unit in _TEN_THOUSAND else unit


def _is_money(text: str) -> bool:
    return re.fullmatch("[十百千万亿]*[元角分]", text) is not None


def _bare(text: str) -> str:
    return "".join(text.split())
