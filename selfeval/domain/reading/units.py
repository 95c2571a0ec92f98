"""Units: which of them are one thing, and how many of one make the other, exactly or not at all.

A unit is read as a size word (万, 千 …), a base (元, 人, 公里) and what it is for each of (元/人·天). Bases of one
dimension convert where that is exact; counters (台, 套) are one where the rulebook says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from selfeval.domain.reading.quantity import MONEY, RATE, RATES, Quantity, normalise, show_number, unit_class

Synonyms: TypeAlias = "tuple[tuple[str, ...], ...]"
"""Groups of counters that a rulebook takes for one."""

_SIZES = {
    "亿": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "万": 10**4,
    "千": 10**3,
    "百": 10**2,
}
_SPELLED = {
    **dict.fromkeys(("天", "个日"), "日"),
    "个工作日": "工作日",
    "月份": "月",
    **dict.fromkeys(("星期", "个星期"), "周"),
    "季": "季度",
    **dict.fromkeys(("个小时", "h", "H"), "小时"),
    **dict.fromkeys(("年度", "全年"), "年"),
    **dict.fromkeys(("个人",), "人"),
    **dict.fromkeys(("圆", "元整", "圆整", "元人民币", "人民币元", "块"), MONEY),
}
_AREA, _LAND = "面积", "亩"
_TABLES: dict[str, dict[str, Fraction]] = {
    "长度": {
        **dict.fromkeys(("米", "m", "M", "公尺"), Fraction(1)),
        **dict.fromkeys(("公里", "千米", "km", "KM", "Km"), Fraction(1000)),
        **dict.fromkeys(("厘米", "cm", "公分"), Fraction(1, 100)),
        **dict.fromkeys(("毫米", "mm"), Fraction(1, 1000)),
        **dict.fromkeys(("里", "华里", "市里"), Fraction(500)),
    },
    "质量": {
        **dict.fromkeys(("克", "g"), Fraction(1)),
        **dict.fromkeys(("毫克", "mg"), Fraction(1, 1000)),
        **dict.fromkeys(("微克", "μg", "ug"), Fraction(1, 10**6)),
        **dict.fromkeys(("公斤", "千克", "kg", "KG", "Kg"), Fraction(1000)),
        **dict.fromkeys(("斤", "市斤"), Fraction(500)),
        **dict.fromkeys(("吨", "t", "公吨"), Fraction(10**6)),
    },
    _AREA: {
        **dict.fromkeys(("平方米", "㎡", "m²", "M²", "平米", "平方", "平"), Fraction(1)),
        **dict.fromkeys(("平方公里", "平方千米", "km²"), Fraction(10**6)),
        **dict.fromkeys(("公顷", "ha", "hm²"), Fraction(10**4)),
        **dict.fromkeys((_LAND, "市亩"), Fraction(10**4, 15)),
    },
    "体积": {
        **dict.fromkeys(("立方米", "m³", "立方", "方"), Fraction(1)),
        **dict.fromkeys(("升", "公升", "L", "l"), Fraction(1, 1000)),
        **dict.fromkeys(("毫升", "ml", "mL", "ML"), Fraction(1, 10**6)),
    },
    "时间": {"小时": Fraction(1), **dict.fromkeys(("分钟", "min"), Fraction(1, 60)), "秒": Fraction(1, 3600)},
    "日": {"日": Fraction(1), "周": Fraction(7)},
    "月": {"个月": Fraction(1), **dict.fromkeys(("季度", "个季度"), Fraction(3)), "年": Fraction(12)},
    "功率": {
        **dict.fromkeys(("瓦", "W"), Fraction(1)),
        **dict.fromkeys(("千瓦", "kW", "KW"), Fraction(1000)),
        **dict.fromkeys(("兆瓦", "MW"), Fraction(10**6)),
    },
    "电量": {**dict.fromkeys(("度", "千瓦时", "kWh", "KWh", "KWH"), Fraction(1))},
    "声级": {**dict.fromkeys(("分贝", "dB", "db"), Fraction(1))},
    "比率": {RATE: Fraction(1), "‰": Fraction(1, 10), "‱": Fraction(1, 100)},
    "金额": {MONEY: Fraction(1)},
}
"""What one of each base is in the first of its dimension. A mu is a fifteenth of a hectare, but no whole of metres."""

_NAMES = ("百姓", "百分", "百货", "百强")
"""What begins with a size word and counts no hundreds."""

_BASES = {base: (dimension, size) for dimension, table in _TABLES.items() for base, size in table.items()}
KNOWN = frozenset({*_BASES, *_SPELLED} - {*RATES, "方", "平方", "平", "升", "圆", "里"})
"""The units that are known without a rulebook, but for rates, and those that end other words too (三方, 提升)."""

_SQUARE_METRES = Fraction(1)
_EACH = re.compile(r"[/·•・.*×]")
_TWO_COUNTERS = re.compile(r"([\u4e00-\u9fff]{1,3})\(([\u4e00-\u9fff]{1,2})\)")
_TIMES = re.compile(r"(?<=[\u4e00-\u9fff])[·.*×]次$")  # 人·次 is 人次
_TOGETHER = re.compile(r"(?P<who>个?[人户生台辆间床])(?P<when>[天日月年])")
"""元/人天 and 元/人月 are 元/人·天 and 元/人·月."""


@dataclass(frozen=True)
class Unit:
    """A unit taken apart: how many, of what base in one spelling, for each of what."""

    size: int
    base: str
    each: frozenset[str]


@dataclass(frozen=True)
class Converted:
    """A quantity in another unit, and in words how it came there (blank: nothing to say)."""

    value: Fraction
    said: str = ""


@lru_cache(maxsize=4096)
def taken_apart(unit: str) -> Unit:
    """The parts of a unit as printed: 万亩, 元/人·天, 次/年. 台/套 is one counter written twice."""
    plain = _TIMES.sub("次", normalise(unit)) if "/" not in unit else normalise(unit)
    head, *each = _EACH.split(plain)
    if len(each) == 1 and (together := _TOGETHER.fullmatch(each[0])):
        each = list(together.groups())
    size, base = _sized(head)
    return Unit(size, _SPELLED.get(base, base), frozenset(_each(part) for part in each))


def _each(part: str) -> str:
    """One spelling of what a unit is for each of: 元/㎡ is 元/平方米."""
    plain = _SPELLED.get(part, part)
    return next((base for base, known in _BASES.items() if known == _BASES.get(plain)), plain)


def _sized(head: str) -> tuple[int, str]:
    if head in _BASES:  # 千米 and 千克 are bases
        return 1, head
    if head.isascii() and head.lower() in _BASES:
        return 1, head.lower()
    for word, size in _SIZES.items():
        rest = head.removeprefix(word)
        # 百 and 千 alone belong to a name
        if rest != head and (rest or size >= _SIZES["万"]):
            return (1, head) if head.startswith(_NAMES) else (size, rest)
    return 1, head


def size_of(unit: str) -> int:
    """How many the size word of a unit stands for: 10000 for 万亩, 1 for 亩."""
    return taken_apart(unit).size


def each_of(unit: str) -> frozenset[str]:
    """What a unit is counted for: 人 and 日 for 元/人·天."""
    return taken_apart(unit).each


@lru_cache(maxsize=65536)
def converted(quantity: Quantity, unit: str, same: Synonyms = ()) -> Converted | None:
    """The value in another unit, exactly; None when the two cannot be compared. A bare number fits any unit."""
    if quantity.unit in {unit, ""}:
        return Converted(quantity.value)
    found, wanted = taken_apart(quantity.unit), taken_apart(unit)
    if not _same_each(found.each, wanted.each, same) and not _one_thing(quantity.unit, unit, same):
        return None
    sized = any(part.size > 1 and not part.base for part in (found, wanted))
    factor, told = _factor(found.base, wanted.base, same, sized=sized)
    if factor is None:
        if not _one_thing(quantity.unit, unit, same):
            return None
        factor, told = Fraction(1), _told(quantity.unit, unit)
        return Converted(quantity.value, told)
    value = quantity.value * factor * found.size / wanted.size
    if not told and found.each != wanted.each:
        told = _told(quantity.unit, unit)
    if not told and value != quantity.value:
        told = f"{show_number(quantity.value)}{quantity.unit}换算为{show_number(value)}{unit}"
    return Converted(value, told)


def alike(unit: str, other: str, same: Synonyms = ()) -> bool:
    """Whether a number in one unit can be told in the other; a blank one compares with nothing."""
    return bool(unit and other) and converted(Quantity(Fraction(1), unit), other, same) is not None


def convert(quantity: Quantity, unit: str, same: Synonyms = ()) -> Fraction | None:
    """The value alone."""
    found = converted(quantity, unit, same)
    return None if found is None else found.value


def _factor(base: str, wanted: str, same: Synonyms, *, sized: bool) -> tuple[Fraction | None, str]:
    """How many of the wanted base one of the other is, and what to say of it."""
    if base == wanted:
        return Fraction(1), ""
    if not base or not wanted:
        # 12.05万 may be 人 or 元; a bare count has any counter, but no rate, and money only where a size word stands
        counted = unit_class(base or wanted)
        fits = counted in {"count", "time"} or (counted == "money" and sized)
        return (Fraction(1) if fits else None), ""
    one, other = _BASES.get(base), _BASES.get(wanted)
    if one is not None and other is not None:
        exact = one[0] == other[0] and not (one[0] == _AREA and {base, wanted} & {_LAND} and _metres(one, other))
        return (one[1] / other[1] if exact else None), ""
    return (Fraction(1), _told(base, wanted)) if _one_thing(base, wanted, same) else (None, "")


def _metres(*bases: tuple[str, Fraction]) -> bool:
    return any(size == _SQUARE_METRES for _, size in bases)


def _same_each(found: frozenset[str], wanted: frozenset[str], same: Synonyms) -> bool:
    """Whether two units are for each of the same: 元/台 and 元/台(套)."""
    if found == wanted or not found or len(found) != len(wanted):
        return found == wanted
    return all(
        any(part == other or _one_thing(part, other, same) or _one_thing(other, part, same) for other in wanted)
        for part in found
    )


def _one_thing(unit: str, other: str, same: Synonyms) -> bool:
    one, two = normalise(unit), normalise(other)
    return any(one in group and two in group for group in same) or one in _either(two)


def _either(unit: str) -> set[str]:
    """What a target may count by: 册 and 套 by 册(套), 人 and 人次 by 人(次)."""
    match = _TWO_COUNTERS.fullmatch(unit)
    return {unit} if match is None else {unit, match[1], f"{match[1]}次" if match[2] == "次" else match[2]}


def _told(unit: str, other: str) -> str:
    return f"“{unit}”与“{other}”按规则视为同一计量单位"
